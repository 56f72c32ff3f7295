"""The founding documents: asked, taken in, every character kept, answered together."""

import io

import pytest
from django.urls import reverse
from web.consultations.founding import (
    compose,
    document,
    founding_answered_together,
    make_founding,
    needs_the_documents,
    questions_asked,
    send_composed,
    settle_all,
)

from saferplan.consultations.documents import response_document
from saferplan.web.consultations.models import ResponseDocument
from saferplan.web.consultations.services.layouts import (
    check_every_character,
    ranges_of,
)
from saferplan.web.consultations.services.speaking import heard_in

pytestmark = [pytest.mark.django_db, pytest.mark.real_data, needs_the_documents]

# As the domain's register has them, counted by hand: section A6 of domain.md.
FIRST = (
    "To what extent do you agree that the plan will make London a safer city for all?"
)
LAST = (
    "Is there anything else you think the Mayor should take into account when creating "
    "his plan?"
)
RESOLVED = (
    "engaging with parents, families and schools",
    "recruiting and retaining police officers",
    "uniform youth group",
    "assuring continuity of officers",
    "30% cut of the London Crime Prevention Fund",
)


def address(name, *arguments):
    return reverse(f"consultations:{name}", args=arguments)


@pytest.fixture
def founding(partnership, head):
    return make_founding(partnership, by=head)


def test_the_seven_questions_are_asked_word_for_word_for_84_days(founding):
    asked = [each.text for each in founding.consultation.questions.all()]
    assert len(asked) == 7
    assert (asked[0], asked[-1]) == (FIRST, LAST)
    assert sum(each.count("?") for each in asked) == 8
    assert founding.consultation.days == 84
    text = " ".join(document("001")[0].decode().split())
    assert all(each in text for each in questions_asked())


def test_every_character_of_each_document_is_accounted_for(founding):
    for number, response in [
        ("000", founding.partnership),
        ("002", founding.network),
        ("003", founding.committee),
    ]:
        found = response.document
        check_every_character(found)
        assert found.text == response_document(*document(number)).text
        words = "".join(
            found.text[start:end] for start, end in sorted(ranges_of(found))
        )
        assert words == found.text


def test_page_references_and_headings_of_the_reply_are_placed(founding):
    reading = founding.network.document.reading
    pages = [each for each in reading["references"] if each["kind"] == "page"]
    text = founding.network.document.text
    assert any("17" in text[each["start"] : each["end"]] for each in pages)
    assert all(
        any(start <= each["start"] < end for start, end in ranges_of_all(founding))
        for each in reading["references"]
    )
    placed = [each for each in reading["headings"] if each["place"]]
    letter = founding.partnership.document
    assert placed or [p for p in letter.points.all() if p.passage_id]


def ranges_of_all(founding):
    return ranges_of(founding.network.document)


def test_the_five_resolutions_are_the_committees_points(founding):
    points = list(founding.committee.points.order_by("start"))
    assert len(points) == 5
    for words, point in zip(RESOLVED, points, strict=True):
        assert words in point.text
    assert founding.committee.voice.get_status_display() == "Resolved at a meeting"


def test_a_network_of_four_hundred_is_one_response(partnership, head):
    made = founding_answered_together(partnership, by=head)
    heard = heard_in(made.consultation)
    assert heard.networks == 1
    assert heard.members_asked == 400
    # The letter, and the joint response that the partnership sent afterwards.
    assert (heard.responses, heard.committees, heard.partnerships) == (4, 1, 2)


def test_the_joint_response_keeps_whose_each_point_was(client, founding, head):
    client.force_login(head)
    settle_all(founding, by=head)
    assert not ResponseDocument.objects.filter(settled_at=None).exists()
    joint = compose(founding, by=head)
    kept = client.get(
        address("joint_document", founding.consultation.pk, joint.pk, "txt")
    ).content.decode()
    assert all(question in kept for question in questions_asked())
    for body in ("Select Committee, minute 6", "Safer Lewisham Partnership", "network"):
        assert body in kept
    word = client.get(
        address("joint_document", founding.consultation.pk, joint.pk, "docx")
    )
    from docx import Document

    headings = [
        each.text
        for each in Document(io.BytesIO(word.content)).paragraphs
        if each.style.name == "Heading 1"
    ]
    assert headings[:7] == questions_asked()
    sent = send_composed(founding, by=head)
    assert sent.answers.count() == 7
    assert sent.is_counted


def test_the_documents_are_shown_beside_their_points(client, founding, head):
    client.force_login(head)
    for response in (founding.partnership, founding.network, founding.committee):
        page = client.get(address("split", founding.consultation.pk, response.pk))
        assert page.status_code == 200
        assert "characters are accounted for" in page.text
    page = client.get(address("show", founding.consultation.pk))
    assert "3 are not wholly split" in page.text
    joint = compose(founding, by=head)
    page = client.get(address("joint", founding.consultation.pk, joint.pk))
    assert "Select Committee" in page.text
