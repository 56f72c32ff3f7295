"""Points that say the same, to be answered once: those of one campaign."""

from dataclasses import dataclass

from saferplan.web.consultations.models import Consultation, ReadingRun
from saferplan.web.consultations.models.reading import newest_result


@dataclass(frozen=True)
class Campaign:
    """
    Answers that share their words, as the newest look at a question found them.

    key  names it in an address: the question's number and the campaign's
    """

    key: str
    label: str
    answers: frozenset[int]


def campaigns_of(consultation: Consultation) -> list[Campaign]:
    """Return each campaign that is certain, question by question."""
    found = []
    looked_at = consultation.questions.filter(reading_runs__what=ReadingRun.What.LOOK)
    for question in looked_at.distinct():
        look = newest_result(question, ReadingRun.What.LOOK) or {}
        for each in look["campaigns"]:
            number = each["campaign"]
            if each["sureness"] == "certain":
                answers = frozenset(
                    int(answer)
                    for answer, of in look["of"].items()
                    if of["campaign"] == number
                )
                label = f"Campaign {number}: {question.text[:50]}"
                found.append(Campaign(f"{question.pk}-{number}", label, answers))
    return found
