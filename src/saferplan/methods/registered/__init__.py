"""The entries of the register, a file for each kind of question."""
