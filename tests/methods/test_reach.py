"""Who can reach a counter in time, and what a closure takes from whom."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.errors import MethodError
from saferplan.methods.closures import closure
from saferplan.methods.reach import groups_by, reach
from saferplan.methods.reach_by_hour import reach_by_hour
from saferplan.methods.travel import routed_times, straight_times

#  A ---- 1,000 m ---- B ---- 1,000 m ---- C, with the desk at A and the hub at C
LINE = pd.DataFrame({"x": [0.0, 1_000, 2_000], "y": 0.0}, index=["A", "B", "C"])
SITES = pd.DataFrame({"x": [0.0, 2_000], "y": 0.0}, index=["Desk", "Hub"])
PEOPLE = pd.Series({"A": 500, "B": 300, "C": 200})
OLD = pd.DataFrame({"Over 65": [50, 30, 120]}, index=PEOPLE.index)


def city(areas=60, sites=5, seed=3):
    random = np.random.default_rng(seed)
    where = random.uniform(0, 6_000, (areas + sites, 2))
    table = pd.DataFrame(where, columns=["x", "y"])
    codes = [f"E010{n:05}" for n in range(areas)]
    people = pd.Series(random.integers(800, 2_500, areas), index=codes)
    return (
        table.iloc[:areas].set_axis(codes),
        table.iloc[areas:].set_axis([f"Site {n}" for n in range(sites)]),
        people,
        pd.DataFrame({"Over 65": random.integers(50, 400, areas)}, index=codes),
    )


@pytest.mark.published("reach")
@pytest.mark.parametrize(("metres", "minutes"), [(640, 8), (960, 12)])
def test_the_way_to_a_stop_takes_what_transport_for_london_says(metres, minutes):
    # PTAL: stops up to 640 m are 8 minutes away, stations up to 960 m are 12.
    stop = pd.DataFrame({"x": [float(metres)], "y": [0.0]}, index=["Stop"])
    found = straight_times(LINE.head(1), stop, detour=1)
    assert found.minutes.loc["A", "Stop"] == pytest.approx(minutes)


@pytest.mark.published("reach")
def test_a_cycle_does_16_kilometres_an_hour_and_is_parked_for_five_minutes():
    # Department for Transport, Journey time statistics.
    far = pd.DataFrame({"x": [8_000.0], "y": [0.0]}, index=["Far"])
    found = straight_times(LINE.head(1), far, mode="cycle", detour=1)
    assert found.minutes.loc["A", "Far"] == pytest.approx(30 + 5)


@pytest.mark.second_road("reach")
def test_shares_are_those_a_walk_from_door_to_door_finds():
    areas, sites, people, groups = city()
    times = straight_times(areas, sites)
    found = reach(times, people, within=20, groups=groups).groups
    everyone = old = 0
    for code in areas.index:
        east, north = areas.loc[code]
        metres = min(
            1.3 * ((east - x) ** 2 + (north - y) ** 2) ** 0.5
            for x, y in sites.to_numpy()
        )
        if metres / 80 <= 20:
            everyone += people[code]
            old += groups.loc[code, "Over 65"]
    assert found["within"].round().tolist() == [everyone, old]
    assert found.loc["Over 65", "gap"] == pytest.approx(
        old / groups["Over 65"].sum() - everyone / people.sum()
    )


@pytest.mark.property_of("reach")
@settings(max_examples=40)
@given(seed=st.integers(0, 500), within=st.floats(0, 60), more=st.floats(0, 30))
def test_more_minutes_or_more_sites_never_leave_fewer_in_time(seed, within, more):
    areas, sites, people, groups = city(20, 3, seed)
    times = straight_times(areas, sites)
    found = reach(times, people, within=within, groups=groups).groups
    longer = reach(times, people, within=within + more, groups=groups).groups
    fewer = reach(times.to(["Site 0"]), people, within=within, groups=groups).groups
    assert (longer["share"] >= found["share"]).all()
    assert (fewer["share"] <= found["share"]).all()
    assert (found["lower"] <= found["share"]).all()
    assert (found["share"] <= found["upper"]).all()
    assert found["share"].between(0, 1).all()


def test_a_group_that_lives_further_off_has_a_gap():
    times = straight_times(LINE, SITES.head(1), detour=1)
    found = reach(times, PEOPLE, within=15, groups=OLD)
    assert found.groups["share"].tolist() == [0.8, 0.4]
    assert found.groups.loc["Over 65", "gap"] == pytest.approx(-0.4)
    assert found.groups["middle"].tolist() == [0, 25]  # 50 + 30 are under half of 200
    assert found.areas["minutes"].tolist() == [0, 12.5, 25]
    assert any("not going there" in each for each in found.cautions)


def test_the_limits_are_by_the_detour_and_a_gap_has_its_own():
    # B is 12.5 minutes off in a straight line: 15 by a detour of 1.2, 17.5 by 1.4.
    times = straight_times(LINE, SITES.head(1))
    row = reach(times, PEOPLE, within=16, groups=OLD).groups.loc["Everyone"]
    assert (row["lower"], row["share"], row["upper"]) == (0.5, 0.5, 0.8)
    old = reach(times, PEOPLE, within=16, groups=OLD).groups.loc["Over 65"]
    assert old["gap"] == pytest.approx(0.25 - 0.5)
    assert old["gap_lower"] == pytest.approx(0.4 - 0.8)
    assert old["gap_upper"] == pytest.approx(0.25 - 0.5)
    assert "1.3 (1.2 to 1.4)" in times.basis
    assert "no river" in times.basis


def test_nobody_waits_for_a_bus_who_is_quicker_on_foot():
    near = pd.DataFrame({"x": [400.0, 9_000], "y": 0.0}, index=["Near", "Far"])
    times = straight_times(LINE.head(1), near, mode="bus", detour=1).minutes
    assert times.loc["A"].tolist() == [5, 9 * 4 + 10]


def test_someone_just_on_the_limit_is_within():
    times = straight_times(LINE, SITES, detour=1)
    assert reach(times, PEOPLE, within=12.5).groups["share"].iloc[0] == 1


def test_without_any_site_nobody_is_within():
    found = reach(straight_times(LINE, SITES).to([]), PEOPLE, within=99)
    assert found.groups["share"].tolist() == [0]
    assert found.areas["nearest"].isna().all()
    assert np.isinf(found.areas["minutes"]).all()


def test_a_group_of_nobody_has_no_share_and_a_small_one_a_caution():
    groups = OLD.assign(Nobody=0, Few=[9, 0, 0])
    found = reach(straight_times(LINE, SITES), PEOPLE, within=9, groups=groups).groups
    assert np.isnan(found.loc["Nobody", "share"])
    assert "Nobody of this group" in found.loc["Nobody", "caution"]
    assert "Fewer than 100 people" in found.loc["Few", "caution"]
    assert found.loc["Everyone", "caution"] == ""


def test_routes_replace_the_straight_line_and_what_is_not_there_has_no_way():
    routes = pd.DataFrame(
        {"area": ["A", "B"], "site": ["Desk", "Desk"], "minutes": [12, 40]}
    )
    times = routed_times(routes, areas=PEOPLE.index)
    found = reach(times, PEOPLE, within=20)
    assert found.areas["minutes"].tolist() == [12, 40, np.inf]
    assert found.areas["nearest"].fillna("no way").tolist() == [
        "Desk",
        "Desk",
        "no way",
    ]
    row = found.groups.loc["Everyone"]
    assert row["lower"] == row["share"] == row["upper"] == 0.5
    assert found.basis == "Minutes from a table of routes."


def test_what_a_closure_takes_comes_out_by_hand():
    times = straight_times(LINE, SITES, detour=1)
    found = closure(
        times, PEOPLE, before=["Desk", "Hub"], after=["Hub"], within=15, groups=OLD
    )
    everyone = found.groups.loc["Everyone"]
    # All were in time; A has 25 minutes now. B keeps its 12.5, to the hub.
    assert (everyone["before"], everyone["after"]) == (1, 0.5)
    assert (everyone["lose"], everyone["gain"], everyone["longer"]) == (500, 0, 500)
    assert everyone["more_minutes"] == 25
    old = found.groups.loc["Over 65"]
    assert old["change"] == -0.25
    assert old["beyond_everyone"] == 0.25
    assert found.sites.to_dict("index") == {
        "Desk": {"before": 800, "after": 0},
        "Hub": {"before": 200, "after": 1_000},
    }
    assert found.areas.loc["A"].tolist() == ["Desk", 0, "Hub", 25]


@pytest.mark.second_road("reach")
def test_a_closure_is_the_difference_of_two_reaches():
    areas, sites, people, groups = city()
    times = straight_times(areas, sites)
    open_after = ["Site 1", "Site 3", "Site 4"]
    found = closure(
        times, people, before=sites.index, after=open_after, within=20, groups=groups
    ).groups
    was = reach(times, people, within=20, groups=groups).groups
    now = reach(times.to(open_after), people, within=20, groups=groups).groups
    assert found["change"].tolist() == pytest.approx(now["share"] - was["share"])
    net = (found["gain"] - found["lose"]) / found["people"]
    assert net.tolist() == pytest.approx(found["change"].tolist())
    assert (found["lower"] <= found["change"]).all()
    assert (found["change"] <= found["upper"]).all()


@pytest.mark.property_of("reach")
@settings(max_examples=40)
@given(seed=st.integers(0, 500), shut=st.sets(st.integers(0, 3), max_size=4))
def test_a_closure_alone_helps_nobody(seed, shut):
    areas, sites, people, groups = city(20, 4, seed)
    left = [f"Site {n}" for n in range(4) if n not in shut]
    found = closure(
        straight_times(areas, sites),
        people,
        before=sites.index,
        after=left,
        within=25,
        groups=groups,
    )
    assert (found.groups["gain"] == 0).all()
    assert (found.groups["change"] <= 0).all()
    assert found.sites["before"].sum() == pytest.approx(people.sum())
    assert found.sites["after"].sum() == pytest.approx(people.sum() if left else 0)


def test_a_site_that_opens_gains_people():
    times = straight_times(LINE, SITES, detour=1)
    found = closure(times, PEOPLE, before=["Desk"], after=["Hub"], within=5)
    row = found.groups.loc["Everyone"]
    assert (row["lose"], row["gain"]) == (500, 200)


def test_where_there_was_no_site_all_gain_and_no_way_gets_longer():
    times = straight_times(LINE, SITES, detour=1)
    found = closure(times, PEOPLE, before=[], after=["Hub"], within=99)
    row = found.groups.loc["Everyone"]
    assert (row["before"], row["after"], row["gain"]) == (0, 1, 1_000)
    assert (row["longer"], row["more_minutes"]) == (0, 0)
    assert found.sites["after"].to_dict() == {"Hub": 1_000}
    turned = closure(times, PEOPLE, before=["Hub"], after=[], within=99)
    assert turned.groups.loc["Everyone", "more_minutes"] == np.inf


def test_at_night_only_what_is_open_counts():
    hours = pd.Series({"Desk": "Mon-Fri 09:00-17:00", "Hub": "24/7"})
    times = straight_times(LINE, SITES, detour=1)
    found = reach_by_hour(times, PEOPLE, hours, at=["Tue 11:00", "Sat 22:00"], within=5)
    assert found["share"].tolist() == [0.7, 0.2]
    assert found["open"].tolist() == [2, 1]
    assert (found["caution"] == "").all()


def test_unknown_hours_are_told_and_counted_both_ways():
    hours = pd.Series({"Hub": "24/7"})
    times = straight_times(LINE, SITES, detour=1)
    row = reach_by_hour(times, PEOPLE, hours, at=["Sun 3:00"], within=5).iloc[0]
    assert (row["share"], row["share_if_open"]) == (0.2, 0.7)
    assert row["caution"] == "Hours not known: Desk."


def test_residents_go_by_the_label_of_their_area():
    fifth = pd.Series({"A": 1.0, "B": 5.0, "C": np.nan})
    found = groups_by(PEOPLE, fifth, {1: "Most deprived fifth"})
    assert found.sum().to_dict() == {"Most deprived fifth": 500, "5": 300}


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: straight_times(LINE, SITES, mode="horse"), "Choose: walk"),
        (lambda: straight_times(LINE, SITES, detour=0.9), "1 or more"),
        (lambda: straight_times(LINE[["x"]], SITES), "need columns x and y"),
        (lambda: straight_times(LINE, SITES.replace(0.0, np.nan)), "No place is known"),
        (lambda: straight_times(pd.concat([LINE, LINE]), SITES), "stands twice"),
        (lambda: straight_times(LINE * 0 + [-0.1, 51.5], SITES), "like degrees"),
        (lambda: straight_times(LINE, SITES).to(["Moon"]), "no time to Moon"),
        (
            lambda: reach(straight_times(LINE, SITES), PEOPLE.head(2), within=9),
            "not the other: C",
        ),
        (
            lambda: reach(straight_times(LINE, SITES), PEOPLE - 400, within=9),
            "one below 0",
        ),
        (
            lambda: reach(
                routed_times(
                    pd.DataFrame({"area": ["A"], "site": "Desk", "minutes": [5]}),
                    areas=pd.Index(["A", "A"]),
                ),
                pd.Series([5, 5], ["A", "A"]),
                within=9,
            ),
            "stands twice",
        ),
        (lambda: reach(straight_times(LINE, SITES), PEOPLE * 0, within=9), "Nobody"),
        (lambda: reach(straight_times(LINE, SITES), PEOPLE, within=-1), "minutes from"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_is_needed(ask, words):
    with pytest.raises(MethodError, match=words):
        ask()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda routes: routes[["area", "site"]], "has no minutes"),
        (lambda routes: pd.concat([routes, routes]), "stands twice"),
        (lambda routes: routes.assign(minutes=-1), "less than no time"),
        (lambda routes: routes.assign(area="Z"), "same codes in both"),
    ],
)
def test_a_table_of_routes_that_cannot_be_right_is_refused(change, words):
    routes = pd.DataFrame({"area": ["A"], "site": ["Desk"], "minutes": [5]})
    with pytest.raises(MethodError, match=words):
        routed_times(change(routes), areas=PEOPLE.index)
