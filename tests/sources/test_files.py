"""Which files are found, what each is said to be, and what is said of the others."""

import gzip
import io
import sqlite3
import zipfile

import polars as pl
import pytest
from openpyxl import Workbook

from saferplan.errors import SourceUnknown
from saferplan.sources.archives import Limits
from saferplan.sources.files import BadFile, find_files, open_file, open_files

CSV = b"Month,Count\n2024-03,17\n"


@pytest.fixture
def place(tmp_path):
    """Write a file and open what is at its place."""

    def write(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def opened(path, **options):
    return list(open_files([path], **options))


def the_one(path, **options):
    [file] = opened(path, **options)
    return file


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return data.getvalue()


def workbook():
    data, book = io.BytesIO(), Workbook()
    book.active.title = "Table C1"
    book.save(data)
    return data.getvalue()


def parquet():
    data = io.BytesIO()
    pl.DataFrame({"month": ["2024-03"], "count": [17]}).write_parquet(data)
    return data.getvalue()


def test_files_are_found_in_the_same_order_everywhere_and_once(tmp_path, place):
    for name in ["b.csv", "a/z.csv", "a/.hidden.csv", ".git/x.csv", "c.dbf", "c.shp"]:
        place(name, CSV)
    found = find_files([tmp_path, tmp_path / "b.csv"])
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["a/z.csv", "b.csv", "c.shp"]


def test_a_csv_is_known_by_its_content_whatever_its_name(place):
    file = the_one(place("photo.jpg", CSV))
    assert (file.kind, file.header) == ("csv", ("Month", "Count"))
    assert file.start.startswith("Month,Count")
    assert (file.facts.name, file.facts.size) == ("photo.jpg", len(CSV))


def test_a_file_has_the_same_identity_packed_or_not(place):
    plain = the_one(place("a.csv", CSV))
    packed = the_one(place("a.csv.gz", gzip.compress(CSV)))
    inside = the_one(place("a.zip", zipped(a__csv=CSV)))
    assert plain.facts.sha256 == packed.facts.sha256 == inside.facts.sha256
    assert inside.facts.name == "a.zip/a.csv"


def test_a_file_in_a_folder_is_called_by_its_path_in_it(tmp_path, place):
    place("2024/03/a.csv", CSV)
    assert the_one(tmp_path).facts.name == "2024/03/a.csv"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(place, encoding, said):
    file = the_one(place("a.csv", "Place,£\nSão Tomé,5\n".encode(encoding)))
    assert (file.encoding, file.header) == (said, ("Place", "£"))


def test_a_letter_far_down_the_file_still_decides_the_encoding(place):
    file = the_one(place("a.csv", b"a,b\n" + b"1,2\n" * 600_000 + b"caf\xe9,1\n"))
    assert file.encoding == "cp1252"


def test_utf_8_with_one_broken_letter_stays_utf_8(place):
    data = "Place,£\nSão,5\n".encode() + b"\xff,1\n"
    assert the_one(place("a.csv", data)).encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_the_first_line_has_most_of(place, delimiter):
    line = delimiter.join(["Date", '"Agree, strongly; yes"', "Base"])
    file = the_one(place("a.csv", f"{line}\n1{delimiter}2{delimiter}3\n".encode()))
    assert file.delimiter == delimiter
    assert file.header == ("Date", "Agree, strongly; yes", "Base")


def test_workbooks_parquet_and_maps_are_known_by_their_content(tmp_path, place):
    book = the_one(place("x", workbook()))
    assert (book.kind, book.sheets) == ("xlsx", ("Table C1",))
    table = the_one(place("x", parquet()))
    assert (table.kind, table.header) == ("parquet", ("month", "count"))
    empty_map = b'{"type": "FeatureCollection", "features": []}'
    assert the_one(place("x", empty_map)).kind == "geojson"
    late = b'{"features": [' + b" " * 90_000 + b'], "type": "FeatureCollection"}'
    assert the_one(place("x", late)).kind == "geojson"
    assert the_one(place("x", b'[{"grant": 1}]')).kind == "json"


def test_a_geopackage_names_its_layers(tmp_path):
    path = tmp_path / "wards.gpkg"
    with sqlite3.connect(path) as base:
        base.execute("create table gpkg_contents (table_name text)")
        base.execute("insert into gpkg_contents values ('wards')")
    base.close()
    file = the_one(path)
    assert (file.kind, file.sheets) == ("geopackage", ("wards",))


SHAPE = b"\x00\x00\x27\x0a" + bytes(96)


def test_a_shapefile_in_a_zip_is_one_file_with_its_parts_beside_it(place):
    parts = dict.fromkeys(["a__shx", "a__dbf", "a__prj", "a__NAME__atx"], b"part")
    path = place("a.zip", zipped(a__shp=SHAPE, **parts, readme__csv=CSV))
    shape, other = open_files([path])
    assert (shape.kind, shape.facts.name) == ("shapefile", "a.zip/a.shp")
    assert other.facts.name == "a.zip/readme.csv"


def test_the_parts_of_a_shapefile_last_as_long_as_it_does(place):
    path = place("a.zip", zipped(a__shp=SHAPE, a__shx=b"x", a__dbf=b"d"))
    for file in open_files([path]):
        assert file.path.with_suffix(".dbf").read_bytes() == b"d"
    assert not file.path.exists()


def test_a_shapefile_without_its_table_says_what_is_missing(place):
    file = the_one(place("a.shp", SHAPE))
    assert "without its .dbf and .shx" in file.why


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \r\n", "is empty"),
    "zeros": (bytes(5_000), "is empty"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS"),
    "html": (b"<!DOCTYPE html>\n<html><body>Sign in", "is a web page"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="x">', "is a web page"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Save it as .xlsx"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(50), "Unpack it yourself"),
    "truncated parquet": (parquet()[:-20], "damaged or cut-short Parquet"),
    "truncated workbook": (workbook()[:-200], "damaged or cut-short zip"),
    "not a geopackage": (b"SQLite format 3\x00" + bytes(200), "not a GeoPackage"),
    "empty zip": (zipped(), "nothing in it"),
}


@pytest.mark.parametrize(("data", "says"), BAD.values(), ids=BAD.keys())
def test_what_stands_where_data_should_be_gets_one_clear_sentence(place, data, says):
    file = the_one(place("crime.csv", data))
    assert isinstance(file, BadFile)
    assert file.why.startswith("crime.csv ")
    assert says in file.why
    assert not file.stray


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + bytes(range(9)) * 300]
)
def test_a_picture_or_a_pdf_is_a_stray_and_no_error(place, data):
    assert the_one(place("x", data)).stray


def test_a_path_that_does_not_exist_says_so(tmp_path):
    file = the_one(tmp_path / "nothing.csv")
    assert "There is no file or folder at" in file.why


def test_one_bad_member_does_not_hide_the_others(place):
    bad = gzip.compress(CSV * 100)[:-12]
    path = place("a.zip", zipped(a__gz=bad, b__csv=CSV, c__csv=b""))
    first, second, third = open_files([path])
    assert "cut short" in first.why
    assert second.header == ("Month", "Count")
    assert "c.csv is empty" in third.why


def test_an_archive_in_an_archive_is_opened_but_no_deeper(place):
    one = zipped(a__csv=CSV)
    two = zipped(one__zip=one)
    assert the_one(place("two.zip", two)).facts.name == "two.zip/one.zip/a.csv"
    three = the_one(place("three.zip", zipped(two__zip=two)))
    assert "inside an archive inside an archive" in three.why


def test_the_allowance_is_for_the_archive_with_all_that_is_in_it(place):
    limits = Limits(total=3_000)
    inner = zipped(a__csv=b"x,y\n" * 400)
    path = place("a.zip", zipped(one__zip=inner, two__csv=CSV))
    [bad] = [f for f in open_files([path], limits) if isinstance(f, BadFile)]
    assert "more than 3,000 bytes" in bad.why


def test_a_members_name_cannot_upset_a_terminal(place):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a\x1b[2J\n.csv", CSV)
    assert the_one(place("a.zip", data.getvalue())).facts.name == "a.zip/a?[2J?.csv"


def test_unpacked_copies_are_gone_when_the_reading_is_over(place):
    path = place("a.zip", zipped(a__csv=CSV, b__csv=CSV))
    copies = [file.path for file in open_files([path])]
    assert not any(copy.exists() for copy in copies)


def test_open_file_gives_the_one_file_and_refuses_an_archive_of_two(place):
    with open_file(place("a.csv.gz", gzip.compress(CSV))) as file:
        assert file.path.read_bytes() == CSV
    path = place("a.zip", zipped(a__csv=CSV, b__csv=CSV))
    with pytest.raises(SourceUnknown, match="several"), open_file(path):
        pass
    with pytest.raises(SourceUnknown, match="empty"), open_file(place("e", b"")):
        pass


def test_progress_is_told_of_each_file_before_it_is_read(tmp_path, place):
    place("a.zip", zipped(one__csv=CSV, two__csv=CSV))
    place("b.csv", CSV)
    told = []
    list(open_files([tmp_path], progress=lambda *step: told.append(step)))
    assert told == [("a.zip/one.csv", 0, 2), ("a.zip/two.csv", 0, 2), ("b.csv", 1, 2)]
