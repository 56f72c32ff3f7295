"""The examples in the docstrings of the site hold."""

import doctest

import pytest

from saferplan.web.core import downloads, pages
from saferplan.web.home import due


@pytest.mark.parametrize("module", [downloads, due, pages])
def test_examples_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
