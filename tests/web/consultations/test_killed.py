"""
The site is killed while it is answered: nothing acknowledged is lost, none is double.

A small turn of `python -m benchmarks consultation`, which does it with ten thousand
responses and on both databases.
"""

from web.databases import once

from benchmarks.consultation import Size, sqlite, under_kills

SMALL = Size(submissions=60, clients=6, every=0.7, most_kills=2, tokens=4, times=8)


@once
def test_what_was_acknowledged_is_kept_once_with_its_event(tmp_path):
    with sqlite(tmp_path / "site") as settings:
        found = under_kills(settings, SMALL)
    kept, once = found["kept"], found["once"]
    assert found["kills"]
    assert kept["rows"] == SMALL.submissions
    assert (kept["lost"], kept["double"], kept["not_sent"]) == (0, 0, 0)
    assert (kept["without_event"], kept["record"]) == (0, "")
    assert found["again"]["posts"] == 32
    assert (once["rows"], once["without_event"]) == (SMALL.tokens, 0)
    assert found["again"]["most_answers"] == 1
