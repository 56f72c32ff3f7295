"""Reading the answers to a question: how far it is, and counts with limits."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.web.consultations.models import (
    Coding,
    Consultation,
    Question,
    RandomSample,
    ReadingRun,
    Response,
)
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.services.coding import (
    FEWEST_CODED,
    has_changed_since,
    next_to_code,
    start_reading,
)
from saferplan.web.consultations.views.asking import read_consultation
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.partnerships.requests import MemberRequest, members_only

COLUMNS = (
    *("Theme", "Share of answers", "Lower 95%", "Upper 95%"),
    *("Answers", "At least", "At most", "Coded answers with it", "How found"),
)
Shown = dict[str, Any]


def read_question(
    request: HttpRequest, pk: int, question_id: int
) -> tuple[Consultation, Question]:
    consultation = read_consultation(request, pk)
    open_ones = consultation.questions.filter(apart=False).select_related(
        "consultation__partnership"
    )
    return consultation, get_object_or_404(open_ones, pk=question_id)


def in_words(question: Question) -> Any:
    """The answers in words that count."""
    counted = Response.objects.counted()
    return question.answers.filter(response__in=counted).exclude(text="")


@members_only
def everything(request: MemberRequest, pk: int) -> HttpResponse:
    """Every question that people answered in words, and how far its reading is."""
    consultation = read_consultation(request, pk)
    rows = []
    for question in consultation.questions.filter(apart=False):
        answers = in_words(question).count()
        if not answers and question.kind != Question.Kind.OPEN:
            continue
        coded = Coding.objects.filter(answer__question=question)
        rows.append(
            {
                "question": question,
                "answers": answers,
                "themes": question.themes.filter(retired_at=None).count(),
                "coded": coded.values("answer").distinct().count(),
            }
        )
    return render(
        request,
        "consultations/readings.html",
        {"consultation": consultation, "rows": rows},
    )


@members_only
def show(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """How far the reading of one question is, and what it has shown."""
    consultation, question = read_question(request, pk, question_id)
    sample = question.samples.first()
    last = question.reading_runs.filter(what=ReadingRun.What.COUNT).first()
    look = newest_result(question, ReadingRun.What.LOOK)
    counted = last.result if last else None
    return render(
        request,
        "consultations/reading.html",
        {
            "consultation": consultation,
            "question": question,
            "answers": in_words(question).count(),
            "look": look,
            "themes": question.themes.filter(retired_at=None),
            "sample": sample,
            "progress": progress_of(sample),
            "next": sample and next_to_code(sample, request.user),
            "counted": counted,
            "since": last is not None and has_changed_since(question, last.at),
            "rows": rows_of(question, counted),
            "brought": newest_result(question, ReadingRun.What.BROUGHT),
            "fewest": FEWEST_CODED,
            "token": uuid4(),
        },
    )


def progress_of(sample: RandomSample | None) -> Shown:
    if sample is None:
        return {}
    codings = Coding.objects.filter(answer__in=sample.drawn)
    coders: dict[int, int] = {}
    for answer_id in codings.values_list("answer_id", flat=True):
        coders[answer_id] = coders.get(answer_id, 0) + 1
    return {
        "drawn": len(sample.drawn),
        "once": len(coders),
        "twice": sum(count > 1 for count in coders.values()),
    }


def rows_of(question: Question, counted: Shown | None) -> list[Shown]:
    """Each theme with its share and limits, the commonest first."""
    names = {theme.pk: theme for theme in question.themes.all()}
    rows = [
        {**row, "theme": names[row["theme"]]}
        for row in (counted["themes"] if counted else [])
        if row["theme"] in names
    ]
    return sorted(rows, key=lambda row: -row["share"])


@members_only
@require_POST
def run(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Have the answers read by machine."""
    _, question = read_question(request, pk, question_id)
    what = request.POST.get("what", ReadingRun.What.LOOK)
    if what not in (ReadingRun.What.LOOK, ReadingRun.What.COUNT):
        raise Http404
    job = start_reading(
        question,
        what,
        brought="brought" in request.POST,
        token=request.POST.get("token", ""),
        by=request.user,
    )
    return redirect("home:job", job.pk)


@members_only
def table(request: MemberRequest, pk: int, question_id: int, kind: str) -> HttpResponse:
    """Each theme's share with its limits. There is no count without."""
    _, question = read_question(request, pk, question_id)
    counted = newest_result(question, ReadingRun.What.COUNT)
    rows: list[list[Cell]] = [
        [
            str(row["theme"]),
            *(round(row[name], 4) for name in ("share", "lower", "upper")),
            *(row[name] for name in ("answers", "answers_lower", "answers_upper")),
            row["coded"],
            row["basis"],
        ]
        for row in rows_of(question, counted)
    ]
    return table_response(f"themes-{question.key}", kind, COLUMNS, rows)
