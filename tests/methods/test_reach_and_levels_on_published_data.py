"""Reach, levels, footprints and harm on published files, where they are here."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from saferplan.areas.projection import grid_from_degrees
from saferplan.definitions.severity import bridge_weights
from saferplan.methods.closures import closure
from saferplan.methods.footprints import footprints
from saferplan.methods.harm_compared import compare_harm
from saferplan.methods.level_advice import advise_level
from saferplan.methods.level_measured import measured_answers
from saferplan.methods.reach import groups_by, reach
from saferplan.methods.travel import straight_times

DATA = Path(__file__).parents[3] / "shared/data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]


@pytest.fixture(scope="module")
def residents():
    path = DATA / "denominators/lsoa21_pop_mid2011_mid2022_London.parquet"
    table = pd.read_parquet(path).set_index("LSOA 2021 Code")
    return table["Mid-2022: Population"].sort_index()


@pytest.fixture(scope="module")
def lookup(residents):
    table = pd.read_csv(DATA / "geo/lookups/LSOA21_WD24_LAD24_EW.csv.gz")
    return table.set_index("LSOA21CD").reindex(residents.index)


@pytest.fixture(scope="module")
def ward_crime():
    wide = pd.read_parquet(DATA / "mps_datastore/recorded-crime-ward.parquet")
    year = [column for column in wide if column.isdigit()][-12:]
    return wide.assign(year=wide[year].sum(axis="columns"))


def counters():
    table = pd.read_csv(DATA / "geo/london/police-stations.csv")
    points = table[["Longitude", "Latitude"]].to_numpy(dtype=float)
    return pd.DataFrame(
        grid_from_degrees(points),
        columns=["x", "y"],
        index=table["Station"].str.strip(),
    )


def homes(residents):
    path = DATA / "geo/london/london-2021-lsoa-gen20.shp.zip"
    shapes = gpd.read_file(f"zip://{path}").set_index("LSOA21CD")
    points = shapes.geometry.representative_point().reindex(residents.index)
    return pd.DataFrame({"x": points.x, "y": points.y})


def test_two_londoners_in_nine_live_within_half_an_hour_of_a_counter(residents):
    where, sites = homes(residents), counters()
    found = reach(straight_times(where, sites), residents, within=30)
    near, _site = cKDTree(sites).query(where)
    share = residents[near * 1.3 <= 80 * 30].sum() / residents.sum()
    row = found.groups.loc["Everyone"]
    assert row["share"] == pytest.approx(share)
    assert row["share"] == pytest.approx(2 / 9, abs=0.01)
    assert row["lower"] < row["share"] < row["upper"]


def test_closing_lewishams_counter_takes_from_people_of_several_boroughs(
    residents, lookup
):
    borough = lookup["LAD24NM"]
    groups = groups_by(residents, borough)
    sites = counters()
    left = [site for site in sites.index if site != "Lewisham"]
    found = closure(
        straight_times(homes(residents), sites),
        residents,
        before=sites.index,
        after=left,
        within=30,
        groups=groups,
    ).groups
    assert found.loc["Everyone", "lose"] == found["lose"].iloc[1:].sum()
    assert found["lose"].iloc[1:].idxmax() == "Lewisham"
    assert (found["lose"].iloc[1:] > 0).sum() > 1
    assert (found["gain"] == 0).all()


def test_wards_cross_no_borough(residents, lookup):
    within = lookup[["WD24CD", "LAD24CD"]].set_axis(["Wards", "Boroughs"], axis=1)
    found = footprints(within, residents).agencies.iloc[0]
    assert found["relation"] == "each Wards area lies in one Boroughs area"
    assert (found["areas"], found["other_areas"]) == (684, 33)
    assert found["same"] == 0


@pytest.mark.parametrize(
    ("crime", "levels"),
    [
        ("BURGLARY", {"borough", "neighbourhood or borough", "neighbourhood"}),
        (
            "ARSON AND CRIMINAL DAMAGE",
            {"borough", "neighbourhood or borough", "neighbourhood"},
        ),
    ],
)
def test_figures_alone_put_burglary_and_damage_where_the_responses_do(
    ward_crime, residents, lookup, crime, levels
):
    # With one more answer, that the founding documents give.
    found = measured_answers(*of_wards(ward_crime, residents, lookup, crime))
    assert found.answers["frequency"]["borough"] > 0.9
    assert found.answers["frequency"]["neighbourhood"] < 0.05
    assert advise_level({**found.answers, "local knowledge": "yes"}).level in levels


def test_homicide_is_too_rare_for_any_figure_to_say_its_level(
    ward_crime, residents, lookup
):
    rows = ward_crime["minortext"].str.contains("HOMICIDE", case=False)
    counts, people, levels = of_wards(ward_crime[rows], residents, lookup, None)
    found = measured_answers(counts, people, levels)
    assert counts.sum() < 200
    assert set(found.answers) == {"frequency", "differences"}
    assert found.answers["frequency"]["borough"] == 0
    assert advise_level(found.answers).level == "cannot tell"


def of_wards(crime, residents, lookup, major):
    rows = crime if major is None else crime[crime["majortext"] == major]
    people = residents.groupby(lookup["WD24CD"]).sum()
    borough = lookup.groupby("WD24CD")["LAD24NM"].first()
    counts = rows.groupby("wardcode")["year"].sum().reindex(people.index).fillna(0)
    return counts, people, borough.to_frame("borough")


def test_published_weights_put_boroughs_in_another_order_than_their_number():
    table = pd.read_csv(DATA / "ho_ons/css_weights_derived_by_offence_code.csv")
    by_code = dict(zip(table["code"], table["css_weight"], strict=True))
    # As press and ONS print them, of another year: 7,979, 746 and 13.
    assert by_code["46"] == pytest.approx(13.1, abs=0.05)
    assert table.loc[table["desc"].str.startswith("Homicide"), "css_weight"].iloc[
        0
    ] == (pytest.approx(7_831.8, abs=0.05))
    weights = {minor: each.weight for minor, each in bridge_weights(by_code).items()}
    wide = pd.read_parquet(DATA / "mps_datastore/recorded-crime-borough.parquet")
    year = [column for column in wide if column.isdigit()][-12:]
    counts = (
        wide.assign(year=wide[year].sum(axis="columns"))
        .pivot_table(
            index="boroughname", columns="minortext", values="year", aggfunc="sum"
        )
        .fillna(0)
    )
    names = {str(name).casefold(): name for name in counts}
    ons = pd.Series(
        {names[k.casefold()]: w for k, w in weights.items() if k.casefold() in names}
    )
    found = compare_harm(counts, {"ONS": ons}, draws=200)
    row = found.agreement.iloc[0]
    assert 0.5 < row["spearman"] < 0.999
    ons_rows = found.areas[found.areas["weights"] == "ONS"]
    assert (ons_rows["best_rank"] <= ons_rows["rank"]).all()
    assert np.isfinite(ons_rows["value"]).all()
