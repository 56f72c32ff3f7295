"""Areas on the files that their publishers put out."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from saferplan.areas.codes import ward_vintage
from saferplan.areas.neighbours import neighbours, overlaps
from saferplan.areas.places import borough_code, london_boroughs, resolve
from saferplan.areas.projection import outlines_in_degrees
from saferplan.areas.rollup import sum_up
from saferplan.areas.vintages import carry, common_areas, shares_of, through
from saferplan.errors import AreaError

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]


@pytest.fixture(scope="module")
def lsoas():
    """LSOAs of 2011 to those of 2021, with the borough of each."""
    table = pd.read_csv(DATA / "geo" / "lookups" / "LSOA11_LSOA21_LAD22_EW_V3.csv.gz")
    words = {"U": "exact", "S": "split", "M": "merged", "X": "best fit"}
    return table.assign(
        from_code=table["LSOA11CD"],
        to_code=table["LSOA21CD"],
        fit=table["CHGIND"].map(words),
    )


@pytest.fixture(scope="module")
def wards():
    """LSOAs of 2021 to wards of 2024, with names and boroughs."""
    return pd.read_csv(DATA / "geo" / "lookups" / "LSOA21_WD24_LAD24_EW.csv.gz")


@pytest.fixture(scope="module")
def homes():
    """Households of 2011 by LSOA of 2011, in London."""
    path = DATA / "geo" / "london" / "LSOA_2011_London_gen_MHW.shp.zip"
    table = gpd.read_file(path, engine="pyogrio", ignore_geometry=True)
    return table.set_index("LSOA11CD")["HHOLDS"]


def test_ten_ward_names_of_the_met_are_in_more_than_one_borough():
    path = DATA / "mps_datastore" / "recorded-crime-ward.parquet"
    columns = ["wardname", "wardcode", "lookup_boroughname"]
    table = pd.read_parquet(path, columns=columns).drop_duplicates()
    areas = table.rename(
        columns={
            "wardname": "area_name",
            "wardcode": "area_code",
            "lookup_boroughname": "parent_name",
        }
    ).assign(parent_code=None)
    repeated = areas[areas["area_name"].duplicated(keep=False)]
    assert repeated["area_name"].nunique() == 10
    for row in repeated.itertuples():
        with pytest.raises(AreaError, match="Say which with `within`"):
            resolve(row.area_name, areas)
        found = resolve(row.area_name, areas, within=row.parent_name)
        assert found == row.area_code
    assert resolve("Bellingham", areas) == "E05013714"
    assert ward_vintage(areas["area_code"]) == 2022


def test_the_mets_boroughs_are_32_and_one_that_is_none():
    path = DATA / "mps_datastore" / "recorded-crime-borough.parquet"
    names = set(pd.read_parquet(path, columns=["boroughname"])["boroughname"])
    codes = {borough_code(name) for name in names - {"Unknown"}}
    assert codes == london_boroughs().keys() - {"E09000001"}


def test_london_households_carried_to_2021_lose_nobody(lsoas, homes):
    used = lsoas[lsoas["from_code"].isin(homes.index)]
    result = carry(homes, shares_of(used))
    assert len(result) == 4_994
    assert result["count"].sum() == pytest.approx(homes.sum())
    assert (result["fit"] == "exact").sum() == 4_681


def test_common_areas_of_london_are_exact_on_both_sides(lsoas, homes):
    used = lsoas[lsoas["from_code"].isin(homes.index)]
    groups = common_areas(used)
    assert groups[groups["vintage"] == "from"]["code"].is_unique
    assert groups[groups["vintage"] == "to"]["code"].is_unique
    # Only splits and mergers make a group of more than one and one.
    assert groups["group"].nunique() <= min(len(homes), 4_994)


def test_lewishams_households_come_to_the_same_by_ward_and_by_borough(
    lsoas, wards, homes
):
    to_ward = wards.assign(
        from_code=wards["LSOA21CD"], to_code=wards["WD24CD"], fit="best fit"
    )
    used = lsoas[lsoas["from_code"].isin(homes.index)]
    by_ward = carry(homes, shares_of(through(used, to_ward)))
    lewisham = wards.loc[wards["LAD24CD"] == "E09000023", "WD24CD"].unique()
    assert len(lewisham) == 19
    assert set(by_ward.loc[lewisham, "fit"]) == {"best fit"}
    whole = used.assign(to_code=used["LAD22CD"], fit="exact").drop_duplicates(
        "from_code"
    )
    by_borough = sum_up(homes, whole, dataset="population", publisher="gla")
    assert by_borough.loc["E09000023", "count"] == 116_091
    assert by_ward.loc[lewisham, "count"].sum() == pytest.approx(116_091)


def test_lewisham_has_three_neighbours_on_its_side_of_the_river():
    path = DATA / "geo" / "london" / "London_Borough_Excluding_MHW.shp.zip"
    table = gpd.read_file(path, engine="pyogrio")
    shapes = outlines_in_degrees(table.geometry.to_numpy(dtype=object))
    outlines = pd.Series(shapely.to_wkb(shapes), index=table["GSS_CODE"], dtype=object)
    found = neighbours(outlines)
    assert found["E09000023"] == ("E09000006", "E09000011", "E09000028")
    assert all(code in found[other] for code in found for other in found[code])
    same = overlaps(outlines, outlines)
    whole = same[same["share_of_from"] > 0.5]
    assert np.all(whole["from_code"] == whole["to_code"])
    assert len(whole) == 33
