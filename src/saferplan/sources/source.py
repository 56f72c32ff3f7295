"""
What every source is: a publisher's series that we know how to read.

A source is one module with one `SOURCE`. It recognises its files by what is in them,
never by what they are called, and turns them into a `Reading`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from saferplan.store.reading import FileFacts, Reading


@dataclass(frozen=True)
class SourceFile:
    """
    One file ready to be read: unpacked, its kind known from its first bytes.

    path    a plain file on this disk: for a .gz or a zip member, an unpacked copy
    kind    csv | xlsx | parquet | geojson | shapefile | geopackage | json | ods
    header  the column names of a CSV or Parquet file; else empty
    sheets  the sheet names of a workbook or layer names of a GeoPackage; else empty
    start   the first 4,096 characters of a text file; else ""
    force   the police force, where the person says it because the file does not
    """

    path: Path
    facts: FileFacts
    kind: str
    header: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    start: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"
    force: str = ""


@dataclass(frozen=True)
class Source:
    """
    A publisher's series.

    recognises  whether this file is one of ours
    read        the file as readings, usually one; several where one file feeds
                several datasets. Raises SourceChanged when the layout has moved.
    """

    name: str
    title: str
    publisher: str
    licence: str
    cadence: str
    caution: str
    datasets: tuple[str, ...]
    recognises: Callable[[SourceFile], bool]
    read: Callable[[SourceFile], list[Reading]]
