"""saferplan is-it-real: charts, years and levels; before and after; rates."""

import json

import pytest
from typer.testing import CliRunner

from saferplan.cli import app


def run(*words):
    return CliRunner().invoke(app, ["is-it-real", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "counts.csv"
        path.write_text(text)
        return path

    return write


def months(counts, series=None, first=2022):
    tail = f",{series}" if series else ""
    return [
        f"{first + at // 12}-{at % 12 + 1:02},{count}{tail}"
        for at, count in enumerate(counts)
    ]


STEADY = [40, 44, 38, 41, 45, 39] * 8


def test_a_steady_count_has_no_signal_no_change_and_no_new_level(file):
    said = run(file("month,count\n" + "\n".join(months(STEADY)))).stdout
    assert "39 in 2025-12 is no signal, common cause" in said
    assert "The twelve months to 2025-12 had 494, the twelve before 494" in said
    assert "(+0.0%): within chance." in said
    assert "No change of level shows" in said
    assert "The trend has not turned: +0.0% a year" in said
    assert "Where nothing happened, such a chart shows 0.0" in said


def test_a_jump_is_a_signal_and_a_new_level_has_its_month(file):
    counts = STEADY[:36] + [20, 22, 19, 18, 23, 21] * 2
    lines = months(counts, "Brent") + months([*STEADY[:-1], 90], "Ealing")
    path = file("month,count,series\n" + "\n".join(lines))
    said = run(path).stdout
    assert "Brent: The level last changed in 2025-01" in said
    assert "Brent: The twelve months to 2025-12 had 246" in said
    assert "Ealing: 90 in 2025-12 is a signal (outside), concern" in said
    found = json.loads(run(path, "--better", "neutral", "--json").stdout)
    assert [row["variation"] for row in found["table"]] == ["low", "high"]
    assert found["false_alarms"] > 0


@pytest.mark.parametrize("size", [1, 10])
def test_limits_are_redrawn_where_somebody_decided_so(file, size):
    counts = [size * each for each in [4, 6, 5] * 8 + [1, 3, 2] * 8]
    path = file("month,count\n" + "\n".join(months(counts)))
    told = json.loads(run(path, "--json").stdout)["table"][0]
    assert told["mean"] == 3.5 * size
    decided = "2024-01; counted by victims; the board"
    anew = json.loads(run(path, "--new-limits", decided, "--json").stdout)
    assert anew["table"][0]["mean"] == 2 * size
    assert anew["sentences"][0] == (
        "New limits from 2024-01, decided by the board: counted by victims."
    )
    for wrong, helps in (
        ("2024-01", "a month, a reason and who decided"),
        ("2024-01; ; the board", "need a reason"),
        ("2030-01; why; who", "Check the month"),
    ):
        assert helps in run(path, "--new-limits", wrong).stderr


def test_one_month_has_nothing_beside_it(file):
    said = run(file("month,count\n2024-01,5\n")).stdout
    assert said.startswith("5 in 2024-01: nothing to set it beside.")
    assert "nan" not in said.split("\n\n")[0]


def test_small_counts_have_exact_limits_and_a_target_has_assurance(file):
    small = [2, 4, 3, 1, 3, 5, 2, 3, 4, 2, 3, 4] * 2 + [11]
    said = run(file("month,count\n" + "\n".join(months(small))), "--target", 20).stdout
    assert "11 in 2024-01 is a signal (outside), concern; limits 0.0 to" in said
    assert "the target is: passes" in said


def test_a_count_that_cannot_be_is_told_without_a_complaint(file):
    counts = [*STEADY[:-1], "1e18"]
    result = run(file("month,count\n" + "\n".join(months(counts))))
    assert result.exit_code == 0
    assert "is a signal (outside)" in result.stdout


def test_a_gap_is_told_and_not_taken_for_a_fall(file):
    counts = [str(each) for each in STEADY]
    counts[-3] = ""
    said = run(file("month,count\n" + "\n".join(months(counts)))).stdout
    assert "cannot tell" in said
    assert "Changes of level cannot be looked for" in said


def test_places_before_and_after_give_the_published_difference(file):
    text = (
        "place,before,after\ncontrol,308,318\ntreated,207,110\n"
        "near control,150,140\nnear treated,178,157\n"
    )
    said = run(file(text)).stdout
    assert "118.0 fewer offences" in said
    assert "somewhere from -195.6 to -40.4: real change." in said
    assert "within chance" in run(file(text), "--dispersion", 4).stdout
    found = json.loads(run(file(text), "--json").stdout)
    assert [row["part"] for row in found["table"]] == ["local", "near", "total"]
    assert found["verdict"] == "real change"


def test_places_may_differ_in_size(file):
    # Wheeler and Ratcliffe (2018), with the weights of area of apwheele/ptools.
    text = (
        "place,before,after,size\ncontrol,308,318,0.9\ntreated,207,110,1.2\n"
        "near control,150,140,1.6\nnear treated,178,157,1.5\n"
    )
    said = run(file(text)).stdout
    assert "99.7 fewer offences for each unit of size" in said
    assert "somewhere from -169.1 to -30.3: real change." in said


def test_before_and_after_may_be_made_of_months(file):
    lines = months(STEADY, "A") + months(STEADY[:36] + [20] * 12, "B")
    path = file("month,count,series\n" + "\n".join(lines))
    named = ["--treated", "B", "--control", "A"]
    said = run(path, "--since", "2025-01", *named).stdout
    assert "21.2 fewer offences a month" in said
    assert "Nothing is known of the surroundings" in said
    for words, helps in (
        (["--since", "2025-01"], "name a series for --treated"),
        (["--since", "2025-01", "--treated", "B", "--control", "C"], "no series C"),
        (["--since", "2021-01", *named], "none are before 2021-01"),
        (["--since", "2027-01", *named], "none are from 2027-01 on"),
        (["--since", "lately", *named], "is not a month"),
    ):
        result = run(path, *words)
        assert result.exit_code == 1
        assert helps in result.output


def test_two_rates_are_compared_by_row(file):
    text = "name,events,against,size,against_size\nA,11,21,800,3011\nB,0,0,10,10\n"
    said = run(file(text)).stdout
    assert "A: 1.97 times the rate" in said
    assert "B: No events in either." in said


@pytest.mark.parametrize(
    ("text", "words", "helps"),
    [
        ("month,number\n2024-01,5\n", [], "count, month; after, before, place; "),
        ("place,before,after\nhere,5,6\n", [], "The rows must be control and treated"),
        ("name,events,against\nA,-1,6\n", [], "whole numbers from 0"),
        ("name,events,against\nA,1e18,6\n", [], "whole numbers from 0 to 10,000,000"),
        ("name,events,against\n", [], "no rows under it"),
        ("month,count\n2024-01,5\n2024-02,5\n", ["--better", "less"], "up, down or"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_one_line(file, text, words, helps):
    result = run(file(text), *words)
    assert result.exit_code == 1
    assert helps in result.output
    assert "Traceback" not in result.output
