"""saferplan justice: trials, waits, backlog, attrition, gaps and orders."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    Answer = tuple[list[str], pd.DataFrame]

NUMBERS = [
    *("days", "finished", "entered", "trials", "receipts", "disposals", "open"),
    *("made", "convictions", "completed", "cases", "claim", "theirs", "ours"),
]


def justice(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file; its columns say what it is: outcome, trials (reason); "
            "days, finished (entered); period, receipts, disposals, open; stage, "
            "cases; area, convictions, completed; claim, theirs (ours); order, month, "
            "made; order, by."
        ),
    ],
    cohort: Annotated[
        bool, typer.Option("--cohort", help="The stages follow the same cases.")
    ] = False,
    unit: Annotated[
        str | None, typer.Option(help="Of a gap: points or percent. It must be said.")
    ] = None,
    months: Annotated[int, typer.Option(help="Months in a period of a backlog.")] = 3,
    first: Annotated[
        str | None, typer.Option(help="Of orders: the first month, 2025-04.")
    ] = None,
    last: Annotated[
        str | None, typer.Option(help="Of orders: the last month, 2026-03.")
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Answer about courts and cases; the table's columns say which question."""
    choices = {"cohort": cohort, "unit": unit, "months": months}
    choices |= {"first": first, "last": last}
    with errors_in_one_line():
        table, answer = read_justice(file)
        said, found = answer(table, choices)
    tell(said, found, as_json=as_json, csv=csv)


def read_justice(
    file: Path,
) -> tuple["pd.DataFrame", "Callable[[pd.DataFrame, dict[str, Any]], Answer]"]:
    """The table, and what answers about such a table."""
    from saferplan.errors import SourceChanged

    table = read_table(file, columns=[], numbers=NUMBERS)
    for columns, answer in KINDS.items():
        if set(columns) <= set(table.columns):
            return table, answer
    kinds = "; ".join(", ".join(columns) for columns in KINDS)
    raise SourceChanged(
        f"{file.name} has the columns {', '.join(table.columns)}. It needs those of "
        f"one of these: {kinds}."
    )


def trials(table: "pd.DataFrame", _choices: dict[str, Any]) -> "Answer":
    from saferplan.methods.trials import trial_outcomes

    found = trial_outcomes(table)
    said = [
        f"{outcome}: {row['trials']:,.0f} trials{between(row)}"
        for outcome, row in found.outcomes.iterrows()
    ]
    said.append(
        f"vacated before the day: {found.vacated:,}, {found.vacated_share:.1%} of all "
        f"listed, and in no other percentage."
    )
    for row in found.sides.to_dict("records"):
        said.append(f"ineffective by {row['side']}: {row['trials']:,.0f}{between(row)}")
    return [*said, *found.cautions], found.reasons


def waits(table: "pd.DataFrame", _choices: dict[str, Any]) -> "Answer":
    from saferplan.errors import MethodError
    from saferplan.methods.waits import waiting_times

    if not table["finished"].isin([0, 1]).all():
        raise MethodError(
            "finished is 1 for a case that is over and 0 for an open one."
        )
    entered = table["entered"].fillna(0) if "entered" in table else None
    found = waiting_times(table["days"], table["finished"], entered=entered)
    said = [f"{found.cases:,} cases, {found.still_open:,} still open."]
    for row in found.quantiles.to_dict("records"):
        share = "half" if row["share"] == 0.5 else f"{row['share']:.0%}"
        if row["days"] != row["days"]:
            said.append(f"Too many are open to say by when {share} of the cases end.")
            continue
        upper = (
            "no known limit" if row["upper"] == float("inf") else f"{row['upper']:g}"
        )
        said.append(
            f"By day {row['days']:g} {share} of the cases are over (from "
            f"{row['lower']:g} to {upper})."
        )
    said.append(
        f"The finished cases alone have a median of {found.of_finished:g} days, which "
        f"leaves the open ones out."
    )
    return [*said, *found.cautions], found.waiting


def waiting_work(table: "pd.DataFrame", choices: dict[str, Any]) -> "Answer":
    from saferplan.methods.courts import backlog

    table = table.set_index("period")
    columns = ("receipts", "disposals", "open")
    found = backlog(*(table[name] for name in columns), months=choices["months"])
    last = found.iloc[-1]
    said = [
        f"{found.index[-1]}: {last['open']:,.0f} cases open. For every 100 that came "
        f"in, {100 * last['clearance']:.0f} were finished.",
        f"At that pace they take {last['months_to_clear']:.1f} months, if nothing more "
        f"came in.",
    ]
    return said, found.reset_index()


def chain(table: "pd.DataFrame", choices: dict[str, Any]) -> "Answer":
    from saferplan.methods.attrition import attrition

    cases = table.set_index("stage")["cases"]
    found = attrition(cases, cohort=choices["cohort"])
    said = []
    for stage, row in found.iloc[1:].iterrows():
        if row["of_first"] == row["of_first"]:
            said.append(
                f"{stage}: {row['reached']:,.0f}, {row['of_first']:.1%} of "
                f"{found.index[0]} (from {row['first_lower']:.1%} to "
                f"{row['first_upper']:.1%})."
            )
        else:
            said.append(f"{stage}: {row['caution']}")
    if not choices["cohort"]:
        said.append(str(found["caution"].iloc[0]))
    return said, found.reset_index()


def gap(table: "pd.DataFrame", choices: dict[str, Any]) -> "Answer":
    import pandas as pd

    from saferplan.errors import MethodError
    from saferplan.methods.gaps import conviction_gap

    unit = choices["unit"]
    if unit not in ("points", "percent"):
        raise MethodError(
            "A gap is in percentage points or in per cent. Say which with --unit "
            "points or --unit percent."
        )
    if len(table) < 2 or table[["convictions", "completed"]].isna().any(axis=None):
        raise MethodError(
            "A gap needs two lines with their counts: ours first, then the other."
        )
    said, rows = [], []
    ours = table.iloc[0]
    for _, theirs in table.iloc[1:].iterrows():
        found = conviction_gap(
            int(ours["convictions"]),
            int(ours["completed"]),
            their_convictions=int(theirs["convictions"]),
            their_completed=int(theirs["completed"]),
        )
        said.append(
            f"{ours['area']} {found.ours:.1%}, {theirs['area']} {found.theirs:.1%}: "
            f"{found:{unit}}."
        )
        rows.append(
            {
                "area": ours["area"],
                "against": theirs["area"],
                "unit": unit,
                "gap": getattr(found, unit),
                "lower": getattr(found, f"{unit}_lower"),
                "upper": getattr(found, f"{unit}_upper"),
                "verdict": found.verdict,
            }
        )
    return said, pd.DataFrame(rows)


def claim(table: "pd.DataFrame", _choices: dict[str, Any]) -> "Answer":
    import pandas as pd

    from saferplan.methods.gaps import two_readings

    said, parts = [], []
    for row in table.to_dict("records"):
        ours = row.get("ours")
        ours = None if ours is None or ours != ours else ours
        found = two_readings(row["claim"], row["theirs"], ours=ours)
        way = "lower" if row["claim"] < 0 else "higher"
        rates = found["rate"]
        said.append(
            f"{abs(row['claim']):.0%} {way} than {row['theirs']:.1%} is "
            f"{rates['percent']:.1%} if it is per cent, and {rates['points']:.1%} if "
            f"it is percentage points."
        )
        if ours is not None:
            fits = [str(name) for name, fit in found["fits"].items() if fit]
            said.append(f"{ours:.1%} fits {' and '.join(fits) or 'neither'}.")
        found = found.rename_axis("read as").reset_index()
        found.insert(0, "claim", row["claim"])
        parts.append(found)
    return said, pd.concat(parts, ignore_index=True)


def law_of_orders() -> "pd.DataFrame":
    """The orders in the register of statutes, with the days between which they hold."""
    import pandas as pd

    from saferplan.definitions.statutes import statutes

    return pd.DataFrame(
        [
            (each.title, each.in_force_from, each.in_force_to)
            for each in statutes().values()
            if each.kind == "order"
        ],
        columns=["order", "start", "end"],
    )


def promised(table: "pd.DataFrame", _choices: dict[str, Any]) -> "Answer":
    import pandas as pd

    from saferplan.methods.orders import could_be_used

    law = law_of_orders()
    parts = [
        could_be_used([row["order"]], law, by=row["by"]).assign(by=row["by"])
        for row in table.to_dict("records")
    ]
    found = pd.concat(parts, ignore_index=True)
    said = [
        f"{row['order']}: {row['caution'] or 'law by ' + row['by'] + '.'}"
        for row in found.to_dict("records")
    ]
    return said, found[["order", "by", "possible", "caution"]]


def orders(table: "pd.DataFrame", choices: dict[str, Any]) -> "Answer":
    import pandas as pd

    from saferplan.methods.orders import orders_in_use

    found = orders_in_use(
        table,
        law_of_orders(),
        first=choices["first"] or min(table["month"], default=""),
        last=choices["last"] or max(table["month"], default=""),
    )
    said = []
    found = found[found.index.isin(table["order"])]
    for order, row in found.iterrows():
        number = "a few" if row["made"] != row["made"] else f"{row['made']:,.0f}"
        rate = (
            "" if row["a_year"] != row["a_year"] else f", {row['a_year']:,.1f} a year"
        )
        said.append(
            f"{order}: {number} made{rate}; {row['status']}. {row['caution']}".rstrip()
        )
    for name in ("start", "end"):
        found[name] = [
            None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in found[name]
        ]
    return said, found.reset_index()


def between(row: "pd.Series | dict[Any, Any]") -> str:
    if row["share"] != row["share"]:
        return "."
    return f", {row['share']:.1%} (from {row['lower']:.1%} to {row['upper']:.1%})."


# What a file may hold, by the columns that say so.
KINDS = {
    ("outcome", "trials"): trials,
    ("days", "finished"): waits,
    ("period", "receipts", "disposals", "open"): waiting_work,
    ("stage", "cases"): chain,
    ("area", "convictions", "completed"): gap,
    ("claim", "theirs"): claim,
    ("order", "month", "made"): orders,
    ("order", "by"): promised,
}
