"""An assessment survives being written as JSON, and is the same bytes every time."""

import json
import os
import subprocess
import sys

import pytest
from reports.made_by_hand import assessment, by_ward, finding

from saferplan.assessment.finding import Measure
from saferplan.errors import SourceChanged
from saferplan.reports.canonical import as_published, read_json, to_json


def test_what_is_written_can_be_read_back(assessment):
    published = as_published(assessment)
    assert read_json(to_json(published)) == published


def test_writing_twice_gives_the_same_bytes(assessment):
    assert to_json(as_published(assessment)) == to_json(as_published(assessment))


def test_keys_are_sorted_and_numbers_are_settled():
    report = assessment(finding(value=1 / 3))
    plain = json.loads(to_json(as_published(report)))
    assert list(plain) == sorted(plain)
    assert plain["findings"][2]["value"] == 0.3333333333


def test_small_sensitive_numbers_never_reach_the_json():
    report = as_published(assessment(finding(table=by_ward(sensitive=["offences"]))))
    table = report.findings[2].table
    assert [row[3] for row in table.rows] == [130, 320, "[c]", "[c]"]
    assert {row[1] for row in table.rows[2:]} == {"E05000000", "E05000001"}


def test_something_else_is_refused_with_what_to_do():
    with pytest.raises(SourceChanged, match="saferplan assess"):
        read_json('{"area": 3}')


def test_a_word_that_is_no_verdict_is_refused(assessment):
    text = to_json(as_published(assessment)).replace('"real change"', '"certain"')
    with pytest.raises(SourceChanged, match="certain"):
        read_json(text)


def test_an_id_does_not_depend_on_the_run():
    code = "from reports.made_by_hand import finding; print(finding().id)"
    ids = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "src:tests"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert ids == {finding().id + "\n"}


@pytest.mark.parametrize(
    ("verdict", "change", "polarity", "police_generated", "meaning"),
    [
        ("real change", 0.2, "down is good", False, "worse"),
        ("real change", -0.2, "down is good", False, "better"),
        ("real change", 0.2, "up is good", False, "better"),
        ("real change", 0.2, "neither", False, "it depends"),
        ("real change", 0.2, "down is good", True, "it depends"),
        ("within chance", 0.2, "down is good", False, "no change shown"),
    ],
)
def test_a_change_is_good_or_bad_only_when_it_is_real_and_nobody_makes_it(
    verdict, change, polarity, police_generated, meaning
):
    measure = Measure("m", "M", "offences", polarity, police_generated)
    said = finding(measure=measure, verdict=verdict, change=change)
    assert said.meaning == meaning
