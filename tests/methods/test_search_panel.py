"""The panel on stop and search, from the searches themselves to its eight parts."""

from datetime import date

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from saferplan.errors import MethodError
from saferplan.methods.search_panel import search_panel
from saferplan.methods.searches import search_tally

JULY, AUGUST = date(2020, 7, 1), date(2020, 8, 1)
DRUGS = "Misuse of Drugs Act 1971 (section 23)"
SECTION_60 = "Criminal Justice and Public Order Act 1994 (section 60)"
NOTHING, ARREST = "A no further action disposal", "Arrest"

STOPS = [
    # month, kind, self, officer, gender, age, law, outcome, linked, how many
    (JULY, "person", "Black", "Black", "Male", "18-24", DRUGS, NOTHING, None, 150),
    (JULY, "person", "Black", "Black", "Male", "18-24", DRUGS, ARREST, None, 50),
    (JULY, "person", "White", "White", "Male", "18-24", DRUGS, NOTHING, None, 150),
    (AUGUST, "person", "White", "White", "Male", "18-24", DRUGS, ARREST, None, 50),
    (AUGUST, "person", None, "Black", "Male", "18-24", SECTION_60, None, None, 100),
    (AUGUST, "person and vehicle", "Asian", None, "Male", "18-24", None, ARREST,
     None, 20),
    (AUGUST, "vehicle", None, None, None, None, DRUGS, NOTHING, None, 30),
]  # fmt: skip
COLUMNS = [
    "month", "kind", "self_defined_group", "officer_defined_group", "gender",
    "age_range", "legislation", "outcome", "outcome_linked",
]  # fmt: skip
RESIDENTS = pd.Series({"Asian": 2_000, "Black": 1_000, "White": 4_000})


def stops(rows=STOPS):
    schema = pa.schema(
        [
            (name, pa.bool_() if name == "outcome_linked" else pa.string())
            for name in COLUMNS[1:]
        ]
    ).insert(0, pa.field("month", pa.date32()))
    each = [
        dict(zip(COLUMNS, row, strict=False)) for row in rows for _ in range(row[-1])
    ]
    return ibis.memtable(pa.Table.from_pylist(each, schema=schema))


def panel(**options):
    options = {"denominators": "Census 2021, usual residents", **options}
    return search_panel(search_tally(stops()).execute(), RESIDENTS, **options)


def test_searches_of_vehicles_alone_are_left_out():
    assert search_tally(stops()).execute()["searches"].sum() == 520
    assert search_tally(stops(STOPS[-1:])).execute().empty


def test_part_1_sets_ratios_by_both_definitions_side_by_side():
    ratios = panel().ratios
    # (200 / 1,000) over (200 / 4,000), and with 100 more as the officer saw it.
    assert ratios["self"].loc["Black", "ratio"] == pytest.approx(4)
    assert ratios["officer"].loc["Black", "ratio"] == pytest.approx(6)
    assert "Fewer than 100" in ratios["self"].loc["Asian", "caution"]


def test_part_2_says_how_far_the_missing_could_move_them():
    bounds = panel().bounds
    row = bounds["self"].loc["Black"]
    assert row.missing_share == pytest.approx(100 / 520)
    assert (row.lowest, row.highest) == (pytest.approx(4 * 2 / 3), pytest.approx(6))
    assert bounds["officer"].loc["Black", "missing_share"] == pytest.approx(20 / 520)


def test_part_3_needs_residents_by_age_and_sex_and_says_so_without():
    assert panel().standardised is None
    assert any("residents by age, sex" in gap for gap in panel().unanswered)
    strata = pd.MultiIndex.from_tuples(
        [("Male", "18-24"), ("Female", "18-24")], names=["gender", "age_range"]
    )
    residents = pd.DataFrame(
        {"Asian": [900, 1_100], "Black": [500, 500], "White": [1_000, 3_000]},
        index=strata,
    )
    found = panel(residents_by_age_sex=residents)
    # Men only: (200 / 500) over (200 / 1,000).
    assert found.standardised.loc["Black", "ratio"] == pytest.approx(2)
    assert not any("residents by age" in gap for gap in found.unanswered)


def test_part_4_counts_finds_among_searches_with_a_known_outcome():
    row = panel().outcomes["self"].loc["Black"]
    assert (row.searches, row.positive, row.share) == (200, 50, 0.25)
    # The hundred whose outcome is missing are not "nothing found".
    assert panel().outcomes["officer"].loc["Black", "searches"] == 200


def test_part_5_says_what_the_denominators_are():
    assert panel().denominators == "Census 2021, usual residents"


def test_part_6_shows_volume_by_month_with_section_60_apart():
    volume = panel(vehicles_only=30)
    rows = volume.volume.reset_index()
    assert [pd.Timestamp(m).date() for m in rows["month"]] == [JULY, AUGUST]
    assert rows["searches"].tolist() == [350, 170]
    assert rows["section_60"].tolist() == [0, 100]
    assert volume.vehicles_only == 30


def test_part_7_stands_a_survey_beside_it_or_says_there_is_none():
    assert any("No survey" in gap for gap in panel().unanswered)
    survey = pd.DataFrame({"share": [0.6]}, index=["treated with respect"])
    assert panel(interaction=survey).interaction is survey


def test_part_8_names_the_groups_that_need_an_explanation():
    assert panel().explain == ("Black",)


def test_a_group_officers_have_no_name_for_is_pointed_out():
    assert any("Officers noted no search of Asian" in g for g in panel().unanswered)
    assert "may not have it" in panel().ratios["officer"].loc["Asian", "caution"]


def test_unlinked_outcomes_are_said_to_be_so():
    assert any("object searched for" in gap for gap in panel().unanswered)


def test_a_tally_without_its_columns_is_refused_with_the_way_to_make_it():
    tally = search_tally(stops()).execute().drop(columns="gender")
    with pytest.raises(MethodError, match=r"gender.*search_tally"):
        search_panel(tally, RESIDENTS, denominators="")


def test_no_searches_at_all_is_refused():
    tally = search_tally(stops()).execute().head(0)
    with pytest.raises(MethodError, match="Load some months"):
        search_panel(tally, RESIDENTS, denominators="")
