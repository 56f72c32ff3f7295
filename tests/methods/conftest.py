"""What the tests of the methods share."""

import gc

import ibis
import pytest
from hypothesis import settings

# The same examples on every run, and no race against the clock on a busy machine.
settings.register_profile("methods", deadline=None, derandomize=True)
settings.load_profile("methods")


@pytest.fixture
def spark_table():
    """Give rows to Spark on this machine, and get them back as an Ibis table."""
    sql = pytest.importorskip("pyspark.sql")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    connection = ibis.pyspark.connect(session)

    def table(name, rows, columns):
        session.createDataFrame(rows, columns).createOrReplaceTempView(name)
        return connection.table(name)

    yield table
    session.stop()
    gc.collect()  # its sockets, before another test is blamed for them
