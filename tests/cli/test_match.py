"""saferplan match, distance-travelled and need-bands: tables in, sentences out."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.cli import app


def run(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def people(seed, number, shift=0.0):
    random = np.random.default_rng(seed)
    priors = random.poisson(2 + shift, number)
    return pd.DataFrame(
        {
            "ref": [f"{seed}-{n}" for n in range(number)],
            "age": random.normal(30 - 3 * shift, 6, number).round(),
            "sex": random.choice(["F", "M"], number),
            "priors": priors,
            "again": random.binomial(1, np.clip(0.2 + 0.1 * priors, 0, 1)),
            "events": random.poisson(0.4 * (1 + priors)),
        }
    ).to_csv(index=False)


@pytest.fixture
def cohorts(file):
    return file(people(1, 80, 0.5), "cohort.csv"), file(people(2, 600), "others.csv")


def test_a_cohort_is_matched_and_what_came_of_both_is_compared(cohorts, tmp_path):
    pairs = tmp_path / "pairs.csv"
    words = ["match", *cohorts, "--on", "age", "--on", "priors", "--exact", "sex"]
    words += ["--k", 3, "--who", "ref", "--outcome", "again", "--events", "events"]
    said = run(*words, "--pairs", pairs)
    assert said.exit_code == 0, said.output
    assert "80 people have" in said.stdout
    assert "after" in said.stdout
    assert "again: " in said.stdout
    assert "with a dispersion of" in said.stdout
    assert pd.read_csv(pairs)["person"].str.startswith("1-").all()
    assert "1-0" not in said.stdout  # nobody's reference is printed
    found = json.loads(run(*words, "--json").stdout)
    assert len(found["effects"]) == 2
    assert {row["variable"] for row in found["table"]} == {"age", "priors"}


def test_words_are_matched_on_too_and_gaps_in_them_are_refused(cohorts, file):
    said = run("match", *cohorts, "--on", "sex")
    assert "sex: F" in said.stdout
    gap = file("sex\n" + "F\n" * 20 + ' ""\n'.strip() + "\n", "gap.csv")
    assert (
        "sex has gaps in the group"
        in run("match", gap, cohorts[1], "--on", "sex").stderr
    )


def test_a_cohort_so_small_that_people_could_be_known_is_refused(cohorts, file):
    few = file("age\n20\n30\n", "few.csv")
    failed = run("match", few, cohorts[1], "--on", "age")
    assert failed.exit_code == 1
    assert "could be known again" in failed.stderr


def test_a_column_in_which_all_are_the_same_is_no_measure(file):
    same = file("sex\n" + "M\n" * 12, "same.csv")
    others = file("sex\n" + "M\nF\n" * 20, "pool.csv")
    said = run("match", same, others, "--on", "sex").stdout
    assert "12 of 12 people have 12 matches" in said
    assert "widest difference" not in said


def test_outcomes_must_be_known_and_yes_or_no(file):
    others = file("age,again\n" + "30,1\n40,0\n" * 30, "pool.csv")
    gap = file("age,again\n" + "30,1\n40,0\n" * 20 + "35,\n", "gap.csv")
    two = file("age,again\n" + "30,2\n40,0\n" * 20, "two.csv")
    words = ["--on", "age", "--outcome", "again"]
    assert "again has gaps" in run("match", gap, others, *words).stderr
    assert "again must be 1 for yes" in run("match", two, others, *words).stderr


def test_a_column_that_is_not_there_is_named(cohorts):
    failed = run("match", *cohorts, "--on", "height")
    assert failed.exit_code == 1
    assert "no column height" in failed.stderr


def test_distance_travelled_is_told_with_its_doubt(file):
    scores = file("first,last,other\n3,5,4\n4,4,4\n2,6,3\n10,10,10\n5,,5\n")
    words = ["distance-travelled", scores, "--lowest", 1, "--highest", 10]
    said = run(*words).stdout
    assert "4 people have a first and a last score. They moved +1.50" in said
    assert "20% came at the top of the scale" in said
    assert "No second rater" in said
    rated = run(*words, "--second-rater", "other", "--json").stdout
    assert json.loads(rated)["reliable"] == pytest.approx(1.96 * 0.5477, abs=0.001)
    assert "rose by that" in run(*words, "--second-rater", "other").stdout


def test_scores_off_the_scale_are_refused(file):
    failed = run(
        "distance-travelled", file("first,last\n3,50\n4,4\n"), "--lowest", 1,
        "--highest", 10,
    )  # fmt: skip
    assert failed.exit_code == 1
    assert "off the scale" in failed.stderr


def test_a_tariff_shows_what_doing_nothing_earns(file):
    bands = file("band,usual,helped,cost\neasy,0.6,0.7,100\nhard,0.15,0.35,900\n")
    said = run("need-bands", bands, "--tariff", 2000).stdout
    assert "easy: doing nothing earns £1,200 a person, and helping £200 more." in said
    assert "hard: doing nothing earns £300" in said
    assert "at a loss of £500" in said


def test_who_was_left_is_shown_without_a_tariff(file):
    bands = file("band,referred,started,outcomes,usual\nhard,200,100,35,0.15\n")
    said = run("need-bands", bands).stdout
    assert "hard: 100 of 200 referred started (50%); 35 good outcomes where" in said
    assert "15.0 were expected: real change" in said
    table = json.loads(run("need-bands", bands, "--json").stdout)["table"]
    assert table[0]["over"] == 20


def test_a_table_that_lacks_a_column_is_refused(file):
    bands = file("band,usual\neasy,0.6\n")
    bare = bands.with_name("bare.csv")
    bare.write_text("band,usual\n")
    assert "no rows under it" in run("need-bands", bare).stderr
    assert "no helped" in run("need-bands", bands, "--tariff", 2000).stderr
    assert "no referred" in run("need-bands", bands).stderr
