"""What comes out of a .gz or a .zip, and what is refused before it can do harm."""

import gzip
import struct
import zipfile

import pytest

from saferplan.errors import SourceChanged, SourceUnsafe
from saferplan.sources.archives import (
    Allowance,
    Limits,
    members,
    unpack_gzip,
    unpack_member,
)

LIMITS = Limits(total=50_000, entries=20, ratio=50, ratio_from=10_000)
ROOMY = Limits(ratio=50, ratio_from=10_000)


def zip_of(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def unpack_all(path, folder):
    for number, entry in enumerate(members(path, path.name, LIMITS)):
        target = folder / str(number)
        unpack_member(path, entry, entry.filename, target, Allowance(LIMITS))
        yield target.read_bytes()


def test_a_gzip_comes_out_as_it_went_in(tmp_path):
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(b"Month,Count\n"))
    unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(LIMITS))
    assert (tmp_path / "out").read_bytes() == b"Month,Count\n"


def test_the_parts_of_a_gzip_made_of_several_all_come_out(tmp_path):
    packed = tmp_path / "a.gz"
    packed.write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(LIMITS))
    assert (tmp_path / "out").read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.99])
def test_a_gzip_cut_short_says_to_fetch_it_again(tmp_path, keep):
    whole = gzip.compress(b"".join(b"%d,row\n" % n for n in range(2_000)))
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(SourceChanged, match="cut short"):
        unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(LIMITS))


def test_a_gzip_with_a_bit_turned_says_it_is_damaged(tmp_path):
    whole = bytearray(gzip.compress(b"".join(b"%d,row\n" % n for n in range(2_000))))
    whole[len(whole) // 2] ^= 0x10
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(whole)
    with pytest.raises(SourceChanged, match=r"a\.csv\.gz"):
        unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(LIMITS))


def test_a_gzip_bomb_is_stopped_while_it_unpacks(tmp_path):
    packed = tmp_path / "bomb.gz"
    packed.write_bytes(gzip.compress(bytes(10_000_000)))
    with pytest.raises(SourceUnsafe, match="more than 50,000 bytes"):
        unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(LIMITS))
    with pytest.raises(SourceUnsafe, match="50 times its size"):
        unpack_gzip(packed, packed.name, tmp_path / "out", Allowance(ROOMY))
    assert (tmp_path / "out").stat().st_size < 1_000_000


def test_a_zip_gives_its_files_in_their_order(tmp_path):
    archive = zip_of(tmp_path / "a.zip", folder__b="2", a="1")
    assert list(unpack_all(archive, tmp_path)) == [b"2", b"1"]


def test_what_operating_systems_leave_in_a_zip_is_left_out(tmp_path):
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in ["__MACOSX/._a.csv", "x/.DS_Store", "x/", "Thumbs.db", "x/a.csv"]:
            out.writestr(name, "" if name.endswith("/") else "1")
    assert [e.filename for e in members(archive, "a.zip", LIMITS)] == ["x/a.csv"]


@pytest.mark.parametrize(
    "name", ["../../escape.csv", "/etc/passwd", "C:\\windows\\x.csv", "CON", "a/../b"]
)
def test_no_name_in_a_zip_decides_where_anything_is_written(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    archive = zip_of(inside / "a.zip", **{name: "x,y\n1,2\n"})
    (inside / "out").mkdir()
    assert list(unpack_all(archive, inside / "out")) == [b"x,y\n1,2\n"]
    assert {path.name for path in inside.rglob("*")} == {"a.zip", "out", "0"}
    assert list(tmp_path.iterdir()) == [inside]


def test_a_zip_cut_short_says_to_fetch_it_again(tmp_path):
    archive = zip_of(tmp_path / "a.zip", a="1" * 5_000, b="2" * 5_000)
    archive.write_bytes(archive.read_bytes()[:-30])
    with pytest.raises(SourceChanged, match="cut-short"):
        members(archive, "a.zip", LIMITS)


def test_a_member_whose_bytes_do_not_match_its_checksum_is_refused(tmp_path):
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.csv", "Month,Count\n2024-03,17\n")
    archive.write_bytes(archive.read_bytes().replace(b"2024-03,17", b"2024-03,99"))
    with pytest.raises(SourceChanged, match="not what the archive says"):
        list(unpack_all(archive, tmp_path))


@pytest.mark.parametrize("said", [10, 49_000])
def test_a_zip_that_lies_about_a_members_size_is_refused(tmp_path, said):
    text = b"".join(b"%d,row\n" % n for n in range(1_000))
    archive = zip_of(tmp_path / "a.zip", a=text)
    true, lie = struct.pack("<I", len(text)), struct.pack("<I", said)
    archive.write_bytes(archive.read_bytes().replace(true, lie))
    with pytest.raises(SourceChanged, match="not what the archive says"):
        list(unpack_all(archive, tmp_path))


def test_a_flat_zip_bomb_is_stopped_by_the_size_it_states(tmp_path):
    archive = zip_of(tmp_path / "bomb.zip", a=bytes(40_000), b=bytes(40_000))
    with pytest.raises(SourceUnsafe, match="more than 50,000 bytes"):
        members(archive, "bomb.zip", LIMITS)


def test_a_zip_bomb_that_states_a_small_size_is_stopped_all_the_same(tmp_path):
    archive = zip_of(tmp_path / "bomb.zip", a=bytes(1_000_000))
    true, lie = struct.pack("<I", 1_000_000), struct.pack("<I", 40_000)
    archive.write_bytes(archive.read_bytes().replace(true, lie))
    with pytest.raises((SourceUnsafe, SourceChanged)):
        list(unpack_all(archive, tmp_path))
    assert sum(p.stat().st_size for p in tmp_path.iterdir()) < 60_000


def test_members_that_share_bytes_are_refused(tmp_path):
    archive = zip_of(tmp_path / "a.zip", a="1" * 1_000, b="2" * 1_000)
    data = bytearray(archive.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # where b is said to begin
    archive.write_bytes(data)
    with pytest.raises((SourceUnsafe, SourceChanged), match=r"overlap|damaged"):
        list(unpack_all(archive, tmp_path))


def test_a_zip_of_very_many_files_is_refused(tmp_path):
    archive = zip_of(tmp_path / "a.zip", **{f"{n}.csv": "" for n in range(21)})
    with pytest.raises(SourceUnsafe, match="more than 20 files"):
        members(archive, "a.zip", LIMITS)


def test_a_list_of_members_too_long_to_read_is_never_read(tmp_path):
    archive = zip_of(tmp_path / "a.zip", **{f"{n:0200}": "" for n in range(100)})
    with pytest.raises(SourceUnsafe, match="more than 20 files"):
        members(archive, "a.zip", LIMITS)


def test_a_member_with_a_password_says_so(tmp_path):
    archive = zip_of(tmp_path / "a.zip", a="secret")
    data = bytearray(archive.read_bytes())
    for mark, place in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        data[data.index(mark) + place] |= 1
    archive.write_bytes(data)
    with pytest.raises(SourceChanged, match="password"):
        list(unpack_all(archive, tmp_path))


def test_a_link_in_a_zip_is_not_followed(tmp_path):
    archive = tmp_path / "a.zip"
    link = zipfile.ZipInfo("a.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr(link, "/etc/passwd")
    with pytest.raises(SourceUnsafe, match="link"):
        list(unpack_all(archive, tmp_path))


def test_a_way_of_packing_that_we_do_not_read_says_what_to_do(tmp_path):
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as out:
        out.writestr("a.csv", "x" * 1_000)
    with pytest.raises(SourceChanged, match="Unpack it yourself"):
        list(unpack_all(archive, tmp_path))
