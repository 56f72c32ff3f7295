"""
Read a CSV file into a table of text, with the line each row stands on.

Two readers give the same answer. The fast one takes a file in which every line is one
whole row; the careful one takes any file, row by row, and sets aside what it cannot
take, with the reason and the text as it stood. Neither guesses: the delimiter and the
encoding were settled when the file was opened, and the quote is always `"`.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources.sorting import reason_of
from saferplan.sources.source import SourceFile
from saferplan.store.reading import REFUSED_COLUMNS, no_refusals

LINE = "_line"
CHUNK = 1 << 20
# The longest field Python's csv module takes; no publisher's cell comes near it.
LONGEST_FIELD = csv.field_size_limit()
LONGEST_LINE = 1 << 20
# A quoted cell may run over lines, but not over this many: a quotation mark that is
# never closed would otherwise swallow the rest of the file.
MOST_LINES_IN_A_ROW = 50
# More rows than this that are no rows, and the file is not the table it seems.
MOST_REFUSED = 100_000
BATCH = 20_000


@dataclass(frozen=True)
class CsvTable:
    """
    frame      a column of text for each of the header's, null where a cell is empty,
               and `_line`, the number of the line the row starts on (the first is 1)
    refused    rows that are no rows: line, reason, text
    rows_read  counted from the file, not from the frame
    """

    file: SourceFile
    frame: pl.DataFrame
    rows_read: int
    refused: pl.DataFrame = field(default_factory=no_refusals)

    def set_aside(
        self, frame: pl.DataFrame, faults: Mapping[str, pl.Expr]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """
        Part `frame` into the rows to keep and every row refused, in order of line.

        frame   made from `self.frame`, row for row, and still holding `_line`
        faults  by reason: a condition that is true of a bad row. A row with several
                is refused once, for the first; one of which it cannot be said is kept

        The refused rows are those with a fault and those this table refused itself.
        """
        reasons = frame.select(pl.col(LINE), reason_of(faults).alias("reason"))
        bad = reasons.filter(pl.col("reason").is_not_null())
        if bad.is_empty():
            return frame.drop(LINE), self.refused
        texts = texts_of(self.file, bad[LINE].to_list())
        refused = bad.select(
            pl.col(LINE).cast(pl.Int64).alias("line"),
            pl.col("reason").cast(pl.String),
            pl.col(LINE).replace_strict(texts, return_dtype=pl.String).alias("text"),
        )
        kept = frame.filter(reasons["reason"].is_null()).drop(LINE)
        return kept, pl.concat([self.refused, refused]).sort("line")


@dataclass(frozen=True)
class Record:
    """One row of a file, or the reason that it is none."""

    line: int
    text: str
    cells: list[str]
    reason: str | None = None


def read_csv_table(file: SourceFile) -> CsvTable:
    """
    Return the whole file as a table of text.

    A header with an empty or repeated name gets one of its own: `column 4`,
    `Outcome (2)`. Blank lines are not rows.

    Raises SourceChanged if there is no header or hardly a row that can be read, and
    SourceUnsafe, naming the line, if a cell is longer than any real one.
    """
    if not file.header:
        raise SourceChanged(
            f"{file.facts.name} has no header line that can be read. Fetch it again."
        )
    columns = column_names(file.header)
    lines = _count_clean_lines(file, len(columns))
    if lines is not None:
        frame = _read_fast(file.path, file.delimiter, columns)
        if frame is not None and frame.height == lines - 1:
            return CsvTable(file, frame, rows_read=lines - 1)
    return _read_carefully(file, columns)


def column_names(header: tuple[str, ...]) -> list[str]:
    """
    The header's names, each different.

    >>> column_names(("Month", "", "Outcome", "Outcome"))
    ['Month', 'column 2', 'Outcome', 'Outcome (2)']
    """
    names: list[str] = []
    for number, name in enumerate(header, start=1):
        unique, copies = name or f"column {number}", 1
        while unique in names or unique == LINE:
            copies += 1
            unique = f"{name} ({copies})"
        names.append(unique)
    return names


def _count_clean_lines(file: SourceFile, width: int) -> int | None:
    """
    How many lines the file has, if every line is one whole row of `width` cells.

    None where the careful reader is needed: another encoding, a NUL, a blank line, a
    stray carriage return, a row too short, a quoted cell that is not plainly quoted,
    a line of monstrous length. A row too long is left for the fast reader to notice.
    """
    if width == 1 or file.encoding not in ("utf-8", "utf-8-sig"):
        return None
    count = _LineCount(file.delimiter.encode())
    with file.path.open("rb") as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            cut = chunk.rfind(b"\n") + 1
            if not cut or not count.take(rest + chunk[:cut]):
                return None
            rest = chunk[cut:]
        if rest and not count.take(rest + b"\n"):
            return None
    return count.lines if count.separators == (width - 1) * count.lines else None


class _LineCount:
    """Lines and delimiters of a file in which each line is a row."""

    def __init__(self, delimiter: bytes):
        self.delimiter = delimiter
        self.lines = 0
        self.separators = 0
        cell = rb'(?:"(?:[^"\r\n]|"")+"|[^"\r\n%b]*)' % re.escape(delimiter)
        self.plain = re.compile(rb"%b(?:%b%b)*\r?" % (cell, re.escape(delimiter), cell))
        self.quoted = re.compile(rb'"(?:[^"]|"")+"')

    def take(self, lines: bytes) -> bool:
        """Count some whole lines; False if the careful reader is needed."""
        if b"\x00" in lines or not self._only_before_newlines(lines):
            return False
        codes = np.frombuffer(lines, dtype=np.uint8)
        self.lines += int(np.count_nonzero(codes == ord("\n")))
        self.separators += int(np.count_nonzero(codes == ord(self.delimiter)))
        if any(
            lines.find(b"\n", start, start + LONGEST_FIELD) < 0
            for start in range(0, len(lines), LONGEST_FIELD)
        ):
            return False
        return b'"' not in lines or self._take_quoted(lines)

    def _only_before_newlines(self, lines: bytes) -> bool:
        returns = lines.count(b"\r")
        return not returns or returns == lines.count(b"\r\n")

    def _take_quoted(self, lines: bytes) -> bool:
        """Take back the delimiters that stand inside quotation marks."""
        place = lines.find(b'"')
        while place >= 0:
            start = lines.rfind(b"\n", 0, place) + 1
            end = lines.find(b"\n", place)
            line = lines[start:end]
            if not self.plain.fullmatch(line):
                return False
            inside = self.quoted.findall(line)
            self.separators -= sum(cell.count(self.delimiter) for cell in inside)
            place = lines.find(b'"', end)
        return True


def _read_fast(path: Path, delimiter: str, columns: list[str]) -> pl.DataFrame | None:
    try:
        return pl.read_csv(
            path,
            separator=delimiter,
            quote_char='"',
            infer_schema=False,
            new_columns=columns,
            row_index_name=LINE,
            row_index_offset=2,
        )
    except pl.exceptions.PolarsError:  # a row with too many cells
        return None


def _read_carefully(file: SourceFile, columns: list[str]) -> CsvTable:
    batches, rows, refused = [], [], []
    read = 0
    schema = {LINE: pl.UInt32} | dict.fromkeys(columns, pl.String)
    for record in records(file, len(columns)):
        read += 1
        if record.reason:
            refused.append((record.line, record.reason, record.text))
            if len(refused) > MOST_REFUSED:
                raise _not_a_table(file, refused[0])
        else:
            rows.append((record.line, *record.cells))
        if len(rows) == BATCH:
            batches.append(_frame(rows, schema))
            rows = []
    batches.append(_frame(rows, schema))
    return CsvTable(
        file,
        pl.concat(batches),
        read,
        pl.DataFrame(refused, schema=REFUSED_COLUMNS, orient="row"),
    )


def _frame(rows: list[tuple], schema: dict) -> pl.DataFrame:
    cells = zip(*rows, strict=True) if rows else ([] for _ in schema)
    columns = dict(zip(schema, cells, strict=True))
    frame = pl.DataFrame(columns, schema=schema, strict=True)
    return frame.with_columns(
        pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)).name.keep()
    )


def records(file: SourceFile, width: int) -> Iterator[Record]:
    """
    Every row of the file after its header, one by one.

    A row is refused, and the reading goes on at the next line, where it has more or
    fewer than `width` cells, a quotation mark that is never closed, a NUL character,
    or bytes that are not in the file's encoding.
    """
    lines = _Lines(file)
    rows = _rows(lines, file, width)
    next(rows, None)
    yield from rows


def _rows(lines: "_Lines", file: SourceFile, width: int) -> Iterator[Record]:
    for number, text in lines:
        if not text.strip("\r\n"):
            continue
        span = [text]
        cells, is_open = _cells(text, file, number)
        while is_open and len(span) < MOST_LINES_IN_A_ROW:
            more = lines.peek(len(span))
            if more is None:
                break
            span.append(more)
            cells, is_open = _cells("".join(span), file, number)
        if cells is not None and len(cells) == width:
            lines.skip(len(span) - 1)
            text = "".join(span)
        yield _record(number, text, cells, width, file.encoding)


def _record(
    number: int, text: str, cells: list[str] | None, width: int, encoding: str
) -> Record:
    text = text.rstrip("\r\n")
    readable = _readable(text)
    if readable != text:
        nul = "\x00" in text
        reason = "a NUL character" if nul else f"bytes that are not {encoding.upper()}"
        return Record(number, readable, [], f"the row holds {reason}")
    if cells is None:
        return Record(number, text, [], "a quotation mark is out of place")
    if len(cells) != width:
        found = f"{len(cells)} cells where the header has {width}"
        return Record(number, text, [], f"the row has {found}")
    return Record(number, text, cells)


def _readable(text: str) -> str:
    """The text with NULs and undecodable bytes written out as \\x00, \\xff."""
    escaped = text.encode("utf-8", "surrogateescape").decode(
        "utf-8", "backslashreplace"
    )
    return escaped.replace("\x00", "\\x00")


def _cells(text: str, file: SourceFile, line: int) -> tuple[list[str] | None, bool]:
    """The cells of one row, or None; and whether a quotation mark is still open."""
    try:
        rows = list(csv.reader([text], delimiter=file.delimiter, strict=True))
    except csv.Error as error:
        if "field limit" in str(error):
            raise _monstrous(file, line) from None
        return None, "unexpected end of data" in str(error)
    return (rows[0] if rows else []), False


def texts_of(file: SourceFile, lines: list[int]) -> dict[int, str]:
    """The text of the rows that start on these lines, as it stands in the file."""
    wanted = set(lines)
    texts = {}
    for record in records(file, len(file.header)):
        if record.line in wanted:
            texts[record.line] = record.text
            if len(texts) == len(wanted):
                break
    return texts


class _Lines:
    """The lines of a text file, numbered from 1, with a look ahead."""

    def __init__(self, file: SourceFile):
        self.file = file
        self.number = 0
        self.ahead: list[str] = []
        self.text = self._read()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while (line := self.peek(1)) is not None:
            self.ahead.pop(0)
            self.number += 1
            yield self.number, line

    def peek(self, distance: int) -> str | None:
        """The line that many places on, or None past the end."""
        while len(self.ahead) < distance:
            line = next(self.text, None)
            if line is None:
                return None
            self.ahead.append(line)
        return self.ahead[distance - 1]

    def skip(self, count: int) -> None:
        del self.ahead[:count]
        self.number += count

    def _read(self) -> Iterator[str]:
        encoding = self.file.encoding
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        with self.file.path.open("rb") as raw:
            # newline="" keeps each line's own ending and splits at LF, CR and CRLF.
            text = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
            while line := text.readline(LONGEST_LINE):
                if len(line) == LONGEST_LINE:
                    raise _monstrous(self.file, self.number + len(self.ahead) + 1)
                yield line


def _not_a_table(file: SourceFile, first: tuple[int, str, str]) -> SourceChanged:
    line, reason, _ = first
    return SourceChanged(
        f"{file.facts.name} has over {MOST_REFUSED:,} rows that cannot be read, the "
        f"first on line {line}: {reason}. Fetch the file again."
    )


def _monstrous(file: SourceFile, line: int) -> SourceUnsafe:
    return SourceUnsafe(
        f"{file.facts.name}, line {line}, holds a cell of more than "
        f"{LONGEST_FIELD:,} characters, which no table of evidence has. A quotation "
        f"mark may be missing near there: fetch the file again."
    )
