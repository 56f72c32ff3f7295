"""Tables of words as files: CSV, ODS, XLSX and Word, from one description of them."""

from collections.abc import Callable, Sequence

from saferplan.consultations.exporting import Table, to_csv
from saferplan.errors import ReportError
from saferplan.reports.book import Heading, Sheet
from saferplan.spreadsheet import inert

EMPTY = "[x]"  # a cell without an answer says so
LONGEST = 32_000  # characters that a cell of a spreadsheet can hold


def write_tables(tables: Sequence[Table], kind: str, *, title: str) -> bytes:
    """
    Return the tables as a file: "csv" (the first table), "ods", "xlsx" or "docx".

    The same tables give the same bytes. Raises ReportError for another kind.
    """
    writers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: to_csv(tables[0]),
        "ods": lambda: as_ods(tables, title),
        "xlsx": lambda: as_xlsx(tables, title),
        "docx": lambda: as_docx(tables, title),
    }
    if kind not in writers:
        raise ReportError(
            f"Tables cannot be written as {kind!r}. Choose one of: "
            f"{', '.join(writers)}."
        )
    return writers[kind]()


def as_ods(tables: Sequence[Table], title: str) -> bytes:
    from saferplan.reports.ods import to_ods

    return to_ods(sheets(tables), title)


def as_xlsx(tables: Sequence[Table], title: str) -> bytes:
    from saferplan.reports.xlsx import to_xlsx

    return to_xlsx(sheets(tables), title)


def sheets(tables: Sequence[Table]) -> list[Sheet]:
    return [
        Sheet(
            name=table.name.capitalize(),
            lines=(table.title, *([] if table.rows else ["There are none."])),
            headings=tuple(map(Heading, table.headings)) if table.rows else (),
            rows=tuple(tuple(map(shown, row)) for row in table.rows),
        )
        for table in tables
    ]


def shown(cell: str) -> str:
    clean = "".join(each for each in cell if each in "\t\n" or ord(each) >= 32)
    if len(clean) > LONGEST:
        clean = f"{clean[:LONGEST]} [cut: the JSON edition has all of it]"
    return inert(clean) or EMPTY


def as_docx(tables: Sequence[Table], title: str) -> bytes:
    from saferplan.reports.word import add_table, new_document, undated

    document = new_document(title, author="")
    for table in tables:
        add_table(document, table.title, table.headings, table.rows)
    return undated(document)
