"""Answers that share their words: three numbers each, and what people added."""

from django.http import HttpResponse
from django.shortcuts import render

from saferplan.web.consultations.models import Answer, ReadingRun
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.views.reading import read_question
from saferplan.web.partnerships.requests import MemberRequest, members_only


@members_only
def campaigns(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Answers that share their words: three numbers each, and what people added."""
    consultation, question = read_question(request, pk, question_id)
    look = newest_result(question, ReadingRun.What.LOOK)
    found = look["campaigns"] if look else []
    added = look["added"] if look else []
    wanted = [each["template_of"] for each in found] + [
        each["answer"] for each in added
    ]
    texts = dict(Answer.objects.filter(pk__in=wanted).values_list("pk", "text"))
    rows = [
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
    return render(
        request,
        "consultations/campaigns.html",
        {
            "consultation": consultation,
            "question": question,
            "look": look,
            "campaigns": rows,
        },
    )
