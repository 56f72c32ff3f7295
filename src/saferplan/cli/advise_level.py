"""saferplan advise-level: neighbourhood, borough, part of London, or London?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.explain_target import read
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.level_measured import Measured

SUB_REGION = "sub-regional"


def advise_level(
    file: Annotated[
        Path,
        typer.Argument(
            help="The answers: TOML or JSON of one problem (crossing = 'few'), or a "
            "CSV file with a column issue and one for each criterion."
        ),
    ],
    counts: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file of neighbourhoods: area, borough, residents, offences, "
            "and perhaps sub_region. What figures can answer is taken from it."
        ),
    ] = None,
    flows: Annotated[
        Path | None,
        typer.Option(help="A CSV file of cases between them: home, place, cases."),
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Say at which level a problem is best taken up, and why."""
    with errors_in_one_line():
        if file.suffix == ".csv":
            said, table, numbers = of_several(file)
        else:
            said, table, numbers = of_one(file, counts, flows)
    tell(said, table, numbers, as_json=as_json, csv=csv)


def of_one(
    file: Path, counts: Path | None, flows: Path | None
) -> tuple[list[str], "pd.DataFrame", dict[str, Any]]:
    from saferplan.errors import MethodError
    from saferplan.methods.level_advice import advise_level as advise

    asked = read(file)
    issue = str(asked.pop("issue", file.stem))
    weights = asked.pop("weights", {})
    if flows is not None and counts is None:
        raise MethodError("Flows need the neighbourhoods too: give --counts.")
    known = measured(counts, flows) if counts else None
    # What a person says goes before what figures say.
    answers = {**(known.answers if known else {}), **asked}
    as_likely = {
        name: others
        for name, others in (known.as_likely if known else {}).items()
        if name not in asked
    }
    found = advise(answers, weights=weights, as_likely=as_likely)
    said = [f"{issue}: {found.level}.", *(known.said if known else ())]
    said += [str(row.reason) for row in found.reasons.itertuples() if row.answer]
    if found.rests_on:
        said.append(f"The advice rests on: {', '.join(found.rests_on)}.")
    scores = found.scores.rename_axis("level").reset_index()
    numbers = {
        "issue": issue,
        "level": found.level,
        "hold": list(found.hold),
        "deliver": list(found.deliver),
        "rests_on": list(found.rests_on),
        "reasons": found.reasons.to_dict(orient="records"),
    }
    return [*said, *found.cautions], scores, numbers


def of_several(file: Path) -> tuple[list[str], "pd.DataFrame", dict[str, Any]]:
    import pandas as pd

    from saferplan.methods.level_advice import advise_level as advise

    table = read_table(file, columns=["issue"])
    rows = []
    for record in table.to_dict(orient="records"):
        issue = record.pop("issue")
        found = advise({str(name): told for name, told in record.items() if told})
        rows.append(
            {
                "issue": issue,
                "level": found.level,
                "rests_on": ", ".join(found.rests_on),
            }
        )
    told = pd.DataFrame(rows, columns=["issue", "level", "rests_on"])
    return [f"{row.issue}: {row.level}." for row in told.itertuples()], told, {}


def measured(counts: Path, flows: Path | None) -> "Measured":
    from saferplan.methods.level_measured import measured_answers

    table = read_table(
        counts,
        columns=["area", "borough", "residents", "offences"],
        numbers=["residents", "offences"],
    ).set_index("area")
    levels = table[["borough"]]
    if "sub_region" in table:
        levels = levels.assign(**{SUB_REGION: table["sub_region"]})
    cases = None
    if flows is not None:
        cases = read_table(flows, columns=["home", "place", "cases"], numbers=["cases"])
    return measured_answers(table["offences"], table["residents"], levels, flows=cases)
