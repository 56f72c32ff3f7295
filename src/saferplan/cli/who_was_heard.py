"""saferplan who-was-heard: those who answered against those who live here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, no_gaps, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.participation import Participation
    from saferplan.methods.weighting import Sensitivity

GroupOption = Annotated[
    list[str],
    typer.Option(
        help="The column with each respondent's group or ward. Repeat it for several."
    ),
]
PopulationOption = Annotated[
    Path,
    typer.Option(
        help="A CSV file: group, people; and by, the column it is for, if there are "
        "several."
    ),
]


def who_was_heard(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file, one row per person who answered. Empty: did not say."
        ),
    ],
    group: GroupOption,
    population: PopulationOption,
    answer: Annotated[
        str | None,
        typer.Option(
            help="A column of 1 (agrees) and 0: also say what weights would change."
        ),
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Say whose voices are missing, group by group, and how many more it would take."""
    with errors_in_one_line():
        import pandas as pd

        numbers = [answer] if answer else []
        table = read_table(file, columns=[*group, *numbers], numbers=numbers)
        people = people_by(population, group)
        found = {name: heard(file, table[name], people[name]) for name in group}
        said = [line for name in group for line in sentences(name, found[name])]
        # Words that hold for every list are said once.
        said = list(dict.fromkeys(said))
        weighed = weighed_by(table, people, answer) if answer else None
    if weighed is not None:
        said += sensitivity_sentences(weighed)
    rows = [each.groups.rename_axis("group").reset_index() for each in found.values()]
    for name, part in zip(group, rows, strict=True):
        part.insert(0, "by", name)
    tell(
        said,
        pd.concat(rows, ignore_index=True),
        {
            "missing": {name: each.missing for name, each in found.items()},
            "unheard": {name: each.unheard for name, each in found.items()},
            "unlike": {name: each.unlike for name, each in found.items()},
            "weighed": None
            if weighed is None
            else weighed.shares.to_dict(orient="index"),
        },
        as_json=as_json,
        csv=csv,
    )


def people_by(file: Path, group: list[str]) -> "dict[str, pd.Series]":
    """The population of each group, for each column that was named."""
    from saferplan.errors import SourceChanged

    several = ["by"] if len(group) > 1 else []
    table = read_table(file, columns=[*several, "group", "people"], numbers=["people"])
    no_gaps(file, table, ["people"])
    if "by" not in table:
        table["by"] = group[0]
    people = {
        name: part.groupby("group", sort=False)["people"].sum()
        for name, part in table.groupby("by", sort=False)
    }
    for name in group:
        if name not in people:
            raise SourceChanged(
                f"{file.name} has nobody by {name}. Add rows with {name} in the column "
                f"by."
            )
    return {name: people[name] for name in group}


def heard(file: Path, told: "pd.Series", people: "pd.Series") -> "Participation":
    from saferplan.errors import SourceChanged
    from saferplan.methods.participation import participation

    stated = told[told.str.strip() != ""].str.strip()
    if strays := sorted(set(stated) - set(people.index)):
        raise SourceChanged(
            f"{file.name}: {strays[0]!r} in the column {told.name} is not a group of "
            f"the population file. Use one list of groups for both."
        )
    counts = stated.value_counts().reindex(people.index, fill_value=0)
    return participation(counts, people, not_stated=len(told) - len(stated))


def weighed_by(
    table: "pd.DataFrame", people: "dict[str, pd.Series]", answer: str
) -> "Sensitivity":
    from saferplan.methods.weighting import rake, sensitivity

    known = {name: table[name].str.strip() for name in people}
    groups = table[list(people)].assign(
        **{name: told.where(told != "") for name, told in known.items()}
    )
    return sensitivity(table[answer], rake(groups, people))


def sentences(name: str, found: "Participation") -> list[str]:
    said = []
    for group, row in found.groups.iterrows():
        if row["index"] != row["index"]:
            said.append(f"{group}: {row['caution']}")
            continue
        more = ""
        if row["verdict"] == "too few" and row["needed"] == row["needed"]:
            more = f" It would take {row['needed']:,.0f} more to match."
        said.append(
            f"{group}: {row['share']:.1%} of those who answered and "
            f"{row['population_share']:.1%} of people, {row['index']:.2f} times what "
            f"would match (from {row['lower']:.2f} to {row['upper']:.2f}): "
            f"{row['verdict']}.{more}"
        )
    if found.unheard:
        said.append(f"Nobody answered by {name} of: {', '.join(found.unheard)}.")
    if found.missing:
        said.append(f"Heard too little by {name}: {', '.join(found.missing)}.")
    return [*said, *found.cautions]


def sensitivity_sentences(found: "Sensitivity") -> list[str]:
    said = []
    for figure, row in found.shares.iterrows():
        said.append(
            f"{str(figure).capitalize()}: {row['share']:.1%} agree (from "
            f"{row['lower']:.1%} to {row['upper']:.1%}), of {row['asked']:,} answers "
            f"worth {row['effective']:,.0f}."
            if row["share"] == row["share"]
            else f"{str(figure).capitalize()}: {row['caution']}"
        )
    return [*said, *found.cautions]
