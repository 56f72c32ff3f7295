"""
Knowledge as data: category schemes, baskets, weights, words, cautions and duties.

Analysts read, argue with and change data; they do not read code. Every entry names its
source and says whether anybody has checked it. The files are in `data/`.
"""

from saferplan.definitions.baskets import Basket, basket_count, baskets, schemes_of
from saferplan.definitions.characteristics import Characteristic, characteristics
from saferplan.definitions.definition import Definition
from saferplan.definitions.duties import (
    Duty,
    Head,
    duties,
    duties_on,
    heads,
    next_due,
)
from saferplan.definitions.expected import Expected, expected
from saferplan.definitions.levels import LevelSaid, levels
from saferplan.definitions.schemes import (
    Bridge,
    Category,
    Scheme,
    bridged,
    bridges,
    categories,
    like_for_like,
    schemes,
)
from saferplan.definitions.severity import BridgedWeight, bridge_weights
from saferplan.definitions.statutes import Statute, statutes
from saferplan.definitions.words import (
    Caveat,
    Term,
    caveat,
    caveats,
    glossary,
    glossary_page,
)

__all__ = [
    "Basket",
    "Bridge",
    "BridgedWeight",
    "Category",
    "Caveat",
    "Characteristic",
    "Definition",
    "Duty",
    "Expected",
    "Head",
    "LevelSaid",
    "Scheme",
    "Statute",
    "Term",
    "basket_count",
    "baskets",
    "bridge_weights",
    "bridged",
    "bridges",
    "categories",
    "caveat",
    "caveats",
    "characteristics",
    "duties",
    "duties_on",
    "expected",
    "glossary",
    "glossary_page",
    "heads",
    "levels",
    "like_for_like",
    "next_due",
    "schemes",
    "schemes_of",
    "statutes",
]
