"""The examples in the docstrings of the site hold."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import saferplan

# `testpaths` has the other packages; importing these needs Django to be set up.
SITE = Path(saferplan.__file__).parent / "web"


def modules_with_examples():
    return [
        ".".join(("saferplan.web", *path.relative_to(SITE).with_suffix("").parts))
        for path in sorted(SITE.rglob("*.py"))
        if ">>>" in path.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("module", modules_with_examples())
def test_examples_hold(module):
    result = doctest.testmod(import_module(module))
    assert result.attempted > 0
    assert result.failed == 0
