"""What has to be there before a consultation is launched, and what had better be."""

from dataclasses import dataclass

from django.utils import timezone

from saferplan.web.consultations.models import Consultation


@dataclass(frozen=True)
class Check:
    """
    One line of the checklist.

    must  True if it cannot be launched without
    page  the name of the page on which it is put right
    """

    title: str
    done: bool
    must: bool
    page: str
    why: str = ""


def checks_of(consultation: Consultation) -> list[Check]:
    questions = list(consultation.questions.all())
    drafts = list(consultation.drafts.defer("text"))
    days = consultation.days
    return [
        Check("There is a draft to read", bool(drafts), True, "drafts"),
        Check("It asks something", bool(questions), True, "questions"),
        Check(
            f"People have {days} days, of {consultation.least_days} promised at least",
            days >= consultation.least_days,
            True,
            "change",
        ),
        Check(
            "It does not close before it is launched",
            consultation.closes_at > timezone.now(),
            False,
            "change",
        ),
        Check("It says who decides", bool(consultation.decides), False, "change"),
        Check(
            "It says what is still open",
            bool(consultation.still_open.strip()),
            False,
            "change",
            "A consultation on what is decided already is not one.",
        ),
        Check(
            "It says where paper and late responses go",
            bool(consultation.write_to.strip()),
            False,
            "change",
        ),
        Check(
            "The reasons for keeping words off public pages are fixed",
            bool(consultation.reasons),
            False,
            "change",
            "They cannot be added once it is launched.",
        ),
        Check(
            "It says when names and addresses are deleted",
            consultation.keep_until is not None,
            False,
            "change",
        ),
        Check(
            "There is an easy read or plain version",
            any(each.kind != "full" for each in drafts),
            False,
            "drafts",
        ),
        Check(
            "It asks who people are, so that gaps can be seen",
            any(each.apart for each in questions),
            False,
            "questions",
        ),
    ]
