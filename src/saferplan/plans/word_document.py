"""
A Word document as the text of a web page: headings, paragraphs, lists and tables.

The reader then takes it as it takes a page, with the cells that a table has merged.
Nothing in the document is run: fields and macros are words or nothing.
"""

import html
import io
from collections.abc import Iterator
from typing import Any

from saferplan.errors import PlanError


def text_of_word(content: bytes, name: str) -> str:
    """
    Return a Word document's body as a web page's.

    Text that was struck out as a tracked change is not in it; text that was put in is.
    Raises PlanError, with what to do, if it cannot be read.
    """
    # A tenth of a second to import, and most plans are text.
    from docx import Document

    try:
        document = Document(io.BytesIO(content))
        return "".join(parts(document))
    # What a broken document raises depends on where it is broken.
    except Exception as error:  # noqa: BLE001
        raise PlanError(
            f"{name} cannot be read as a Word document ({type(error).__name__}). Open "
            f"it in a word processor, save it again, and read that."
        ) from None


def parts(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from table(block)
        else:
            yield paragraph(block)


def paragraph(block: Any) -> str:
    words = words_in(block._p)
    style = (block.style.name or "") if block.style is not None else ""
    if not words:
        return ""
    if style.startswith(("Heading", "Title")):
        return f"<h2>{words}</h2>\n"
    if style.startswith("List") or is_numbered(block):
        return f"<p>- {words}</p>\n"
    return f"<p>{words}</p>\n"


def is_numbered(block: Any) -> bool:
    properties = block._p.pPr
    return properties is not None and properties.numPr is not None


def words_in(element: Any) -> str:
    """A paragraph's text, tracked insertions included, safe in a page."""
    runs = element.xpath(".//w:t[not(ancestor::w:del)] | .//w:br | .//w:tab")
    said = "".join(run.text or "" if run.tag.endswith("}t") else " " for run in runs)
    return html.escape(" ".join(said.split()), quote=False)


def table(block: Any) -> Iterator[str]:
    """A table's rows; a cell merged downwards says over how many rows."""
    rows = [[(cell, *place(cell)) for cell in row._tr.tc_lst] for row in block.rows]
    yield "<table>\n"
    for at, row in enumerate(rows):
        yield "<tr>"
        for cell, column, merged in row:
            if merged == "continue":
                continue
            down = 1
            while merged == "restart" and covers(rows, at + down, column):
                down += 1
            span = f' rowspan="{down}"' if down > 1 else ""
            yield f"<td{span}>{cell_text(cell)}</td>"
        yield "</tr>\n"
    yield "</table>\n"


def place(cell: Any) -> tuple[int, str | None]:
    """The column in which a cell begins, and how it is merged downwards."""
    return cell.grid_offset, cell.vMerge


def covers(rows: list[list[tuple[Any, int, str | None]]], at: int, column: int) -> bool:
    """Whether a cell from above goes on in this row and column."""
    if at >= len(rows):
        return False
    return any(
        begins == column and merged == "continue" for _, begins, merged in rows[at]
    )


def cell_text(cell: Any) -> str:
    said = [words_in(each) for each in cell.p_lst]
    return "".join(f"<p>{words}</p>" for words in said if words)
