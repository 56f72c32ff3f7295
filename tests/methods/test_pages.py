"""The pages that explain the methods say what the methods give."""

import doctest
import importlib.util
import json
import re
from pathlib import Path

import pytest
import typer

from saferplan.cli import app
from saferplan.methods import METHODS

ROOT = Path(__file__).parents[2]
WORKED = [
    page
    for page in sorted((ROOT / "docs/explanation").glob("*.md"))
    if ">>>" in page.read_text()
]


def load_tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool("write_methods")
EXAMPLES = sorted((ROOT / "docs/examples").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_worked_example_comes_out_as_its_page_and_notebook_say(path):
    files = tool.pages(tool.read_example(path))
    stale = [path.name for path in tool.stale(files)]
    assert stale == [], f"Run: .venv/bin/python tools/write_methods.py {path.stem}"


def test_the_index_is_up_to_date_and_no_page_is_left_over():
    examples = tool.all_examples()
    index = tool.DOCS / "methods/README.md"
    assert index.read_text() == tool.index(examples), "Run: tools/write_methods.py"
    slugs = {example.slug for example in examples}
    assert {path.stem for path in tool.DOCS.glob("methods/*.md")} == {"README", *slugs}
    assert {path.stem for path in tool.DOCS.glob("notebooks/*")} == slugs


@pytest.mark.parametrize("page", WORKED, ids=lambda path: path.stem)
def test_the_worked_examples_of_an_explanation_come_out(page):
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


def test_the_verbs_that_pages_name_exist():
    verbs = set(typer.main.get_command(app).commands)
    for example in tool.all_examples():
        assert set(example.verbs) <= verbs, example.slug
        for line in example.runs:
            assert line.startswith("saferplan "), line
            assert line.split()[1] in example.verbs, line


def test_a_notebook_is_one_by_the_format():
    path = ROOT / "docs/notebooks/counts.ipynb"
    told = json.loads(path.read_text())
    assert (told["nbformat"], told["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in told["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[A-Za-z0-9_-]{1,64}", name) for name in names)
    for cell in told["cells"]:
        wanted = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            wanted |= {"execution_count", "outputs"}
        assert set(cell) == wanted
    kinds = {out["output_type"] for c in told["cells"] for out in c.get("outputs", [])}
    assert kinds == {"execute_result"}


def example_of(tmp_path, text):
    path = tmp_path / "made.py"
    path.write_text(text)
    return tool.read_example(path)


HEADER = "# about: Harm\n# methods: harm\n# verb: harm\n\n"
TITLE = "# %% [markdown]\n# # Why?\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TITLE, "Missing: about, methods, verb"),
        (HEADER.replace("Harm", "Weather") + TITLE, "about 'Weather'"),
        (HEADER.replace(": harm", ": astrology", 1) + TITLE, "METHODS: astrology"),
        (HEADER + "# %%\n1 + 1\n", "first cell"),
    ],
)
def test_an_example_that_makes_no_page_is_told_why(tmp_path, text, said):
    with pytest.raises(tool.BadExample, match=said):
        example_of(tmp_path, text)


def test_an_example_with_no_good_name_for_a_page_is_told_why(tmp_path):
    path = tmp_path / "Hot_Spots.py"
    path.write_text(HEADER + TITLE)
    with pytest.raises(tool.BadExample, match="with hyphens"):
        tool.read_example(path)


def test_a_page_shows_text_code_what_was_printed_and_the_value(tmp_path):
    cells = (
        "\n# %%\nimport pandas as pd\n\nprint('three')\n"
        "pd.DataFrame({'rate': [1234.5, None], 'a|b': ['x', 'y|z']})\n"
        "\n# %%\n{'one': 1}\n"
    )
    example = example_of(tmp_path, HEADER + TITLE + "# So.\n" + cells)
    text = tool.page(example, tool.run(example))
    assert "# Why?\nSo." in text
    assert "```text\nthree\n```" in text
    assert "| rate | a\\|b |" in text
    assert "| 1,234 | x |\n|  | y\\|z |" in text
    assert "```text\n{'one': 1}\n```" in text
    assert f"`harm/{METHODS['harm'].version}`" in text


def test_an_error_in_an_example_names_its_line(tmp_path):
    example = example_of(tmp_path, HEADER + TITLE + "\n# %%\n\nfirst = 1\n1 / 0\n")
    with pytest.raises(ZeroDivisionError) as failed:
        tool.run(example)
    assert failed.traceback[-1].lineno + 1 == 11
