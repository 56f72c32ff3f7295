"""One line of what there is to do in a consultation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from saferplan.web.consultations.models import Consultation
from saferplan.web.partnerships.models import Person


@dataclass(frozen=True)
class Task:
    """
    state   how it stands, in words: "3 of 12 answered"
    colour  of the tag that says so; green where it is done
    """

    title: str
    href: str
    state: str = ""
    colour: str = "grey"


Somebody = Person | AnonymousUser
Asked = Callable[[Consultation, Somebody], Task | None]


def address(name: str, consultation: Consultation) -> str:
    return reverse(f"consultations:{name}", args=[consultation.pk])
