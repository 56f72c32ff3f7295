"""The tables that methods return, as rows that say nothing of pandas."""

from typing import Any

import pandas as pd

Row = dict[str, Any]  # a row of a table from saferplan.methods, by column


def rows_of(table: pd.DataFrame) -> dict[str, Row]:
    """A method's table as rows by name, in its order."""
    rows: dict[str, Row] = table.to_dict("index")  # type: ignore[assignment]
    return {str(name): row for name, row in rows.items()}


def highest_first(rows: dict[str, Row], column: str) -> list[str]:
    """Names in order of a column, highest first; a missing figure goes last."""

    def size(name: str) -> float:
        value = rows[name][column]
        return float("inf") if pd.isna(value) else -float(value)

    return sorted(rows, key=size)
