"""Tables to take away, as CSV and ODS, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse

from saferplan.spreadsheet import inert

Cell = str | int | float | None

NOT_AVAILABLE = "[x]"


def table_response(
    name: str, kind: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """
    Answer with a table as a file called `name`.

    kind      csv or ods; anything else does not exist
    headings  one for each column, with its unit
    rows      numbers stay numbers; what is missing becomes [x], never blank or zero
    """
    writers = {"csv": as_csv, "ods": as_ods}
    types = {
        "csv": "text/csv; charset=utf-8",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    }
    if kind not in writers:
        raise Http404
    body = writers[kind](name, headings, rows)
    return HttpResponse(
        body,
        content_type=types[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(
        [NOT_AVAILABLE if cell is None else inert(cell) for cell in row] for row in rows
    )
    # The mark at the start tells spreadsheets that Welsh names are UTF-8.
    return text.getvalue().encode("utf-8-sig")


def as_ods(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    from saferplan.reports.book import Heading, Sheet
    from saferplan.reports.ods import to_ods

    whole = [
        tuple(NOT_AVAILABLE if cell is None else cell for cell in row) for row in rows
    ]
    sheet = Sheet(
        name="Table",
        lines=(name,),
        headings=tuple(
            Heading(heading, decimals_of([row[at] for row in whole]))
            for at, heading in enumerate(headings)
        ),
        rows=tuple(whole),
    )
    return to_ods([sheet], name)


def decimals_of(cells: Sequence[Cell]) -> int | None:
    """How many decimals a column needs, up to three; None for a column of words."""
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    if not numbers:
        return None
    places = [len(f"{number:.3f}".rstrip("0").split(".")[1]) for number in numbers]
    return max(places)
