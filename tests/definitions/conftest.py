"""What the tests of the definitions share."""

from hypothesis import settings

# The same examples on every run, and no race against the clock on a busy machine.
settings.register_profile(
    "definitions", deadline=None, derandomize=True, max_examples=50
)
settings.load_profile("definitions")
