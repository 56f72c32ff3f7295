"""The methods against figures others published, where the shared data are here."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from saferplan.methods.change import change_between, how_many_fell
from saferplan.methods.disproportionality import rate_ratios
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
