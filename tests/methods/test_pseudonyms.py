"""Names taken out before anything is counted."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.pseudonyms import pseudonymous

EXTRACT = pd.DataFrame(
    {
        "urn": ["V 1", "v 1 ", "V2", "", "Unknown", None],
        "name": ["one", "one", "two", "three", "four", "five"],
        "date": ["2026-01-01"] * 6,
    }
)


def events(urns):
    extract = pd.DataFrame({"urn": urns, "date": "2026-01-01"})
    return pseudonymous(extract, who="urn", keep=["date"])["victim"]


def test_only_the_pseudonym_and_what_the_count_needs_come_out():
    found = pseudonymous(EXTRACT, who="urn", keep=["date"])
    assert found.columns.tolist() == ["victim", "date"]
    text = found.to_csv().casefold()
    assert not any(word in text for word in ["v 1", "v2", "one", "two", "unknown"])


def test_one_reference_has_one_pseudonym_however_it_is_written():
    found = pseudonymous(EXTRACT, who="urn", keep=[])["victim"]
    assert found[0] == found[1] != found[2]


def test_a_victim_not_known_has_no_pseudonym_and_is_nobody_elses():
    assert pseudonymous(EXTRACT, who="urn", keep=[])["victim"].isna().tolist() == (
        [False, False, False, True, True, True]
    )


def test_two_readings_cannot_be_joined():
    one, other = events(["A", "B", "C"]), events(["A", "B", "C"])
    assert not set(one) & set(other)


def test_a_pseudonym_is_not_a_plain_hash_that_anyone_could_make():
    import hashlib

    plain = hashlib.blake2b(b"a", digest_size=16).hexdigest()
    assert events(["A"])[0] != plain
    assert len(events(["A"])[0]) == 32


@pytest.mark.property_of("repeat-victimisation")
@given(st.lists(st.sampled_from(["a", "b", "c", "d", "12"]), min_size=1, max_size=30))
def test_who_is_the_same_person_as_whom_does_not_change(urns):
    assert (
        pd.factorize(events(urns))[0].tolist()
        == pd.factorize(pd.array(urns))[0].tolist()
    )


def test_numbers_will_do_as_references():
    found = events([101, 102, 101])
    assert found[0] == found[2] != found[1]


@pytest.mark.parametrize(
    ("who", "keep", "helps"),
    [
        ("id", [], "no column id"),
        ("urn", ["day"], "no column day"),
        ("urn", ["urn"], "cannot be kept"),
    ],
)
def test_columns_must_be_there_and_the_reference_must_go(who, keep, helps):
    with pytest.raises(MethodError, match=helps):
        pseudonymous(EXTRACT, who=who, keep=keep)


def test_an_extract_without_any_victim_is_refused():
    with pytest.raises(MethodError, match="No victim is known in urn"):
        events(["", None, "n/a"])
