"""A report is written whole or not at all, and always the same."""

import os
import subprocess
import sys

import pytest

from saferplan.errors import ReportError
from saferplan.reports import read_json, swap, write, write_report
from saferplan.reports.canonical import as_published
from saferplan.reports.write import EDITIONS


@pytest.fixture
def ready_made(monkeypatch, made):
    """Skip the making, which other tests look at."""
    monkeypatch.setattr(write, "editions", lambda assessment: made)


def test_every_edition_is_written(tmp_path, assessment):
    paths = write_report(assessment, tmp_path / "report")
    assert sorted(paths) == sorted(EDITIONS)
    assert all(path.stat().st_size > 1000 for path in paths.values())
    text = paths["assessment.json"].read_text()
    assert read_json(text) == as_published(assessment)


def test_another_process_with_another_hash_seed_writes_the_same_bytes(tmp_path, made):
    code = (
        "from pathlib import Path; from reports.made_by_hand import assessment; "
        "from saferplan.reports import write_report; "
        f"write_report(assessment(), Path({str(tmp_path / 'report')!r}))"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": "src:tests"},
        check=True,
    )
    for name, contents in made.items():
        assert (tmp_path / "report" / name).read_bytes() == contents, name


@pytest.mark.usefixtures("ready_made")
def test_an_older_report_is_replaced_and_nothing_is_left_beside_it(
    tmp_path, assessment
):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "assessment.json").write_text("old")
    write_report(assessment, folder)
    assert "old" not in (folder / "assessment.json").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@pytest.mark.usefixtures("ready_made")
def test_a_crash_while_writing_leaves_the_old_report(tmp_path, assessment, monkeypatch):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "assessment.json").write_text("old")

    def crash(path):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="No space"):
        write_report(assessment, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    assert (folder / "assessment.json").read_text() == "old"


@pytest.mark.usefixtures("ready_made")
def test_where_folders_cannot_be_exchanged_they_move_one_after_the_other(
    tmp_path, assessment, monkeypatch
):
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "assessment.pdf").write_text("old")
    write_report(assessment, folder)
    assert (folder / "assessment.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path, assessment):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(ReportError, match=r"thesis\.docx"):
        write_report(assessment, tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_a_file_is_not_a_folder(tmp_path, assessment):
    (tmp_path / "report").write_text("")
    with pytest.raises(ReportError, match="is a file"):
        write_report(assessment, tmp_path / "report")
