"""The pages that explain the methods say what the methods give."""

import doctest
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs/explanation"


@pytest.mark.parametrize("page", ["hot-spots.md", "targets.md"])
def test_the_worked_examples_of_a_page_come_out(page):
    result = doctest.testfile(str(PAGES / page), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0
