"""Answers that share their words: three numbers each, and what people added."""

from django.http import HttpResponse
from django.shortcuts import render

from saferplan.web.consultations.models import Answer, ReadingRun
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.views.reading import Shown, read_question
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.partnerships.requests import MemberRequest, members_only

COLUMNS = (
    *("Campaign", "How sure", "Submissions", "Distinct texts", "Distinct people"),
    *("Further answers that may belong", "The text most go back to"),
)


@members_only
def campaigns(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Answers that share their words: three numbers each, and what people added."""
    consultation, question = read_question(request, pk, question_id)
    look = newest_result(question, ReadingRun.What.LOOK)
    return render(
        request,
        "consultations/campaigns.html",
        {
            "consultation": consultation,
            "question": question,
            "look": look,
            "campaigns": rows_of(look),
        },
    )


def rows_of(look: Shown | None) -> list[Shown]:
    """Each campaign with the words of its template and additions as they are today."""
    found = look["campaigns"] if look else []
    added = look["added"] if look else []
    wanted = [each["template_of"] for each in found]
    wanted += [each["answer"] for each in added]
    texts = dict(Answer.objects.filter(pk__in=wanted).values_list("pk", "text"))
    return [
        {
            **each,
            "template": texts.get(int(each["template_of"]), ""),
            "added": [
                texts[int(one["answer"])][one["start"] : one["end"]].strip()
                for one in added
                if one["campaign"] == each["campaign"] and int(one["answer"]) in texts
            ],
        }
        for each in found
    ]


@members_only
def table(request: MemberRequest, pk: int, question_id: int, kind: str) -> HttpResponse:
    """Three numbers of each campaign, to take away."""
    _, question = read_question(request, pk, question_id)
    names = ("campaign", "sureness", "submissions", "texts", "people", "please_look")
    rows: list[list[Cell]] = [
        [*(each[name] for name in names), each["template"]]
        for each in rows_of(newest_result(question, ReadingRun.What.LOOK))
    ]
    return table_response(f"campaigns-{question.key}", kind, COLUMNS, rows)
