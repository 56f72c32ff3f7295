"""The same expressions give the same answers on Spark as on DuckDB."""

import gc
from datetime import date

import ibis
import pyarrow as pa
import pyarrow.parquet
import pytest

from saferplan.methods.counts import missing_months, monthly_counts
from saferplan.methods.searches import search_tally

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
TABLES = {
    "incidents": pa.Table.from_pylist(
        [
            {"area_code": "E01000001", "force": "Kent", "month": JAN},
            {"area_code": "E01000001", "force": "Kent", "month": JAN},
            {"area_code": "E01000002", "force": "Kent", "month": MAR},
            {"area_code": None, "force": "Kent", "month": MAR},
        ]
    ),
    "sent": pa.Table.from_pylist(
        [{"force": "Kent", "month": month} for month in (JAN, MAR)]
        + [{"force": "Met", "month": FEB}]
    ),
    "stops": pa.Table.from_pylist(
        [
            {
                "month": JAN,
                "kind": kind,
                "self_defined_group": group,
                "officer_defined_group": "Black",
                "gender": "Male",
                "age_range": "18-24",
                "legislation": law,
                "outcome": outcome,
                "outcome_linked": None,
            }
            for kind in ("person", "vehicle")
            for group in ("Black", None)
            for law in ("Public Order Act (section 60)", None)
            for outcome in ("A no further action disposal", "Arrest", None)
        ],
    ).cast(
        pa.schema(
            [("month", pa.date32())]
            + [
                (name, pa.string())
                for name in (
                    "kind",
                    "self_defined_group",
                    "officer_defined_group",
                    "gender",
                    "age_range",
                    "legislation",
                    "outcome",
                )
            ]
            + [("outcome_linked", pa.bool_())]
        )
    ),
}
EXPRESSIONS = {
    "monthly counts": lambda table: monthly_counts(table("incidents"), table("sent")),
    "missing months": lambda table: missing_months(table("sent")),
    "search tally": lambda table: search_tally(table("stops")),
}


@pytest.fixture(scope="module")
def on_spark(tmp_path_factory):
    """Find a table by name on Spark, from a Parquet file as the store keeps them."""
    pytest.importorskip("pyspark")
    from saferplan.store.spark import local_session

    session = local_session()
    connection = ibis.pyspark.connect(session)
    folder = tmp_path_factory.mktemp("spark")

    def table(name):
        path = folder / f"{name}.parquet"
        pa.parquet.write_table(TABLES[name], path)
        session.read.parquet(str(path)).createOrReplaceTempView(name)
        return connection.table(name)

    yield table
    connection.disconnect()
    gc.collect()  # its sockets, before another test is blamed for them


def answer(expression):
    return sorted(expression.to_pyarrow().to_pylist(), key=repr)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_gives_the_same_answer_on_both(name, on_spark):
    here = answer(EXPRESSIONS[name](lambda table: ibis.memtable(TABLES[table])))
    assert here
    assert answer(EXPRESSIONS[name](on_spark)) == here
