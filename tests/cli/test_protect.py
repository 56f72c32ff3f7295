"""saferplan protect and saferplan attack: what one hides, the other cannot work out."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from saferplan.cli import app

WARDS = """ward,part,kind,count
Evelyn,North,Knife,3
Evelyn,North,Other,30
Deptford,North,Knife,12
Deptford,North,Other,41
Lee,South,Knife,9
Lee,South,Other,25
Grove,South,Knife,14
Grove,South,Other,27
"""
LAYOUT = ("--rows", "ward", "--columns", "kind", "--within", "part")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def file(tmp_path):
    def write(text, name="counts.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_small_counts_are_marked_and_the_log_says_why(file, tmp_path):
    out, log = tmp_path / "out.csv", tmp_path / "log.csv"
    result = run("protect", file(WARDS), *LAYOUT, "--csv", out, "--log", log)
    assert result.exit_code == 0
    assert "1 from 1 to 4, and 3 that would give those away" in result.stdout
    assert "an attacker can narrow none of them" in result.stdout
    table = pd.read_csv(out)
    knives = table[(table["ward"] == "Evelyn") & (table["kind"] == "Knife")]
    assert knives.values.tolist() == [["Evelyn", "North", "Knife", "[c]"]]
    assert table[table["ward"] == "South"]["count"].tolist() == ["23", "52", "75"]
    assert pd.read_csv(log)["kind"].value_counts().to_dict() == {
        "secondary": 3,
        "primary": 1,
    }


def test_what_protect_writes_attack_cannot_undo(file, tmp_path):
    out = tmp_path / "out.csv"
    run("protect", file(WARDS), *LAYOUT, "--csv", out)
    result = run("attack", out, *LAYOUT)
    assert result.exit_code == 0
    assert "An attacker can narrow none of them" in result.stdout


def test_a_lone_mark_is_worked_out_and_fails(file):
    text = "area,count\nEvelyn,<5\nLee,40\nTotal,43\n"
    result = run("attack", file(text), "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["narrowed"] == 1
    assert found["table"] == [
        {"cell": "area=Evelyn", "verdict": "worked out", "lower": 3.0, "upper": 3.0}
    ]


def test_a_mark_that_tells_the_threshold_is_small_and_known_to_be(file):
    text = "area,count\nEvelyn,<5\nLee,<5\nGrove,40\n"
    result = run("attack", file(text))
    assert result.exit_code == 1
    assert "known to be small" in result.stdout


def test_a_table_with_nothing_small_is_left_as_it_is(file):
    result = run("protect", file("area,count\nEvelyn,30\nLee,40\n"))
    assert "There is nothing small to hide." in result.stdout


def test_a_new_edition_is_protected_beside_the_old(file, tmp_path):
    old, new = "area,count\nEvelyn,12\nLee,40\n", "area,count\nEvelyn,13\nLee,60\n"
    out = tmp_path / "out.csv"
    run("protect", file(old, "old.csv"), "--csv", out)
    words = ["protect", file(new), "--before", file(old, "old.csv")]
    refused = run(*words)
    assert "--before-published FILE" in refused.stderr
    result = run(*words, "--before-published", out)
    assert result.exit_code == 0
    assert result.stdout.count("[c]") == 3  # two cells and what the mark means


@pytest.mark.parametrize(
    ("text", "words", "helps"),
    [
        ("area,n\nLee,3\n", [], "has no column count"),
        ("area,count\nLee,three\n", [], "count must be a number"),
        ("area,count\nLee,3.5\n", [], "3.5 is not"),
        ("area,count\nLee,3\n", ["--known", "Lee"], "no cell 'Lee'"),
        ("area,count\nLee,3\n", ["--known", "everything"], "cannot be protected"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(file, text, words, helps):
    result = run("protect", file(text), *words)
    assert result.exit_code == 1
    assert helps in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_published_table_that_does_not_add_up_is_told(file):
    result = run("attack", file("area,count\nEvelyn,3\nLee,40\nTotal,44\n"))
    assert result.exit_code == 1
    assert "do not add up" in result.stderr


@pytest.mark.parametrize(
    ("rows", "helps"),
    [
        ("Evelyn,-5\nLee,[c]\n", "-5 for area=Evelyn is no count"),
        ("Evelyn,2.5\nLee,[c]\n", "2.5 for area=Evelyn is no count"),
        ("Evelyn,[c]\nEvelyn,9\n", "area=Evelyn more than once"),
    ],
)
def test_what_cannot_have_been_published_is_not_attacked(file, rows, helps):
    result = run("attack", file("area,count\n" + rows + "All,50\n"))
    assert result.exit_code == 1
    assert helps in result.stderr
