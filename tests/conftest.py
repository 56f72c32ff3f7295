"""How properties are tried: never by the clock, and by `make test` always the same."""

import os

from hypothesis import settings

# A busy machine is no fault of the code. New examples are for people at work to find.
settings.register_profile(
    "ours", deadline=None, derandomize="CI" in os.environ, max_examples=50
)
settings.load_profile("ours")
