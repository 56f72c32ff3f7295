"""
The invented places: their names and codes, which no real place has.

Codes have the right form, from ranges that ONS has never issued, so that a reader of
real files takes them and nobody can mistake them for a real area:

    E09000901 to E09000933   boroughs
    E05090001 onwards        wards, in force since 2022
    E01090001 onwards        LSOAs of 2021 and 2011
    E02090001 onwards        MSOAs
    E22000901 to E22000933   community safety partnerships
"""

import re

from saferplan.areas.places import demonstration_boroughs

# The city stands in for London, so its police are named as the files name them.
FORCE_CODE = "E23000001"
FORCE_AREA = "Metropolitan Police"
FORCE_NAME = "Metropolitan Police Service"
FORCE_SLUG = "metropolitan"

# The first is the demonstration borough; the others stand round it, nearest first.
BOROUGHS = tuple(demonstration_boroughs().values())

TOWN_CENTRE = "Harbour Cross"
VULNERABLE = "Cinder Hill"
QUIET = "Orchard Gate"
SHARED = "Priory Marsh"  # a ward name that two boroughs have, as happens in London

# The wards of the demonstration borough.
WARDS = (
    TOWN_CENTRE,
    VULNERABLE,
    QUIET,
    SHARED,
    "Abbots Wharf",
    "Bellcombe",
    "Drovers Green",
    "Eelbrook",
    "Fallow Park",
    "Glasshouse",
    "Ivy Lane & Fairmead",
    "Jessamy",
    "Kiln Common",
    "Lantern Rise",
    "Millrace",
    "Nettle Bank",
    "Quarry Hill",
    "Ropewalk",
    "Saltersgate",
)

FIRST_PARTS = (
    "Ash",
    "Barn",
    "Chalk",
    "Crane",
    "Deer",
    "Elder",
    "Fern",
    "Ferry",
    "Gate",
    "Hazel",
    "Heron",
    "Iron",
    "Lark",
    "Long",
    "Maple",
    "North",
    "Oak",
    "Reed",
    "Rook",
    "Stone",
    "Thorn",
    "Water",
    "Wick",
    "Wood",
)
SECOND_PARTS = (
    "bourne Park",
    "brook",
    "bury",
    "combe",
    "croft",
    " Cross",
    "dene",
    "field",
    "gate East",
    "gate West",
    " Green",
    "ham Common",
    " Heath",
    " Hill",
    "hurst",
    "lake",
    "ley",
    "moor Road",
    "ridge",
    "side",
    "stead",
    "thorpe",
    "well",
    "worth",
)

STREETS = (
    "Anchor Row",
    "Beacon Street",
    "Chandler Road",
    "Dyers Lane",
    "Elm Terrace",
    "Foundry Way",
    "Gannet Close",
    "HIGH STREET",
    "Inkerman Road",
    "Jubilee Gardens",
    "Kettle Lane",
    "Linden Avenue",
    "Mercer Street",
    "Nightclub",
    "Osier Road",
    "Parking Area",
    "Petrol Station",
    "Quay Street",
    "Rosemary Court",
    "Shopping Area",
    "Supermarket",
    "Tanner Street",
    "Union Walk",
    "Viaduct Road",
    "Weir Road",
    "B4290",
)


def borough_code(number: int) -> str:
    """Return the code of the invented borough at this place in BOROUGHS."""
    return f"E{9_000_901 + number:08d}"


def partnership_code(number: int) -> str:
    return f"E{22_000_901 + number:08d}"


def ward_code(number: int) -> str:
    return f"E{5_090_001 + number:08d}"


def lsoa_code(number: int) -> str:
    return f"E{1_090_001 + number:08d}"


def msoa_code(number: int) -> str:
    return f"E{2_090_001 + number:08d}"


def is_invented(code: str) -> bool:
    """
    Say whether this is the code of an invented area.

    >>> is_invented("E09000901"), is_invented("E09000023")
    (True, False)
    """
    return bool(re.fullmatch(r"E(0[125]09\d{4}|(09|22)0009\d\d)", code))


def ward_names(borough: int, how_many: int) -> list[str]:
    """Return the names of a neighbour's wards; hardly any name is used twice."""
    names = [first + second for first in FIRST_PARTS for second in SECOND_PARTS]
    start = (borough - 1) * 20
    # A stride that shares no factor with 576 meets each name once before any twice.
    chosen = [names[(start + step) * 97 % len(names)] for step in range(how_many)]
    if borough == 1:
        chosen[0] = SHARED
    return sorted(chosen)
