"""saferplan need-bands: whom a contract makes it worth while to help."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, TableArgument, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("usual", "helped", "cost", "cases", "referred", "started", "outcomes")


def need_bands(
    file: TableArgument,
    tariff: Annotated[
        float | None, typer.Option(help="Pounds for each good outcome.")
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """
    Say whom it pays to help, and whom to leave, by band of need.

    The file has a row per band: band and usual (share with a good outcome without the
    service); for --tariff also helped (the same with it), and perhaps cost and cases.
    Without a tariff: referred, started and outcomes, to see who was left.
    """
    with errors_in_one_line():
        from saferplan.methods.payment_bands import by_band, parking

        bands = read_table(file, columns=["band", "usual"], numbers=NUMBERS)
        bands = bands.set_index("band")
        if tariff is not None:
            table = parking(bands, tariff=tariff)
            said = pay_sentences(table)
        else:
            table = by_band(bands)
            said = band_sentences(bands, table)
        tell(said, table.reset_index(), as_json=as_json, csv=csv)


def pay_sentences(table: "pd.DataFrame") -> list[str]:
    return [
        f"{row['band']}: doing nothing earns £{row['doing_nothing']:,.0f} a person, "
        f"and helping £{row['extra']:,.0f} more"
        + (f", at a loss of £{-row['margin']:,.0f}." if row["margin"] < 0 else ".")
        for row in records(table)
    ]


def band_sentences(bands: "pd.DataFrame", table: "pd.DataFrame") -> list[str]:
    said = []
    for row in records(bands[["referred", "started", "outcomes"]].join(table)):
        share = row["share_started"]
        started = "" if share != share else f" ({share:.0%})"
        said.append(
            f"{row['band']}: {row['started']:,.0f} of {row['referred']:,.0f} referred "
            f"started{started}; {row['outcomes']:,.0f} good outcomes where "
            f"{row['expected']:,.1f} were expected: {row['verdict']}."
        )
    return said


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()}
        for row in table.reset_index().to_dict("records")
    ]
