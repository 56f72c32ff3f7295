"""What the benchmarks measure, and how a figure is told."""

import pytest
import typer

from benchmarks import first_answers
from benchmarks.__main__ import write
from benchmarks.result import (
    Result,
    as_csv,
    of_method,
    read_rows,
    rows_of,
    sections,
)
from saferplan.cli import app


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
    rows = rows_of("places", "Taken today.", [told])
    page = sections(rows).splitlines()
    assert page[:3] == ["## Places", "", "Taken today."]
    assert kept in page[-1]
    assert read_rows(as_csv(rows)) == rows


def test_a_measure_taken_again_takes_the_place_of_its_own_rows_only(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("benchmarks.__main__.REPORT", tmp_path / "page.md")
    monkeypatch.setattr("benchmarks.__main__.ROOT", tmp_path)
    order = ["load", "places"]

    def take(name, figure):
        result = Result(f"Do {name}", "2 s CPU", figure, 5, "s CPU")
        write(rows_of(name, f"Taken for {figure}.", [result]), order)

    take("places", 1.0)
    take("load", 2.0)
    take("places", 3.0)
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert page.index("Do load") < page.index("Do places")
    assert "Taken for 3.0." in page
    assert "Taken for 1.0." not in page
