"""The examples in docstrings hold, where pytest does not look for them itself."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import saferplan

SOURCE = Path(saferplan.__file__).parent
# `testpaths` has the others. pytest imports a module anew to look for examples, and in
# these a function may have the name of its module, or Django must be set up first.
PACKAGES = ("assessment", "definitions", "reports", "web")


def modules_with_examples():
    return [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for package in PACKAGES
        for path in sorted((SOURCE / package).rglob("*.py"))
        if ">>>" in path.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("module", modules_with_examples())
def test_examples_hold(module):
    result = doctest.testmod(import_module(module))
    assert result.attempted > 0
    assert result.failed == 0
