"""
Boundaries of areas, from ONS, the Greater London Authority and councils.

Licence  Open Government Licence v3.0. Contains OS data (c) Crown copyright and database
         right; contains National Statistics data (c) Crown copyright and database right
Cadence  when boundaries change: wards in May, LSOAs after a census
Caution  outlines are simplified by each publisher in its own way, and some are clipped
         to the water's edge; positions taken from the National Grid are good to about
         5 metres

GeoJSON, shapefiles (in a zip) and GeoPackages, on the British National Grid or in
longitude and latitude. Some GLA shapefiles do not give their grid's number, and hold a
few outlines that cross themselves: those are mended, and counted in the notes.
"""

import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from saferplan.areas.codes import IN_WORDS, area_set_of, is_area_code
from saferplan.areas.places import london_boroughs
from saferplan.areas.points import COARSE
from saferplan.areas.projection import ACCURACY, outlines_in_degrees
from saferplan.errors import SourceChanged
from saferplan.sources.boundary_census import census_readings
from saferplan.sources.boundary_fields import (
    Fields,
    borough_of,
    extent_of,
    fields_of,
    kind_of,
    vintage_of,
)
from saferplan.sources.sorting import all_refused, in_columns_of
from saferplan.sources.source import Source, SourceFile
from saferplan.store.reading import REFUSED_COLUMNS, Reading

KINDS = ("geojson", "shapefile", "geopackage")
# West, south, east and north of the United Kingdom, in degrees, and of the grid.
UNITED_KINGDOM = (-9.0, 49.5, 2.5, 61.5)
GRID = (0.0, 0.0, 700_000.0, 1_300_000.0)
# ONS gives the length of each outline; one that is twice as long is another area's.
LENGTH = "Shape_Leng"
MOST_TIMES_LONGER = 2.0

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Layer:
    """A layer of a file: its rows, the roles of its columns, outlines in degrees."""

    rows: pd.DataFrame
    fields: Fields
    shapes: Shapes
    notes: tuple[str, ...]
    count: int  # features, as the file itself counts them


def recognises(file: SourceFile) -> bool:
    return file.kind in KINDS and bool(layers_of(file))


def layers_of(file: SourceFile) -> list[str | None]:
    """The layers that have a column of area codes."""
    names: Sequence[str | None] = file.sheets if file.kind == "geopackage" else [None]
    return [name for name in names if fields_of(described(file, name)["fields"])]


def described(file: SourceFile, layer: str | None) -> dict[str, Any]:
    # Slow to bring in, here and below, and only files of boundaries need it.
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        with without_remarks():
            facts: dict[str, Any] = pyogrio.read_info(
                file.path, layer=layer, force_feature_count=True
            )
    except (DataSourceError, DataLayerError) as error:
        raise SourceChanged(
            f"{file.facts.name} cannot be read as a map ({first_line(error)}). "
            f"Fetch it again, or export it again as GeoJSON or a GeoPackage."
        ) from None
    return facts


@contextmanager
def without_remarks() -> Iterator[None]:
    """Keep GDAL from printing remarks, on a name or a ring; rows are judged by us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]


def read(file: SourceFile) -> list[Reading]:
    """
    Return the outline of each area; for one GLA file, its census counts as well.

    An outline with no code, no shape, or a shape outside the United Kingdom is refused,
    with its properties as text; so is one whose length is not that of the area it
    names. Raises SourceChanged if the coordinates are of no system we can tell.
    """
    layers = [open_layer(file, name) for name in layers_of(file)]
    parts = [sorted_outlines(file, layer) for layer in layers]
    kept = pl.concat([kept for kept, _ in parts])
    told = [layer.fields.vintage or 0 for layer in layers]
    years = kept["vintage"].to_list() + told
    boundaries = Reading(
        source=SOURCE.name,
        dataset="boundary",
        file=file.facts,
        kept=kept,
        rows_read=sum(layer.count for layer in layers),
        published=date(max(*years, 1970), 12, 31),
        refused=all_refused(refused for _, refused in parts),
        notes=tuple(note for layer in layers for note in layer.notes),
    )
    census = [
        reading
        for layer in layers
        for reading in census_readings(file, layer.rows, SOURCE.name)
    ]
    return [boundaries, *census]


def open_layer(file: SourceFile, name: str | None) -> Layer:
    import pyogrio.raw
    from pyogrio.errors import DataLayerError, DataSourceError

    facts = described(file, name)
    fields = fields_of(facts["fields"])
    assert fields is not None, "only layers with codes are opened"
    try:
        with without_remarks():
            rows = pyogrio.read_dataframe(file.path, layer=name, read_geometry=False)
            _, _, outlines, _ = pyogrio.raw.read(
                file.path, layer=name, columns=[], force_2d=True
            )
    except (DataSourceError, DataLayerError) as error:
        raise SourceChanged(
            f"{file.facts.name} is damaged ({first_line(error)}). Fetch it again."
        ) from None
    # A ring that is not closed has no shape; its row is refused, the others are kept.
    shapes, repaired = mended(shapely.from_wkb(outlines, on_invalid="ignore"))
    degrees, moved = in_degrees(file, shapes, facts["crs"])
    notes = [ACCURACY] if moved else []
    if repaired:
        notes.append(f"{repaired} outlines crossed themselves and were mended.")
    if (corners := mean_corners(degrees)) < COARSE:
        notes.append(
            f"Outlines have {corners:.0f} corners on average: fit for a small map, not "
            f"for saying which area a point near a border falls in."
        )
    return Layer(rows, fields, degrees, tuple(notes), int(facts["features"]))


def mean_corners(shapes: Shapes) -> float:
    return float(shapely.get_num_coordinates(shapes).mean()) if len(shapes) else 0.0


def mended(shapes: Shapes) -> tuple[Shapes, int]:
    """Outlines that do not cross themselves, and how many did."""
    bad = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    whole = shapes.copy()
    whole[bad] = [surface(shapely.make_valid(shape)) for shape in shapes[bad]]
    return whole, int(bad.sum())


def surface(shape: shapely.Geometry) -> shapely.Geometry:
    """The parts of a shape that have an area: not the lines that mending leaves."""
    parts = shapely.get_parts(shape)
    return shapely.union_all([part for part in parts if part.area > 0])


def in_degrees(
    file: SourceFile, shapes: Shapes, crs: str | None
) -> tuple[Shapes, bool]:
    """The outlines in longitude and latitude, and whether we had to move them."""
    system = system_of(file, crs)
    bounds = shapely.total_bounds(shapes)
    if system is None and within(bounds, UNITED_KINGDOM):
        return shapes, False
    if system is not None and system.is_geographic:
        return shapes, False
    if is_british_grid(system, bounds):
        return outlines_in_degrees(shapes), True
    if system is None:
        raise SourceChanged(
            f"{file.facts.name} does not say in which coordinates its outlines are. "
            f"Export it again in longitude and latitude (EPSG:4326)."
        )
    turn = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    moved = shapely.transform(
        shapes, lambda at: np.column_stack(turn.transform(at[:, 0], at[:, 1]))
    )
    return moved, True


def system_of(file: SourceFile, crs: str | None) -> CRS | None:
    try:
        return CRS(crs) if crs else None
    except CRSError:
        raise SourceChanged(
            f"{file.facts.name} gives its coordinates in a system nobody knows. Export "
            f"it again in longitude and latitude (EPSG:4326)."
        ) from None


def is_british_grid(system: CRS | None, bounds: NDArray[np.float64]) -> bool:
    """Whether coordinates are on the National Grid; some files give only its name."""
    if system is None:
        return within(bounds, GRID)
    return "british national grid" in system.name.replace("_", " ").lower()


def within(bounds: NDArray[np.float64], box: tuple[float, ...]) -> bool:
    west, south, east, north = bounds
    return bool(
        west >= box[0] and south >= box[1] and east <= box[2] and north <= box[3]
    )


def sorted_outlines(
    file: SourceFile, layer: Layer
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The outlines to keep as rows of the dataset, and those refused."""
    reasons = faults(layer, texts(layer.rows, layer.fields.code))
    good = [place for place, reason in enumerate(reasons) if reason is None]
    refused = [
        (place + 1, reason, properties(layer.rows, place))
        for place, reason in enumerate(reasons)
        if reason is not None
    ]
    return (
        in_columns_of("boundary", kept_outlines(file, layer, good)),
        pl.DataFrame(refused, schema=REFUSED_COLUMNS, orient="row"),
    )


def kept_outlines(file: SourceFile, layer: Layer, good: list[int]) -> pl.DataFrame:
    fields, rows = layer.fields, layer.rows.iloc[good]
    codes = [str(code) for code in texts(rows, fields.code)]
    names = texts(rows, fields.name)
    parents = parents_of(rows, fields, names)
    vintage = vintage_of(fields, codes, file.facts.name) if good else None
    extent = extent_of(codes, [code for code, _ in parents])
    return pl.DataFrame(
        {
            "publisher": [fields.publisher] * len(good),
            "area_set": [area_set_of(code) for code in codes],
            "vintage": [vintage] * len(good),
            "extent": [extent] * len(good),
            "area_code": codes,
            "area_name": names,
            "parent_code": [code for code, _ in parents],
            "parent_name": [name for _, name in parents],
            "geometry": shapely.to_wkb(layer.shapes[good]).tolist(),
        }
    )


def faults(layer: Layer, codes: list[str | None]) -> list[str | None]:
    """Why each outline is refused, or None."""
    kind = kind_of([code for code in codes if code])
    boxes = shapely.bounds(layer.shapes)
    told = layer.rows.get(LENGTH, [None] * len(codes))
    seen: set[str] = set()
    reasons = []
    for code, shape, box, length in zip(codes, layer.shapes, boxes, told, strict=True):
        reasons.append(
            code_fault(code, kind, seen)
            or shape_fault(shape, box)
            or length_fault(shape, length)
        )
        seen.add(code or "")
    return reasons


def code_fault(code: str | None, kind: str | None, seen: set[str]) -> str | None:
    if not code:
        return "no area code"
    if not is_area_code(code):
        return "not an ONS area code"
    if area_set_of(code) != kind:
        return f"{IN_WORDS[area_set_of(code)]} among outlines of another kind"
    return "the area is in the file twice" if code in seen else None


def shape_fault(shape: shapely.Geometry | None, box: NDArray[np.float64]) -> str | None:
    if shape is None or shape.is_empty:
        return "no outline that can be read"
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return f"a {shape.geom_type.lower()}, not an outline"
    if not within(box, UNITED_KINGDOM):
        return "the outline is outside the United Kingdom"
    return None


def length_fault(shape: shapely.Geometry, told: float | None) -> str | None:
    """Whether the outline is another area's, by the length that the file gives."""
    if not told or not np.isfinite(told):
        return None
    # A degree of latitude is 111.2 km; one of longitude shrinks towards the pole.
    shrink = np.cos(np.radians(shape.centroid.y))
    metres = shapely.transform(shape, lambda at: at * [111_200 * shrink, 111_200])
    times = metres.length / told
    if max(times, 1 / times) < MOST_TIMES_LONGER:
        return None
    return "the outline is not of the length that the file gives for this area"


def texts(rows: pd.DataFrame, column: str | None) -> list[str | None]:
    if column is None:
        return [None] * len(rows)
    return [text.strip() if isinstance(text, str) else None for text in rows[column]]


def parents_of(
    rows: pd.DataFrame, fields: Fields, names: list[str | None]
) -> list[tuple[str | None, str | None]]:
    """The borough each area is in: as the file says, or by a small area's name."""
    if fields.parent_code:
        codes = texts(rows, fields.parent_code)
        return list(zip(codes, texts(rows, fields.parent_name), strict=True))
    found = [borough_of(name) for name in names]
    return [(code, london_boroughs().get(code or "")) for code in found]


def properties(rows: pd.DataFrame, place: int) -> str:
    """What the file says of one outline, without its shape."""
    row = rows.iloc[place].astype(object)
    told = row.where(row.notna(), None).to_dict()
    return json.dumps(told, default=str, ensure_ascii=False)


SOURCE = Source(
    name="boundaries",
    title="Boundaries of areas",
    publisher="ons",
    licence="Open Government Licence v3.0",
    cadence="when boundaries change",
    caution="Outlines are simplified; positions are good to about 5 metres.",
    datasets=("boundary", "population"),
    recognises=recognises,
    read=read,
)
