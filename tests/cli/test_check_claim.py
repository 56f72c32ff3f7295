"""saferplan check-claim: figures in, whether they add up out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app


def run(*words):
    return CliRunner().invoke(app, ["check-claim", *words])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--start 50000 --end 25000 --years 2 --said -0.4", "leaves 18,000"),
        ("--start 50000 --end 18000 --years 2 --said -0.4", "agrees"),
        ("--share 0.25 --share 0.4", "10.0% of the whole"),
        ("--part 25092122 --share 0.7 --years 2", "17,922,944 a year"),
    ],
)
def test_a_claim_is_answered_in_a_sentence(words, told):
    result = run(*words.split())
    assert result.exit_code == 0, result.output
    assert told in result.stdout


def test_the_numbers_come_as_json():
    told = json.loads(run(*["--share", "0.5", "--share", "0.5", "--json"]).stdout)
    assert told["share"] == 0.25


@pytest.mark.parametrize(
    ("words", "helps"),
    [("", "Give a change"), ("--start 5 --end 2", "Give a change"),
     ("--share 40", "between 0 and 1"), ("--part 5", "Give a change")],
)  # fmt: skip
def test_half_a_claim_is_refused_with_what_is_missing(words, helps):
    result = run(*words.split())
    assert result.exit_code == 1
    assert helps in result.output
