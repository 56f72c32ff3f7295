"""
Weights of harm by offence code, in the shape of the ONS Crime Severity Score.

The weights are invented: round numbers in a believable order, so that harm can be shown
beside counts. Never use them for a real place; load the published ones.
"""

from pathlib import Path

import polars as pl

from saferplan.definitions.severity import bridge_parts
from saferplan.synthetic.categories import CATEGORIES
from saferplan.synthetic.written import write_csv

SCHEME = "mps-2024"
LABEL = "Invented weight, for the demonstration only"
RARER = 1.5  # how much more an offence weighs that is not the commonest of its kind

# By the police's minor category.
WEIGHTS = {
    "ARSON": 300,
    "CRIMINAL DAMAGE": 6,
    "BURGLARY BUSINESS AND COMMUNITY": 120,
    "RES BURGLARY OF A HOME": 500,
    "RES BURGLARY OF UNCONNECTED BUILDING": 150,
    "POSSESSION OF DRUGS": 5,
    "TRAFFICKING OF DRUGS": 450,
    "MISC CRIMES AGAINST SOCIETY": 60,
    "POSSESSION OF WEAPONS": 90,
    "OTHER OFFENCES PUBLIC ORDER": 40,
    "PUBLIC FEAR ALARM OR DISTRESS": 10,
    "RACE OR RELIGIOUS AGG PUBLIC FEAR": 20,
    "VIOLENT DISORDER": 300,
    "ROBBERY OF BUSINESS PROPERTY": 900,
    "ROBBERY OF PERSONAL PROPERTY": 900,
    "OTHER SEXUAL OFFENCES": 400,
    "RAPE": 3_000,
    "BICYCLE THEFT": 9,
    "OTHER THEFT": 30,
    "SHOPLIFTING": 12,
    "THEFT FROM THE PERSON": 80,
    "AGGRAVATED VEHICLE TAKING": 110,
    "INTERFERING WITH A MOTOR VEHICLE": 15,
    "THEFT FROM A VEHICLE": 30,
    "THEFT OR UNAUTH TAKING OF A MOTOR VEH": 120,
    "DEATH SERIOUS INJURY ILLEGAL DRIVING": 1_500,
    "HOMICIDE": 8_000,
    "STALKING AND HARASSMENT": 50,
    "VIOLENCE WITH INJURY": 180,
    "VIOLENCE WITHOUT INJURY": 15,
}


def write_harm_weights(folder: Path) -> None:
    """Write one weight for each offence code of the police's categories."""
    majors = {each.minor: each.major for each in CATEGORIES}
    rows = {}
    for part in bridge_parts(SCHEME):
        minor = part.minor.upper()
        if minor not in WEIGHTS or part.offence_code in rows:
            continue
        weight = WEIGHTS[minor] * (1.0 if part.commonest else RARER)
        rows[part.offence_code] = (
            majors[minor].capitalize(),
            part.minor,
            LABEL,
            part.offence_code,
            weight,
            weight,
            weight,
            1,
        )
    columns = ["grp", "sub", "desc", "code", "css_weight", "min", "max", "count"]
    table = pl.DataFrame(list(rows.values()), schema=columns, orient="row")
    write_csv(folder / "invented-severity-weights.csv", table, line_end="\n")
