"""The pages of evidence and assessments, through a browser that refuses bad HTML."""

import json
import re

import pytest
from django.urls import reverse
from web.assessments.made_by_hand import one_population

from saferplan.store import EvidenceStore, default_place
from saferplan.web.assessments import documents, services


@pytest.fixture
def sign_in(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def test_the_page_says_the_figure_its_doubt_and_where_it_comes_from(
    sign_in, analyst, draft
):
    page = sign_in(analyst).get(reverse("assessments:show", args=[draft.pk]))
    assert "Burglary fell by 12%, from 2,000 to 1,760." in page.text
    assert "95% interval 1,679 to 1,844" in page.text
    assert "A real change: better" in page.text
    assert "Where this comes from" in page.text
    assert "Metropolitan Police Service" in page.text
    assert "change/1" in page.text


def test_what_cannot_be_said_is_on_the_page_with_what_would_help(
    sign_in, analyst, draft
):
    page = sign_in(analyst).get(reverse("assessments:show", args=[draft.pk]))
    assert "We do not know how last year&#39;s plan was carried out." in page.text
    assert "Record what became of each action." in page.text


def test_the_changes_that_matter_come_first(sign_in, analyst, draft):
    page = sign_in(analyst).get(reverse("assessments:show", args=[draft.pk])).text
    assert "Changes that chance does not explain" in page
    first = page.index('href="#' + draft.content.findings[0].id)
    assert first < page.index("Contents")


def test_one_can_read_only_what_still_waits_and_go_from_one_to_the_next(
    sign_in, analyst, draft
):
    burglary, wards = draft.content.findings
    services.decide(draft, burglary, "accepted", by=analyst)
    browser = sign_in(analyst)
    address = reverse("assessments:show", args=[draft.pk])
    assert "1 finding waits for a decision" in browser.get(address).text
    page = browser.get(address, {"only": "waiting"}).text
    assert "East has the highest rate." in page
    assert "Burglary fell by 12%" not in page
    page = browser.get(reverse("assessments:finding", args=[draft.pk, burglary.id]))
    assert "Next without a decision" in page.text
    assert reverse("assessments:finding", args=[draft.pk, wards.id]) in page.text


def test_the_public_cannot_ask_for_what_waits(client, published):
    address = reverse("assessments:show", args=[published.pk])
    page = client.get(address, {"only": "waiting"}).text
    assert "Burglary fell by 12%" in page
    assert "waiting" not in page


def test_anyone_reads_a_published_assessment_without_what_was_set_aside(
    client, published
):
    page = client.get(reverse("assessments:show", args=[published.pk]))
    assert "Burglary fell by 12%" in page.text
    assert "East has the highest rate." not in page.text
    assert "Two wards only." not in page.text


def test_a_finding_set_aside_does_not_exist_for_the_public(client, published):
    aside = published.content.findings[1]
    for name, more in [("finding", []), ("table", ["csv"]), ("picture", [0])]:
        address = reverse(f"assessments:{name}", args=[published.pk, aside.id, *more])
        assert client.get(address).status_code == 404


def test_an_officer_sees_what_was_set_aside_and_why(sign_in, analyst, published):
    aside = published.content.findings[1]
    address = reverse("assessments:finding", args=[published.pk, aside.id])
    assert "Two wards only." in sign_in(analyst).get(address).text


def test_a_decision_without_its_reason_keeps_what_was_chosen(sign_in, head, draft):
    finding = draft.content.findings[0]
    page = sign_in(head).post(
        reverse("assessments:decide", args=[draft.pk, finding.id]),
        {"outcome": "set aside", "reason": "", "after": 0},
    )
    assert page.status_code == 422
    assert "Error: " in page.text
    assert "Say why this finding is set aside." in page.text
    assert re.search(r'value="set aside"[^>]* checked', page.text)


def test_the_second_to_decide_keeps_their_words_beside_the_first(
    client, head, analyst, draft
):
    finding = draft.content.findings[0]
    address = reverse("assessments:decide", args=[draft.pk, finding.id])
    client.force_login(analyst)
    client.post(address, {"outcome": "accepted", "reason": "Clear.", "after": 0})
    client.force_login(head)
    page = client.post(
        address, {"outcome": "set aside", "reason": "Too soon.", "after": 0}
    )
    assert "The analyst has just decided on this finding" in page.text
    assert "Too soon." in page.text
    assert "Clear." in page.text
    # Having seen it, the same form now goes through.
    client.post(address, {"outcome": "set aside", "reason": "Too soon.", "after": 1})
    assert [d.reason for d in draft.decisions.of(finding.id)] == ["Too soon.", "Clear."]


def test_a_table_to_take_away_runs_nothing_and_hides_nothing(sign_in, analyst, draft):
    wards = draft.content.findings[1]
    address = reverse("assessments:table", args=[draft.pk, wards.id, "csv"])
    lines = sign_in(analyst).get(address).content.decode("utf-8-sig").splitlines()
    assert lines == [
        'Code,Ward,"Rate (per 1,000 residents)"',
        "E05000001,'=East,12.5",  # a name that would be a formula
        "E05000002,West,[x]",  # missing is not zero
    ]


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_table_comes_as_csv_and_ods(sign_in, analyst, draft, kind):
    wards = draft.content.findings[1]
    address = reverse("assessments:table", args=[draft.pk, wards.id, kind])
    response = sign_in(analyst).get(address)
    assert response.status_code == 200
    assert f".{kind}" in response["Content-Disposition"]


def test_the_map_has_its_areas_with_a_missing_figure_missing(sign_in, analyst, draft):
    documents.draw_pictures(draft.folder, draft.content)
    wards = draft.content.findings[1]
    address = reverse("assessments:areas", args=[draft.pk, wards.id])
    answer = b"".join(sign_in(analyst).get(address).streaming_content)
    found = {
        area["properties"]["name"]: area["properties"]["value"]
        for area in json.loads(answer)["features"]
    }
    assert found == {"East": 12.5, "West": None}


def test_the_catalogue_says_what_to_do_when_nothing_is_loaded(sign_in, analyst):
    page = sign_in(analyst).get(reverse("assessments:evidence"))
    assert "No evidence yet" in page.text


def test_the_catalogue_shows_a_release_as_soon_as_it_is_loaded(sign_in, analyst):
    browser = sign_in(analyst)
    browser.get(reverse("assessments:evidence"))
    release = EvidenceStore(default_place()).load(
        [one_population(refused=True)], by="analyst"
    )
    page = browser.get(reverse("assessments:evidence"))
    assert release.id in page.text
    assert "Office for National Statistics. Open Government" in page.text
    assert "<dd>2024</dd>" in page.text  # not "2024 to 2024"
    assert "Revised" not in page.text  # nothing was
    page = browser.get(reverse("assessments:release", args=[release.id]))
    assert "2 rows read = 1 kept + 1 quarantined + 0 already known" in page.text
    assert "The count is not a number." in page.text


def test_refused_rows_are_taken_away_word_for_word_but_cannot_run(sign_in, analyst):
    release = EvidenceStore(default_place()).load(
        [one_population(refused=True)], by="analyst"
    )
    address = reverse("assessments:quarantine", args=[release.id, "csv"])
    text = sign_in(analyst).get(address).content.decode("utf-8-sig")
    assert "people.csv,3,The count is not a number.,'=1" in text
