"""What verbs on monthly counts share: a file of month and count, and perhaps series."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.tables import read_table

if TYPE_CHECKING:
    import pandas as pd

MonthsArgument = Annotated[
    Path,
    typer.Argument(
        help="A CSV file with columns month and count, and series if there are several."
    ),
]


def read_monthly(file: Path, *, value: str = "count") -> "pd.DataFrame":
    """
    Return months by series; a month that is not in the file, or is empty, is NaN.

    Raises SourceChanged for a month that is none, or twice in a series.
    """
    import pandas as pd

    from saferplan.errors import MethodError, SourceChanged
    from saferplan.methods.spans import as_month

    table = read_table(file, columns=["month", value], numbers=[value])
    if "series" not in table:
        table["series"] = value
    try:
        months = pd.PeriodIndex([as_month(month) for month in table["month"]], freq="M")
    except MethodError as error:
        raise SourceChanged(f"{file.name}: {error}") from error
    table["month"] = months
    twice = table[table.duplicated(["month", "series"])]
    if len(twice):
        row = twice.iloc[0]
        raise SourceChanged(
            f"{file.name} has {row['month']} more than once for {row['series']}. Add "
            f"up its parts first, or name the series in a column series."
        )
    names = list(dict.fromkeys(table["series"]))
    wide = table.pivot(index="month", columns="series", values=value)[names]
    wide.index = pd.PeriodIndex(wide.index, freq="M")
    return wide.sort_index().dropna(how="all")
