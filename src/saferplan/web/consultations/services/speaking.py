"""For whom a response speaks, and how many were heard: counted in one place."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Consultation, Response, Voice
from saferplan.web.consultations.permissions import check_can_read
from saferplan.web.consultations.services.responding import locked, tell
from saferplan.web.core.pages import plural
from saferplan.web.partnerships.models import Person

Kind = Response.Kind
GROUPS = (Kind.ORGANISATION, Kind.NETWORK, Kind.COMMITTEE, Kind.PARTNERSHIP)
OF_MEETINGS = (Kind.COMMITTEE, Kind.PARTNERSHIP)


@dataclass(frozen=True)
class Heard:
    """
    How many were heard. Members who were asked are never added to individuals.

    members_asked     by organisations and networks, as they say; those that do not say
                      are in `not_saying`
    members_answered  of them, those who answered
    left_out          sent, but late, early or taken back
    """

    individuals: int
    organisations: int
    networks: int
    committees: int
    partnerships: int
    members_asked: int
    members_answered: int
    not_saying: int
    left_out: int

    @property
    def responses(self) -> int:
        return self.individuals + self.bodies

    @property
    def bodies(self) -> int:
        return self.organisations + self.networks + self.committees + self.partnerships

    @property
    def overlap(self) -> str:
        """What a reader must not do with these numbers; "" if nothing can overlap."""
        if not (self.individuals and self.members_asked):
            return ""
        themselves = plural(self.individuals, "individual")
        return (
            f"The same people may be among the {themselves} and among the about "
            f"{self.members_asked:,} members whom organisations asked. Do not add the "
            f"two."
        )


def heard_in(consultation: Consultation) -> Heard:
    """Count who was heard. Every page that says a number takes it from here."""
    sent = consultation.responses.filter(sent_at__isnull=False)
    counted = consultation.responses.counted()
    kinds = dict(counted.order_by().values_list("kind").annotate(Count("pk")))
    voices = Voice.objects.filter(response__in=counted)
    told = voices.aggregate(asked=Sum("asked"), answered=Sum("answered"))
    saying = voices.filter(asked__isnull=False).count()
    bodies = sum(kinds.get(kind, 0) for kind in GROUPS)
    return Heard(
        individuals=kinds.get(Kind.INDIVIDUAL, 0),
        organisations=kinds.get(Kind.ORGANISATION, 0),
        networks=kinds.get(Kind.NETWORK, 0),
        committees=kinds.get(Kind.COMMITTEE, 0),
        partnerships=kinds.get(Kind.PARTNERSHIP, 0),
        members_asked=told["asked"] or 0,
        members_answered=told["answered"] or 0,
        not_saying=bodies - saying,
        left_out=sent.count() - sum(kinds.values()),
    )


@transaction.atomic
def keep_voice(response: Response, *, by: Person | None = None, **words: Any) -> Voice:
    """
    Keep for whom a response speaks. `words` are fields of Voice.

    by  the officer who types it in; None if whoever answers said it in the form

    Raises NotAllowed for a person who speaks for himself or herself.
    """
    response = locked(response)
    if by is not None:
        check_can_read(by, response.consultation)
    if response.kind not in GROUPS:
        raise NotAllowed("This response is one person’s: it speaks for nobody else.")
    voice, _ = Voice.objects.update_or_create(response=response, defaults=words)
    tell(response, "said for whom it speaks:", by=by)
    return voice
