"""
The engines that answer questions of the evidence.

Each gives the same Ibis tables over the same Parquet files, so an expression written
once runs on either. DuckDB serves one machine; Spark is there for where that is
outgrown (`pip install saferplan[spark]`).
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa


class Engine(Protocol):
    """Something that can read Parquet files as one table."""

    def read(
        self,
        name: str,
        files: Sequence[Path],
        schema: pa.Schema,
        *,
        mixed: bool = False,
    ) -> ir.Table:
        """
        Return the rows of `files` in the columns of `schema`.

        name   unlike that of any other table read; letters, digits and `_`
        mixed  whether some files lack columns that others have, being older

        No files is no rows. A column that is lacking is null.
        """


class DuckDB:
    """
    DuckDB in this process.

    threads  how many cores a question may use; by default all of them
    memory   how much it may hold before it spills to disk, such as "2GB"

    Safe to share between threads: each has a cursor of its own.
    """

    def __init__(self, threads: int | None = None, memory: str | None = None) -> None:
        limits: dict[str, Any] = {"threads": threads, "memory_limit": memory}
        config = {name: limit for name, limit in limits.items() if limit}
        # What is not built in stays out: nothing is fetched while we run.
        config["autoinstall_known_extensions"] = False
        self._database = duckdb.connect(config=config)
        # The next setting is Parquet's, and unknown until its reader is there.
        self._database.execute("LOAD parquet")
        # A file of evidence never changes, so its footer need be read only once.
        self._database.execute("SET GLOBAL parquet_metadata_cache = true")
        self._mine = threading.local()

    @property
    def connection(self) -> Any:
        """The Ibis connection of this thread."""
        if not hasattr(self._mine, "connection"):
            cursor = self._database.cursor()
            self._mine.connection = ibis.duckdb.from_connection(cursor)
        return self._mine.connection

    def read(
        self,
        name: str,
        files: Sequence[Path],
        schema: pa.Schema,
        *,
        mixed: bool = False,
    ) -> ir.Table:
        tables = getattr(self._mine, "tables", None)
        if tables is None:
            tables = self._mine.tables = {}
        if name not in tables:
            tables[name] = self._view(name, files, schema, mixed)
        return tables[name]

    def _view(
        self, name: str, files: Sequence[Path], schema: pa.Schema, mixed: bool
    ) -> ir.Table:
        if not files:
            empty = ibis.schema(schema)
            return self.connection.create_table(name, schema=empty, temp=True)
        # Not read_delta: it downloads an extension, which not every machine can.
        view = self.connection.read_parquet(
            [str(path) for path in files],
            table_name=name,
            hive_partitioning=False,
            union_by_name=mixed,  # opens every file first: slow with a thousand
        )
        return in_columns(view, schema)


def in_columns(table: ir.Table, schema: pa.Schema) -> ir.Table:
    """Return `table` with exactly the columns of `schema`; those it lacks are null."""
    wanted = ibis.schema(schema)
    return table.select(
        **{
            column: table[column].cast(kind)
            if column in table.columns
            else ibis.null(kind)
            for column, kind in wanted.items()
        }
    )


def named_engine(name: str) -> Engine:
    """Return the engine called `name`: duckdb or spark."""
    if name == "spark":
        # Spark is an extra, and takes seconds to start: only for those who ask.
        from saferplan.store.spark import Spark

        spark: Engine = Spark()
        return spark
    assert name == "duckdb", name
    return DuckDB()
