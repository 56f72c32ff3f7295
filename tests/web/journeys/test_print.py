"""The main pages on paper: nothing cut off, no furniture, and one page is one sheet."""

import re

import pytest
from django.urls import reverse

from saferplan.web.performance.models import JourneyMap

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The width of an A4 sheet's text at 96 dots to the inch, with margins of 15 mm.
SHEET = {"width": 680, "height": 1008}
MARGINS = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
FURNITURE = (
    ".govuk-service-navigation",
    ".govuk-breadcrumbs",
    ".govuk-button",
    ".app-downloads",
    ".app-footer",
    ".app-account",
    "main :is(input, select, textarea)",
)
# What stands out of the sheet, but for what a picture holds within its own frame.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width && !each.closest("svg, details:not([open]), .govuk-visually-hidden")
    && box.right > document.documentElement.clientWidth + 1;
}).map(each => each.outerHTML.slice(0, 120))"""
ADDRESSES = """() => [...document.querySelectorAll("main a[href^='/']")].filter(each =>
  !["none", "normal"].includes(getComputedStyle(each, "::after").content)
).map(each => each.outerHTML)"""


def sheets(page):
    """How many sheets of A4 a page is printed on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=MARGINS)))


@pytest.fixture
def addresses(partnership, in_force, counted, promised, mapped, target):
    action = in_force.actions.first()
    made = JourneyMap.objects.get(path="victim")
    return {
        "plan": reverse("plans:show", args=[in_force.pk]),
        "action": reverse("plans:action", args=[in_force.pk, action.pk]),
        "checks": reverse("plans:checks", args=[in_force.pk]),
        "alignment": reverse("plans:alignment", args=[in_force.pk]),
        "one page": reverse("plans:one_page", args=[in_force.pk]),
        "duties": reverse("plans:duties"),
        "indicator": reverse("performance:show", args=[counted.pk]),
        "target": reverse("performance:target", args=[target.pk]),
        "journey": reverse("performance:journey", args=[made.pk]),
        "standards": reverse("performance:standards_of", args=[partnership.pk]),
    }


def test_the_main_pages_on_paper(page, be, head, live_server, addresses):
    be(head)
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        assert page.locator("h1").is_visible()
        assert page.evaluate(CUT_OFF) == [], name
        assert page.evaluate(ADDRESSES) == [], name
        for each in FURNITURE:
            assert not page.locator(each).filter(visible=True).count(), (name, each)
    page.goto(live_server.url + addresses["one page"])
    assert sheets(page) == 1
