"""Two periods or two rates compared, for the verb is-it-real."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from saferplan.cli.tables import read_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Answer:
    """What a verb tells: sentences, a table, and numbers for another program."""

    said: list[str]
    table: "pd.DataFrame"
    numbers: dict[str, Any] = field(default_factory=dict)


def places_of(
    file: Path,
) -> tuple["pd.DataFrame", tuple[float, float], "pd.Series | None"]:
    """
    Counts before and after by place, from a file that has them added up.

    The lengths of the two times come with them, which are taken for alike, and the
    sizes of the places where the file has a column size.
    """
    numbers = ["before", "after", "size"]
    table = read_table(file, columns=["place", "before", "after"], numbers=numbers)
    table = table.set_index("place")
    return table[["before", "after"]], (1.0, 1.0), table.get("size")


def periods_of(
    monthly: "pd.DataFrame", since: str, names: Mapping[str, str | None]
) -> tuple["pd.DataFrame", tuple[float, float]]:
    """
    Counts before a month, and from it on, of each place that has a series.

    The length of the two times comes with it, in months.
    """
    import pandas as pd

    from saferplan.errors import MethodError
    from saferplan.methods.spans import as_month

    given = {place: name for place, name in names.items() if name is not None}
    if not {"treated", "control"} <= given.keys():
        raise MethodError(
            "Before and after needs a place treated and one to compare it with: name "
            "a series for --treated and one for --control."
        )
    if strays := [name for name in given.values() if name not in monthly]:
        raise MethodError(
            f"There is no series {', '.join(strays)}. There are: "
            f"{', '.join(map(str, monthly.columns))}."
        )
    month = as_month(since)
    used = monthly[list(given.values())].set_axis(list(given), axis="columns")
    before, after = used[used.index < month], used[used.index >= month]
    if before.empty or after.empty:
        none = f"before {month}" if before.empty else f"from {month} on"
        raise MethodError(
            f"The months run from {monthly.index[0]} to {monthly.index[-1]}: none are "
            f"{none}. Choose a month between."
        )
    # A month not known makes the sum unknown, and the answer "cannot tell".
    counts = pd.DataFrame(
        {"before": before.sum(skipna=False), "after": after.sum(skipna=False)}
    )
    return counts, (float(len(before)), float(len(after)))


def before_and_after(
    counts: "pd.DataFrame",
    times: tuple[float, float],
    sizes: "pd.Series | None" = None,
    *,
    dispersion: float,
) -> Answer:
    """The change in a treated place, less that of its comparison, and around both."""
    import pandas as pd

    from saferplan.methods.displacement import weighted_displacement

    found = weighted_displacement(
        counts, area_weights=sizes, time_weights=times, dispersion=dispersion
    )
    parts = {"local": found.local, "near": found.near, "total": found.total}
    if "near treated" not in counts.index:
        del parts["near"]
    table = pd.DataFrame(
        [
            {"part": name, "estimate": part.estimate, "lower": part.lower,
             "upper": part.upper, "z": part.z}
            for name, part in parts.items()
        ]
    )  # fmt: skip
    unit = "offences a month" if times != (1.0, 1.0) else "offences"
    if sizes is not None:
        unit += " for each unit of size"
    total = found.total
    said = [
        f"The place treated had {abs(total.estimate):,.1f} "
        f"{'fewer' if total.estimate < 0 else 'more'} {unit} than its comparison would "
        f"lead one to expect, somewhere from {total.lower:,.1f} to {total.upper:,.1f}: "
        f"{found.verdict}."
        if total.estimate == total.estimate
        else "A count is not known: cannot tell."
    ]
    if found.caution:
        said.append(found.caution)
    return Answer(said, table, {"verdict": found.verdict})


def two_rates(file: Path) -> Answer:
    """One rate over another, by row: events and against, and what each is out of."""
    from saferplan.methods.two_counts import rate_ratio

    numbers = ["events", "against", "size", "against_size"]
    table = read_table(file, columns=["name", "events", "against"], numbers=numbers)
    table = table.set_index("name")
    found = rate_ratio(
        table["events"],
        table["against"],
        size=table.get("size", 1.0),
        against_size=table.get("against_size", 1.0),
    )
    said = [
        f"{name}: {row['ratio']:.2f} times the rate, somewhere from {row['lower']:.2f} "
        f"to {row['upper']:.2f}: {row['verdict']}."
        if row["ratio"] == row["ratio"]
        else f"{name}: {row['caution']} {row['verdict'].capitalize()}."
        for name, row in found.iterrows()
    ]
    return Answer(said, found.reset_index())
