"""Quarantine: the rows we could not take, word for word, with the reason."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from saferplan.store.reading import REFUSED_COLUMNS, Reading

FOLDER = "_quarantine"  # Delta leaves alone what begins with an underscore
COLUMNS = {"release": pl.String, "file": pl.String, **REFUSED_COLUMNS}


def refused_rows(reading: Reading) -> pl.DataFrame:
    """Return what `reading` refused: file, line, reason, text."""
    return reading.refused.select(
        pl.lit(reading.file.name).alias("file"),
        *(pl.col(name).cast(kind) for name, kind in REFUSED_COLUMNS.items()),
    )


def read_quarantine(release_id: str, files: Sequence[Path]) -> pl.DataFrame:
    """Return the quarantined rows of a release: release, file, line, reason, text."""
    if not files:
        return pl.DataFrame(schema=COLUMNS)
    rows = pl.concat([pl.read_parquet(path, glob=False) for path in files])
    return rows.select(pl.lit(release_id).alias("release"), pl.all())
