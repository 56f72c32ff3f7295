"""A hand-made assessment and its editions, made once."""

import pytest
from reports import made_by_hand

from saferplan.reports.write import editions


@pytest.fixture(scope="session")
def assessment():
    return made_by_hand.assessment()


@pytest.fixture(scope="session")
def made(assessment):
    """Every edition of it: file name to bytes."""
    return editions(assessment)
