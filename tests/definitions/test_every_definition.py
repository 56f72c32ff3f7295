"""Every definition that comes with Saferplan loads, and hangs together."""

import csv
from collections import Counter

import pytest

from saferplan.definitions import (
    baskets,
    bridges,
    categories,
    caveats,
    characteristics,
    duties,
    expected,
    glossary,
    heads,
    levels,
    schemes,
    schemes_of,
    statutes,
)
from saferplan.definitions.bank_holidays import bank_holidays
from saferplan.definitions.definition import FOLDER
from saferplan.definitions.journeys import journeys
from saferplan.definitions.naming import naming
from saferplan.definitions.severity import bridge_parts
from saferplan.definitions.standards import standards
from saferplan.definitions.vital_words import vital_words

KINDS = [
    *(baskets, bridges, caveats, duties, expected, glossary, heads, levels, schemes),
    *(characteristics, statutes),
    *(journeys, standards, bank_holidays, naming, vital_words),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_entry_loads_and_says_where_it_can_be_checked(kind):
    assert kind()
    for name, entry in kind().items():
        assert entry.name == name
        assert entry.source
        assert entry.standing


REGISTERS = (duties, heads, statutes, standards, journeys, levels, expected)


@pytest.mark.parametrize(
    "register", [*REGISTERS, characteristics], ids=lambda kind: kind.__name__
)
def test_every_entry_of_a_register_says_how_far_it_was_confirmed(register):
    for entry in register().values():
        assert entry.confirmed, entry.name
        assert entry.confirmed_on
        if entry.confirmed == "not confirmed":
            assert entry.unseen, entry.name
            assert not entry.confirmed_at, entry.name
        else:
            assert entry.confirmed_at, entry.name


def test_no_file_of_definitions_is_forgotten():
    kinds = {f"{kind.__name__}.toml" for kind in KINDS}
    tables = {"categories.csv", "severity_bridge.csv"}
    assert {path.name for path in FOLDER.iterdir()} == kinds | tables


@pytest.mark.parametrize("scheme", list(schemes()))
def test_a_scheme_lists_each_category_once(scheme):
    listed = Counter((c.major, c.minor) for c in categories(scheme))
    assert listed
    assert set(listed.values()) == {1}


def test_every_category_is_of_a_known_scheme():
    with (FOLDER / "categories.csv").open(encoding="utf-8", newline="") as file:
        assert {row["scheme"] for row in csv.DictReader(file)} == set(schemes())


@pytest.mark.parametrize("name", list(bridges()))
def test_a_bridge_adds_up_categories_that_exist(name):
    for scheme, parts in bridges()[name].parts.items():
        known = {c.minor or c.major for c in categories(scheme)}
        assert set(parts) <= known
        assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("name", list(baskets()))
def test_a_basket_can_be_counted_somewhere_and_counts_nothing_twice(name):
    basket = baskets()[name]
    assert "mps-2024" in schemes_of(basket)
    for scheme in schemes_of(basket):
        parts = [p for series in basket.series for p in bridges()[series].parts[scheme]]
        assert max(Counter(parts).values()) == 1


def test_every_category_of_the_newest_scheme_but_fraud_has_harm_codes():
    bridged = {part.minor for part in bridge_parts("mps-2024")}
    minors = {category.minor for category in categories("mps-2024")}
    assert minors - bridged == {"Fraud and forgery", "NFIB"}
    assert bridged <= minors


def test_each_category_has_one_commonest_offence_and_its_shares_make_one():
    for minor in {part.minor for part in bridge_parts("mps-2024")}:
        parts = [part for part in bridge_parts("mps-2024") if part.minor == minor]
        assert sum(part.commonest for part in parts) == 1
        assert sum(part.charge_share for part in parts) == pytest.approx(1, abs=0.002)
