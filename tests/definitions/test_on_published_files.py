"""The lists of categories against the publishers' own files, where they are here."""

from pathlib import Path

import polars as pl
import pytest

from saferplan.definitions import bridge_weights, categories
from saferplan.sources.mps_categories import in_words

DATA = Path(__file__).parents[3] / "shared/data"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here"),
]
NAMES = {  # the first two category columns, in each header the publisher has used
    "MajorText": "MinorText",
    "majortext": "minortext",
    "Major Category": "Minor Category",
    "major_category": "minor_category",
}
SCHEME_OF = {"Historic__2020": "mps-2008", "-202005": "mps-2018", "-202010": "mps-2018"}
SCHEME_OF["-202302"] = "mps-2018"


def published():
    folder = DATA / "mps_datastore"
    paths = [*folder.glob("recorded-crime-*.parquet"), *folder.glob("*_vintages/*.gz")]
    return sorted(path for path in paths if "ward_vintages" not in str(path))


@pytest.mark.parametrize("path", published(), ids=lambda path: path.name)
def test_every_category_of_a_published_file_is_listed(path):
    frame = (
        pl.read_parquet(path)
        if path.suffix == ".parquet"
        else pl.read_csv(path, infer_schema=False)
    )
    major = next(name for name in NAMES if name in frame.columns)
    scheme = next((s for mark, s in SCHEME_OF.items() if mark in path.name), "mps-2024")
    listed = {(c.major, c.minor) for c in categories(scheme)}
    seen = frame.select(major, NAMES[major]).unique().rows()
    assert {(in_words(a), in_words(b)) for a, b in seen} <= listed


def test_the_real_weights_bridge_to_every_category_that_has_a_code():
    table = pl.read_csv(DATA / "ho_ons/css_weights_derived_by_offence_code.csv")
    found = bridge_weights(dict(table.select("code", "css_weight").rows()))
    assert len(found) == 34
    assert found["Homicide"].weight == pytest.approx(7_831.8, abs=0.1)
    assert found["Robbery of personal property"].exact
    # The one mixed most: assault with injury weighs 203, its charges 559 on average.
    violence = found["Violence with injury"]
    assert (violence.weight, violence.high) == pytest.approx((203.1, 558.8), abs=1)
