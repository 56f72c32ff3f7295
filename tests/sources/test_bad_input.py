"""
Whatever is dropped on us: one clear sentence, nothing half-loaded, the rest taken.

Every file here is loaded in one call together with a sound one.
"""

import errno
import gzip
import io
import random
import zipfile

import polars as pl
import pytest
from openpyxl import Workbook

from saferplan.errors import SaferplanError
from saferplan.sources import archives, load_paths
from saferplan.sources.archives import Limits
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import BadFile, open_files
from saferplan.sources.loading import read_file
from saferplan.store import EvidenceStore

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,"
    "LSOA name,Crime type,Last outcome category,Context"
)
KENT = "Kent Police,Kent Police"
POINT = "0.5,51.3,On or near Station Road,E01024001,Maidstone 001A"
SOUND_ROW = f"s,2024-03,{KENT},{POINT},Burglary,,\n"
SOUND = f"{HEADER}\n{SOUND_ROW * 3}"

MET = "Metropolitan Police Service,Metropolitan Police Service"
LEWISHAM = "-0.013512,51.461514,On or near Lewisham Way,E01003189,Lewisham 001A"
ROW = f"m,2024-03,{MET},{LEWISHAM},Burglary,,\n"
FILE = (HEADER + "\n" + ROW * 40).encode()


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return data.getvalue()


def lying_zip():
    honest = zipped(a__csv=FILE)
    size = len(FILE).to_bytes(4, "little")
    return honest.replace(size, (12).to_bytes(4, "little"))


def overlapping_zip():
    data = bytearray(zipped(a__csv=FILE, b__csv=FILE))
    data[data.rindex(b"PK\x01\x02") + 42 :][:4] = bytes(4)
    at = data.rindex(b"PK\x01\x02") + 42
    data[at : at + 4] = bytes(4)
    return bytes(data)


def workbook_bytes():
    data, book = io.BytesIO(), Workbook()
    book.active["A1"] = "Month"
    book.save(data)
    return data.getvalue()


def shifted(text):
    """Every row after the header, one column to the left."""
    head, *rows = text.splitlines()
    return "\n".join([head, *(row.split(",", 1)[1] + "," for row in rows)])


HUGE = b"x" * 100_000_000

# What is wrong, and words that the one sentence about it has to have.
REFUSED = {
    "truncated zip": (zipped(a__csv=FILE)[:-40], "cut-short zip"),
    "lying zip": (lying_zip(), "not what the archive says"),
    "overlapping zip": (overlapping_zip(), "bad"),
    "zip bomb": (zipped(a__csv=bytes(6_000_000)), "zip bomb"),
    "gzip bomb": (gzip.compress(bytes(6_000_000)), "zip bomb"),
    "archive too large": (
        zipped(a__csv=random.Random(1).randbytes(9_000_000)),
        "more than 8,000,000 bytes",
    ),
    "truncated gzip": (gzip.compress(FILE)[:-9], "cut short"),
    "Git LFS pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "Git LFS pointer",
    ),
    "web page": (b"<html><head><title>404 Not found</title>", "web page"),
    "empty file": (b"", "is empty"),
    "unknown header": (
        FILE.replace(b"Crime type", b"Kind of crime"),
        "no column crime-type",
    ),
    "shifted columns": (shifted(FILE.decode()).encode(), "not one of its 40 rows"),
    "future months": (FILE.replace(b"2024-03", b"2199-03"), "the month is in the fut"),
    "all points abroad": (FILE.replace(b"51.46", b"48.46"), "outside the United"),
    "a 100 MB field": (FILE + b"m," + HUGE, "line 42, holds a c"),
    "a 100 MB quoted field": (
        FILE + b'm,"' + HUGE,
        "line 42, holds a c",
    ),
    "a mark that is never closed": (
        FILE + b'm,"' + b"x\n" * 1_000_000,
        "over 100,000 rows that cannot be read, the first on line 42",
    ),
    "workbook cut short": (workbook_bytes()[:-100], "cut-short zip"),
}


@pytest.fixture
def store(tmp_path):
    return EvidenceStore(tmp_path / "store")


def load_with_a_sound_file(tmp_path, store, data, name="bad.csv"):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "sound.csv").write_text(SOUND)
    limits = Limits(total=8_000_000, ratio_from=1_000_000)
    return load_paths([folder], store, by="analyst", limits=limits)


@pytest.mark.parametrize("what", REFUSED)
def test_one_sentence_nothing_half_loaded_and_the_other_file_taken(
    tmp_path, store, what
):
    data, words = REFUSED[what]
    report = load_with_a_sound_file(tmp_path, store, data)
    assert report.exit_code == 1
    [bad] = report.refused or [None]
    assert bad.why.startswith("bad.csv")
    assert words in bad.why
    assert "\n" not in bad.why
    assert bad.why.endswith(".")

    [release] = report.releases
    assert [file.name for file in release.files] == ["sound.csv"]
    crimes = store.table("street_crime").to_polars()
    assert crimes["force"].to_list() == ["kent"] * 3


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_read_as_what_it_is(tmp_path, store, encoding):
    text = FILE.decode().replace("Lewisham Way", "Café Row")
    data = text.encode(encoding)
    report = load_with_a_sound_file(tmp_path, store, data)
    places = store.table("street_crime").to_polars()["location"].unique().to_list()
    assert sorted(places) == ["On or near Café Row", "On or near Station Road"]
    assert report.exit_code == 0


def test_a_few_bad_rows_go_to_quarantine_and_the_others_are_kept(tmp_path, store):
    bad = [
        ROW.replace("2024-03", "2199-03"),
        ROW.replace("51.461514", "48.85"),
        ROW.replace("m,", "", 1),
        ROW.replace("Burglary", "Witchcraft"),
    ]
    report = load_with_a_sound_file(tmp_path, store, FILE + "".join(bad).encode())
    [release] = report.releases
    assert (release.rows_read, release.rows_kept, release.rows_quarantined) == (
        *(47, 43, 4),
    )
    kept = store.quarantine(release.id)
    assert kept["line"].to_list() == [42, 43, 44, 45]
    assert kept["text"].to_list() == [row.strip() for row in bad]
    assert kept["file"].unique().to_list() == ["bad.csv"]


def test_a_full_disk_while_unpacking_is_said_and_nothing_is_left(
    tmp_path, store, monkeypatch
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archives, "_copy", full)
    report = load_with_a_sound_file(tmp_path, store, gzip.compress(FILE))
    [bad] = report.refused
    assert bad.why.startswith("The disk filled up while unpacking bad.csv")
    assert len(report.releases) == 1


def test_a_full_disk_while_loading_is_said_and_nothing_is_left(
    tmp_path, store, monkeypatch
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("saferplan.store.loading.write_parquet", full)
    report = load_with_a_sound_file(tmp_path, store, FILE)
    assert report.exit_code == 1
    assert {bad.name for bad in report.refused} == {"bad.csv", "sound.csv"}
    assert all("room" in bad.why for bad in report.refused)
    assert store.table("street_crime").count().execute() == 0


def test_a_file_that_may_not_be_read_says_so(tmp_path, store, monkeypatch):
    def denied(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("saferplan.sources.files.kind_of", denied)
    report = load_with_a_sound_file(tmp_path, store, FILE)
    assert "Check that you may open it" in report.refused[0].why


# Fuzz. Each seed is one file, spoilt in one way; whatever comes of it has to be a
# sentence, or a reading whose rows add up.

STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,"
    "Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,"
    "Object of search,Outcome,Outcome linked to object of search,"
    "Removal of more than just outer clothing\n"
    + "Person search,2024-03-05T10:30:00+00:00,False,,51.46,-0.01,Male,18-24,"
    "White - Irish,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,"
    "Arrest,True,False\n" * 30
).encode()
RETURN = (
    "partner,category,subcategory,date,hour,outward_postcode,area_code,count\n"
    + "Fire,Deliberate secondary fires,,2024-03-05,22,SE13,,1\n" * 30
).encode()
PLAIN = {"street": FILE, "stops": STOPS, "return": RETURN}
QUOTED = {
    f"{name} quoted": b"".join(
        b",".join(b'"%b"' % cell for cell in line.split(b",")) + b"\r\n"
        for line in data.splitlines()
    )
    for name, data in PLAIN.items()
}


def parquet_bytes():
    data = io.BytesIO()
    pl.DataFrame({"month": ["2024-03"] * 50, "count": range(50)}).write_parquet(data)
    return data.getvalue()


SEEDS = {
    **PLAIN,
    **QUOTED,
    "street gzip": gzip.compress(FILE, mtime=0),
    "street zip": zipped(a__csv=FILE, b__csv=RETURN),
    "street utf-16": FILE.decode().encode("utf-16"),
    "workbook": workbook_bytes(),
    "parquet": parquet_bytes(),
}


def spoil(data, dice):
    """Cut the file short, turn some of its bits, or put strange bytes in it."""
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 4, 30])):
        data = data or bytearray(b" ")
        where = dice.randrange(len(data))
        match dice.randrange(5):
            case 0:
                del data[where:]
            case 1:
                data[where] ^= 1 << dice.randrange(8)
            case 2:
                data[where:where] = dice.choice(
                    [b'"', b"\x00", b"\r", b"\n", b",", b"\xff\xfe", b"PK\x03\x04"]
                )
            case 3:
                del data[where : where + dice.randrange(1, 50)]
            case 4:
                data[where:where] = data[: dice.randrange(min(len(data), 500))]
    return bytes(data)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_spoilt_file_gets_more_than_a_sentence_and_rows_always_add_up(
    tmp_path, seed
):
    dice = random.Random(seed)
    path = tmp_path / "2024-03-metropolitan-stop-and-search.csv"
    read = 0
    for _ in range(150):
        path.write_bytes(spoil(SEEDS[seed], dice))
        for file in open_files([path], Limits(total=20_000_000)):
            if isinstance(file, BadFile):
                assert file.why.endswith(".")
                continue
            source = recognise(file)
            if source is None:
                continue
            try:
                readings = read_file(file, source)
            except SaferplanError:
                continue
            for reading in readings:
                read += 1
                total = reading.kept.height + reading.refused.height
                assert reading.rows_read == total
                assert reading.refused["text"].null_count() == 0
    assert read > 10 or seed in ("workbook", "parquet", "street gzip", "street zip")


@pytest.mark.parametrize("percent", range(0, 100, 4))
def test_a_csv_cut_at_any_place_loses_at_most_its_last_row(tmp_path, store, percent):
    size = max(len(HEADER) + 2 + len(ROW), len(FILE) * percent // 100)
    report = load_with_a_sound_file(tmp_path, store, FILE[:size])
    [release] = report.releases
    whole_rows = (size - len(HEADER) - 1) // len(ROW)
    assert release.rows_kept >= whole_rows + 3
    assert release.rows_quarantined <= 1
    assert release.rows_read == release.rows_kept + release.rows_quarantined
