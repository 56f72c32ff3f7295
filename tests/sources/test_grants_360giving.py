"""Grants in the 360Giving standard: three ways of a date, and nobody named."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from sources.reading_files import read_one

from saferplan.errors import SourceChanged
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import open_file
from saferplan.sources.grants_360giving import SOURCE
from saferplan.store.reading import Reading

DATA = Path(__file__).parents[3] / "shared" / "data" / "grants"


def grant(number: int = 1, **other) -> dict:
    return {
        "id": f"360G-example-{number}",
        "title": "Evening sports club",
        "description": "Two sessions a week for young people",
        "currency": "GBP",
        "amountAwarded": 12000.5,
        "awardDate": "2014-12-04",
        "fundingOrganization": [{"id": "GB-CHC-1", "name": "Example Trust"}],
        "recipientOrganization": [{"id": "GB-CHC-2", "name": "Northbridge Club"}],
        "additional_data": {
            "recipientWardNameGeoCode": "E05000001",
            "recipientDistrictGeoCode": "E09000099",
        },
        "beneficiaryLocation": [{"countryCode": "GB"}, {"geoCode": "E01000001"}],
        **other,
    }


@pytest.fixture
def read_grants(tmp_path):
    def of(*grants: dict) -> Reading:
        path = tmp_path / "grants.json"
        path.write_text(json.dumps({"grants": grants}))
        return read_one(path, SOURCE)

    return of


@pytest.fixture
def read_table(tmp_path):
    def of(*rows: dict) -> Reading:
        path = tmp_path / "grants.csv"
        with path.open("w", newline="") as file:
            table = csv.DictWriter(file, rows[0])
            table.writeheader()
            table.writerows(rows)
        return read_one(path, SOURCE)

    return of


ROW = {
    "Identifier": "360G-example-1",
    "Title": "Evening sports club",
    "Currency": "GBP",
    "Amount Awarded": "12,000.50",
    "Award Date": "04/12/2014",
    "Recipient Org:0:Identifier": "GB-CHC-2",
    "Recipient Org:0:Name": "Northbridge Club",
    "Funding Org:0:Identifier": "GB-CHC-1",
    "Funding Org:0:Name": "Example Trust",
    "Beneficiary Location:0:Geographic Code": "E01000001",
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("04/12/2014", date(2014, 12, 4)),
        ("2010-01-01T00:00:00+00:00", date(2010, 1, 1)),
        ("2010-01-01", date(2010, 1, 1)),
        ("2010-06-30T23:00:00+00:00", date(2010, 7, 1)),  # midnight in London
        ("2010-06-30T23:00:00Z", date(2010, 7, 1)),
        ("2010-06-30T12:30:00", date(2010, 6, 30)),
    ],
)
def test_a_date_may_be_written_in_any_of_the_ways_that_funders_do(
    read_grants, written, meant
):
    (row,) = read_grants(grant(awardDate=written)).kept.iter_rows(named=True)
    assert (row["awarded_on"], row["year"]) == (meant, meant.year)


def test_a_grant_keeps_its_sum_its_parties_and_its_places(read_grants):
    (row,) = read_grants(grant()).kept.iter_rows(named=True)
    assert (row["amount"], row["currency"]) == (12000.5, "GBP")
    assert (row["funder"], row["recipient"]) == ("Example Trust", "Northbridge Club")
    assert (row["ward_code"], row["borough_code"], row["beneficiary_code"]) == (
        "E05000001",
        "E09000099",
        "E01000001",
    )
    assert not row["to_person"]


def test_a_table_says_the_same_as_a_package(read_grants, read_table):
    places = dict.fromkeys(("additional_data", "description"))
    package = read_grants(grant(**places)).kept
    assert read_table(ROW).kept.equals(package)


PERSON = {
    "recipientOrganization": None,
    "recipientIndividual": {"id": "360G-p1", "name": "A. Nother"},
    "title": "Grant to A. Nother",
    "description": "For a wheelchair",
}


def test_a_person_who_was_given_a_grant_is_not_told_of(read_grants):
    reading = read_grants(grant(**PERSON), grant(2))
    row = reading.kept.row(0, named=True)
    assert "Nother" not in str(reading)
    assert row["to_person"]
    assert (row["title"], row["description"], row["ward_code"]) == (None,) * 3
    assert (row["amount"], row["borough_code"]) == (12000.5, "E09000099")
    assert reading.notes == (
        "1 of the grants went to people: no word about them was kept.",
    )


def test_nor_is_one_in_quarantine(read_grants, read_table):
    held = read_grants(grant(**PERSON, amountAwarded="much")).refused
    assert held["reason"].to_list() == ["the amount is not a number"]
    assert "Nother" not in str(held.rows())
    assert "wheelchair" not in str(held.rows())
    row = {**ROW, "Recipient Ind:0:Name": "A. Nother", "Award Date": "soon"}
    assert "Nother" not in str(read_table(row).refused.rows())


def test_a_torn_row_of_a_table_is_not_kept_word_for_word(tmp_path):
    path = tmp_path / "grants.csv"
    path.write_text(f"{','.join(ROW)}\nA. Nother,torn\n")
    assert "Nother" not in str(read_one(path, SOURCE).refused.rows())


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": ""}, "the grant has no identifier"),
        ({"awardDate": "12/25/2014"}, "the award date is not like 2014-12-04"),
        ({"awardDate": None}, "the award date is not like 2014-12-04"),
        ({"awardDate": "2999-01-01"}, "the award date is in the future"),
        ({"amountAwarded": "lots"}, "the amount is not a number"),
        ({"amountAwarded": -5}, "the amount is below zero"),
        ({"currency": "pounds"}, "the currency is not a code such as GBP"),
        ({"currency": None}, "the currency is not a code such as GBP"),
        ({"fundingOrganization": []}, "there is no funder"),
        ({"recipientOrganization": []}, "there is no recipient"),
    ],
)
def test_a_grant_that_cannot_be_taken_is_refused(read_grants, wrong, reason):
    reading = read_grants(grant(1), grant(2, **wrong))
    (refused,) = reading.refused.iter_rows(named=True)
    assert refused["reason"].startswith(reason)
    assert refused["line"] == 2


def test_a_grant_of_nothing_is_kept_and_noted(read_grants):
    reading = read_grants(grant(amountAwarded=0))
    assert reading.kept["amount"].to_list() == [0]
    assert reading.notes[0].startswith("1 of the grants are of 0")


def test_the_same_grant_twice_counts_once(read_grants):
    reading = read_grants(grant(), grant())
    assert reading.refused["reason"].to_list() == ["the grant is in the file twice"]


@pytest.mark.parametrize("text", ['{"grants": [{"id": "1"', '{"grants": [1, 2]}'])
def test_a_damaged_package_is_refused_whole(tmp_path, text):
    path = tmp_path / "grants.json"
    path.write_text(text)
    with open_file(path) as file, pytest.raises(SourceChanged, match="grants.json"):
        SOURCE.read(file)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="real data is not here")
@pytest.mark.parametrize(
    ("name", "grants", "people", "first", "last"),
    [
        ("a002400000KeYdsAAF", 379, 0, date(2014, 1, 1), date(2014, 12, 31)),
        ("a002400000OiDBQAA3", 4_116, 0, date(2010, 1, 1), date(2015, 12, 31)),
        ("a002400000nO46WAAS", 870, 0, date(2015, 1, 1), date(2019, 12, 31)),
        ("awefw001p00000zgyHZAAY", 154, 99, date(2014, 1, 1), date(2022, 12, 31)),
    ],
)
def test_every_real_grant_is_taken(name, grants, people, first, last):
    reading = read_one(DATA / f"grantnav_test_{name}.json.gz", SOURCE)
    assert reading.rows_read == reading.kept.height == grants
    assert reading.kept["to_person"].sum() == people
    assert reading.kept["awarded_on"].is_between(first, last).all()
    assert reading.kept["amount"].null_count() == 0


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.exists(), reason="real data is not here")
def test_the_standards_own_schema_is_not_a_package_of_grants():
    with open_file(DATA / "360-giving-package-schema.json") as file:
        assert recognise(file) is not SOURCE
