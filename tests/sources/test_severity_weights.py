"""The weights of the Crime Severity Score, one for each offence code."""

from pathlib import Path

import pytest
from sources.reading_files import read_one

from saferplan.sources.severity_weights import SOURCE
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "ho_ons"

WEIGHTS = """\
grp,sub,desc,code,css_weight,min,max,count
Robbery,Robbery,Robbery of personal property,34B,993.55,993.55,993.55,41
Theft offences,Other,Shoplifting,46,13.1,13.1,13.1,41
Sexual offences,Rape,Rape of a female,19C,3163.4456,3163.4,3163.4,8
Sexual offences,Rape offences,Rape of a woman,19C,3163.4456,3163.4,3163.4,33
"""


def read(path: Path) -> Reading:
    return read_one(path, SOURCE)


@pytest.fixture
def read_text(tmp_path):
    def of(text: str) -> Reading:
        path = tmp_path / "weights.csv"
        path.write_text(text)
        return read(path)

    return of


def test_each_code_has_one_weight_and_its_group(read_text):
    assert read_text(WEIGHTS).kept.row(0, named=True) == {
        "publisher": "ons",
        "edition": "outcomes to December 2023",
        "offence_group": "Robbery",
        "offence_subgroup": "Robbery",
        "offence_code": "34B",
        "offence": "Robbery of personal property",
        "weight": 993.55,
    }


def test_of_two_names_for_a_code_the_one_of_more_quarters_is_kept(read_text):
    reading = read_text(WEIGHTS)
    rape = reading.kept.filter(offence_code="19C")
    assert rape["offence"].to_list() == ["Rape of a woman"]
    assert reading.refused["line"].to_list() == [4]
    assert "another name" in reading.refused["reason"][0]


def test_a_code_with_two_weights_is_refused_whole(read_text):
    reading = read_text(WEIGHTS.replace("3163.4456,3163.4,3163.4,8", "3200,1,1,8"))
    assert "19C" not in reading.kept["offence_code"].to_list()
    assert set(reading.refused["reason"]) == {"the code has two different weights"}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("46,heavy,", "the weight is not a number"),
        ("46,-1,", "the weight is below nothing"),
        (",13.1,", "no offence code"),
    ],
)
def test_a_row_without_a_code_or_weight_is_refused(read_text, wrong, reason):
    reading = read_text(WEIGHTS.replace("46,13.1,", wrong))
    assert reason in reading.refused["reason"].to_list()


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="real data is not here")
def test_the_real_weights_are_those_that_are_known_of_them():
    reading = read(DATA / "css_weights_derived_by_offence_code.csv")
    weights = dict(reading.kept.select("offence", "weight").rows())
    assert reading.kept.height == reading.kept["offence_code"].n_unique() == 156
    assert weights["Rape of a female aged 16 and over"] == pytest.approx(
        3_163.4, abs=0.1
    )
    assert weights["Robbery of personal property"] == pytest.approx(993.6, abs=0.1)
    assert weights["Shoplifting"] == pytest.approx(13.1, abs=0.1)
