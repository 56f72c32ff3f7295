"""Every method rests on three kinds of check, and has an example and a command."""

import ast
import importlib.util
from pathlib import Path

import pytest

from saferplan.methods import METHODS

ROOT = Path(__file__).parents[2]
KINDS = ["published", "second_road", "property_of"]


def marked(kind):
    """The methods that a test is marked with, read from the files and not run."""
    names = set()
    for path in (ROOT / "tests/methods").glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                f"pytest.mark.{kind}"
            ):
                names |= {ast.literal_eval(argument) for argument in node.args}
    return names


@pytest.mark.parametrize("kind", KINDS)
def test_every_method_has_a_check_of_each_kind(kind):
    # `saferplan check methods` runs them; here it is enough that they are there.
    names = marked(kind)
    assert names - METHODS.keys() == set(), "No method is called that."
    assert METHODS.keys() - names == set(), f"Mark a test of theirs {kind}."


def test_every_method_is_in_a_worked_example_and_so_has_a_command():
    # That the command is there is tested with the pages.
    spec = importlib.util.spec_from_file_location(
        "write_methods", ROOT / "tools/write_methods.py"
    )
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    shown = {name for example in tool.all_examples() for name in example.methods}
    assert METHODS.keys() - shown == set(), "Add them to a file of docs/examples."
