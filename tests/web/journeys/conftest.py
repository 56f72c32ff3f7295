"""A small partnership in the middle of its year, and a way to look at each stop."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from web.performance.targets_by_hand import BURGLARY

from saferplan.web.partnerships.models import Organisation
from saferplan.web.performance.services.journeys import begin, publish
from saferplan.web.performance.services.keeping import add_indicator
from saferplan.web.performance.services.returning import Entry, give
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.services.targets import add_target
from saferplan.web.plans.models import ReportLink
from saferplan.web.plans.models.report_link import digest_of_word
from saferplan.web.plans.packing import quarter_of
from saferplan.web.plans.services.changing import add_action, add_strand, make_plan
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.putting_forward import put_forward

WORD = "a-word-nobody-guesses"


@pytest.fixture
def year():
    """It began before the quarter that ended last, and goes on."""
    begins, _ = quarter_of(timezone.localdate())
    return begins - timedelta(days=1), begins + timedelta(days=365)


@pytest.fixture
def in_force(partnership, council, head, year):
    """A plan that was adopted: one action is the council's, one is the police's."""
    begins, ends = quarter_of(year[0])
    plan = make_plan(
        partnership, title="Safer Example Plan", begins=begins, ends=year[1], by=head
    )
    strand = add_strand(plan, title="Homes", scope="Where people live.", by=head)
    police = Organisation.objects.create(name="Example Police", kind="police")
    partnership.organisations.add(police)
    for text, lead in (("Fit new locks", council), ("Visit shops", police)):
        add_action(
            plan,
            strand=strand,
            theme=plan.themes.first(),
            by=head,
            text=text,
            lead=lead,
            measure="Homes",
            time_frame=f"{year[1]:%B %Y}",
        )
    put_forward(
        plan,
        state="adopted",
        note="Minute 4",
        on=begins,
        equality_reason="Screened: nothing changes",
        by=head,
    )
    close_quarter(plan, begins=begins, ends=ends, by=head)
    return plan


@pytest.fixture
def draft(partnership, head):
    """A plan that nobody outside may know of yet."""
    return make_plan(
        partnership,
        title="Next Year's Secret Plan",
        begins=date(2030, 4, 1),
        ends=date(2031, 3, 31),
        by=head,
    )


@pytest.fixture
def link(in_force):
    made = ReportLink.objects.create(
        plan=in_force,
        address="office@example.org",
        digest=digest_of_word(WORD),
        made_at=timezone.now(),
    )
    made.actions.set(in_force.actions.all())
    return reverse("plans:report_link", args=[WORD])


@pytest.fixture
def counted(partnership, council, head, partner_lead):
    """An indicator for all to read, with a figure that waits; and one that is not."""
    words = {"kind": "count", "unit": "offences", "polarity": "down", "owner": council}
    shown = add_indicator(
        partnership,
        title="Homes burgled",
        definition="Homes broken into.",
        public=True,
        by=head,
        **words,
    )
    add_indicator(
        partnership, title="Inside matter", definition="Not public.", by=head, **words
    )
    month = (timezone.localdate().replace(day=1) - timedelta(days=40)).replace(day=1)
    give(shown, Entry(month, value=52), by=partner_lead)
    return shown


@pytest.fixture
def promised(partnership, head):
    """What somebody saw of a standard, in two wards."""
    today = timezone.localdate()
    wards = (("E05000001", "Abbey", 2), ("E05000002", "Bridge", 1))
    looks = [
        Look("ward-constables", code, name, seen, today, "Post")
        for code, name, seen in wards
    ]
    observe(partnership, looks, by=head)


@pytest.fixture
def mapped(partnership, head):
    """A victim's journey for all to read; somebody's who is both, for officers."""
    publish(begin(partnership, "victim", by=head), public=True, by=head)
    begin(partnership, "dual role", by=head)


@pytest.fixture
def target(partnership, head):
    return add_target(partnership, by=head, public=True, **BURGLARY)


@pytest.fixture
def stop():
    """See that a page has nothing that axe finds wrong, and fits the screen."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def stop(page, title):
        heading = page.locator("h1").inner_text()
        assert title in heading, f"{page.url} is headed {heading}"
        found = axe.run(page)
        assert not found.violations_count, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"], f"{heading} is {wide} wide"

    return stop


@pytest.fixture
def bare_phone(browser):
    """A phone whose browser runs no scripts."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()
