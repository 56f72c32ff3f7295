"""Who reaches the pages on which responses are taken in; see access.py."""

from uuid import uuid4

from web.access_rules import EVERYONE, only
from web.consultations.test_splitting import taken_in

from saferplan.web.consultations.models import MemberPoint
from saferplan.web.consultations.services.joining import (
    begin_joint,
    make_link,
    say,
    write_answer,
)
from saferplan.web.consultations.services.responding import begin

ASKERS = {"head", "analyst", "vcse_officer"}

RULES = {
    **{
        f"consultations:{name}": only(ASKERS)
        for name in (
            *("responses", "responses_table", "response", "take_in", "voice"),
            *("split", "split_point", "joints", "joint", "joint_change"),
            *("joint_answer", "joint_say", "joint_document", "redact", "hide"),
            *("moderation", "moderation_table"),
        )
    },
    **{
        f"consultations:{name}": only(ASKERS, method="post")
        for name in ("split_change", "joint_weigh", "joint_link", "joint_send")
    },
    "consultations:erase": only({"head"}),
    # Whoever has the word in the link.
    "consultations:member_says": only(EVERYONE),
    "consultations:answer_for_whom": only(EVERYONE),
}


def arguments_of(made, sent, by):
    letter = taken_in(made, by, token=uuid4())
    point = letter.points.first()
    joint = begin_joint(made, kind="network", body="A network", by=by)
    word = make_link(joint, by=by)
    question = made.questions.first()
    said = MemberPoint(question=question, text="More lighting.")
    say(joint, [said], token=uuid4())
    write_answer(joint, question, text="More lighting.", seen=0, by=by)
    of_joint = [made.pk, joint.pk]
    tenants = "a word of an organisation"
    begin(made, token=uuid4(), word=tenants, kind="organisation", name="Tenants")
    return {
        "consultations:responses": [made.pk],
        "consultations:responses_table": [made.pk, "csv"],
        "consultations:take_in": [made.pk],
        "consultations:response": [made.pk, sent.pk],
        "consultations:voice": [made.pk, letter.pk],
        "consultations:split": [made.pk, letter.pk],
        "consultations:split_change": [made.pk, letter.pk],
        "consultations:split_point": [made.pk, letter.pk, point.pk],
        "consultations:joints": [made.pk],
        "consultations:joint": of_joint,
        "consultations:joint_change": of_joint,
        "consultations:joint_answer": [*of_joint, question.key],
        "consultations:joint_say": of_joint,
        "consultations:joint_weigh": of_joint,
        "consultations:joint_link": of_joint,
        "consultations:joint_send": of_joint,
        "consultations:joint_document": [*of_joint, "txt"],
        "consultations:member_says": [word],
        "consultations:answer_for_whom": [tenants],
        "consultations:redact": [made.pk, letter.pk],
        "consultations:hide": [made.pk, sent.pk, sent.answers.first().pk],
        "consultations:erase": [made.pk, letter.pk],
        "consultations:moderation": [made.pk],
        "consultations:moderation_table": [made.pk, "csv"],
    }
