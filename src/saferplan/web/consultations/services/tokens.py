"""
What a form carries so that it is one response: its token, and when it was opened.

The word of the link with which somebody comes back is made of the token, so that a form
sent twice leads to the same link. Whoever sees the database alone cannot make either.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing

from saferplan.web.consultations.models import Consultation, Response
from saferplan.web.consultations.services.clock import time_in_database
from saferplan.web.consultations.services.responding import digest_of_word

SALT = "saferplan.consultations.form"


@dataclass(frozen=True)
class Opened:
    """
    A form that somebody opened.

    at  when, by the database's clock: our own signature says so, not their machine
    """

    token: UUID
    at: datetime

    @property
    def word(self) -> str:
        return word_of(self.token)


def sign(consultation: Consultation) -> str:
    """Return what a form that is opened now carries in a hidden field."""
    said = [consultation.pk, str(uuid4()), time_in_database().isoformat()]
    return signing.dumps(said, salt=SALT)


def opened(consultation: Consultation, signed: str) -> Opened | None:
    """Return what a form carries; None if it is not ours, or of something else."""
    try:
        pk, token, at = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    if pk != consultation.pk:
        return None
    return Opened(UUID(token), datetime.fromisoformat(at))


def word_of(token: UUID) -> str:
    """Return the word of the link that leads back to the response of this token."""
    key = settings.SECRET_KEY.encode()
    made = hmac.new(key, b"word" + token.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:24]).decode()


def response_with(word: str) -> Response | None:
    """Return the response that this word leads to."""
    rows = Response.objects.select_related("consultation__partnership")
    return rows.filter(word=digest_of_word(word)).first()
