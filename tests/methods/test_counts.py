"""Counts of incidents by place and month, and what a gap is."""

from collections import Counter
from datetime import date

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferplan.methods.counts import (
    in_every_month,
    missing_months,
    monthly_counts,
    submissions,
)

JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)

INCIDENTS = [
    # area, force, month, crime type
    ("E01000001", "Kent", JAN, "Robbery"),
    ("E01000001", "Kent", JAN, "Robbery"),
    ("E01000001", "Kent", JAN, "Burglary"),
    ("E01000001", "Kent", MAR, "Robbery"),
    ("E01000002", "Kent", MAR, "Robbery"),
    (None, "Kent", MAR, "Robbery"),  # no location: counted nowhere
    ("E01000003", "Met", FEB, "Drugs"),
]
SENT = [("Kent", JAN), ("Kent", FEB), ("Kent", MAR), ("Met", JAN), ("Met", FEB)]


INCIDENT_COLUMNS = ["area_code", "force", "month", "crime_type"]
SENT_COLUMNS = ["force", "month"]


def table(rows, columns):
    return ibis.memtable(
        pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows])
    )


def incidents(rows=INCIDENTS):
    return table(rows, INCIDENT_COLUMNS)


def sent(rows=SENT):
    return table(rows, SENT_COLUMNS)


def counted(expression):
    """{(area, ..., month): incidents} of an executed expression."""
    frame = expression.execute()
    frame["month"] = [pd.Timestamp(month).date() for month in frame["month"]]
    keys = [c for c in frame.columns if c not in ("force", "incidents")]
    return dict(
        zip(
            frame[keys].itertuples(index=False, name=None),
            frame["incidents"],
            strict=True,
        )
    )


@pytest.mark.published("counts")
def test_a_month_sent_without_incidents_is_zero_and_one_never_sent_is_absent():
    assert counted(monthly_counts(incidents(), sent())) == {
        ("E01000001", JAN): 3,
        ("E01000001", FEB): 0,  # Kent sent February, and nothing happened here
        ("E01000001", MAR): 1,
        ("E01000002", JAN): 0,
        ("E01000002", FEB): 0,
        ("E01000002", MAR): 1,
        ("E01000003", JAN): 0,
        ("E01000003", FEB): 1,
        # The Met never sent March: no row at all.
    }


def test_counts_can_be_split_by_crime_type():
    counts = counted(monthly_counts(incidents(), sent(), by=("crime_type",)))
    assert counts["E01000001", "Robbery", JAN] == 2
    assert counts["E01000001", "Burglary", MAR] == 0
    assert ("E01000002", "Burglary", JAN) not in counts  # never seen there at all


def test_submissions_are_read_off_the_incidents_where_nothing_better_is_known():
    months = submissions(incidents()).execute()
    assert sorted(
        zip(months["force"], [m.month for m in months["month"]], strict=True)
    ) == [
        ("Kent", 1),
        ("Kent", 3),
        ("Met", 2),
    ]


def test_the_months_a_force_skipped_are_named():
    skipped = missing_months(sent([("Kent", JAN), ("Kent", MAR), ("Met", FEB)]))
    rows = skipped.execute()
    assert [(r.force, r.month.date()) for r in rows.itertuples()] == [("Kent", FEB)]


@pytest.mark.second_road("counts")
@pytest.mark.property_of("counts")
@settings(max_examples=15)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C"]),
            st.just("Kent"),
            st.sampled_from([JAN, FEB, MAR]),
            st.just("Robbery"),
        ),
        min_size=1,
    )
)
def test_counts_agree_with_a_plain_python_count(rows):
    months = {row[2] for row in rows}
    expected = Counter((row[0], row[2]) for row in rows)
    counts = counted(monthly_counts(incidents(rows), submissions(incidents(rows))))
    areas = {row[0] for row in rows}
    assert counts == {(a, m): expected[a, m] for a in areas for m in months}


def test_counts_already_made_keep_the_same_rule():
    made = counted(monthly_counts(incidents(), sent()))
    kent = {month: n for (area, month), n in made.items() if area == "E01000002"}
    months = pd.PeriodIndex(["2024-01", "2024-02", "2024-03"], freq="M")
    only_march = pd.Series([1.0], index=months[[2]])
    assert in_every_month(only_march, months).tolist() == list(kent.values())


def test_a_month_never_sent_is_missing_among_counts_already_made():
    months = pd.PeriodIndex(["2024-03", "2024-01"], freq="M")
    filled = in_every_month(pd.Series([4.0], index=months[[0]]), months)
    assert filled[pd.Period("2024-01", "M")] == 0
    assert pd.isna(filled[pd.Period("2024-02", "M")])
    assert filled[pd.Period("2024-03", "M")] == 4
