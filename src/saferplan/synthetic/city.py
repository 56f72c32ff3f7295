"""
The invented city: the demonstration borough and its neighbours, named and coded.

One row per LSOA is all that is drawn; wards and boroughs are groups of LSOAs.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from saferplan.synthetic import places
from saferplan.synthetic.outlines import Plan, Points, draw_plan

MAIN_LSOAS = 172
# Where the middle of the plan lies on the British National Grid. No map is drawn
# underneath, so the place is only plausible, and well within what readers accept.
ORIGIN = np.array([537_000.0, 174_000.0])


@dataclass(frozen=True)
class City:
    """
    Everything that has a name and a place.

    lsoas     one row each: code, name, msoa_code, msoa_name, ward (its row in
              `wards`), ward_code, ward_name, borough (its row in `boroughs`),
              borough_code, borough_name, easting, northing, longitude, latitude,
              square_km
    wards     code, name, borough, borough_code, borough_name
    boroughs  code, name, partnership_code
    outlines  of each LSOA, in metres on the British National Grid
    """

    lsoas: pl.DataFrame
    wards: pl.DataFrame
    boroughs: pl.DataFrame
    outlines: NDArray[np.object_]

    @property
    def main(self) -> NDArray[np.bool_]:
        """Which LSOAs are in the demonstration borough."""
        return rows_where(self.lsoas["borough"] == 0)

    def ward_called(self, name: str) -> int:
        """Return the row of the demonstration borough's ward of this name."""
        named = (self.wards["name"] == name) & (self.wards["borough"] == 0)
        return int(named.arg_true()[0])

    def in_ward(self, name: str) -> NDArray[np.bool_]:
        """Which LSOAs are in the demonstration borough's ward of this name."""
        return rows_where(self.lsoas["ward"] == self.ward_called(name))


def rows_where(condition: pl.Series) -> NDArray[np.bool_]:
    return np.asarray(condition, dtype=np.bool_)


def build_city(rng: np.random.Generator, boroughs: int) -> City:
    """Build this many boroughs, the demonstration borough first."""
    ward_counts = [len(places.WARDS), *rng.integers(15, 20, size=boroughs - 1)]
    plan = draw_plan(rng, boroughs=boroughs, lsoas=MAIN_LSOAS, wards=ward_counts)
    wards = name_wards(plan)
    # LSOAs in order of code, ward by ward, as their names suggest.
    ward = ward_of_each(plan, wards)
    order = np.lexsort((plan.sites[:, 0], -plan.sites[:, 1], ward))
    lsoas = name_lsoas(plan, wards, ward, order)
    numbers = range(boroughs)
    return City(
        lsoas=lsoas,
        wards=wards.drop("group"),
        boroughs=pl.DataFrame(
            {
                "code": [places.borough_code(number) for number in numbers],
                "name": list(places.BOROUGHS[:boroughs]),
                "partnership_code": [places.partnership_code(n) for n in numbers],
            }
        ),
        outlines=shapely.transform(plan.outlines[order], lambda at: at + ORIGIN),
    )


def name_wards(plan: Plan) -> pl.DataFrame:
    """Return the wards in order of code: by borough, then by name."""
    rows = []
    for borough, heart in enumerate(plan.hearts):
        inside = plan.borough == borough
        groups = np.unique(plan.ward[inside])
        names = (
            name_main_wards(plan, heart)
            if borough == 0
            else places.ward_names(borough, len(groups))
        )
        rows += sorted(
            (borough, name, int(group))
            for name, group in zip(names, groups, strict=True)
        )
    return pl.DataFrame(
        {
            "code": [places.ward_code(number) for number in range(len(rows))],
            "name": [name for _, name, _ in rows],
            "borough": [borough for borough, _, _ in rows],
            "borough_code": [places.borough_code(borough) for borough, _, _ in rows],
            "borough_name": [places.BOROUGHS[borough] for borough, _, _ in rows],
            "group": [group for _, _, group in rows],
        }
    )


def name_main_wards(plan: Plan, heart: Points) -> list[str]:
    """
    Return a name for each ward of the demonstration borough.

    The town centre is the ward nearest the heart of the borough; the quiet ward the
    furthest from it; the vulnerable one the largest of the rest, so that its figures
    do not rest on a few streets.
    """
    inside = plan.borough == 0
    ward, sites = plan.ward[inside], plan.sites[inside]
    groups = range(int(ward.max()) + 1)
    away = [
        float(np.hypot(*(sites[ward == group].mean(axis=0) - heart)))
        for group in groups
    ]
    names = {int(np.argmin(away)): places.TOWN_CENTRE}
    names[int(np.argmax(away))] = places.QUIET
    rest = [group for group in groups if group not in names]
    names[max(rest, key=lambda group: int((ward == group).sum()))] = places.VULNERABLE
    others = (name for name in places.WARDS if name not in names.values())
    return [names.get(group) or next(others) for group in groups]


def ward_of_each(plan: Plan, wards: pl.DataFrame) -> NDArray[np.int64]:
    """Return, for each LSOA, the row of its ward."""
    rows = {
        (borough, group): row
        for row, (borough, group) in enumerate(wards.select("borough", "group").rows())
    }
    return np.array(
        [
            rows[int(borough), int(group)]
            for borough, group in zip(plan.borough, plan.ward, strict=True)
        ]
    )


def name_lsoas(
    plan: Plan,
    wards: pl.DataFrame,
    ward: NDArray[np.int64],
    order: NDArray[np.int64],
) -> pl.DataFrame:
    """Return one row per LSOA, in `order`: names such as "Tamesford 003B"."""
    at = plan.sites[order] + ORIGIN
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    longitude, latitude = to_degrees.transform(at[:, 0], at[:, 1])
    frame = pl.DataFrame(
        {
            "ward": ward[order],
            "easting": at[:, 0].round(),
            "northing": at[:, 1].round(),
            "longitude": np.round(longitude, 6),
            "latitude": np.round(latitude, 6),
            "square_km": np.round(shapely.area(plan.outlines[order]) / 1e6, 4),
        }
    ).join(
        wards.with_row_index("ward").select(
            pl.col("ward").cast(pl.Int64),
            pl.col("code").alias("ward_code"),
            pl.col("name").alias("ward_name"),
            "borough",
            "borough_code",
            "borough_name",
        ),
        on="ward",
        how="left",
        maintain_order="left",
    )
    # Five LSOAs to an MSOA, in order, within each borough.
    place = pl.int_range(pl.len()).over("borough")
    msoa = place // 5 + 1
    letter = (place % 5).replace_strict(dict(enumerate("ABCDE")))
    name = pl.col("borough_name") + " " + msoa.cast(pl.String).str.zfill(3)
    named = frame.with_columns(
        code=pl.Series([places.lsoa_code(number) for number in range(len(frame))]),
        msoa_name=name,
        name=name + letter,
    )
    msoas = named["msoa_name"].unique(maintain_order=True)
    codes = {each: places.msoa_code(number) for number, each in enumerate(msoas)}
    return named.with_columns(msoa_code=pl.col("msoa_name").replace_strict(codes))
