"""How the invented publishers put a table on disk, the same bytes every time."""

import io
import zipfile
from pathlib import Path

import polars as pl

# A zip keeps the time of each member; a fixed one keeps the bytes the same.
LONG_AGO = (2026, 4, 15, 9, 0, 0)


def write_csv(
    path: Path,
    rows: pl.DataFrame,
    *,
    line_end: str = "\r\n",
    bom: bool = False,
    separator: str = ",",
) -> None:
    """Write a CSV, making the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.write_csv(path, line_terminator=line_end, include_bom=bom, separator=separator)


def csv_bytes(rows: pl.DataFrame) -> bytes:
    into = io.BytesIO()
    rows.write_csv(into)
    return into.getvalue()


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write an archive with these members, in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
