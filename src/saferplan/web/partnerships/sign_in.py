"""How people sign in: nobody signs themselves up, and secrets are kept encrypted."""

import base64
import hashlib
import time
from datetime import UTC, datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    get_authentication_records as records,
)
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from saferplan.web.partnerships.demonstration import code_now
from saferplan.web.partnerships.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not correct.",
        "too_many_login_attempts": "Too many wrong tries. Wait five minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not of people who have just signed in to set up their second step."""
        person = context.request.user
        recently = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        has_had_it_a_while = Authenticator.objects.filter(
            user=person, created_at__lt=datetime.fromtimestamp(recently, UTC)
        ).exists()
        signed_in = [record["at"] for record in records(context.request, person)]
        return has_had_it_a_while or not signed_in or signed_in[-1] < recently


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes from a phone; the secret they are made from is encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Officers must keep their second step; others may give it up."""
        membership = authenticator.user.membership
        return membership is None or not membership.is_staff


class ShowsCode:
    """In a demonstration, the page that asks for a code also says what it is."""

    user: Person

    @property
    def demonstration_code(self) -> str:
        return code_now(self.user) if settings.DEMONSTRATION else ""


class CodeForm(ShowsCode, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(ShowsCode, ReauthenticateForm):  # type: ignore[misc]
    pass


def cipher() -> Fernet:
    key = hashlib.sha256(b"second step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def name_of(person: Person) -> str:
    return str(person)
