"""saferplan simulate-payment: a contract in, sentences and JSON out."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app

CLIFF = """
title = "Mentoring"
fixed = 60000
lag = 18

[pay]
rule = "cliff"
price = 100000
full = 0.10

[[bands]]
name = "all"
people = 60
usual = 0.30
helped = 0.40
"""
PETERBOROUGH = """
metric = "frequency"
better = "down"
unit = "percent"
counterfactual = "matched"
compared = 10
dispersion = 2

[pay]
rule = "cliff"
price = 1000000
full = 0.10

[[bands]]
people = 300
usual = 1.55
helped = 1.395
"""
OTHERS = """
[[others]]
name = "half up front"
rule = "hybrid"
price = 100000
full = 0.10
[[others]]
rule = "floored"
price = 100000
full = 0.10
most = 1.25
[[others]]
rule = "steps"
price = 100000
full = 0.20
start = 0.05
steps = [[0.05, 0.5], [0.20, 1.0]]
"""


def run(*words):
    return CliRunner().invoke(app, ["simulate-payment", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(text, name="contract.toml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_a_contract_is_told_in_sentences_and_a_table(file):
    said = run(file(CLIFF)).stdout
    assert "Mentoring: 60 people start. Without the service 30.0%" in said
    assert "chance that results are paid for is 6.3%, and pay is £6,324" in said
    assert "chance that no result is paid for is 45.1%; pay is £54,889" in said
    assert "The provider must find £60,000 of its own by month 12" in said
    assert "a coin toss" in said
    assert "chances and averages are exact" in said
    assert "half the effect" in said
    assert "e+04" not in said


def test_json_holds_the_same_sentences_and_every_number(file):
    found = json.loads(run(file(CLIFF), "--json").stdout)
    assert all(each in run(file(CLIFF)).stdout for each in found["sentences"])
    assert found["paid_for_nothing"] == pytest.approx(0.06324, abs=5e-6)
    assert found["not_paid_for_success"] == pytest.approx(0.4511, abs=5e-5)
    assert found["errors"][0]["paid"] == 0
    assert found["cash"][0]["trough"] == -60_000
    assert [row["case"] for row in found["table"]] == [
        "no effect", "half the effect", "the effect hoped for",
    ]  # fmt: skip


def test_events_against_matched_people_are_answered_too(file):
    said = run(file(PETERBOROUGH)).stdout
    assert "1.55 events a person is to be expected of them, and 1.40" in said
    assert "10.0% of improvement earns £1,000,000" in said
    assert "is 1,077." in said


def test_a_distance_travelled_is_told_in_its_own_scale(file):
    scale = PETERBOROUGH.replace("frequency", "distance").replace("down", "up")
    scale = scale.replace("percent", "points").replace("dispersion", "sd")
    said = run(file(scale.replace("helped = 1.395", "helped = 1.8"))).stdout
    assert "a mean change of 1.55 is to be expected of them" in said
    assert "0.10 of improvement earns" in said
    assert "By simulation: 10,000 cohorts drawn" in said
    alike = run(file(PETERBOROUGH.replace("1.395", "1.55"))).stdout
    assert "With and without the service are the same" in alike


def test_other_rules_are_set_beside_the_one_proposed(file):
    said = run(file(CLIFF + OTHERS), "--json")
    table = json.loads(said.stdout)["table"]
    assert [row["rule"] for row in table] == [
        "as proposed", "half up front", "floored 3", "steps 4",
    ]  # fmt: skip
    assert [row["pay_no_effect"] for row in table[:3]] == [6_324, 61_121, 23_009]
    assert [row["trough"] for row in table[:2]] == [-60_000, -10_000]


def test_a_larger_cohort_and_drawing_can_be_asked_for(file):
    found = json.loads(run(file(CLIFF), "--people", 300, "--json").stdout)
    assert found["paid_for_nothing"] == pytest.approx(0.00014, abs=5e-6)
    drawn = run(file(CLIFF), "--drawn", "--simulations", 2_000, "--seed", 5)
    assert "2,000 cohorts drawn for each case, seed 5" in drawn.stdout
    assert "nineteen times in twenty" in drawn.stdout


def test_bands_have_a_sentence_each(file):
    harder = '\n[[bands]]\nname = "harder"\npeople = 40\nusual = 0.1\nhelped = 0.2\n'
    said = run(file(CLIFF + harder + "taken = 0.5\nparked = 0.5\ncost = 10\n")).stdout
    assert "harder: 20 of 40 referred start and 10 are worked with" in said
    assert "Choosing whom to take on makes an improvement" in said


@pytest.mark.parametrize(
    ("rule", "no_effect"),
    [
        # Neither floor nor cap: good luck and bad cancel out.
        ("linear", 0),
        # plans-and-money.md 3.3, with a cap of 1.25.
        ('floored"\nmost = 1.25\nname = "x', 23_009),
        ("hybrid", 61_121),
        ("cliff", 6_324),
    ],
)
def test_every_rule_by_its_name(file, rule, no_effect):
    other = f'[[others]]\nrule = "{rule}"\nprice = 100000\nfull = 0.10\n'
    table = json.loads(run(file(CLIFF + other), "--json").stdout)["table"]
    assert table[1]["pay_no_effect"] == no_effect


def test_a_block_grant_stands_beside_as_the_rule_where_nothing_hangs_on_results(file):
    other = '[[others]]\nrule = "block"\nprice = 70000\nfull = 0.10\n'
    said = run(file(CLIFF + other), "--json")
    cliff, block = json.loads(said.stdout)["table"]
    assert (block["pay_no_effect"], block["pay_hoped_for"]) == (70_000, 70_000)
    assert (block["sd_hoped_for"], block["loss_hoped_for"]) == (0, 0)
    # One year in ten the charity is left with all of its costs, or with 10,000 over.
    assert (cliff["worst_of_ten"], block["worst_of_ten"]) == (-60_000, 10_000)


def test_a_capped_line_repays_and_a_cap_takes_off(file):
    other = '[[others]]\nrule = "capped"\nprice = 100000\nfull = 0.10\n'
    table = json.loads(run(file(CLIFF + other), "--json").stdout)["table"]
    assert table[1]["pay_no_effect"] < 0


@pytest.mark.parametrize(
    ("was", "now", "helps"),
    [
        ("fixed = 60000", "fixed = -1", "fixed must be 0 or more"),
        ("fixed = 60000", 'fixed = "much"', "fixed must be a number"),
        ("fixed = 60000", "goal = 1", "A contract has no goal"),
        ("fixed = 60000", "metric = 3", "metric must be words"),
        ("fixed = 60000", "[others]\nfixed = 3", "others must be tables"),
        ('rule = "cliff"', 'rule = "curve"', "pay, rule must be one of block, cliff"),
        ('rule = "cliff"', 'rule = "steps"\nsteps = [1]', "pay, steps must be pairs"),
        ('rule = "cliff"', "", "pay needs rule"),
        ("price = 100000", "price = 0", "price must be"),
        ("usual = 0.30", "usual = 30", "all: usual must be a share"),
        ("usual = 0.30", "", "bands, all needs usual"),
        ("usual = 0.30", "usual = true", "usual must be a number"),
        ("[[bands]]", "[bands]", "bands must be tables"),
        ("[pay]", "[pays]", "has no pays"),
        ("title =", "title", "is no TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_the_field(file, was, now, helps):
    failed = run(file(CLIFF.replace(was, now)))
    assert failed.exit_code == 1, failed.output
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_a_contract_without_pay_or_bands_is_told_what_to_write(file):
    assert "Write [pay]" in run(file("months = 3")).stderr
    assert "Write [bands]" in run(file(CLIFF[: CLIFF.index("[[bands]]")])).stderr
    assert "must hold fields" in run(file("pay = 3\nbands = 4")).stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    failed = run(tmp_path / "none.toml")
    assert failed.exit_code == 1
    assert "none.toml" in failed.stderr
