"""Write the reference pages that follow from the code: the tables, and the sources."""

from collections.abc import Iterable
from pathlib import Path

from saferplan.definitions import glossary_page
from saferplan.sources import SOURCES
from saferplan.sources.source import Source
from saferplan.store.datasets import DATASETS, Dataset

REFERENCE = Path(__file__).parent.parent / "docs/reference"

TABLES_INTRO = """\
# The tables of evidence

One Delta Lake table per kind of evidence. A newer publication replaces a whole slice.
Months are their first day; codes are GSS codes; a missing value is missing, never zero.
"""

SOURCES_INTRO = """\
# The sources

What `saferplan load` can read. Files are recognised by what is in them.
"""


def describe_dataset(dataset: Dataset) -> str:
    rows = "\n".join(f"| `{field.name}` | {field.type} |" for field in dataset.schema)
    return (
        f"## {dataset.name}\n\n{dataset.title}.\n\n"
        f"A slice is one {', '.join(dataset.slice_by).replace('_', ' ')}.\n\n"
        f"| column | type |\n|---|---|\n{rows}\n"
    )


def describe_source(source: Source) -> str:
    tables = ", ".join(f"[{name}](datasets.md#{name})" for name in source.datasets)
    return (
        f"## {source.title}\n\n"
        f"| | |\n|---|---|\n"
        f"| name | `{source.name}` |\n"
        f"| publisher | {source.publisher} |\n"
        f"| licence | {source.licence} |\n"
        f"| cadence | {source.cadence} |\n"
        f"| caution | {source.caution} |\n"
        f"| feeds | {tables} |\n"
    )


def page(intro: str, parts: Iterable[str]) -> str:
    return "\n".join([intro, *parts])


def pages() -> dict[Path, str]:
    return {
        REFERENCE / "datasets.md": page(
            TABLES_INTRO, map(describe_dataset, DATASETS.values())
        ),
        REFERENCE / "sources.md": page(SOURCES_INTRO, map(describe_source, SOURCES)),
        REFERENCE.parent / "glossary.md": glossary_page(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text)
