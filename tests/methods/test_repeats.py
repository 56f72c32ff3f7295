"""Who suffers crime again, by three measures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.pseudonyms import pseudonymous
from saferplan.methods.repeats import repeat_victimisation

# Five victims, worked by hand: C comes again 379 days later, D on the same day.
FIVE = pd.DataFrame(
    [
        ("A", "2016-02-01"), ("A", "2016-12-15"), ("A", "2017-02-10"),
        ("B", "2016-11-20"), ("C", "2016-03-01"), ("C", "2017-03-15"),
        ("D", "2016-05-05"), ("D", "2016-05-05"), ("E", "2017-01-09"),
    ],
    columns=["victim", "date"],
)  # fmt: skip
YEAR = {"first": "2016-04-01", "last": "2017-03-31"}
SHOWN = {"least": 1, "base": 1}
FIRST = pd.Timestamp("2023-01-01")


def shares(events, **options):
    found = repeat_victimisation(events, **(YEAR | SHOWN | options))
    return found.measures["share"]


def borough(people=300, offences=900, seed=4):
    """Three years; some are victims far more often than others."""
    random = np.random.default_rng(seed)
    risk = random.gamma(0.7, size=people)
    return pd.DataFrame(
        {
            "victim": random.choice(people, offences, p=risk / risk.sum()).astype(str),
            "date": FIRST + pd.to_timedelta(random.integers(0, 1_095, offences), "D"),
            "type": random.choice(["burglary", "violence"], offences),
        }
    )


MIDDLE = {"first": "2024-01-01", "last": "2024-12-31"}


@pytest.mark.published("repeat-victimisation")
@pytest.mark.parametrize(("same_day", "part"), [(False, 2), (True, 3)])
def test_five_victims_worked_by_hand(same_day, part):
    # domain.md E8: 2/7, 3/7 with the same day, and 2 of 5 victims.
    found = repeat_victimisation(FIVE, same_day=same_day, **YEAR, **SHOWN)
    assert (found.offences, len(FIVE)) == (7, 9)
    row = found.measures.loc["repeat offence share"]
    assert (row.part, row.whole) == (part, 7)
    assert row.share == pytest.approx({2: 0.286, 3: 0.429}[part], abs=5e-4)
    assert found.measures.loc["repeat victim share", "share"] == 2 / 5
    assert found.each == 7 / 5


def test_a_year_and_two_weeks_later_is_not_a_repeat_unless_we_look_so_far_back():
    assert shares(FIVE)["repeat offence share"] == pytest.approx(2 / 7)
    assert shares(FIVE, within=379)["repeat offence share"] == pytest.approx(3 / 7)
    assert shares(FIVE, within=378)["repeat offence share"] == pytest.approx(2 / 7)


def one_by_one(events, first, last, within, *, same_type, same_day):
    """By another road: every offence against every other, in plain Python."""
    rows = [
        (row.victim, pd.Timestamp(row.date), row.type if same_type else "")
        for row in events.itertuples()
    ]
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    inside = [at for at, row in enumerate(rows) if first <= row[1] <= last]
    again = 0
    for at in inside:
        who, day, kind = rows[at]
        again += any(
            (0 < (day - other_day).days <= within)
            or (same_day and day == other_day and other < at)
            for other, (other_who, other_day, other_kind) in enumerate(rows)
            if other != at and (who, kind) == (other_who, other_kind)
        )
    times = {}
    for at in inside:
        times.setdefault(rows[at][0], []).append(rows[at][2])
    twice = sum(
        any(kinds.count(kind) > 1 for kind in kinds) for kinds in times.values()
    )
    end, followed, hit = max(row[1] for row in rows), 0, 0
    for who in times:
        initial = min(inside, key=lambda at: (rows[at][0] != who, rows[at][1], at))
        if (end - rows[initial][1]).days < within:
            continue
        followed += 1
        hit += any(
            other != initial
            and other_who == who
            and other_kind == rows[initial][2]
            and 0 <= (other_day - rows[initial][1]).days <= within
            for other, (other_who, other_day, other_kind) in enumerate(rows)
        )
    return [again / len(inside), twice / len(times), hit / followed]


@pytest.mark.second_road("repeat-victimisation")
@pytest.mark.parametrize("same_type", [True, False])
@pytest.mark.parametrize("same_day", [True, False])
@pytest.mark.parametrize("within", [30, 365])
def test_the_measures_are_those_that_every_pair_in_turn_gives(
    same_type, same_day, within
):
    events = borough(60, 240)
    options = {"same_type": same_type, "same_day": same_day, "within": within}
    found = shares(events, **MIDDLE, **options)
    expected = one_by_one(events, *MIDDLE.values(), within, same_type=same_type,
                          same_day=same_day)  # fmt: skip
    assert found.tolist() == pytest.approx(expected)


@pytest.mark.property_of("repeat-victimisation")
@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ABCDE"), st.integers(0, 800)),
        min_size=5,
        max_size=40,
    ),
    within=st.integers(1, 400),
    seed=st.integers(0, 9),
)
def test_neither_order_nor_names_matter_and_a_longer_look_finds_no_less(
    rows, within, seed
):
    events = pd.DataFrame(rows, columns=["victim", "day"])
    events["date"] = FIRST + pd.to_timedelta(events["day"], "D")
    # So that the window has one, and the days are not all of one day of the month.
    events.loc[len(events)] = ["A", 800, pd.Timestamp("2024-02-29")]
    events.loc[len(events)] = ["B", 800, pd.Timestamp("2024-02-28")]
    options = MIDDLE | {"first": "2023-06-01", "same_day": True}
    found = shares(events, within=within, **options)
    mixed = events.sample(frac=1, random_state=seed).assign(
        victim=lambda table: table["victim"].map(dict(zip("ABCDE", "vwxyz")))  # noqa: B905
    )
    assert shares(mixed, within=within, **options).tolist() == pytest.approx(
        found.tolist(), nan_ok=True
    )
    longer = shares(events, within=within + 100, **options)
    assert longer["repeat offence share"] >= found["repeat offence share"]


def test_the_same_through_pseudonyms():
    extract = borough().rename(columns={"victim": "urn"}).assign(name="not for us")
    events = pseudonymous(extract, who="urn", keep=["date", "type"])
    pd.testing.assert_frame_equal(
        repeat_victimisation(events, **MIDDLE).measures,
        repeat_victimisation(extract.rename(columns={"urn": "victim"}), **MIDDLE)
        .measures,
    )  # fmt: skip


def test_the_most_victimised_tenth_holds_what_adding_them_up_gives():
    events = borough()
    found = repeat_victimisation(events, **MIDDLE)
    inside = events[events["date"].between("2024-01-01", "2024-12-31")]
    counts = inside["victim"].value_counts()
    row = found.concentration.set_index("victims").loc[0.1]
    k = 0.1 * len(counts)
    top = counts.iloc[: int(k)].sum() + (k - int(k)) * counts.iloc[int(k)]
    assert row.offences == pytest.approx(top / len(inside))
    assert row.evenest < row.offences


def test_the_evenest_spread_is_one_offence_each_and_what_is_left_over():
    found = repeat_victimisation(FIVE, top=(0.2, 0.4, 0.8), **YEAR, **SHOWN)
    assert found.concentration["offences"].tolist() == pytest.approx(
        [2 / 7, 4 / 7, 6 / 7]
    )
    assert found.concentration["evenest"].tolist() == pytest.approx(
        [2 / 7, 4 / 7, 6 / 7]
    )


def test_several_offences_of_one_victim_widen_the_limits():
    random = np.random.default_rng(1)
    spread = pd.DataFrame({"victim": np.arange(400).astype(str)})
    spread["date"] = FIRST + pd.to_timedelta(random.integers(0, 700, 400), "D")
    often = spread.assign(victim=spread["victim"].str[0])  # ten people, 400 offences
    found = repeat_victimisation(pd.concat([spread, often]), **MIDDLE)
    row = found.measures.loc["repeat offence share"]
    plain = 1.96 * np.sqrt(row.share * (1 - row.share) / row.whole)
    assert (row.upper - row.lower) / 2 > 1.3 * plain


def test_fewer_people_than_five_are_not_told_of_however_many_their_offences():
    # Two people with 40 offences each among 100 who had one: the share is about them.
    often = [(str(who), FIRST + pd.Timedelta(days=400 + at)) for who in range(2)
             for at in range(40)]  # fmt: skip
    once = [(f"x{at}", FIRST + pd.Timedelta(days=370 + at)) for at in range(100)]
    events = pd.DataFrame(often + once, columns=["victim", "date"])
    found = repeat_victimisation(events, **MIDDLE)
    assert found.measures["share"].isna().tolist() == [True] * 3
    assert "fewer than 5 people" in found.measures.iloc[0].caution
    assert found.times.to_numpy().tolist() == [["1 or more", 102]]


def test_small_classes_go_together_until_none_is_small():
    days = FIRST + pd.to_timedelta(range(400, 500), "D")
    victims = ["a"] * 9 + ["b"] * 4 + ["c"] * 3 + ["d"] * 3
    victims += [name for at in range(9) for name in [f"e{at}"] * 2]
    victims += [f"f{at}" for at in range(20)]
    events = pd.DataFrame({"victim": victims, "date": days[: len(victims)]})
    found = repeat_victimisation(events, **MIDDLE)
    assert found.times.to_numpy().tolist() == [["1", 20], ["2 or more", 13]]
    assert found.each == pytest.approx(57 / 33)
    # Only three with two or more, in the middle of others: no row of theirs.
    some = events[~events["victim"].isin([f"e{at}" for at in range(7)])]
    assert repeat_victimisation(some, **MIDDLE).times.to_numpy().tolist() == [
        ["1", 20],
        ["2 or more", 6],
    ]


@given(st.lists(st.integers(1, 9), min_size=5, max_size=60), st.integers(2, 6))
def test_no_class_of_victims_is_ever_smaller_than_the_least(times, least):
    from saferplan.methods.repeats import by_times

    table = by_times(pd.Series(times), min(least, len(times)))
    assert table["victims"].sum() == len(times)
    assert (table["victims"] >= min(least, len(times))).all()


def test_too_few_offences_have_no_percentage_and_few_victims_no_number():
    found = repeat_victimisation(FIVE, **YEAR)
    assert found.measures["share"].isna().all()
    assert "Fewer than 30" in found.measures.iloc[0].caution
    assert np.isnan(found.each)  # two more offences than victims would tell of two
    assert found.concentration["offences"].isna().all()


def test_a_short_extract_an_unknown_victim_and_an_early_end_are_said():
    events = pd.concat([FIVE, pd.DataFrame({"victim": [None], "date": ["2016-12-24"]})])
    found = repeat_victimisation(events, until="2017-03-20", **YEAR, **SHOWN)
    assert found.unknown == 1
    assert "begins 60 days before the window" in found.cautions[0]
    assert "ends before the window" in found.cautions[1]
    assert found.cautions[2].startswith("12% of the window's offences")
    whole = repeat_victimisation(FIVE, since="2015-01-01", **YEAR, **SHOWN)
    assert whole.cautions == ("An offence of any type makes a repeat.",)


@pytest.mark.parametrize(
    ("events", "options", "helps"),
    [
        (FIVE.drop(columns="victim"), {}, "no column victim"),
        (FIVE, {"same_type": True}, "no column type"),
        (FIVE.head(0), {}, "no offences"),
        (FIVE.assign(date="2016-04"), {}, "Only the month"),
        (FIVE, {"last": "2016-03-31"}, "before it begins"),
        (FIVE, {"first": "spring"}, "'spring' is not a day"),
        (FIVE, {"first": "2018-04-01", "last": "2019-03-31"}, "Fewer than 5 victims"),
        (FIVE, {"top": (20,)}, "between 0 and 1"),
        (FIVE, {"within": 0}, "a day or more"),
    ],
)
def test_what_an_extract_must_be_is_said(events, options, helps):
    with pytest.raises(MethodError, match=helps):
        repeat_victimisation(events, **(YEAR | options))
