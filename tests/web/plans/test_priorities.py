"""Priorities: candidates side by side, what was agreed, and why not the others."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from web.assessments.made_by_hand import burglary_fell, example
from web.plans.conftest import AGREED, chosen, priorities_of, problem_of

from saferplan.assessment.finding import Column, Measure, Table
from saferplan.errors import MethodError, NotAllowed
from saferplan.web.assessments.services import decide, keep_assessment, publish
from saferplan.web.core.models import Event
from saferplan.web.plans.matrix import in_words, matrix_of, problems_of, weighting_of
from saferplan.web.plans.models import Era, NotChosen, Priority, Problem
from saferplan.web.plans.services.prioritising import (
    begin_era,
    draw_problems,
    save_problem,
    set_aside,
    set_weights,
)

pytestmark = pytest.mark.django_db


def address(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


def matrix(partnership):
    found = matrix_of(problems_of(partnership), weighting_of(partnership))
    return found, {row["title"]: row for row in found["rows"]}


def published(partnership, analyst, head, *findings):
    made = keep_assessment(example(*findings), partnership, by=analyst)
    for finding in made.content.findings:
        decide(made, finding, "accepted", by=analyst)
    publish(made, by=head)
    return made


def harm_by_category():
    columns = (Column("category", ""), Column("harm", "", "weighted offences"))
    rows = (
        ("Res burglary of a home", 900.0),
        ("Burglary business and community", 88.5),
    )
    return burglary_fell(
        head="priorities",
        topic="harm",
        measure=Measure("harm by category", "Harm", "weighted offences", "neither"),
        table=Table("Harm", columns, rows),
    )


def test_candidates_are_taken_from_the_assessment_with_their_figures(
    partnership, analyst, head
):
    knives = burglary_fell(
        topic="knife crime",
        measure=Measure("knife crime", "Knife crime", "offences", "down is good"),
        value=540.0,
        change=None,
        verdict="cannot tell",
    )
    made = published(
        partnership, analyst, head, burglary_fell(), knives, harm_by_category()
    )
    assert draw_problems(partnership, by=analyst) == (2, 0)
    burglary, knife_crime = partnership.problems.all()
    assert (burglary.title, knife_crime.title) == ("Burglary", "Knife crime")
    values = {name: said["value"] for name, said in burglary.values.items()}
    assert values == {"volume": 1760.0, "trend": -12.0, "harm": 988}
    assert burglary.finding["assessment"] == made.pk
    # A change nobody can tell is not known, and neither is harm nobody weighed.
    assert set(knife_crime.values) == {"volume"}
    assert draw_problems(partnership, by=analyst) == (0, 0)


def test_newer_figures_leave_what_somebody_typed(partnership, analyst, head):
    published(partnership, analyst, head, burglary_fell())
    draw_problems(partnership, by=analyst)
    problem = partnership.problems.get()
    typed = {**problem.values, "trend": {"value": 3, "source": "Our own count"}}
    typed["concern"] = {"value": 31, "source": "Survey"}
    save_problem(
        partnership,
        title=problem.title,
        finding=problem.finding,
        values=typed,
        problem=problem,
        seen=1,
        by=head,
    )
    published(partnership, analyst, head, burglary_fell(value=1500.0, change=-0.2))
    assert draw_problems(partnership, by=analyst) == (0, 1)
    values = {k: v["value"] for k, v in partnership.problems.get().values.items()}
    assert values == {"volume": 1500.0, "trend": 3, "concern": 31}


def test_without_an_assessment_nothing_is_drawn_and_the_reason_is_said(
    client, partnership, head
):
    with pytest.raises(NotAllowed, match="No assessment is published"):
        draw_problems(partnership, by=head)
    client.force_login(head)
    page = client.post(address("draw"), follow=True)
    assert "No assessment is published" in page.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"source": ""}, "where Noise comes from"),
        ({"values": {"harm": {"value": 3}}}, "where the harm comes from"),
        ({"title": "burglary"}, "a candidate called burglary"),
    ],
)
def test_a_candidate_needs_a_name_of_its_own_and_sources(
    partnership, head, words, told
):
    problem_of(partnership, "Burglary", by=head)
    with pytest.raises(NotAllowed, match=told):
        save_problem(
            partnership,
            by=head,
            **{"title": "Noise", "source": "Petition"} | words,
        )


def test_of_two_who_change_a_candidate_at_once_the_second_is_told(partnership, head):
    problem = problem_of(partnership, "Burglary", by=head, volume=3)
    options = {"title": "Burglary", "source": "Petition", "problem": problem, "seen": 1}
    save_problem(partnership, by=head, **options)
    with pytest.raises(NotAllowed, match="Somebody else has changed"):
        save_problem(partnership, by=head, **options)


def test_what_is_set_aside_leaves_the_matrix_and_can_come_back(partnership, head):
    problem = problem_of(partnership, "Burglary", by=head, volume=3)
    set_aside(problem, why="Part of another", by=head)
    assert problems_of(partnership) == []
    set_aside(problem, why="", by=head)
    assert problems_of(partnership) == [problem]


def test_weights_need_a_reason_and_something_to_count(partnership, head):
    options = {"scoring": "ranks", "places": 1, "by": head}
    with pytest.raises(NotAllowed, match="why these weights"):
        set_weights(partnership, weights={"harm": 1}, why=" ", **options)
    with pytest.raises(MethodError, match="Every weight is 0"):
        set_weights(partnership, weights={"harm": 0}, why="Even", **options)
    set_weights(partnership, weights={"harm": 3}, why="Harm first", **options)
    assert weighting_of(partnership).weights == {"harm": 3}


def test_the_matrix_says_in_words_what_the_weights_decide(partnership, head):
    problem_of(partnership, "Burglary", by=head, volume=300, harm=90)
    problem_of(partnership, "Shop theft", by=head, volume=900, harm=10)
    problem_of(partnership, "Stalking", by=head)
    set_weights(
        partnership,
        weights={"volume": 2, "harm": 3},
        scoring="ranks",
        places=1,
        why="Harm first",
        by=head,
    )
    found, rows = matrix(partnership)
    assert [row["title"] for row in found["rows"]] == [
        "Burglary",
        "Shop theft",
        "Stalking",
    ]
    assert (rows["Burglary"]["total"], rows["Stalking"]["total"]) == (0.6, None)
    told = " ".join(in_words(found))
    assert "its place is a matter of judgement" in told
    assert "Shop theft would come in if volume counted more than 50%" in told
    assert "Less than half of what counts is known of Stalking" in told


def test_few_candidates_hang_on_no_weight(partnership, head):
    problem_of(partnership, "Burglary", by=head, volume=3)
    assert "no more candidates than places" in in_words(matrix(partnership)[0])[0]


def test_candidates_of_which_nothing_is_known_have_no_order(partnership, head):
    for title in ("Burglary", "Noise", "Stalking", "Theft"):
        problem_of(partnership, title, by=head)
    assert in_words(matrix(partnership)[0])[0].startswith("Nothing is known")


def test_what_was_agreed_is_kept_with_the_matrix_and_every_reason(partnership, head):
    era, theft = priorities_of(partnership, by=head)
    priority = era.priorities.get()
    assert (priority.title, priority.view_source) == (
        "Burglary",
        "Residents' survey, 2025",
    )
    assert era.not_chosen.get().title == theft.title
    assert [row["title"] for row in era.matrix["rows"]] == ["Burglary", "Shop theft"]
    problem_of(partnership, "Noise", by=head, volume=9000)
    assert len(Era.objects.get().matrix["rows"]) == 2
    event = Event.objects.get(what="recorded the priorities agreed")
    assert event.detail["reason"] == AGREED["agreed"]


@pytest.mark.parametrize(
    ("lacks", "told"),
    [
        ("why", "why it was chosen"),
        ("measure", "how anybody can tell"),
        ("view", "what people say"),
        ("view_source", "where they said it"),
        ("evidence_gap", "what it rests on"),
    ],
)
def test_a_priority_traces_to_evidence_and_to_a_view(partnership, head, lacks, told):
    problem = problem_of(partnership, "Burglary", by=head)
    with pytest.raises(NotAllowed, match=told):
        begin_era(
            partnership,
            chosen=[chosen(problem, **{lacks: ""})],
            not_chosen={},
            by=head,
            **AGREED,
        )
    assert not Era.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ends": date(2026, 4, 1)}, "must come after the first"),
        ({"review_on": date(2030, 1, 1)}, "between the first and the last"),
        ({"agreed": " "}, "who agreed"),
        ({"chosen": []}, "at least one priority"),
        ({"not_chosen": {}}, "why Noise was not chosen"),
    ],
)
def test_what_is_agreed_must_be_whole(partnership, head, changed, told):
    problem = problem_of(partnership, "Burglary", by=head)
    noise = problem_of(partnership, "Noise", by=head)
    words = {"chosen": [chosen(problem)], "not_chosen": {noise: "Few"}} | AGREED
    with pytest.raises(NotAllowed, match=told):
        begin_era(partnership, by=head, **words | changed)


def test_a_new_era_ends_the_one_before_which_stays_readable(client, partnership, head):
    first, theft = priorities_of(partnership, by=head)
    later = {**AGREED, "begins": date(2026, 10, 1), "review_on": date(2027, 10, 1)}
    burglary = partnership.problems.get(title="Burglary")
    second = begin_era(
        partnership,
        chosen=[chosen(theft)],
        not_chosen={burglary: "It fell by a third."},
        by=head,
        **later,
    )
    first.refresh_from_db()
    assert (first.state, first.last_day) == ("superseded", date(2026, 9, 30))
    assert second.last_day == AGREED["ends"]
    page = client.get(address("era", first.pk)).text
    assert "Other priorities came in their place on 1 October 2026" in page
    assert "Shops and police have a scheme already." in page
    with pytest.raises(NotAllowed, match="recorded already"):
        begin_era(
            partnership,
            chosen=[chosen(theft)],
            not_chosen={burglary: "It fell"},
            by=head,
            **AGREED,
        )


def test_only_the_head_records_what_was_agreed(partnership, head, analyst):
    problem = problem_of(partnership, "Burglary", by=head)
    with pytest.raises(NotAllowed):
        begin_era(
            partnership, chosen=[chosen(problem)], not_chosen={}, by=analyst, **AGREED
        )


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Era, {"rationale": "Other"}),
        (Priority, {"view": "Other"}),
        (NotChosen, {"why": "Other"}),
    ],
)
def test_the_database_refuses_to_change_what_was_agreed(
    partnership, head, model, change
):
    priorities_of(partnership, by=head)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**change)


def test_a_review_that_is_late_is_shown(client, partnership, head):
    priorities_of(partnership, by=head)
    today = timezone.localdate()
    problem = partnership.problems.get(title="Burglary")
    theft = partnership.problems.get(title="Shop theft")
    begin_era(
        partnership,
        chosen=[chosen(problem)],
        not_chosen={theft: "Few"},
        by=head,
        **AGREED
        | {"begins": today - timedelta(days=9), "review_on": today - timedelta(days=1)},
    )
    assert "Review is late" in client.get(address("priorities")).text


def typed(partnership, **changed):
    """What the form of choosing sends."""
    burglary = partnership.problems.get(title="Burglary").pk
    theft = partnership.problems.get(title="Shop theft").pk
    return {
        **AGREED,
        f"chosen_{burglary}": "on",
        f"why_{burglary}": "It harms most.",
        f"measure_{burglary}": "Homes burgled in a year",
        f"view_{burglary}": "Nobody feels safe.",
        f"view_source_{burglary}": "Survey, 2025",
        f"gap_{burglary}": "Police count",
        f"why_{theft}": "Fewer than before.",
        **{f"{name}_{theft}": value for name, value in changed.items()},
    }


def test_the_head_records_priorities_on_the_page_and_everybody_reads_them(
    client, partnership, head
):
    problem_of(partnership, "Burglary", by=head, volume=300)
    problem_of(partnership, "Shop theft", by=head, volume=900)
    client.force_login(head)
    refused = client.post(address("choose"), typed(partnership, why=""))
    assert refused.status_code == 422
    assert "Say why Shop theft was chosen or was not." in refused.text
    assert "Nobody feels safe." in refused.text
    half = client.post(address("choose"), typed(partnership, chosen="on"))
    assert "Shop theft: how anybody can tell that it worked?" in half.text
    made = client.post(address("choose"), typed(partnership), follow=True)
    assert made.redirect_chain[-1][0] == address("era", Era.objects.get().pk)
    client.logout()
    assert "Burglary" in client.get(address("priorities")).text
    assert "Fewer than before." in client.get(made.redirect_chain[-1][0]).text


def test_a_field_left_empty_says_what_to_write(client, partnership, head):
    problem_of(partnership, "Burglary", by=head, volume=300)
    client.force_login(head)
    for name, told in (
        ("add_problem", ["Name the problem."]),
        ("weights", ["what the volume counts; 0 is nothing.", "Say why you weigh"]),
        ("choose", ["Give the first day", "Say who agreed them, and where."]),
    ):
        page = client.post(address(name), {"why": " "})
        assert page.status_code == 422
        for words in told:
            assert words in page.text


def test_a_candidate_is_written_and_changed_on_its_page(client, partnership, head):
    client.force_login(head)
    words = {"title": "Noise", "source": "Petition", "seen": 0, "value_volume": 40}
    refused = client.post(address("add_problem"), words)
    assert refused.status_code == 422
    assert "Say where the volume is from." in refused.text
    words["source_volume"] = "Council helpline"
    assert client.post(address("add_problem"), words).status_code == 302
    problem = Problem.objects.get()
    assert problem.values == {"volume": {"value": 40, "source": "Council helpline"}}
    page = address("problem", problem.pk)
    client.post(page, words | {"seen": 1, "value_volume": "", "source_volume": ""})
    problem.refresh_from_db()
    assert (problem.values, problem.edition) == ({}, 2)
    client.post(address("aside", problem.pk), {"why": "Of another body"})
    assert "Of another body" in client.get(address("compare")).text
    client.post(address("aside", problem.pk))
    problem.refresh_from_db()
    assert problem.set_aside_at is None


def test_weights_are_set_on_their_page(client, partnership, head):
    problem_of(partnership, "Burglary", by=head, volume=300)
    client.force_login(head)
    words = {"scoring": "min-max", "places": 2, "why": "Harm first"}
    even = {f"weight_{name}": 0 for name in weighting_of(partnership).weights}
    refused = client.post(address("weights"), words | even)
    assert "Every weight is 0" in refused.text
    assert (
        client.post(address("weights"), words | even | {"weight_harm": 2}).status_code
        == 302
    )
    assert "Harm first" in client.get(address("compare")).text


def test_the_matrix_can_be_taken_away_with_what_is_unknown_marked(
    client, partnership, head
):
    era, _ = priorities_of(partnership, by=head)
    body = client.get(address("era_table", era.pk, "csv")).content.decode("utf-8-sig")
    rows = {row["Candidate"]: row for row in csv.DictReader(io.StringIO(body))}
    assert rows["Burglary"]["Chosen"] == "yes"
    assert rows["Shop theft"]["Why, or why not"].startswith("Shops and police")
    assert rows["Burglary"]["Concern"] == "[x]"
    client.force_login(head)
    assert client.get(address("compare_table", "ods")).status_code == 200
