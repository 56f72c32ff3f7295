"""What the benchmarks measure, and how a figure is told."""

import sys
from pathlib import Path

import pytest
import typer

from saferplan.cli import app

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks import first_answers
from benchmarks.result import Result, as_csv, of_method, table


def test_every_verb_is_asked_for_a_first_answer():
    verbs = set(typer.main.get_command(app).commands)
    assert verbs - first_answers.WITHOUT == set(first_answers.ASKED)


@pytest.mark.parametrize(
    ("figure", "most", "kept"),
    [(2.0, True, "yes"), (2.1, True, "no"), (3, False, "yes")],
)
def test_a_figure_is_told_with_its_limit_and_whether_it_is_kept(figure, most, kept):
    result = Result("Gi*", "2 s CPU", figure, 2, "s CPU", most=most)
    (told,) = of_method("hot-spots", [result])
    assert told.fields["method"] == "hot-spots"
    assert told.fields["kept"] == kept
    assert kept in table([told]).splitlines()[-1]
    assert as_csv([told]).startswith("method,what,figure,unit,limit,kept,times,")
