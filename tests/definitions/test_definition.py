"""How a file of definitions is read, and what it is refused for."""

from dataclasses import dataclass
from datetime import date

import pytest

from saferplan.definitions.definition import Definition, load
from saferplan.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class Rule(Definition):
    title: str
    parts: tuple[str, ...] = ()
    days: int = 0


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return load(path, Rule)

    return read_text


GOOD = """
[all]
source = "The book of rules"
in_force_from = 2007-08-01

[first]
title = "The first"
parts = ["a", "b"]
checked_by = "legal officer"

[second]
title = "The second"
source = "Another book"
in_force_to = 2011-04-04
"""


def test_entries_come_by_name_in_the_order_of_the_file(read):
    rules = read(GOOD)
    assert list(rules) == ["first", "second"]
    assert rules["first"].parts == ("a", "b")


def test_what_goes_for_all_goes_unless_an_entry_says_otherwise(read):
    rules = read(GOOD)
    assert rules["first"].source == "The book of rules"
    assert rules["second"].source == "Another book"


def test_an_entry_nobody_checked_says_so(read):
    rules = read(GOOD)
    assert rules["first"].standing == "checked by legal officer"
    assert rules["second"].standing == "not yet checked"


CONFIRMED = """
[first]
source = "The book of rules, s. 2"
title = "The first"
confirmed = "text"
confirmed_on = 2026-11-22
confirmed_at = "books.example.org/rules/2"

[second]
source = "Another book"
title = "The second"
confirmed = "secondary"
confirmed_on = 2026-11-22
confirmed_at = "a leaflet about the book"
unseen = "The book itself."

[third]
source = "A lost book"
title = "The third"
confirmed = "not confirmed"
confirmed_on = 2026-11-22
unseen = "The book is lost."
"""


def test_an_entry_says_what_was_read_and_what_is_still_to_be_checked(read):
    assert [rule.grounds for rule in read(CONFIRMED).values()] == [
        "Confirmed by the text of the source, 22 November 2026 "
        "(books.example.org/rules/2).",
        "Confirmed by a secondary source, 22 November 2026 (a leaflet about the "
        "book). Still to check: the book itself.",
        "Not confirmed, 22 November 2026. The book is lost.",
    ]


@pytest.mark.parametrize(
    ("left_out", "complaint"),
    [
        ("confirmed_on = 2026-11-22\n", "rules.toml, first: say on which day"),
        ('confirmed_at = "books.example.org/rules/2"\n', "first: say what confirms"),
        ('unseen = "The book is lost."\n', "third: say why it could not be"),
    ],
)
def test_an_entry_is_no_better_confirmed_than_it_can_show(read, left_out, complaint):
    with pytest.raises(SourceChanged, match=complaint):
        read(CONFIRMED.replace(left_out, ""))


def test_an_entry_holds_from_its_first_day_to_its_last(read):
    rule = read(GOOD)["second"]
    held = [date(2007, 7, 31), date(2007, 8, 1), date(2011, 4, 4), date(2011, 4, 5)]
    assert [rule.in_force_on(day) for day in held] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[one]\ntitle = "x"\n', "rules.toml, one: needs source"),
        ('[one]\nsource = "x"\n', "rules.toml, one: needs title"),
        ('[one]\nsource = ""\ntitle = "x"\n', "source is empty"),
        ('[one]\nsource = "x"\ntitel = "x"\n', "unknown titel. It may have: name"),
        ('[one]\nsource = "x"\ntitle = 3\n', "title should be str, and 3 is not"),
        ('[one]\nsource = "x"\ntitle = "x"\ndays = true\n', "days should be int"),
        ('[one]\nsource = "x"\ntitle = "x"\nparts = [1]\n', "parts should be tuple"),
        (
            '[one]\nsource = "x"\ntitle = "x"\n'
            "in_force_from = 2020-01-02\nin_force_to = 2020-01-01\n",
            "before it began",
        ),
        ("[one\n", "is not TOML we can read"),
    ],
)
def test_a_faulty_file_is_refused_with_the_entry_and_the_fault(read, text, complaint):
    with pytest.raises(SourceChanged, match=complaint):
        read(text)
