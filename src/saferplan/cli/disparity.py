"""saferplan disparity: how groups fare beside one another, from both sides."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, no_gaps, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

# What a file may hold, by the columns that say so.
KINDS = {
    ("stage", "group", "people"): "the stages of justice",
    ("group", "events", "residents"): "rates, by age and sex if it has them",
    ("group", "searches", "found"): "the outcome test",
}
NUMBERS = ["people", "events", "residents", "searches", "found"]
STRATA = ["age", "sex"]


def disparity(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file of counts: stage, group, people; or group, events, "
            "residents (and age, sex); or group, searches, found. A group left empty "
            "is not known."
        ),
    ],
    reference: Annotated[
        str, typer.Option(help="The group that others are compared with.")
    ] = "White",
    events: Annotated[
        list[str] | None,
        typer.Option(help="A stage that counts events, not people; repeat it."),
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Compare groups by stage, rate or result, with bounds for those not known."""
    with errors_in_one_line():
        table, columns = read_counts(file)
        if "stage" in columns:
            said, found = by_stage(table, reference, events or [])
        elif "events" in columns:
            said, found = by_rate(table, reference)
        else:
            said, found = by_result(table, reference)
    tell(said, found, as_json=as_json, csv=csv)


def read_counts(file: Path) -> tuple["pd.DataFrame", tuple[str, ...]]:
    """The table, and which kind of table it is."""
    from saferplan.errors import SourceChanged

    table = read_table(file, columns=["group"], numbers=NUMBERS)
    for columns in KINDS:
        if set(columns) <= set(table.columns):
            asked = [name for name in NUMBERS if name in columns]
            # Nobody knows how many residents are of a group that is not known.
            no_gaps(file, table[table["group"] != ""], asked)
            return table, columns
    kinds = "; ".join(f"{', '.join(names)} for {what}" for names, what in KINDS.items())
    raise SourceChanged(
        f"{file.name} has the columns {', '.join(table.columns)}. It needs {kinds}."
    )


def wide(table: "pd.DataFrame", rows: list[str], values: str) -> "pd.DataFrame":
    """Counts with a row per stage or stratum, in the file's order, a column per group.

    Those of unknown group have a column called "".
    """
    found = table.pivot_table(
        index=rows, columns="group", values=values, aggfunc="sum", sort=False
    )
    return found.rename_axis(columns=None)


def few_left_out(found: "pd.DataFrame", columns: list[str]) -> "pd.DataFrame":
    """The same without numbers of people so small that they could be told."""
    from saferplan.methods.proportions import LEAST_PEOPLE

    for name in columns:
        few = found[name].between(0, LEAST_PEOPLE, inclusive="neither")
        found[name] = found[name].astype(float).mask(few)
    return found


def by_stage(
    table: "pd.DataFrame", reference: str, events: list[str]
) -> tuple[list[str], "pd.DataFrame"]:
    from saferplan.methods.justice_stages import relative_rates, stage_bounds

    people = wide(table, ["stage"], "people")
    unknown = people.pop("") if "" in people else None
    found = relative_rates(people, reference=reference, events=events)
    said = [stage_sentence(row, reference) for row in found.to_dict("records")]
    if unknown is not None and not events:
        bounds = stage_bounds(people, unknown.fillna(0), reference=reference)
        found = found.merge(bounds.drop(columns="ratio"), on=["stage", "group"])
        said.append("lowest and highest: wherever those of unknown group belong.")
    said.append(
        "A ratio does not allow for the offence, the record or the plea, and tells a "
        "difference, not its reason."
    )
    return said, found


def stage_sentence(row: dict[Any, Any], reference: str) -> str:
    if row["caution"]:
        return f"{row['stage']}, {row['group']}: {row['caution']}"
    spared = (
        f", {row['spared']:.2f} times as likely to be spared it"
        if row["spared"] == row["spared"]
        else ""
    )
    return (
        f"{row['stage']}, {row['group']}: {row['ratio']:.2f} times the rate of "
        f"{reference} (from {row['lower']:.2f} to {row['upper']:.2f}){spared}. "
        f"{'Explain or change it.' if row['explain'] else 'Within chance.'}"
    )


def by_rate(table: "pd.DataFrame", reference: str) -> tuple[list[str], "pd.DataFrame"]:
    from saferplan.methods.disproportionality import (
        missing_bounds,
        rate_ratios,
        standardised_ratios,
    )
    from saferplan.methods.standardised import directly_standardised

    known = table[table["group"] != ""]
    missing = int(table.loc[table["group"] == "", "events"].sum())
    totals = known.groupby("group", sort=False)[["events", "residents"]].sum()
    counts = (totals["events"], totals["residents"])
    found = rate_ratios(*counts, reference=reference)
    found = found.rename(columns={"searches": "events"})
    said = [
        rate_sentence(str(group), row, reference)
        for group, row in found.iterrows()
        if group != reference
    ]
    if missing:
        bounds = missing_bounds(*counts, missing=missing, reference=reference)
        found = found.join(bounds[["lowest", "highest"]])
        said.append(
            f"{missing / (missing + totals['events'].sum()):.0%} of the events are of "
            f"unknown group; wherever they belong, lowest to highest holds the ratio."
        )
    if strata := [name for name in STRATA if name in known]:
        parts = [wide(known, strata, name) for name in ("events", "residents")]
        direct = directly_standardised(*parts, reference=reference)
        indirect = standardised_ratios(*parts, reference=reference)
        found["direct"] = direct["ratio"]
        found[["direct_lower", "direct_upper"]] = direct[["lower", "upper"]]
        found["indirect"] = indirect["ratio"]
        said.append(
            f"direct and indirect allow for {' and '.join(strata)}; direct ones can be "
            f"compared with each other."
        )
    said.append("Events per resident: one person can have several, visitors count too.")
    found = few_left_out(found, ["events"])
    return said, found.rename_axis("group").reset_index()


def rate_sentence(group: str, row: "pd.Series", reference: str) -> str:
    if row["ratio"] != row["ratio"]:
        return f"{group}: {row['caution']}"
    return (
        f"{group}: {row['ratio']:.2f} times the rate of {reference} (from "
        f"{row['lower']:.2f} to {row['upper']:.2f}); {reference} has "
        f"{1 / row['ratio']:.2f} times theirs."
    )


def by_result(
    table: "pd.DataFrame", reference: str
) -> tuple[list[str], "pd.DataFrame"]:
    from saferplan.methods.disproportionality import OUTCOME_LIMITS, outcome_test

    known = table[table["group"] != ""].groupby("group", sort=False)
    counts = known[["searches", "found"]].sum()
    found = outcome_test(counts["searches"], counts["found"], reference=reference)
    said = []
    for group, row in found.iterrows():
        if row["share"] != row["share"]:
            said.append(f"{group}: {row['caution']}")
            continue
        words = {"real change": "a real difference", "": ""}
        against = words.get(row["verdict"], row["verdict"])
        said.append(
            f"{group}: {row['share']:.1%} led to something (from {row['lower']:.1%} to "
            f"{row['upper']:.1%})"
            + (f"; against {reference}, {against}." if against else ".")
        )
    found = few_left_out(found, ["searches", "positive"])
    return [*said, *OUTCOME_LIMITS], found.rename_axis("group").reset_index()
