"""What was planted is in the files, by plain counting and nothing of ours."""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter, defaultdict
from math import sqrt

import polars as pl
import pytest

from saferplan.synthetic import write_borough

LAST_YEAR = [f"2025{month:02}" for month in range(4, 13)] + [
    "202601",
    "202602",
    "202603",
]
YEAR_BEFORE = [f"{int(month) - 100}" for month in LAST_YEAR]
NEWEST_BOROUGH = "mps/2026-04/MPS Borough Level Crime (most recent 24 months).csv"
NEWEST_WARD = "mps/2026-04/MPS Ward Level Crime (most recent 24 months).csv"
NEWEST_LSOA = "mps/2026-04/MPS LSOA Level Crime (most recent 24 months).csv"


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def offences(rows, months, **where):
    """Add up the cells of some months, where each named column has this value."""
    return sum(
        int(row[month])
        for row in rows
        if all(row[column] == value for column, value in where.items())
        for month in months
    )


@pytest.fixture(scope="module")
def boroughs(borough):
    return rows_of(borough.folder / NEWEST_BOROUGH)


@pytest.fixture(scope="module")
def wards(borough):
    return rows_of(borough.folder / NEWEST_WARD)


@pytest.fixture(scope="module")
def archive(borough):
    """Every police.uk table by its name, the loose ones with the archived."""
    tables = {}
    with zipfile.ZipFile(borough.folder / "police-uk/2023-04-to-2026-02.zip") as zipped:
        for name in zipped.namelist():
            tables[name.split("/")[1]] = zipped.read(name).decode()
    for path in (borough.folder / "police-uk/2026-03").iterdir():
        tables[path.name] = path.read_text(encoding="utf-8")
    return tables


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path):
    first = write_borough(tmp_path / "first", seed=3, scale=0.05)
    again = write_borough(tmp_path / "again", seed=3, scale=0.05)
    other = write_borough(tmp_path / "other", seed=4, scale=0.05)
    assert again == first
    assert digests(tmp_path / "again") == digests(tmp_path / "first")
    assert digests(tmp_path / "other") != digests(tmp_path / "first")
    assert other.vulnerable_ward.name == first.vulnerable_ward.name


def digests(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_whole_is_small_enough_to_hand_round(borough):
    size = sum(path.stat().st_size for path in borough.folder.rglob("*"))
    assert size < 40_000_000


def test_what_was_planted_lies_beside_the_folder_and_not_in_it(borough):
    beside = borough.folder.with_name("borough-truths.json")
    written = json.loads(beside.read_text(encoding="utf-8"))
    assert written["borough"] == {"code": "E09000901", "name": "Tamesford"}
    assert not list(borough.folder.rglob("*truths*"))


def test_one_ward_is_vulnerable_by_the_index(borough, wards):
    index = vulnerable_localities(borough.folder, wards)
    worst = max(index, key=index.get)
    assert worst == borough.truths.vulnerable_ward.code
    assert index[worst] > 210
    assert max(value for ward, value in index.items() if ward != worst) < 180


def vulnerable_localities(folder, wards):
    """The JDI index of each ward of the borough, against the mean of its wards."""
    lookup = [
        row
        for row in rows_of(folder / "lookups/LSOA21_WD24_LAD24_EW_LU.csv")
        if row["LAD24CD"] == "E09000901"
    ]
    ward_of = {row["LSOA21CD"]: row["WD24CD"] for row in lookup}
    households, people, young = Counter(), Counter(), Counter()
    for row in rows_of(folder / "population/census2021-ts041-lsoa.csv"):
        households[ward_of.get(row["geography code"])] += int(
            row["Number of households"]
        )
    size = {}
    for row in rows_of(folder / "census/census2021-ts007a-lsoa.csv"):
        code = row["geography code"]
        size[code] = int(row["Age: Total"])
        people[ward_of.get(code)] += size[code]
        young[ward_of.get(code)] += int(row["Age: Aged 15 to 19 years"])
        young[ward_of.get(code)] += int(row["Age: Aged 20 to 24 years"])
    poor = defaultdict(Counter)
    table = pl.read_parquet(folder / "deprivation/iod2025-lsoa21.parquet")
    for row in table.rows(named=True):
        ward = ward_of.get(row["lsoa21_code"])
        for domain in ("Income", "Employment", "Education"):
            poor[domain][ward] += row[f"{domain}_score"] * size[row["lsoa21_code"]]
    codes = sorted(set(ward_of.values()))

    def of(minor, ward):
        return offences(wards, LAST_YEAR, MinorText=minor, WardCode=ward)

    figures = [
        {ward: of("RES BURGLARY OF A HOME", ward) / households[ward] for ward in codes},
        {ward: of("CRIMINAL DAMAGE", ward) / households[ward] for ward in codes},
        *(
            {ward: each[ward] / people[ward] for ward in codes}
            for each in poor.values()
        ),
        {ward: young[ward] / people[ward] for ward in codes},
    ]
    means = [sum(figure.values()) / len(codes) for figure in figures]
    return {
        ward: sum(
            100 * figure[ward] / mean
            for figure, mean in zip(figures, means, strict=True)
        )
        / len(figures)
        for ward in codes
    }


def test_the_force_sent_no_street_crime_for_one_month(borough, archive):
    missing = borough.truths.missing_month.strftime("%Y-%m")
    months = {name[:7] for name in archive if name.endswith("-street.csv")}
    searched = {name[:7] for name in archive if name.endswith("search.csv")}
    assert searched - months == {missing}
    assert len(months) == 35


def test_a_month_was_revised(borough, boroughs):
    planted = borough.truths.revised
    month = planted.month.strftime("%Y%m")
    earlier = rows_of(
        borough.folder
        / "mps/2026-01/MPS Borough Level Crime (most recent 24 months).csv"
    )
    where = {"MinorText": planted.category, "BoroughName": "Tamesford"}
    assert offences(earlier, [month], **where) == planted.before
    assert offences(boroughs, [month], **where) == planted.after
    assert planted.before < 0.8 * planted.after


def test_later_releases_never_lose_an_offence(borough, boroughs):
    earlier = rows_of(
        borough.folder
        / "mps/2026-01/MPS Borough Level Crime (most recent 24 months).csv"
    )
    shared = [month for month in LAST_YEAR if month in earlier[0]]
    assert offences(earlier, shared) < offences(boroughs, shared)


def test_a_stub_month_stands_first_in_the_ward_and_lsoa_files(borough, wards):
    stub, *months = [column for column in wards[0] if column.isdigit()]
    assert stub == "202403"
    assert len(months) == 24
    assert 0 < offences(wards, [stub]) < offences(wards, [months[0]]) / 500
    assert "202403" in rows_of(borough.folder / NEWEST_LSOA)[0]
    assert "202403" not in rows_of(borough.folder / NEWEST_BOROUGH)[0]


def test_a_rise_is_only_recording_and_happens_everywhere(borough, boroughs):
    rise = borough.truths.only_recording.category
    for name in {row["BoroughName"] for row in boroughs} - {"Unknown"}:
        assert change(boroughs, rise, name) == pytest.approx(1.22, abs=0.09)
        assert change(boroughs, "VIOLENCE WITH INJURY", name) == pytest.approx(
            1, abs=0.1
        )


def test_knife_injuries_do_not_rise_with_it(borough):
    table = pl.read_parquet(borough.folder / "mps/monthly-crime-dashboard.parquet")
    injuries = table.filter(
        area_type="Borough", crime_subtype="Knife Crime with Injury", measure="Offences"
    )
    by_year = dict(injuries.group_by("financial_year").agg(pl.sum("count")).rows())
    before, after = by_year["fy24-25"], by_year["fy25-26"]
    assert abs(after - before) < 3 * sqrt(after + before)


def change(rows, minor, borough):
    where = {"MinorText": minor, "BoroughName": borough}
    return offences(rows, LAST_YEAR, **where) / offences(rows, YEAR_BEFORE, **where)


def test_burglary_fell_in_the_borough_and_nowhere_else(borough, boroughs):
    fall = borough.truths.real_fall.category
    before = offences(boroughs, YEAR_BEFORE, MinorText=fall, BoroughName="Tamesford")
    after = offences(boroughs, LAST_YEAR, MinorText=fall, BoroughName="Tamesford")
    assert before - after > 3 * sqrt(before + after)
    others = [
        change(boroughs, fall, name)
        for name in {row["BoroughName"] for row in boroughs} - {"Unknown", "Tamesford"}
    ]
    assert sum(others) / len(others) == pytest.approx(1, abs=0.04)


def test_drug_possession_rose_because_officers_searched(borough, boroughs):
    rise = borough.truths.only_searches.category
    assert change(boroughs, rise, "Tamesford") > 1.25
    assert change(boroughs, rise, "Aldermarsh") == pytest.approx(1, abs=0.12)


def test_what_never_happens_in_the_quiet_ward_has_no_row(borough, wards):
    quiet = borough.truths.quiet_ward
    listed = {row["MinorText"] for row in wards if row["WardCode"] == quiet.code}
    assert not listed & set(borough.truths.never_in_quiet)
    assert "CRIMINAL DAMAGE" in listed
    totals = Counter()
    for row in wards:
        if row["LookUp_BoroughName"] == "Tamesford":
            totals[row["WardName"]] += sum(int(row[month]) for month in LAST_YEAR)
    assert min(totals, key=totals.get) == quiet.name


def test_a_few_lsoas_hold_much_of_the_crime(borough):
    totals = Counter()
    for row in rows_of(borough.folder / NEWEST_LSOA):
        if row["Borough"] == "E09000901":
            totals[row["LSOA Code"]] += sum(int(row[month]) for month in LAST_YEAR)
    few = borough.truths.concentrated
    assert {code for code, _ in totals.most_common(len(few))} == set(few)
    share = sum(totals[code] for code in few) / totals.total()
    assert share == pytest.approx(borough.truths.concentrated_share, abs=0.0001)
    assert share > 3 * len(few) / len(totals)


def test_the_lsoa_file_leaves_out_sexual_offences_and_places_fewer(borough, boroughs):
    lsoas = rows_of(borough.folder / NEWEST_LSOA)
    assert "SEXUAL OFFENCES" not in {row["Major Category"] for row in lsoas}
    wards = rows_of(borough.folder / NEWEST_WARD)
    injury = {"MinorText": "VIOLENCE WITH INJURY"}
    in_boroughs = offences(boroughs, LAST_YEAR, **injury, BoroughName="Tamesford")
    in_wards = offences(wards, LAST_YEAR, **injury, LookUp_BoroughName="Tamesford")
    in_lsoas = offences(
        lsoas, LAST_YEAR, Borough="E09000901", **{"Minor Category": injury["MinorText"]}
    )
    assert in_boroughs >= in_wards >= in_lsoas > 0.95 * in_boroughs


def test_older_files_have_older_headers_and_the_same_offences(borough):
    rows = rows_of(
        borough.folder
        / "mps/2023-04/MPS Borough Level Crime (most recent 24 months).csv"
    )
    assert list(rows[0])[:3] == ["MajorText", "MinorText", "LookUp_BoroughName"]
    history = rows_of(
        borough.folder / "mps/2026-04/MPS Borough Level Crime (Historical).csv"
    )
    months = [column for column in rows[0] if column.isdigit()]
    older = offences(rows, months, LookUp_BoroughName="Tamesford")
    assert older == offences(history, months, BoroughName="Tamesford")
    assert {row["MajorText"] for row in rows} >= {"Arson and Criminal Damage", "Theft"}


def test_black_residents_are_searched_three_times_as_often(borough, archive):
    searched = Counter()
    for name, text in archive.items():
        if name.endswith("search.csv"):
            for row in csv.DictReader(io.StringIO(text)):
                searched[row["Self-defined ethnicity"].split(" - ")[0][:5]] += 1
    living = Counter()
    for row in rows_of(borough.folder / "census/census2021-ethnicity-lsoa21.csv"):
        living[row["ethnic_group"][:5]] += float(row["n"])
    white = searched["White"] / living["White"]
    ratio = searched["Black"] / living["Black"] / white
    assert ratio == pytest.approx(3.0, abs=0.06)
    assert searched["Asian"] / living["Asian"] / white == pytest.approx(1.1, abs=0.04)


def test_searches_of_every_group_find_as_much(archive):
    searches, found = Counter(), Counter()
    for name, text in archive.items():
        if name.endswith("search.csv"):
            for row in csv.DictReader(io.StringIO(text)):
                group = row["Officer-defined ethnicity"]
                searches[group] += 1
                found[group] += row["Outcome"] != "A no further action disposal"
    for group in ("Asian", "Black", "White"):
        assert found[group] / searches[group] == pytest.approx(0.27, abs=0.012)


def test_a_summer_month_of_searches_begins_in_the_month_before_by_utc(archive):
    rows = csv.DictReader(
        io.StringIO(archive["2025-07-metropolitan-stop-and-search.csv"])
    )
    moments = sorted(row["Date"] for row in rows)
    assert moments[0] >= "2025-06-30T23:00"
    assert moments[-1] < "2025-07-31T23:00"


def test_a_front_counter_closed(borough):
    folder = borough.folder / "front-counters"
    before = {
        row["Station"].strip()
        for row in rows_of(folder / "2025-01/police-stations.csv")
    }
    after = {
        row["Station"].strip()
        for row in rows_of(folder / "2026-01/police-stations.csv")
    }
    assert len(before) == 21
    assert before - after == {borough.truths.closed_counter}
    assert not after - before


def test_one_answer_moved_beyond_chance_and_one_did_not(borough):
    path = borough.folder / "mopac/PAS_Dashboard_Borough.csv"
    rows = [row for row in rows_of(path) if row["Borough"] == "Tamesford"]
    trust, rise = borough.truths.real_fall_of_trust, borough.truths.small_rise
    for planted in (trust, rise):
        at = {
            row["Date"]: float(row["Proportion"].replace(",", "."))
            for row in rows
            if row["Measure"] == planted.measure
        }
        assert (at["31/3/2025"], at["31/3/2026"]) == (planted.before, planted.after)
    # About 100 people a quarter; twice the usual error is beyond chance.
    assert trust.before - trust.after > 1.96 * sqrt(2 * 0.25 / 100)
    assert rise.after - rise.before < 1.96 * sqrt(2 * 0.25 / 400)


def test_street_crime_and_recorded_crime_tell_the_same_story(archive, boroughs):
    rows = list(csv.DictReader(io.StringIO(archive["2025-06-metropolitan-street.csv"])))
    burglaries = sum(row["Crime type"] == "Burglary" for row in rows)
    recorded = offences(
        boroughs, ["202506"], MajorText="BURGLARY", BoroughName="Tamesford"
    )
    assert burglaries == pytest.approx(recorded, rel=0.1)
    asb = [row for row in rows if row["Crime type"] == "Anti-social behaviour"]
    assert asb
    assert not any(row["Crime ID"] or row["Last outcome category"] for row in asb)


def test_every_outcome_is_of_a_crime_in_the_street_files(archive):
    crimes, outcomes = set(), set()
    for name, text in archive.items():
        if name.endswith("-street.csv"):
            crimes |= {row["Crime ID"] for row in csv.DictReader(io.StringIO(text))}
        elif name.endswith("-outcomes.csv"):
            outcomes |= {row["Crime ID"] for row in csv.DictReader(io.StringIO(text))}
    assert len(outcomes) > 10_000
    assert outcomes <= crimes
