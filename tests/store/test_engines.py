"""The same expressions on DuckDB and on Spark give the same answers."""

import gc
from dataclasses import replace
from datetime import date, datetime

import ibis
import polars as pl
import pytest
from ibis import _

from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.engine import DuckDB
from saferplan.store.slices import polars_schema

CRIME = "recorded_crime"
MONTHS = [f"2023-{number:02}" for number in range(1, 13)]
AREAS = ["E09000004", "E09000011", "E09000023"]


def rolling_sums(crime):
    months = ibis.window(group_by="area_code", order_by="month", preceding=2)
    return crime.mutate(three_months=_.offences.sum().over(months)).select(
        "area_code", "month", "three_months"
    )


def shares(crime):
    totals = crime.group_by("month").agg(total=_.offences.sum())
    joined = crime.join(totals, "month")
    return joined.select("area_code", "month", share=_.offences / _.total)


def on_spark(test):
    """
    A test that needs Spark.

    PySpark 4.0 uses a word that pandas 3 has deprecated, and lets its sockets fall.
    """
    test = pytest.mark.filterwarnings("ignore::DeprecationWarning")(test)
    test = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")(test)
    return pytest.mark.spark(test)


EXPRESSIONS = {
    "all rows": lambda crime: crime,
    "quarters": lambda crime: crime.group_by(
        quarter=_.month.truncate("Q"), major=_.major
    ).agg(n=_.offences.sum(), areas=_.area_code.nunique()),
    "rolling sums": rolling_sums,
    "shares": shares,
    "nulls": lambda crime: crime.filter(_.parent_code.isnull()).agg(n=_.count()),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory, reading):
    place = tmp_path_factory.mktemp("engines")
    store = EvidenceStore(place)
    rows = [
        (area, month, 7 * number % 11 + position)
        for position, area in enumerate(AREAS)
        for number, month in enumerate(MONTHS)
    ]
    store.load([reading(*rows)], by="analyst")
    # A month of one area where there were three: 34 rows of 36 remain.
    revised = reading((AREAS[0], MONTHS[3], 99), published="2024-07")
    store.load([revised], by="analyst")
    store.load([searches(reading())], by="analyst")
    return place


def searches(pattern):
    """A stop at half past midnight in summer: the hour that time zones get wrong."""
    kept = pl.DataFrame(
        [
            {
                "publisher": "police-uk",
                "force": "metropolitan",
                "month": date(2024, 7, 1),
                "searched_at": datetime(2024, 7, 1, 0, 30),
                "operation": False,
                "longitude": -0.02,
            }
        ],
        schema=polars_schema(DATASETS["stop_search"]),
    )
    file = replace(pattern.file, name="stops.csv", sha256="5" * 64)
    return replace(
        pattern,
        source="stops",
        dataset="stop_search",
        kept=kept,
        rows_read=1,
        file=file,
    )


@pytest.fixture(scope="module")
def one_session(place):
    pytest.importorskip("pyspark")
    store = EvidenceStore(place, engine="spark")
    yield store
    store.engine.connection.disconnect()


@pytest.fixture
def spark(one_session):
    yield one_session
    gc.collect()  # now, while the warnings of `on_spark` are off


def answer(expression):
    rows = expression.to_pyarrow().to_pylist()
    return sorted(rows, key=repr)


@on_spark
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_means_the_same_on_both(name, place, spark):
    ask = EXPRESSIONS[name]
    on_duckdb = answer(ask(EvidenceStore(place).table(CRIME)))
    assert on_duckdb == answer(ask(spark.table(CRIME)))
    assert on_duckdb


@on_spark
def test_the_evidence_as_it_was_is_the_same_on_both(place, spark):
    duckdb = EvidenceStore(place)
    first, second = duckdb.releases(CRIME)
    tables = [store.table(CRIME, as_of=first.id) for store in (duckdb, spark)]
    assert answer(tables[0]) == answer(tables[1])
    assert answer(tables[0]) != answer(duckdb.table(CRIME, as_of=second.id))


@on_spark
def test_a_time_of_day_is_the_same_on_both(place, spark):
    rows = [
        answer(store.table("stop_search").mutate(hour=_.searched_at.hour()))
        for store in (EvidenceStore(place), spark)
    ]
    assert rows[0] == rows[1]
    assert (rows[0][0]["hour"], rows[0][0]["searched_at"].hour) == (0, 0)


@on_spark
def test_an_empty_dataset_has_the_same_columns_on_both(place, spark):
    tables = [store.table("population") for store in (EvidenceStore(place), spark)]
    assert tables[0].schema() == tables[1].schema()
    assert [answer(table) for table in tables] == [[], []]


def test_duckdb_can_be_given_limits(place):
    engine = DuckDB(threads=1, memory="256MB")
    store = EvidenceStore(place, engine=engine)
    assert store.table(CRIME).count().execute() == 34
    [[threads]] = engine.connection.raw_sql(
        "SELECT current_setting('threads')"
    ).fetchall()
    assert threads == 1


def test_one_engine_may_serve_two_stores(place, tmp_path, reading, counts):
    engine = DuckDB()
    row = ("E09000023", "2024-01", 10)
    other = EvidenceStore(tmp_path, engine=engine)
    other.load([reading(row)], by="analyst")
    first = EvidenceStore(place, engine=engine)
    assert first.table(CRIME, as_of=1).count().execute() == 36
    assert counts(other.table(CRIME)) == [row]


def test_every_type_comes_back_as_it_went_in(place):
    [row] = EvidenceStore(place).table("stop_search").to_pyarrow().to_pylist()
    assert row["searched_at"] == datetime(2024, 7, 1, 0, 30)
    assert row["month"] == date(2024, 7, 1)
    assert (row["operation"], row["longitude"], row["gender"]) == (False, -0.02, None)


def test_a_column_added_later_is_null_in_older_evidence(place, monkeypatch, reading):
    wider = DATASETS[CRIME]
    extra = ibis.schema({"outcome": "string"}).to_pyarrow().field("outcome")
    wider = replace(wider, schema=wider.schema.append(extra))
    monkeypatch.setitem(DATASETS, CRIME, wider)
    store = EvidenceStore(place)
    assert store.table(CRIME).outcome.notnull().sum().execute() == 0

    kept = reading(("E09000023", "2025-01", 1)).kept.with_columns(
        outcome=pl.lit("charged")
    )
    store.load([reading(name="2025.csv", kept=kept, rows_read=1)], by="analyst")
    assert store.table(CRIME).outcome.notnull().sum().execute() == 1
    assert store.table(CRIME).count().execute() == 35


def test_duckdb_fetches_nothing_and_reads_parquet_from_the_start():
    settings = dict(
        DuckDB()
        .connection.raw_sql("SELECT name, value FROM duckdb_settings()")
        .fetchall()
    )
    assert settings["autoinstall_known_extensions"] == "false"
    assert settings["parquet_metadata_cache"] == "true"
