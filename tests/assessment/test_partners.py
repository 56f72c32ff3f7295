"""What partners return: each category apart, and small counts kept small."""

from datetime import date

import polars as pl
import pytest
from assessment.conftest import HERE, recorded, two_years

from saferplan.assessment import Evidence
from saferplan.assessment.finding import Area
from saferplan.assessment.partners import partners
from saferplan.assessment.protection import protect
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading

LEWISHAM = Area(HERE, "Lewisham", "borough")
MONTHS = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(24)]


@pytest.fixture
def returned(tmp_path):
    """The findings when a fire service returns (category, month, count, code)."""

    def make(rows):
        kept = pl.DataFrame(
            [
                {
                    "publisher": "example-fire-service",
                    "category": category,
                    "month": month,
                    "area_set": "borough" if code else None,
                    "area_code": code,
                    "outward_postcode": None if code else "SE13",
                    "count": count,
                }
                for category, month, count, code in rows
            ],
            infer_schema_length=None,
        )
        schema = pl.from_arrow(DATASETS["partner_incident"].schema.empty_table()).schema
        kept = pl.concat([pl.DataFrame(schema=schema), kept], how="diagonal_relaxed")
        store = EvidenceStore(tmp_path / "store")
        store.load([recorded(two_years(HERE, "Burglary", 9, 9))], by="test")
        reading = Reading(
            source="partner-feed",
            dataset="partner_incident",
            file=FileFacts("fires.csv", "2" * 64, 1),
            kept=kept.cast(dict(schema)),
            rows_read=len(kept),
            published=date(2026, 1, 1),
        )
        store.load([reading], by="test")
        return [protect(each) for each in partners(Evidence(store), LEWISHAM)]

    return make


def fires(before, after, category="Fires", code=HERE):
    return [
        (category, month, before if month.year == 2024 else after, code)
        for month in MONTHS
    ]


def test_a_year_is_set_against_the_year_before(returned):
    (said,) = returned(fires(20, 10))
    assert said.measure.title == "Fires (Example fire service)"
    assert said.sentence.startswith("Fires fell by 50.0% to 120 incidents in the year")
    assert said.verdict == "real change"
    assert said.meaning == "it depends"


def test_each_category_is_told_apart(returned):
    titles = [
        said.measure.title for said in returned([*fires(9, 9), *fires(8, 8, "A")])
    ]
    assert titles == ["A (Example fire service)", "Fires (Example fire service)"]


def test_a_month_of_the_return_without_the_category_had_none(returned):
    rare = [row for row in fires(30, 30, "Rare") if row[1] != date(2025, 6, 1)]
    _fires, said = returned([*fires(20, 20), *rare])
    assert "330 incidents" in said.sentence


def test_a_month_without_any_return_is_missing(returned):
    (said,) = returned([row for row in fires(20, 20) if row[1] != date(2025, 6, 1)])
    assert said.verdict == "cannot tell"


def test_a_count_that_the_partner_hid_is_not_called_nothing(returned):
    rows = [
        (category, month, None if month == date(2025, 6, 1) else count, code)
        for category, month, count, code in fires(20, 20)
    ]
    (said,) = returned(rows)
    assert said.sentence.startswith("Fires: at least 220 in the year")
    assert (said.value, said.change) == (None, None)


def test_small_months_are_hidden_so_that_the_years_total_does_not_tell_them(returned):
    rows = [
        (category, month, 2 if month == date(2025, 6, 1) else count, code)
        for category, month, count, code in fires(20, 20)
    ]
    (said,) = returned(rows)
    this_year = [row[1] for row in said.table.rows]
    assert this_year.count("[c]") >= 2


def test_months_that_are_mostly_hidden_have_no_chart(returned):
    some, few = returned([*fires(20, 20, "A"), *fires(3, 3, "B")])
    assert (len(some.charts), few.charts) == (1, ())


def test_a_year_of_a_few_is_not_given(returned):
    rows = [row for row in fires(20, 0) if row[2]] + [("Fires", MONTHS[-1], 3, HERE)]
    (said,) = returned(rows + fires(1, 1, "Other"))[:1]
    assert "too few" in said.sentence
    assert said.value is None
    assert "3" not in said.sentence


def test_what_has_only_a_postcode_district_is_in_no_boroughs_figures(returned):
    assert returned(fires(20, 20, code=None)) == []
