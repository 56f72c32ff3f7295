"""A table of observations, as somebody pasted or uploaded it, read row by row."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from saferplan.definitions.standards import Standard, standards
from saferplan.errors import SaferplanError, SourceChanged
from saferplan.web.assessments.wards import Place
from saferplan.web.performance.served import Served
from saferplan.web.performance.services.standards import Look

COLUMNS = ("standard", "area", "value", "date", "source")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
UNKNOWN = {"", "unknown", "not known", "?", "[x]"}


@dataclass(frozen=True)
class Line:
    """
    A row as it was written, and what it means; `problem` if it means nothing.

    number  of its line in the table; the headings are 1
    """

    number: int
    cells: tuple[str, ...]
    look: Look | None
    problem: str


def read_sheet(text: str, places: Served, *, today: date) -> list[Line]:
    """
    Read a table with the columns COLUMNS, in any order; others are left alone.

    Raises SourceChanged if there are no such columns. A row that cannot be read is kept
    with the reason: nothing is guessed.
    """
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), dialect=kind_of(text))
    given = {str(name).strip().casefold(): name for name in rows.fieldnames or []}
    if lacking := [name for name in COLUMNS if name not in given]:
        raise SourceChanged(
            f"The table has no column called {' or '.join(lacking)}. Its first line "
            f"must be: {','.join(COLUMNS)}."
        )
    lines = []
    for row in rows:
        cells = {name: (row[given[name]] or "").strip() for name in COLUMNS}
        if any(cells.values()):
            lines.append(line_of(rows.line_num, cells, places, today))
    return lines


def kind_of(text: str) -> type[csv.Dialect]:
    """Tabs where the first line has them: that is what a spreadsheet pastes."""
    return csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel


def line_of(number: int, cells: Mapping[str, str], places: Served, today: date) -> Line:
    written = tuple(cells[name] for name in COLUMNS)
    try:
        standard = standard_called(cells["standard"])
        place = place_called(cells["area"], standard, places)
        look = Look(
            standard=standard.name,
            area=place.code,
            area_name=place.name,
            value=value_of(cells["value"]),
            day=day_of(cells["date"], today),
            source=source_of(cells["source"]),
        )
    except SaferplanError as problem:
        return Line(number, written, None, str(problem))
    return Line(number, written, look, "")


def standard_called(name: str) -> Standard:
    for each in standards().values():
        if name.casefold() in (each.name, each.title.casefold()):
            return each
    raise SourceChanged(
        f"“{name}” is not a standard. Write one of: {', '.join(standards())}."
    )


def place_called(name: str, standard: Standard, places: Served) -> Place:
    known = places.enterable(standard.level)
    found = [
        e for e in known if name.casefold() in (e.code.casefold(), e.name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise SourceChanged(
            f"More than one {standard.level} is called “{name}”: give its code."
        )
    raise SourceChanged(
        f"“{name}” is not a {standard.level} here; “{standard.title}” is promised to "
        f"each {standard.level}."
    )


def value_of(text: str) -> float | None:
    """None where the cell says that it is not known."""
    if text.casefold() in UNKNOWN:
        return None
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        value = -1.0
    if not 0 <= value < 1_000_000:  # not-a-number is neither
        raise SourceChanged(
            f"“{text}” is not a number from 0 up. Write unknown if nobody could tell."
        )
    return value


def day_of(text: str, today: date) -> date:
    for form in DATES:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        if day > today:
            raise SourceChanged(f"{text} has not come yet.")
        return day
    raise SourceChanged(f"“{text}” is not a date. Write it as 2026-03-31.")


def source_of(text: str) -> str:
    if not text:
        raise SourceChanged("Say who says so, in the column source.")
    if len(text) > 200:
        raise SourceChanged("The source is longer than 200 characters.")
    return text


def looks_in(lines: Sequence[Line]) -> list[Look]:
    return [line.look for line in lines if line.look is not None]
