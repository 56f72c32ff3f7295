"""Read a Parquet file as publishers put them out."""

import polars as pl

from saferplan.errors import SourceChanged
from saferplan.sources.source import SourceFile


def read_parquet_table(file: SourceFile) -> pl.DataFrame:
    """
    Return the file's table, with `_line`, the number of the row (the first is 1).

    Raises SourceChanged if the file is damaged.
    """
    try:
        frame = pl.read_parquet(file.path, row_index_name="_line", row_index_offset=1)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise SourceChanged(
            f"{file.facts.name} is a damaged or cut-short Parquet file. Fetch it again."
        ) from None
    return frame
