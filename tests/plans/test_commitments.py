"""Commitments: where a list of them begins and ends, and who could check them."""

import pytest

from saferplan.plans import measurability

TEXT = """Strategy for Borsetshire

#### 2.1 **Roads**

This includes:

- Lanes

The council proposes to:

- Open two crossings on the ring road.

• Work with hauliers to make
  lanes calmer.
- Publish a map by May 2031.

More is said of this below.

### 2.2 Markets. The partnership undertakes to protect traders by:
- Patrols
"""


def test_lists_open_with_a_promise_and_end_with_other_text(read):
    plan = read(TEXT)
    assert [len(group.commitments) for group in plan.lists] == [3, 1]
    assert plan.lists[0].section == "2.1 Roads"
    assert plan.lists[1].section.startswith("2.2 Markets")


def test_a_commitment_runs_on_over_a_line_and_keeps_its_place(read):
    commitment = read(TEXT).commitments[1]
    assert commitment.text == "Work with hauliers to make lanes calmer."
    start, end = commitment.place
    assert TEXT[start:end] == "• Work with hauliers to make\n  lanes calmer."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Cut shop theft by 20%.", "measurable"),
        ("Provide at least one warden for every market.", "measurable"),
        ("Recruit 12 street pastors.", "measurable"),
        ("Publish a strategy by March 2031.", "measurable"),
        ("Publish a strategy.", "yes or no only"),
        ("With the county, seek to review street lighting.", "yes or no only"),
        ("End the use of 'Target 9' measures.", "yes or no only"),
        ("Support the work of others to deliver safer streets.", "not measurable"),
        ("Encourage more people to report.", "not measurable"),
        ("Smarter working", "not measurable"),
    ],
)
def test_verdicts(text, verdict):
    assert measurability(text)[0] == verdict


def test_a_verdict_says_what_is_missing():
    _, why, found = measurability("Open two centres in the borough.")
    assert why.endswith("It names no date, baseline or money.")
    assert found == {"target": "two centres", "place": "borough"}
