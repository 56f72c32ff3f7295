"""A partner's return: counts and places, and never a person."""

from datetime import date

import pytest

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources import load_paths, partner_feed
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import open_file
from saferplan.sources.partner_feed import template
from saferplan.store import EvidenceStore

FIRES = "Deliberate secondary fires"


def row(**changes):
    """One line of a return, sound but for what a test changes."""
    cells = {
        "partner": "London Fire Brigade",
        "category": FIRES,
        "subcategory": "Rubbish",
        "date": "2024-03-05",
        "hour": "22",
        "outward": "SE13",
        "area": "E01003189",
        "count": "3",
    }
    return ",".join((cells | changes).values()) + "\n"


@pytest.fixture
def read(tmp_path):
    def read_lines(*rows, header=None):
        path = tmp_path / "return.csv"
        path.write_text((header or template()) + "".join(rows))
        with open_file(path) as file:
            assert recognise(file) is partner_feed.SOURCE
            [reading] = partner_feed.read(file)
        assert reading.rows_read == reading.kept.height + reading.refused.height
        return reading

    return read_lines


def test_a_row_of_the_template_is_kept_in_our_columns(read):
    reading = read(row())
    assert reading.kept.rows(named=True) == [
        {
            "publisher": "london-fire-brigade",
            "category": FIRES,
            "subcategory": "Rubbish",
            "month": date(2024, 3, 1),
            "day": date(2024, 3, 5),
            "hour": 22,
            "area_set": "lsoa",
            "area_code": "E01003189",
            "outward_postcode": "SE13",
            "count": 3,
        }
    ]
    assert reading.published == date(2024, 3, 31)


def test_british_dates_times_and_small_letters_are_understood(read):
    [kept] = read(row(date="05/03/2024", hour="22:45", outward="se13")).kept.rows(
        named=True
    )
    assert (kept["day"], kept["hour"]) == (date(2024, 3, 5), 22)
    assert kept["outward_postcode"] == "SE13"


@pytest.mark.parametrize("mark", ["*", "<5", "[c]", "c"])
def test_a_suppressed_count_is_missing_and_never_zero(read, mark):
    reading = read(row(count=mark), row())
    assert reading.kept["count"].to_list() == [None, 3]
    assert any("suppressed" in note for note in reading.notes)


def test_a_category_that_the_schedule_does_not_name_is_kept_and_named(read):
    reading = read(row(category="Bin fires"), row())
    assert reading.kept.height == 2
    assert any(note.endswith("does not name: Bin fires.") for note in reading.notes)
    assert read(row()).notes == ()


def test_either_place_is_enough(read):
    assert read(row(area=""), row(outward="")).kept.height == 2


NOWHERE = {"outward": "", "area": ""}
REFUSED = {
    "there is no partner": {"partner": ""},
    "there is no category": {"category": ""},
    "the date is not written as 2024-03-31": {"date": "2024-13-05"},
    "the date is in the future": {"date": "2199-01-01"},
    "the hour is not 0 to 23": {"hour": "24"},
    "there is neither an outward postcode nor an area code": {
        "outward": "",
        "area": "",
    },
    "the outward postcode is not the first half of one": {"outward": "Lewisham"},
    "the area code is not of an LSOA, MSOA, ward or borough": {"area": "E00016200"},
    "there is no count": {"count": ""},
    "the count is not a whole number": {"count": "3.5"},
    "the count is negative": {"count": "-1"},
}


@pytest.mark.parametrize(("reason", "change"), REFUSED.items(), ids=REFUSED.keys())
def test_a_row_that_cannot_be_right_is_refused(read, reason, change):
    reading = read(row(), row(**change))
    assert reading.refused.rows() == [(3, reason, row(**change).strip())]


PERSONAL = ["Surname", "Victim name", "Date of birth", "DOB", "Postcode", "NHS number"]


@pytest.mark.parametrize("column", [*PERSONAL, "Home address", "e-mail", "UPRN"])
def test_a_column_about_a_person_refuses_the_whole_file(read, column):
    header = template().strip() + f",{column}\n"
    with pytest.raises(SourceUnsafe, match="looks like personal data"):
        read(row().strip() + ",x\n", header=header)


@pytest.mark.parametrize("cell", ["SE13 6LH", "at se136lh", "a.b@example.org"])
@pytest.mark.parametrize("column", ["subcategory", "category", "outward"])
def test_a_full_postcode_or_an_address_in_any_cell_refuses_the_whole_file(
    read, column, cell
):
    with pytest.raises(SourceUnsafe, match="line 3, holds"):
        read(row(), row(**{column: cell}))


def test_even_a_row_that_is_no_row_is_searched_for_personal_data(read):
    with pytest.raises(SourceUnsafe, match="line 3, holds a full postcode"):
        read(row(), "SE13 6LH,x\n")


def test_nothing_personal_reaches_the_store_not_even_its_quarantine(tmp_path):
    path = tmp_path / "return.csv"
    path.write_text(template() + row() + row(subcategory="SE13 6LH"))
    store = EvidenceStore(tmp_path / "store")
    report = load_paths([path], store, by="analyst")
    assert (report.releases, report.exit_code) == ([], 1)
    everything = [p for p in (tmp_path / "store").rglob("*") if p.is_file()]
    assert not any(b"6LH" in p.read_bytes() for p in everything)


def test_a_column_that_is_not_in_the_template_is_named(read):
    header = template().strip() + ",Ward\n"
    with pytest.raises(SourceChanged, match="not in the template: ward"):
        read(row().strip() + ",x\n", header=header)


def test_a_missing_column_shows_the_template(read):
    header = template().replace("date,", "")
    with pytest.raises(SourceChanged, match="no column date.*partner,category,"):
        read(row(), header=header)
