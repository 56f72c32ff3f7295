"""
How fast Saferplan is, and how much memory it takes, beside the nearest peer.

    python -m benchmarks                 everything; writes docs/reference/benchmarks.md
    python -m benchmarks load count      some of it; writes nothing
    python -m benchmarks --small         a tenth of the rows, to try it out

Speed differs between machines and between minutes, so each figure is a ratio of two
medians measured in one run, turn and turn about; and CPU seconds, not clock seconds,
wherever another program on the machine would only get in the way.
"""
