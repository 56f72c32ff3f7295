"""The examples in the docstrings of the site, and of what it stands on, hold."""

import doctest

import pytest

from saferplan import spreadsheet
from saferplan.web.core import pages
from saferplan.web.home import due


@pytest.mark.parametrize("module", [due, pages, spreadsheet])
def test_examples_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
