"""The reports of many boroughs, several at once."""

from dataclasses import replace

import pytest

from saferplan.errors import ReportError
from saferplan.reports.many import write_reports


@pytest.fixture
def wanted(assessment, tmp_path):
    """The same assessment for three boroughs, and where each goes."""
    names = ("first", "second", "third")
    return [
        (replace(assessment, area=replace(assessment.area, name=name)), tmp_path / name)
        for name in names
    ]


@pytest.mark.parametrize("at_once", [1, 2])
def test_each_is_written_and_they_come_in_order(wanted, at_once):
    done = list(write_reports(wanted, at_once=at_once))
    assert done == wanted
    for assessment, folder in wanted:
        text = (folder / "assessment.html").read_text(encoding="utf-8")
        assert assessment.area.name in text
        assert (folder / "assessment.pdf").exists()


def test_several_at_once_write_the_same_bytes_as_one(wanted, made):
    (assessment, folder), *_others = wanted
    list(write_reports([(assessment, folder)], at_once=1))
    alone = {path.name: path.read_bytes() for path in folder.iterdir()}
    list(write_reports(wanted[:1], at_once=2))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == alone
    assert alone.keys() == made.keys()


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_folder_that_holds_something_else_is_said(wanted, at_once):
    wanted[0][1].mkdir()
    (wanted[0][1] / "minutes.txt").touch()
    with pytest.raises(ReportError, match="minutes"):
        list(write_reports(wanted, at_once=at_once))
