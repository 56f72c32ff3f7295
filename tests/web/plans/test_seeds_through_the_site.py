"""The founding plan and the strategy above it, brought in by a person through pages."""

import csv
import io
import re
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

from saferplan.web.core.models import Event
from saferplan.web.plans.models import Alignment, Plan, PlanDocument

SEEDS = Path(__file__).parents[4] / "shared/seeds"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here"),
]


def words_on(response):
    """What a page says, without its markup."""
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())


@pytest.fixture
def browser(client, head):
    client.force_login(head)

    def at(name, *arguments, **said):
        address = reverse(f"plans:{name}", args=arguments)
        if said:
            return words_on(client.post(address, said, follow=True))
        return words_on(client.get(address))

    at.client = client
    return at


def upload(browser, number):
    path = next(SEEDS.glob(f"{number}_*.txt"))
    with path.open("rb") as sent:
        page = browser.client.post(
            reverse("plans:read"), {"sent": sent, "token": uuid4()}, follow=True
        )
    return words_on(page), PlanDocument.objects.latest("pk")


def test_the_founding_plan_comes_in_with_all_that_is_amiss(browser):
    told, document = upload(browser, "004")
    assert "37 actions in 3 strands and 4 themes" in told
    assert "Clearly ticked 22, of which 1 only in part" in told
    assert "Blank, so not done 8" in told
    assert "Not clear 7: for you to settle" in told
    # Strand by strand, the last column all its actions; below, theme by theme.
    assert "1. Peer on peer abuse 7 2 5 1 15" in told
    assert "2. Peer on Peer abuse / Serious Violence 2 2 4 3 11" in told
    assert "3. All other forms of Violence 3 3 1 4 11" in told
    assert "All 12 7 10 8 37" in told
    assert "1.1.1 and 2.1.2: the same, or nearly so" in told
    assert "1.2.1 and 2.2.1:" in told
    for amiss in (
        "Mis-headed strand (strand 1).",
        "The document’s own list suggests “Gender based violence”.",
        "Year mismatch. The document is for 2018 to 2019",
        "The Race Relations (Amendment) Act 2000 ceased to be law",
        "The Local Government Act 2000, s. 2 ceased to be law",
        "Order not yet in force (1.3.5). The Stalking Protection Order was not law "
        "until 20 January 2020",
    ):
        assert amiss in told
    assert told.count("In the document:") == 7
    assert document.text == next(SEEDS.glob("004_*.txt")).read_text()


def test_a_person_settles_what_is_unclear_and_the_plan_says_so(browser):
    _, document = upload(browser, "004")
    asked = [question.action for question in document.plan_read.questions]
    # Each question stands beside the words it is about.
    assert "Establishing third party reporting sites" in browser(
        "document", document.pk
    )
    answers = ["done", "open", "done", "done", "partly", "open"]
    for name, state in zip(asked, answers, strict=False):
        said = {"action": name, "state": state, "reason": "Asked the lead officer."}
        told = browser("settle", document.pk, **said)
    assert told.count("by The head of community safety") >= len(answers)
    assert "1 action is not clear yet." in told
    told = browser("make_of", document.pk, sure="yes")
    assert "Safer Lewisham Plan 17-18- Action Plan" in told
    plan = Plan.objects.get()
    stands = list(plan.actions.values_list("status", flat=True))
    assert {status: stands.count(status) for status in set(stands)} == {
        "done": 24,
        "partly done": 2,
        "not begun": 10,
        "not settled": 1,
    }
    assert [plan.actions.filter(strand__number=n).count() for n in (1, 2, 3)] == [
        *(15, 11, 11),
    ]
    assert "Examples include: aggravated burglary Common assaults" in told
    settled = Event.objects.filter(what__startswith="settled as").count()
    assert settled == len(answers)


def test_the_checks_of_the_plan_made_name_what_is_amiss_in_it(browser):
    _, document = upload(browser, "004")
    browser("make_of", document.pk, sure="yes")
    plan = Plan.objects.get()
    told = browser("checks", plan.pk)
    assert "The Stalking Protection Order was not law until" in told
    assert "1.1 and 2.2 say the same" in told or "1.1 and 2.2 have much" in told
    assert "What belongs to “Peer on peer abuse” does not speak of it" in told
    assert "37 of 37 actions do not say what they cost" in told
    assert "Objectives against resource" in told
    assert "No lead (37)" in told
    order = plan.actions.get(text__contains="Stalking Protection Orders")
    told = browser("action", plan.pk, order.pk)
    assert "Targeted" not in told
    assert "e) Stalking Protection Orders" in told


def test_the_strategy_comes_in_with_a_verdict_on_each_commitment(browser):
    told, document = upload(browser, "001")
    assert "43 commitments in 6 lists" in told
    lists = [len(each.commitments) for each in document.plan_read.lists]
    assert lists == [8, 7, 6, 9, 6, 7]
    verdicts = re.findall(r"Measurable|Yes or no only|Not measurable", told)
    assert len(verdicts) == 43
    told = browser("make_of", document.pk, sure="yes")
    plan = Plan.objects.get()
    assert plan.commitments.count() == 43
    assert len(re.findall(r"Measurable|Yes or no only|Not measurable", told)) == 43
    assert [each.title[:3] for each in plan.strands.all()] == [
        *("3.4", "3.5", "4.1", "4.2", "4.3", "4.4", "4.5"),
    ]
    listed = plan.strands.exclude(scope="")
    assert sum(len(each.scope.splitlines()) - 1 for each in listed) == 31
    assert "This includes: Protecting London from Terrorism" in told


def test_what_serves_what_is_suggested_and_a_person_says(browser):
    for number in ("004", "001"):
        _, document = upload(browser, number)
        browser("make_of", document.pk, sure="yes")
    plan, above = Plan.objects.order_by("pk")
    told = browser("alignment", plan.pk, parent=above.pk)
    assert "has 43 commitments. Nobody here serves 43 of them" in told
    assert "asks for 37 actions of this plan" in told
    assert "with words in common" in told
    commitment = above.commitments.get(text__startswith="Roll out victim-centred")
    action = plan.actions.get(text__startswith="Targeted practice")
    for verdict in ("serves", "does not", "serves"):
        said = {"action": action.pk, "verdict": verdict}
        told = browser("align", plan.pk, commitment.pk, **said)
    assert Alignment.objects.get().verdict == "serves"
    assert "Nobody here serves 42 of them" in told
    assert "asks for 36 actions of this plan" in told
    assert f"Commitment {commitment.name} of" in browser("action", plan.pk, action.pk)
    table = browser.client.get(reverse("plans:alignment_table", args=[plan.pk, "csv"]))
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    verdicts = [row["Verdict"] for row in rows]
    assert {each: verdicts.count(each) for each in set(verdicts)} == {
        "serves it": 1,
        "nobody serves it": 42,
        "nothing asks for it": 36,
    }
