"""saferplan forecast: what counts to expect, and how well that has gone before."""

from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.monthly import MonthsArgument, read_monthly
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.forecast import Forecast
    from saferplan.methods.forecast_back_test import BackTest


def forecast(
    file: MonthsArgument,
    months_ahead: Annotated[int, typer.Option(help="Months to forecast.")] = 3,
    scenario: Annotated[
        str,
        typer.Option(
            help="stays; continues: the last year's trend goes on; halves: half of it."
        ),
    ] = "stays",
    origins: Annotated[
        int,
        typer.Option(min=1, help="Past forecasts to test it by, as far as there are."),
    ] = 12,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Forecast monthly counts, with limits, and test the forecasts on the past."""
    with errors_in_one_line():
        from saferplan.methods.forecast import forecast as forecast_counts

        monthly = read_monthly(file)
        found = forecast_counts(monthly, ahead=months_ahead, scenario=scenario)  # type: ignore[arg-type]
        tested = back_tested(monthly, months_ahead, origins)
        numbers = {
            "rules": list(found.rules),
            "scenario": found.scenario,
            "trend": found.trend.to_dict(),
            "back_test": None
            if tested is None
            else {
                "error": tested.error,
                "naive": tested.naive,
                "coverage": tested.coverage.to_dict("records"),
            },
        }
        tell(
            [*how_made(found), *how_tested(tested), *found.cautions],
            found.months,
            numbers,
            as_json=as_json,
            csv=csv,
        )


def back_tested(monthly: "pd.DataFrame", ahead: int, origins: int) -> "BackTest | None":
    """As many past forecasts as there are months for, up to `origins`; none if none."""
    from saferplan.methods.forecast_back_test import BEFORE_FIRST, back_test

    last, first = monthly.index[-1], monthly.index[0]
    room = ((last - first).n + 1 - BEFORE_FIRST) // ahead
    if min(room, origins) < 1:
        return None
    return back_test(monthly, origins=min(room, origins), ahead=ahead)


def how_made(found: "Forecast") -> list[str]:
    rules = found.rules
    said = f"The rule {rules[0]}" if len(rules) == 1 else "The mean of three rules"
    named = "" if len(rules) == 1 else f": {'; '.join(rules)}"
    scenario = {
        "stays": "",
        "continues": " The trend of the last year goes on.",
        "halves": " Half of the last year's trend goes on.",
    }[found.scenario]
    return [
        f"{said}{named}, by how they did over {found.judged} past forecasts.{scenario}"
    ]


def how_tested(tested: "BackTest | None") -> list[str]:
    if tested is None:
        return ["There are too few months to test it on the past."]
    counted = int(tested.coverage["forecasts"].iloc[0])
    held = " and ".join(
        f"{row.level:.0%} limits held {row.held:.0%}"
        for row in tested.coverage.itertuples()
    )
    said = [f"On {counted} past forecasts {held}."]
    if tested.error == tested.error:  # there is none where nothing ever changed
        said.append(
            f"They were {tested.error:.2f} off, where the same month last year was "
            f"{tested.naive:.2f}: 1 is the usual change from one year to the next."
        )
    return said
