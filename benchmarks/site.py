"""
Prepare a site to be asked for pages: one assessment published, and one being decided.

Run in a process of its own, with the settings of the site in its environment. Prints
what a reader needs to ask for each: a path and a cookie.
"""

import json
from uuid import uuid4

import django

django.setup()

# Nothing of Django can be brought in before it is set up.
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from saferplan.assessment import assess  # noqa: E402
from saferplan.store import EvidenceStore, default_place  # noqa: E402
from saferplan.web.assessments import services  # noqa: E402
from saferplan.web.assessments.models import Decision  # noqa: E402
from saferplan.web.partnerships.demonstration import (  # noqa: E402
    email_of,
    make_people,
)
from saferplan.web.partnerships.models import Person, Role  # noqa: E402
from saferplan.web.plans.models import Plan  # noqa: E402
from saferplan.web.plans.services.importing import make_of, take_in  # noqa: E402
from saferplan.web.plans.services.putting_forward import put_forward  # noqa: E402

ACTIONS = 200


def prepare() -> dict[str, dict[str, str]]:
    """Return the path and the cookie of each page and kind of reader."""
    partnership = make_people()
    head = Person.objects.get(email=email_of(Role.HEAD))
    content = assess(EvidenceStore(default_place()), "E09000901")
    public = services.keep_assessment(content, partnership, by=head)
    for finding in content.findings:
        services.decide(public, finding, Decision.Outcome.ACCEPTED, by=head)
    services.publish(public, by=head)
    draft = services.keep_assessment(content, partnership, by=head)
    browser = Client()
    browser.force_login(head)
    name = settings.SESSION_COOKIE_NAME
    signed_in = f"{name}={browser.cookies[name].value}"
    plan = long_plan(head)
    assessment, actions = "The assessment page", f"The page of {ACTIONS} actions"
    return {
        f"{assessment} to a resident": {
            "path": f"/assessments/{public.pk}/",
            "cookie": "",
        },
        f"{assessment} to the head of community safety": {
            "path": f"/assessments/{draft.pk}/",
            "cookie": signed_in,
        },
        f"{actions} to a resident": {"path": f"/plans/{plan.pk}/", "cookie": ""},
        f"{actions} to the head of community safety": {
            "path": f"/plans/{plan.pk}/",
            "cookie": signed_in,
        },
    }


def long_plan(head: Person) -> Plan:
    """A plan in force with many actions, a third of them reported on."""
    rows = "\n".join(
        f"\tAction {number} of many, in some words about what will be done\t"
        f"March 27 / monthly\t{'✓' if number % 3 == 0 else ''}"
        for number in range(ACTIONS)
    )
    text = f"Plan 26-27\n\nTheft\n\n\tActions\tTime frame\tCompleted\n{rows}\n"
    document = take_in(text.encode(), "plan.txt", token=uuid4(), by=head)
    plan = make_of(document, by=head)
    put_forward(plan, state="consulted", note="", by=head)
    return plan


if __name__ == "__main__":
    print(json.dumps(prepare()))
