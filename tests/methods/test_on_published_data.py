"""The methods against figures others published, where the shared data are here."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from saferplan.methods.change import change_between, how_many_fell
from saferplan.methods.disproportionality import rate_ratios
from saferplan.methods.near_repeat import near_repeat
from saferplan.methods.spans import rolling_year

DATA = Path(__file__).parents[3] / "shared/data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]


@pytest.mark.published("disproportionality")
def test_stop_and_search_ratios_of_councils_are_those_extractss_published():
    published = pd.read_csv(DATA / "methods/extractss_summarised_stops_2019-2021.csv")
    usable = published[(published["Black_stopped"] > 0) & published["rr"].notna()]
    assert len(usable) > 900
    for row in usable.iloc[::20].itertuples():  # one in twenty, for time
        searches = pd.Series({"Black": row.Black_stopped, "White": row.White_stopped})
        residents = pd.Series(
            {"Black": row.Black_population, "White": row.White_population}
        )
        found = rate_ratios(searches, residents, least=1).loc["Black"]
        assert found.ratio == pytest.approx(row.rr, rel=1e-9)
        # Their limits take residents for trials; ours take searches for events, and
        # are a little wider, by as much as searches are a large share of residents.
        width = np.log(found.upper / found.lower)
        theirs = np.log(row.rr_ci_upp / row.rr_ci_low)
        assert theirs <= width * (1 + 1e-9)
        assert width**2 - theirs**2 == pytest.approx(
            (2 * 1.959964) ** 2 * (1 / residents).sum(), rel=1e-4
        )


@pytest.mark.published("change")
def test_lewishams_crime_of_the_newest_release_gets_a_verdict_in_every_category():
    wide = pd.read_parquet(DATA / "mps_datastore/recorded-crime-borough.parquet")
    months = [column for column in wide if column.isdigit()]
    lewisham = wide[wide["boroughname"] == "Lewisham"]
    monthly = lewisham.groupby("majortext")[months].sum().T
    monthly.index = pd.PeriodIndex(monthly.index, freq="M")
    changes = change_between(monthly, rolling_year("2026-02"))
    # Added up in the file by hand.
    assert changes.loc["BURGLARY", ["before", "after"]].tolist() == [1_692, 1_532]
    assert set(changes["verdict"]) == {"real change", "within chance"}
    falls = how_many_fell(changes)
    assert (falls.compared, falls.fell, falls.fell_really) == (12, 6, 2)


@pytest.mark.published("near-repeat")
def test_ratios_of_chicago_are_exact_to_the_figure():
    # analysis.md 3.1: pairs over the number that the margins of the table lead to.
    events = pd.read_csv(
        DATA / "methods/nearrepeat_chicago_be_month1.csv", names=["x", "y", "date"]
    )
    assert len(events) == 970
    found = near_repeat(
        events, metres=(0, 0.1, 200, 400, 600), apart=(0, 7, 14, 21), straight=False
    )
    published = [1.8032, 0.4016, 0.6163, 1.4133, 0.8625, 0.5180]
    published += [1.0151, 0.9529, 1.0446, 0.9737, 0.9837, 1.0066]
    assert found.bands["ratio"].round(4).tolist() == published


@pytest.mark.published("hot-spots")
def test_memphis_is_hot_where_sfhotspot_found_it_and_so_by_the_paper_of_1996():
    # analysis.md 3.11, 3.9: the figures that the golden files are known by; and the
    # value of Getis and Ord (1996), p. 267, which divides by n - 1.
    memphis = pd.read_csv(DATA / "methods/golden_sfhotspot_memphis_500m.csv.gz")
    hot = (memphis["pvalue"] < 0.05) & (memphis["gistar"] > 0)
    assert (len(memphis), hot.sum()) == (3_307, 417)
    assert memphis["gistar"].max() == pytest.approx(15.07529, abs=5e-6)
    assert 1.45078 * np.sqrt(255 / 256) == pytest.approx(1.447943, abs=5e-6)
