"""What a committee resolved, read out of its minutes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from saferplan.cli import app
from saferplan.errors import PlanError
from saferplan.plans.minutes import read_resolutions

SEEDS = Path(__file__).parents[3] / "shared/seeds"
MINUTES = """\
6. Safer plan

6.1 Members said the counter should stay open.

RESOLVED:

That the following be sent to the Mayor:

·       The counter stays open.

(2) Officers report in June.

Supporting documents:

Appendix A
"""


def test_each_paragraph_under_resolved_is_a_resolution():
    found = read_resolutions(MINUTES)
    assert [(each.number, each.text) for each in found] == [
        (1, "The counter stays open."),
        (2, "Officers report in June."),
    ]
    assert {each.opening for each in found} == {
        "That the following be sent to the Mayor"
    }
    for each in found:
        start, end = each.range
        assert each.text in MINUTES[start:end]


def test_resolutions_of_a_second_item_are_counted_anew():
    twice = MINUTES + "\n7. Another item\n\nResolved that\n\nThe plan be noted.\n"
    assert [each.number for each in read_resolutions(twice)] == [1, 2, 1]


def test_minutes_in_which_nothing_was_resolved_are_refused():
    with pytest.raises(PlanError, match="No line of this text says RESOLVED"):
        read_resolutions("6.1 Members noted the report.\n\nRESOLVED:\n\n")


@pytest.mark.real_data
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_founding_minutes_have_five_resolutions():
    """Part E, item 3, of the field's notes."""
    path = next(SEEDS.glob("003_*.txt"))
    ended = CliRunner().invoke(app, ["read-minutes", str(path), "--json"])
    told = json.loads(ended.output)["table"]
    assert len(told) == 5
    assert "uniform youth group" in told[2]["text"]
    assert told[0]["opening"].startswith("That the following views of the Committee")
    wrong = CliRunner().invoke(app, ["read-minutes", str(path) + ".none"])
    assert wrong.exit_code == 1
