"""saferplan is-it-real: whether a change in counts is more than chance."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.compared import (
    before_and_after,
    periods_of,
    places_of,
    two_rates,
)
from saferplan.cli.monthly import read_monthly
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.cli.compared import Answer
    from saferplan.methods.control_chart import Rebase

MONTHS = {"month", "count"}
PLACES = {"place", "before", "after"}
RATES = {"name", "events", "against"}
KINDS_OF_FILE = (MONTHS, PLACES, RATES)
YEAR = ("before", "after", "change", "verdict")
# What a count above its limits is, and one below them, by which way is better.
KINDS = {
    "up": ("improvement", "concern"),
    "down": ("concern", "improvement"),
    "neutral": ("high", "low"),
}
LEAST_FOR_TREND = 36
SMALL = 9  # below this mean, limits of three standard deviations reach below nothing


def is_it_real(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file of month and count, and series if there are several; or "
            "of place, before and after (size); or of name, events and against."
        ),
    ],
    better: Annotated[str, typer.Option(help="down, up or neutral.")] = "down",
    target: Annotated[
        float | None, typer.Option(help="A target for each month, for assurance.")
    ] = None,
    new_limits: Annotated[
        list[str] | None,
        typer.Option(
            help="A decision to redraw the limits: '2025-04; why; who'; repeat it."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Before and after this month, such as 2025-04; needs both:"),
    ] = None,
    treated: Annotated[
        str | None, typer.Option(help="The series where something was done.")
    ] = None,
    control: Annotated[
        str | None, typer.Option(help="The series it is compared with.")
    ] = None,
    near_treated: Annotated[
        str | None, typer.Option(help="The surroundings of the one.")
    ] = None,
    near_control: Annotated[
        str | None, typer.Option(help="The surroundings of the other.")
    ] = None,
    dispersion: Annotated[
        float,
        typer.Option(help="How much more counts vary than chance, before and after."),
    ] = 1.0,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Is a change more than chance? Charts, years, levels; before and after; rates."""
    with errors_in_one_line():
        columns = columns_of(file)
        if columns >= PLACES:
            answer = before_and_after(*places_of(file), dispersion=dispersion)
        elif columns >= RATES:
            answer = two_rates(file)
        elif since is not None:
            names = {
                "treated": treated,
                "control": control,
                "near treated": near_treated,
                "near control": near_control,
            }
            answer = before_and_after(
                *periods_of(read_monthly(file), since, names), dispersion=dispersion
            )
        else:
            decided = [decision(told) for told in new_limits or []]
            answer = by_month(read_monthly(file), better, target, decided)
        tell(answer.said, answer.table, answer.numbers, as_json=as_json, csv=csv)


def columns_of(file: Path) -> set[str]:
    """The columns of a file that has those of one of the questions."""
    from saferplan.errors import SourceChanged

    columns = {str(name) for name in read_table(file, columns=[])}
    if not any(kind <= columns for kind in KINDS_OF_FILE):
        kinds = "; ".join(", ".join(sorted(kind)) for kind in KINDS_OF_FILE)
        raise SourceChanged(
            f"{file.name} has the columns {', '.join(sorted(columns))}. It needs those "
            f"of one of these: {kinds}."
        )
    return columns


def decision(told: str) -> "Rebase":
    from saferplan.errors import MethodError
    from saferplan.methods.control_chart import Rebase

    parts = [part.strip() for part in told.split(";")]
    if len(parts) != 3:
        raise MethodError(
            f"New limits need a month, a reason and who decided, with semicolons "
            f"between: '2025-04; new counting rules; the board'. {told!r} is not so."
        )
    return Rebase(*parts)


def by_month(
    monthly: "pd.DataFrame",
    better: str,
    target: float | None,
    decided: "Sequence[Rebase]",
) -> "Answer":
    """Each series on its chart, its last year beside the one before, and its levels."""
    import pandas as pd

    from saferplan.cli.compared import Answer
    from saferplan.methods.change import change_between
    from saferplan.methods.control_chart import control_chart
    from saferplan.methods.false_alarms import false_alarms
    from saferplan.methods.spans import as_month, rolling_year

    chart = control_chart(
        monthly,
        improvement=better,  # type: ignore[arg-type]
        target=target,
        rebases=decided,
    )
    newest = chart.values.index[-1]
    years = change_between(monthly, rolling_year(newest))
    last_limits = [as_month(each.first_month) for each in decided]
    since = max([monthly.index[0], *last_limits])
    rows = []
    said = [
        f"New limits from {each.first_month}, decided by {each.decided_by}: "
        f"{each.reason}."
        for each in decided
    ]
    for name in monthly.columns:
        single = chart.summary.loc[name].to_dict()
        row = on_its_chart(monthly.loc[since:, name], single, better)
        year = {each: years[each][name] for each in YEAR}
        rows.append({"series": name, "month": str(newest), **row, **year})
        label = f"{name}: " if len(monthly.columns) > 1 else ""
        said += [label + each for each in sentences(rows[-1])]
        said += [label + each for each in levels(monthly[name])]
        said += [label + each for each in trend(monthly[name])]
        said += [label + each for each in (row["caution"], years["caution"][name])]
    points = min(max(len(chart.values), 8), 120)
    page = false_alarms(len(monthly.columns), points=points)
    charts = len(monthly.columns)
    many = f"{charts} such charts would show" if charts > 1 else "such a chart shows"
    said.append(
        f"Where nothing happened, {many} {page.expected:.2g} signals in the newest "
        f"month, on average."
    )
    kept = [each for each in said if each and not each.endswith(": ")]
    numbers = {"false_alarms": page.expected, "at_least_one": page.at_least_one}
    return Answer(kept, pd.DataFrame(rows), numbers)


def on_its_chart(
    counts: "pd.Series", single: dict[Any, Any], better: str
) -> dict[str, Any]:
    """Limits and signal of the newest month; exact ones where counts are small."""
    from saferplan.methods.control_counts import count_chart

    told = {
        "value": float(counts.iloc[-1]),
        "mean": float(single["mean"]),
        "lower": float(single["lower"]),
        "upper": float(single["upper"]),
        "signal": str(single["signal"]),
        "variation": str(single["variation"]),
        "assurance": str(single["assurance"]),
        "caution": str(single["caution"]),
    }
    known = counts.dropna()
    if not (known % 1 == 0).all() or known.mean() >= SMALL or len(known) < 2:
        return told
    found = count_chart(counts, limits="exact")
    now = found.months.iloc[-1]
    signal = str(now["signal"])
    kind = {
        "": "common cause",
        **dict(zip(("high", "low"), KINDS[better], strict=True)),
    }
    return told | {
        "mean": found.centre,
        "lower": float(now["lower"]),
        "upper": float(now["upper"]),
        "signal": signal and "outside",
        "variation": kind[signal],
        "caution": " ".join(found.cautions),
    }


def sentences(row: dict[str, Any]) -> list[str]:
    if row["upper"] != row["upper"]:
        return [f"{row['value']:,.0f} in {row['month']}: nothing to set it beside."]
    lower = 0 if row["lower"] != row["lower"] else max(row["lower"], 0)
    limits = f"limits {lower:,.1f} to {row['upper']:,.1f}, mean {row['mean']:,.1f}"
    signal = f"a signal ({row['signal']})" if row["signal"] else "no signal"
    said = [
        f"{row['value']:,.0f} in {row['month']} is {signal}, {row['variation']}; "
        f"{limits}."
    ]
    if row["assurance"]:
        said.append(f"Month by month the target is: {row['assurance']}.")
    if row["verdict"] == "cannot tell":
        return [
            *said,
            "Whether the last year differs from the one before: cannot tell.",
        ]
    share = row["change"]
    by = f" ({100 * share:+.1f}%)" if share == share else ""
    return [
        *said,
        f"The twelve months to {row['month']} had {row['after']:,.0f}, the twelve "
        f"before {row['before']:,.0f}{by}: {row['verdict']}.",
    ]


def levels(counts: "pd.Series") -> list[str]:
    """When its level changed, if it did; nothing where that cannot be asked."""
    from saferplan.errors import MethodError
    from saferplan.methods.changepoint import level_changes

    known = counts.dropna()
    try:
        found = level_changes(known, seasonal=len(known) >= 36)
    except MethodError as reason:
        return [f"Changes of level cannot be looked for. {reason}"]
    if not found.changes:
        return [f"No change of level shows (p {found.p:.2g})."]
    last = found.changes[-1]
    return [
        f"The level last changed in {last.first_month} (or {last.between[0]} to "
        f"{last.between[1]}): from {last.before:,.1f} to {last.after:,.1f} a month "
        f"(p {last.p:.2g})."
    ]


def trend(counts: "pd.Series") -> list[str]:
    """The trend of today and since when, from three years of months or more."""
    from saferplan.methods.trend_changes import trend_changes

    known = counts.dropna()
    gaps = len(known) and len(known) != (known.index[-1] - known.index[0]).n + 1
    if len(known) < LEAST_FOR_TREND or gaps or known.sum() == 0:
        return []
    found = trend_changes(known, seasonal=True)
    now = found.segments[-1]
    turned = f"turned in {now.first}" if found.joints else "has not turned"
    return [
        f"The trend {turned}: {100 * now.yearly:+.1f}% a year, somewhere from "
        f"{100 * now.lower:+.1f}% to {100 * now.upper:+.1f}%."
    ]
