"""Organisations, the partnerships they form, and the people who work in them."""

from functools import cached_property
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from saferplan.web.core.models import Audience


class Organisation(models.Model):
    """A body that takes part: a council, a police force, a charity."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        POLICE = "police", "Police"
        FIRE = "fire", "Fire and rescue"
        PROBATION = "probation", "Probation"
        HEALTH = "health", "Health"
        MAYOR = "mayor", "Mayor or commissioner"
        VOLUNTARY = "voluntary", "Voluntary and community sector"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, person: "Person") -> Self:
        """The partnerships this person works in today."""
        return self.filter(
            memberships__person=person, memberships__ended_at=None
        ).distinct()


class Partnership(models.Model):
    """
    A community safety partnership (section 5 of the Crime and Disorder Act 1998).

    area_codes  the GSS codes of the boroughs it covers; the first is its home
    """

    name = models.CharField(max_length=200, unique=True)
    area_codes = models.JSONField(default=list)
    organisations = models.ManyToManyField(Organisation, related_name="partnerships")

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def area_code(self) -> str:
        return str(self.area_codes[0])


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, email: str, password: str | None = None, *, name: str = ""
    ) -> "Person":
        """Make an account. Without a password nobody can sign in to it yet."""
        person = self.model(email=email.strip().lower(), name=name)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone with an account. Their e-mail address is what they sign in with."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)  # Django's own word; False: removed
    joined_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @cached_property
    def membership(self) -> "Membership | None":
        """What this person is today, or None. Asked once for each request."""
        return (
            Membership.objects.current()
            .filter(person=self)
            .select_related("partnership", "organisation")
            .first()
        )


class Role(models.TextChoices):
    """What somebody is in a partnership; it decides what they see and may do."""

    HEAD = "head", "Head of community safety"
    ANALYST = "analyst", "Analyst"
    PARTNER_LEAD = "partner_lead", "Partner lead"
    VCSE_OFFICER = "vcse_officer", "Voluntary sector officer"
    COUNCILLOR = "councillor", "Councillor"
    COMMISSIONER = "commissioner", "Commissioner"
    ADMINISTRATOR = "administrator", "Administrator"


# Officers of the partnership: they must use a second step when they sign in.
STAFF = frozenset(
    {
        Role.HEAD,
        Role.ANALYST,
        Role.PARTNER_LEAD,
        Role.COMMISSIONER,
        Role.ADMINISTRATOR,
    }
)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """Those that have not ended, of people whose account is open."""
        return self.filter(ended_at=None, person__is_active=True)


class Membership(models.Model):
    """A person's role in a partnership, on behalf of an organisation."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships"
    )
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="one_role_at_a_time",
                violation_error_message="This person already has a role.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF

    @property
    def audiences(self) -> list[Audience]:
        """Which events this role may read of."""
        audiences = [Audience.MEMBERS]
        if self.is_staff:
            audiences.append(Audience.STAFF)
        if self.role == Role.ADMINISTRATOR:
            audiences.append(Audience.ADMINISTRATORS)
        return audiences
