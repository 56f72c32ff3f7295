"""Tests that a second database would only repeat."""

import os

import pytest

ON_POSTGRESQL = os.environ.get("SAFERPLAN_TEST_DATABASE") == "postgresql"

once = pytest.mark.skipif(
    ON_POSTGRESQL, reason="It takes long, and no database makes a difference to it."
)
