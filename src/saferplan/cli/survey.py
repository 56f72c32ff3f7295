"""saferplan survey: the share who agree, and how many answers it is really worth."""

from pathlib import Path
from typing import Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell


def survey(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file, one row per respondent: answer (1 agrees, 0 does not, "
            "empty did not say), and perhaps weight, group, stratum, cluster."
        ),
    ],
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Work out shares with weights and clumps allowed for; no respondent comes out."""
    with errors_in_one_line():
        from saferplan.methods.weighted_answers import weighted_shares

        table = read_table(file, columns=["answer"], numbers=["answer", "weight"])
        known = {
            name: table[name].where(table[name] != "")
            for name in ("group", "stratum", "cluster")
            if name in table
        }
        found = weighted_shares(
            table["answer"],
            table.get("weight"),
            groups=known["group"].fillna("not stated") if "group" in known else None,
            strata=known.get("stratum"),
            clusters=known.get("cluster"),
        )
    said = []
    for group, row in found.iterrows():
        if row["share"] != row["share"]:
            said.append(f"{group}: {row['caution']}")
            continue
        said.append(
            f"{group}: {row['share']:.1%} agree (from {row['lower']:.1%} to "
            f"{row['upper']:.1%}). {row['asked']:,} answers are worth "
            f"{row['effective']:,.0f}: the design effect is "
            f"{row['design_effect']:.2f}. {row['caution']}".rstrip()
        )
    few = found["asked"] < 5
    found["asked"] = found["asked"].astype(float).mask(few)
    tell(said, found.reset_index(), as_json=as_json, csv=csv)
