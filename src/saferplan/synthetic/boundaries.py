"""Boundaries, as councils (GeoJSON) and ONS (GeoPackage) publish them."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from saferplan.synthetic.city import City

# GDAL stamps a GeoPackage with the time unless it is told what day it is.
THE_DAY = "2025-12-01T00:00:00Z"


def write_boundaries(folder: Path, city: City) -> None:
    """Write every borough and ward, and the demonstration borough's LSOAs."""
    folder.mkdir(parents=True, exist_ok=True)
    ward, borough = city.lsoas["ward"].to_numpy(), city.wards["borough"].to_numpy()
    wards = joined(city.outlines, ward)
    write_boroughs(folder / "LAD24_boundaries.gpkg", city, joined(wards, borough))
    rows = city.wards.select(
        WD24CD="code", WD24NM="name", LAD24CD="borough_code", LAD24NM="borough_name"
    )
    write_geojson(folder / "WD24_boundaries.geojson", rows.to_dicts(), wards)
    main = city.main
    lsoas = city.lsoas.filter(main).select(LSOA21NM="name", LSOA21CD="code")
    write_geojson(
        folder / "LSOA21_boundaries.geojson", lsoas.to_dicts(), city.outlines[main]
    )


def joined(outlines: NDArray[np.object_], group: NDArray[np.int64]) -> NDArray:
    """Return the outline of each group of areas."""
    return np.array(
        [shapely.union_all(outlines[group == each]) for each in np.unique(group)]
    )


def write_boroughs(path: Path, city: City, outlines: NDArray) -> None:
    """Write a GeoPackage on the British National Grid."""
    frame = gpd.GeoDataFrame(
        {
            "LAD24CD": city.boroughs["code"].to_list(),
            "LAD24NM": city.boroughs["name"].to_list(),
            "LAD24NMW": " ",
        },
        geometry=[shapely.MultiPolygon([shape]) for shape in outlines],
        crs="EPSG:27700",
    )
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": THE_DAY})
    try:
        pyogrio.write_dataframe(frame, path, layer="boroughs", driver="GPKG")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_geojson(
    path: Path, rows: list[dict[str, str]], outlines: NDArray[np.object_]
) -> None:
    """Write areas in longitude and latitude, to the nearest 10 cm."""
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

    def degrees(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(np.column_stack(to_degrees.transform(at[:, 0], at[:, 1])), 6)

    features = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": shapely.geometry.mapping(shapely.transform(shape, degrees)),
        }
        for row, shape in zip(rows, outlines, strict=True)
    ]
    whole = {"type": "FeatureCollection", "name": path.stem, "features": features}
    path.write_text(json.dumps(whole, separators=(",", ":")), encoding="utf-8")
