"""
Write a page and a notebook for each worked example in docs/examples, and their index.

    python tools/write_methods.py                 all of them
    python tools/write_methods.py hot-spots       one of them, and the index
    python tools/write_methods.py --check         write nothing; say which are stale

An example is a Python file in cells. It is run from top to bottom; what a cell prints,
and the value of its last line, stand below it on the page.
"""

import argparse
import ast
import contextlib
import io
import json
import pprint
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from saferplan.methods import METHODS

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLES = DOCS / "examples"

# The headings of the index, in the order in which a partnership asks.
SUBJECTS = [
    "Counts and rates",
    "Is a change real?",
    "Will it happen?",
    "Targets",
    "Where?",
    "Who, and how often?",
    "Justice",
    "Reach",
    "Which level?",
    "Payment by results",
    "Protecting people",
    "Harm",
]

INTRO = """\
# The methods, by worked example

Each page answers one question on data small enough to look through. The tests run every
example, so the numbers on a page are those that the code gives today. Each is also a
notebook, to change and run again.
"""


class BadExample(Exception):
    """An example cannot be made into a page. The message says which, where, and why."""


@dataclass(frozen=True)
class Cell:
    """Some lines of an example: prose, or code that begins on line `line`."""

    text: str
    line: int
    prose: bool


@dataclass(frozen=True)
class Output:
    """What a cell printed, and the value of its last line (None if it has none)."""

    printed: str
    value: Any


@dataclass(frozen=True)
class Example:
    """A worked example as it is read, before it is run."""

    slug: str
    title: str
    about: str
    methods: tuple[str, ...]
    verbs: tuple[str, ...]
    runs: tuple[str, ...]
    cells: tuple[Cell, ...]


def read_example(path: Path) -> Example:
    """Read an example. Raises BadExample if its header is not as it must be."""
    if not re.fullmatch("[a-z0-9-]{1,40}", path.stem):
        raise BadExample(f"Name {path.name} in small letters, with hyphens.")
    head, *rest = re.split(r"(?m)^# %%", path.read_text(encoding="utf-8"))
    header = re.findall(r"(?m)^# (\w+): (.+)$", head)
    told = {name: [line for key, line in header if key == name] for name, _ in header}
    if missing := {"about", "methods", "verb"} - told.keys():
        raise BadExample(
            f"{path.name} must begin with lines '# about: ...', '# methods: ...' and "
            f"'# verb: ...'. Missing: {', '.join(sorted(missing))}."
        )
    if told["about"][0] not in SUBJECTS:
        raise BadExample(
            f"{path.name} is about {told['about'][0]!r}. Choose one of: "
            f"{'; '.join(SUBJECTS)}."
        )
    cells = tuple(cells_of(head, rest))
    if not cells or not cells[0].prose or not cells[0].text.startswith("# "):
        raise BadExample(f"The first cell of {path.name} must be prose under a '# # '.")
    example = Example(
        slug=path.stem,
        title=cells[0].text.splitlines()[0].removeprefix("# "),
        about=told["about"][0],
        methods=tuple(name for line in told["methods"] for name in line.split(", ")),
        verbs=tuple(name for line in told["verb"] for name in line.split(", ")),
        runs=tuple(told.get("run", ())),
        cells=cells,
    )
    if unknown := [name for name in example.methods if name not in METHODS]:
        raise BadExample(
            f"{path.name} names methods that are not in METHODS: {', '.join(unknown)}."
        )
    return example


def cells_of(head: str, rest: list[str]) -> Iterator[Cell]:
    line = head.count("\n") + 1
    for part in rest:
        mark, _, body = part.partition("\n")
        prose = mark.strip() == "[markdown]"
        if prose:
            body = re.sub(r"(?m)^# ?", "", body)
        if body.strip():
            yield Cell(body.strip("\n"), line + 1 + leading_lines(body), prose)
        line += part.count("\n")


def leading_lines(body: str) -> int:
    return len(body) - len(body.lstrip("\n"))


def run(example: Example) -> list[Output | None]:
    """Run the cells in one namespace. Return what each gave; None for prose."""
    names: dict[str, Any] = {"__name__": "__main__"}
    return [
        None if cell.prose else run_cell(cell, example, names) for cell in example.cells
    ]


def run_cell(cell: Cell, example: Example, names: dict[str, Any]) -> Output:
    # Blank lines before it make a traceback name the line of the file.
    tree = ast.parse("\n" * (cell.line - 1) + cell.text)
    file = str(EXAMPLES / f"{example.slug}.py")
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    value = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, file, "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), file, "eval"), names)
    return Output(printed.getvalue().rstrip("\n"), value)


def as_text(value: Any) -> str:
    """Return a value as a person at the keyboard would see it."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return plain_table(value).to_string(index=False)
    return pprint.pformat(value, width=79, sort_dicts=False)


def as_markdown(value: Any) -> str:
    """Return a value as a page shows it: a table as a table, all else as text."""
    if not isinstance(value, pd.DataFrame | pd.Series):
        return fenced(as_text(value), "text")
    table = plain_table(value)
    rows = [table.columns, ["---"] * len(table.columns), *table.to_numpy()]
    return "\n".join(table_row(row) for row in rows)


def table_row(cells: Iterable[str]) -> str:
    escaped = [cell.replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"


def plain_table(value: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return a table of words: its index as columns, numbers short, gaps empty."""
    table = value.to_frame(value.name or "value") if value.ndim == 1 else value
    if not isinstance(table.index, pd.RangeIndex) or table.index.name:
        table = table.rename_axis([name or "" for name in table.index.names])
        table = table.set_axis(table.columns.map(in_one_word), axis="columns")
        table = table.reset_index()
    return table.astype(object).map(in_short).rename(columns=str).astype(str)


def in_one_word(name: Any) -> str:
    return " ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def in_short(value: Any) -> str:
    """
    Four figures, and all of those before the point; the same on every machine.

    >>> in_short(1353.26), in_short(0.023926), in_short(float("nan")), in_short(2016)
    ('1,353', '0.02393', '', '2016')
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if not isinstance(value, float):
        return str(value).removesuffix(" 00:00:00")  # a date is no midnight
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def page(example: Example, outputs: list[Output | None]) -> str:
    """Return the example as a page of Markdown."""
    parts = [f"<!-- Written by tools/write_methods.py from {example.slug}.py. -->"]
    for cell, output in zip(example.cells, outputs, strict=True):
        parts.append(cell.text if output is None else fenced(cell.text, "python"))
        if output is not None and output.printed:
            parts.append(fenced(output.printed, "text"))
        if output is not None and output.value is not None:
            parts.append(as_markdown(output.value))
    parts += ["## Run it yourself", run_it_yourself(example), "## Where it is from"]
    return "\n\n".join([*parts, sources(example)]) + "\n"


def run_it_yourself(example: Example) -> str:
    lines = example.runs or tuple(f"saferplan {verb} --help" for verb in example.verbs)
    commands = "\n".join(f"    {line}" for line in lines)
    return (
        f"On a file of your own:\n\n{commands}\n\n"
        f"Or change the numbers above, in [the notebook]"
        f"(../notebooks/{example.slug}.ipynb) or [the script it is written from]"
        f"(../examples/{example.slug}.py)."
    )


def sources(example: Example) -> str:
    methods = [METHODS[name] for name in example.methods]
    rows = [f"| `{m.name}/{m.version}` | {m.title} | {m.source} |" for m in methods]
    return "\n".join(["| method | what it gives | source |", "|---|---|---|", *rows])


def notebook(example: Example, outputs: list[Output | None]) -> str:
    """Return the example as a notebook, the same bytes every time."""
    cells = [
        notebook_cell(f"{example.slug}-{number}", cell, output)
        for number, (cell, output) in enumerate(
            zip(example.cells, outputs, strict=True), start=1
        )
    ]
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def notebook_cell(name: str, cell: Cell, output: Output | None) -> dict[str, Any]:
    source = cell.text.splitlines(keepends=True)
    if output is None:
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": list(notebook_outputs(output)),
        "source": source,
    }


def notebook_outputs(output: Output) -> Iterator[dict[str, Any]]:
    if output.printed:
        lines = (output.printed + "\n").splitlines(keepends=True)
        yield {"name": "stdout", "output_type": "stream", "text": lines}
    if output.value is None:
        return
    shown = {"text/plain": as_text(output.value).splitlines(keepends=True)}
    if isinstance(output.value, pd.DataFrame | pd.Series):
        shown["text/markdown"] = as_markdown(output.value).splitlines(keepends=True)
    yield {
        "data": shown,
        "execution_count": None,
        "metadata": {},
        "output_type": "execute_result",
    }


def index(examples: list[Example]) -> str:
    """Return the page that lists all examples under what they are about."""
    headings = "| question | methods | command | |\n|---|---|---|---|"
    parts = [INTRO]
    for subject in SUBJECTS:
        rows = [index_row(each) for each in examples if each.about == subject]
        if rows:
            parts.append("\n".join([f"## {subject}\n", headings, *rows, ""]))
    return "\n".join(parts)


def index_row(example: Example) -> str:
    methods = ", ".join(example.methods)
    verbs = ", ".join(f"`saferplan {verb}`" for verb in example.verbs)
    return (
        f"| [{example.title}]({example.slug}.md) | {methods} | {verbs} "
        f"| [notebook](../notebooks/{example.slug}.ipynb) |"
    )


def all_examples() -> list[Example]:
    return [read_example(path) for path in sorted(EXAMPLES.glob("*.py"))]


def pages(example: Example) -> dict[Path, str]:
    """Return what belongs in the files of one example. It is run for that."""
    outputs = run(example)
    return {
        DOCS / f"methods/{example.slug}.md": page(example, outputs),
        DOCS / f"notebooks/{example.slug}.ipynb": notebook(example, outputs),
    }


def stale(files: dict[Path, str]) -> list[Path]:
    return [
        path
        for path, text in files.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("slugs", nargs="*", help="which examples; all if none is named")
    parser.add_argument("--check", action="store_true", help="write nothing")
    asked = parser.parse_args()
    try:
        examples = all_examples()
    except BadExample as wrong:
        print(wrong, file=sys.stderr)
        return 1
    files = {DOCS / "methods/README.md": index(examples)}
    for example in examples:
        if not asked.slugs or example.slug in asked.slugs:
            files |= pages(example)
    out_of_date = stale(files)
    for path in out_of_date:
        print(("Stale: " if asked.check else "Wrote ") + str(path.relative_to(DOCS)))
        if not asked.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
    return int(asked.check and bool(out_of_date))


if __name__ == "__main__":
    sys.exit(main())
