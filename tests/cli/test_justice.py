"""saferplan justice: six kinds of table, told by their columns."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

TRIALS = """outcome,reason,trials
effective,,220
cracked,guilty plea,170
ineffective,M1,60
ineffective,Q1,30
vacated,,120
"""
WAITS = "days,finished\n" + "".join(
    f"{20 + 7 * at},{int(at % 3 > 0)}\n" for at in range(60)
)
BACKLOG = """period,receipts,disposals,open
2025-09-30,300,300,1000
2025-12-31,400,300,1100
"""
CHAIN = "stage,cases\nreported,1200\ncharged,90\nconvicted,40\n"
GAP = "area,convictions,completed\nLondon,660,1000\nthe rest,73900,100000\n"
ORDERS = """order,month,made
Stalking Protection Order,2020-06,12
Domestic Violence Protection Order,2019-05,3
Curfew,2020-01,9
"""


@pytest.fixture
def run(tmp_path):
    def told(text, *words):
        path = tmp_path / "table.csv"
        path.write_text(text)
        return CliRunner().invoke(app, ["justice", str(path), *map(str, words)])

    return told


def test_trials_are_told_with_reasons_and_sides(run):
    said = run(TRIALS)
    assert said.exit_code == 0, said.output
    assert "effective: 220 trials, 45.8%" in said.stdout
    assert "vacated before the day: 120, 20.0% of all listed" in said.stdout
    assert "ineffective by prosecution: 60, 66.7%" in said.stdout
    found = json.loads(run(TRIALS, "--json").stdout)["table"]
    assert found[0]["reason"] == "guilty plea"


def test_waits_count_the_open_cases_too(run):
    said = run(WAITS).stdout
    assert "60 cases, 20 still open." in said
    assert "half of the cases are over" in said
    assert "leaves the open ones out" in said
    table = json.loads(run(WAITS, "--json").stdout)["table"]
    assert [row["days"] for row in table] == [30, 91, 182, 365, 730]


def test_too_many_open_cases_leave_the_later_ones_unsaid(run):
    text = "days,finished\n" + "10,1\n" * 20 + "30,0\n" * 40
    assert "Too many are open to say by when half" in run(text).stdout
    bounded = "days,finished\n" + "10,1\n" * 31 + "30,0\n" * 29
    assert "to no known limit" in run(bounded).stdout


def test_backlog_is_told_in_months(run):
    said = run(BACKLOG).stdout
    assert "2025-12-31: 1,100 cases open. For every 100 that came in, 75" in said
    assert "they take 11.0 months" in said
    assert "they take 44.0 months" in run(BACKLOG, "--months", 12).stdout


def test_a_chain_says_whether_the_cases_are_the_same(run):
    assert "charged: 90, 7.5% of reported" in run(CHAIN, "--cohort").stdout
    assert "not followed" in run(CHAIN).stdout
    assert "not followed" not in run(CHAIN, "--cohort").stdout
    few = CHAIN.replace("convicted,40", "convicted,3")
    assert "convicted: Hidden" in run(few, "--cohort").stdout


def test_a_gap_is_told_in_the_unit_that_is_said_and_not_without(run):
    assert "7.9 percentage points lower" in run(GAP, "--unit", "points").stdout
    assert "10.7 per cent lower" in run(GAP, "--unit", "percent").stdout
    found = json.loads(run(GAP, "--unit", "points", "--json").stdout)["table"][0]
    assert (found["unit"], round(found["gap"], 3)) == ("points", -0.079)
    failed = run(GAP)
    assert failed.exit_code == 1
    assert "Say which with --unit" in failed.stderr


def test_orders_are_told_with_when_they_became_law(run):
    said = run(ORDERS, "--first", "2019-04", "--last", "2020-12").stdout
    assert "Stalking Protection Order: 12 made, 12.0 a year; law for a part." in said
    assert "Domestic Violence Protection Order: a few made; law throughout." in said
    assert "Curfew: 9 made" in said
    late = ORDERS.replace("Stalking", "Domestic Abuse")
    said = run(late, "--first", "2019-04", "--last", "2020-12").stdout
    assert "Domestic Abuse Protection Order: 12 made; not law yet." in said
    assert "dated when it was not law" in said
    table = json.loads(run(ORDERS, "--json").stdout)["table"]
    assert {row["order"]: row["start"] for row in table}[
        "Stalking Protection Order"
    ] == "2020-01-20"


def test_a_claim_is_read_both_ways(run):
    said = run("claim,theirs,ours\n-0.1,0.739,0.64\n-0.06,0.84,\n").stdout
    assert "10% lower than 73.9% is 66.5% if it is per cent, and 63.9%" in said
    assert "64.0% fits points." in said
    assert "6% lower than 84.0%" in said
    assert "fits neither" in run("claim,theirs,ours\n-0.1,0.739,0.7\n").stdout


def test_a_plans_orders_are_held_against_the_day_they_became_law(run):
    text = "order,by\nStalking Protection Order,2018-03\nCurfew,2018-03\n"
    text += "Domestic Violence Protection Order,2018-03\n"
    said = run(text).stdout
    assert "Stalking Protection Order: Not law before 2020-01-20" in said
    assert "Curfew: Not in the register" in said
    assert "Domestic Violence Protection Order: law by 2018-03." in said


@pytest.mark.parametrize(
    ("text", "words", "helps"),
    [
        ("court,cases\nA,3\n", (), "It needs those of one of these: outcome, trials"),
        (TRIALS.replace("cracked", "adjourned"), (), "not adjourned"),
        (WAITS.replace(",1\n", ",2\n"), (), "1 for a case that is over"),
        (WAITS.replace("20,0", "soon,0"), (), "must be a number"),
        (CHAIN.replace("90", "9000"), ("--cohort",), "not the same cases"),
        (GAP[: GAP.index("the rest")], ("--unit", "points"), "two lines"),
        (ORDERS, ("--first", "2021-01"), "before it begins"),
        ("claim,theirs\n-10,73.9\n", (), "Divide percentages"),
        ("order,by\nCurfew,soon\n", (), "not a month"),
        ("order,by\n", (), "no rows under it"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(run, text, words, helps):
    failed = run(text, *words)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
