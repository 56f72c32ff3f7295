"""Spark, on this machine or a cluster, over the same Parquet files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.pyspark.datatypes import PySparkSchema

from saferplan.store.engine import in_columns


class Spark:
    """
    The distributed engine.

    session  a Spark session of your own, for a cluster; by default a local one that
             listens to this machine alone. Its clock is set to UTC, for with any
             other the same expression would not give the same answer.
    """

    def __init__(self, session: Any = None) -> None:
        self._session = session or local_session()
        self.connection = ibis.pyspark.connect(self._session)
        self._tables: dict[str, ir.Table] = {}

    def read(
        self,
        name: str,
        files: Sequence[Path],
        schema: pa.Schema,
        *,
        mixed: bool = False,  # Spark is told the columns, so it is all one to it
    ) -> ir.Table:
        if name not in self._tables:
            self._tables[name] = self._view(name, files, schema)
        return self._tables[name]

    def _view(self, name: str, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        declared = PySparkSchema.from_ibis(ibis.schema(schema))
        if files:
            paths = [str(path) for path in files]
            rows = self._session.read.schema(declared).parquet(*paths)
        else:
            rows = self._session.createDataFrame([], declared)
        rows.createOrReplaceTempView(name)
        return in_columns(self.connection.table(name), schema)


def local_session() -> Any:
    from pyspark.sql import SparkSession

    return (
        SparkSession.builder.master("local[2]")
        .appName("saferplan")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
