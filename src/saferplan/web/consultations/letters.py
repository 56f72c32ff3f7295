"""The reply to one respondent, from the office's own template or the standard one."""

from functools import cache

from django.utils import timezone

from saferplan.consultations.reply_letter import check_template, fill_letter
from saferplan.web.consultations.models import ReplyTemplate, Response
from saferplan.web.core.pages import day

# What a template may name, and what stands there.
FIELDS = {
    "name": "who answered, as they gave it; “Sir or Madam” if they gave none",
    "reference": "the reference of their response",
    "consultation": "what was consulted on",
    "partnership": "who asked",
    "sent": "the day their response came in",
    "today": "the day of the letter",
    "answer": "where the whole answer can be read",
}
COLUMNS = {
    "points.text": "what they said, point by point",
    "points.about": "the question or the part of the draft it is on",
    "points.decision": "what became of it",
    "points.reason": "why",
    "points.words": "the words of the draft as they are now, where they changed",
}


def check_fits(template: bytes, name: str) -> None:
    """Raise ConsultationError if a letter could not be written with this template."""
    check_template(template, [*FIELDS, *COLUMNS], name=name)


def letter_to(response: Response, *, answer: str) -> bytes:
    """
    Write the letter that tells one respondent what became of each of their points.

    answer  the address of the page with the whole answer
    """
    consultation = response.consultation
    template = ReplyTemplate.objects.filter(consultation=consultation).first()
    return fill_letter(
        bytes(template.content) if template else standard_template(),
        {
            "name": response.name or "Sir or Madam",
            "reference": response.reference,
            "consultation": consultation.title,
            "partnership": str(consultation.partnership),
            "sent": day(response.sent_at),
            "today": day(timezone.localdate()),
            "answer": answer,
        },
        {"points": points_in(response)},
        name=template.file_name if template else "The standard letter",
    )


def points_in(response: Response) -> list[dict[str, str]]:
    rows = []
    points = response.points.filter(removed_at=None).select_related(
        "question", "passage", "answered__decision__after"
    )
    for point in points:
        answered = getattr(point, "answered", None)
        decision = answered.decision if answered else None
        rows.append(
            {
                "text": point.text,
                "about": str(point.question or point.passage or ""),
                "decision": decision.get_disposition_display() if decision else "",
                "reason": decision.reason if decision else "",
                "words": decision.after.text if decision and decision.after else "",
            }
        )
    nothing = {column.partition(".")[2]: "" for column in COLUMNS}
    return rows or [nothing]


@cache
def standard_template() -> bytes:
    """A plain letter with every field, for offices that have none of their own."""
    from saferplan.reports.word import add_table, new_document, undated

    document = new_document("Your response to {{consultation}}", author="")
    for line in (
        "{{today}}",
        "Dear {{name}},",
        "Thank you for your response of {{sent}} (reference {{reference}}). This is "
        "what became of each point you made. The whole answer is at {{answer}}.",
    ):
        document.add_paragraph(line)
    add_table(
        document,
        "What you said, and what we did",
        ["You said", "What became of it", "Why", "The words now"],
        [
            [
                "{{points.text}}",
                "{{points.decision}}",
                "{{points.reason}}",
                "{{points.words}}",
            ]
        ],
    )
    document.add_paragraph("{{partnership}}")
    return undated(document)
