"""Street-level crime in any amount, for measuring speed."""

import polars as pl

from saferplan.synthetic import street_files


def test_there_are_as_many_rows_and_files_as_asked(tmp_path):
    paths = street_files(tmp_path, rows=1_003, files=4)
    tables = [pl.read_csv(path, infer_schema=False) for path in paths]
    assert [path.name[:7] for path in paths] == [
        "2017-12",
        "2018-01",
        "2018-02",
        "2018-03",
    ]
    assert [len(table) for table in tables] == [251, 251, 251, 250]
    assert all(
        table["Month"].unique().to_list() == [path.name[:7]]
        for table, path in zip(tables, paths, strict=True)
    )


def test_rows_are_as_long_as_the_publishers(tmp_path):
    (path,) = street_files(tmp_path, rows=5_000, files=1)
    assert 205 < path.stat().st_size / 5_000 < 235


def test_ids_are_different_and_anti_social_behaviour_has_none(tmp_path):
    (path,) = street_files(tmp_path, rows=5_000, files=1)
    table = pl.read_csv(path, infer_schema=False)
    is_asb = table["Crime type"] == "Anti-social behaviour"
    assert table.filter(is_asb)["Crime ID"].null_count() == is_asb.sum() > 1_000
    assert table.filter(~is_asb)["Crime ID"].is_unique().all()


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    first = street_files(tmp_path / "first", rows=900, files=2, seed=5)
    again = street_files(tmp_path / "again", rows=900, files=2, seed=5)
    other = street_files(tmp_path / "other", rows=900, files=2, seed=6)
    assert [path.read_bytes() for path in first] == [
        path.read_bytes() for path in again
    ]
    assert [path.read_bytes() for path in first] != [
        path.read_bytes() for path in other
    ]
