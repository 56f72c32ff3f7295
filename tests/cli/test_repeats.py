"""saferplan repeats: an extract in, aggregates only out."""

import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.cli import app

YEAR = ["--first", "2025-04-01", "--last", "2026-03-31"]


def run(*words):
    return CliRunner().invoke(app, ["repeats", *map(str, words)])


@pytest.fixture
def extract(tmp_path):
    random = np.random.default_rng(2)
    days = pd.Timestamp("2024-04-01") + pd.to_timedelta(
        random.integers(0, 730, 600), "D"
    )
    table = pd.DataFrame(
        {
            "urn": random.choice(200, 600, p=np.arange(1, 201) / 20_100),
            "committed": days.strftime("%Y-%m-%d"),
            "offence": random.choice(["burglary", "violence"], 600),
            "surname": "Nobody",
        }
    )
    table["urn"] = "URN-" + table["urn"].astype(str)
    path = tmp_path / "extract.csv"
    table.to_csv(path, index=False)
    return path


COLUMNS = ["--who", "urn", "--date", "committed"]


def test_three_measures_are_told_by_name(extract):
    said = run(extract, *COLUMNS, *YEAR)
    assert said.exit_code == 0, said.output
    for name in ["repeat offence share", "repeat victim share", "most victimised 10%"]:
        assert name in said.stdout
    assert "An offence of any type" in said.stdout


def test_no_reference_and_no_name_ever_comes_out(extract, tmp_path):
    out = tmp_path / "out.csv"
    said = run(extract, *COLUMNS, *YEAR, "--json", "--csv", out).output
    assert "URN" not in said + out.read_text()
    assert "Nobody" not in said + out.read_text()


def test_json_holds_every_number_and_is_the_same_each_time(extract):
    first, again = (run(extract, *COLUMNS, *YEAR, "--json").stdout for _ in range(2))
    assert first == again
    found = json.loads(first)
    assert found["offences"] == sum(
        pd.read_csv(extract)["committed"].between("2025-04-01", "2026-03-31")
    )
    assert [row["measure"] for row in found["table"]][:2] == [
        "repeat offence share",
        "repeat victim share",
    ]
    assert found["times"][0]["offences"] == "1"


def test_with_a_type_only_the_same_is_a_repeat(extract):
    def part(*words):
        found = json.loads(run(extract, *COLUMNS, *YEAR, *words, "--json").stdout)
        return found["table"][0]["part"]

    assert part("--type", "offence") < part()
    assert part("--within", 30) < part() <= part("--same-day")


def test_what_is_withheld_is_said(tmp_path):
    path = tmp_path / "few.csv"
    rows = [f"{who},2025-05-0{day}" for day, who in enumerate("AABCDEF", start=1)]
    path.write_text("victim,date\n" + "\n".join(rows) + "\n")
    said = run(path, *YEAR).stdout
    assert "Repeat offence share: not shown. Fewer than 30" in said


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("person,date\nA,2025-05-01\n", "no column victim"),
        ("victim,date\n,2025-05-01\n", "No victim is known"),
        ("victim,date\nA,2025-05\n", "Only the month"),
        ("victim,date\nA,2025-05-01\n", "Choose a longer window"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, text, helps):
    path = tmp_path / "extract.csv"
    path.write_text(text)
    failed = run(path, *YEAR)
    assert failed.exit_code == 1
    assert helps in failed.stderr
    assert failed.stderr.count("\n") == 1
