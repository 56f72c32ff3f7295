"""
Who reaches which page of a consultation, for tests/web/test_access.py.

RULES      a rule for every address
ARGUMENTS  what an address needs, from a consultation (`made`) and a response (`sent`)
"""

from web.access_rules import EVERYONE, only
from web.consultations import (
    access_answering,
    access_bringing_in,
    access_setting_up,
    access_taking_in,
)
from web.consultations.conftest import ACCEPTED, close, launched, respond

from saferplan.web.consultations.models import Reply
from saferplan.web.consultations.services.coding import add_theme
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.reporting import publish

ASKERS = {"head", "analyst", "vcse_officer"}

RULES = {
    **access_answering.RULES,
    **access_bringing_in.RULES,
    **access_setting_up.RULES,
    **access_taking_in.RULES,
    "consultations:all": only(EVERYONE),
    # This one is launched; one being set up is tried in test_setting_up.
    "consultations:show": only(EVERYONE),
    **{
        f"consultations:{name}": only(ASKERS)
        for name in (
            *("points", "points_table", "decide", "decisions", "decisions_table"),
            *("decision", "decision_words", "decision_back", "prepare"),
            *(
                "gunning",
                "bundle",
                "export",
                "readings",
                "reading",
                "reading_table",
                "themes",
            ),
            *("theme", "sample", "code", "code_one", "campaigns", "campaigns_table"),
            *("replies", "reply_template", "reply_example"),
            *("heard", "heard_table", "population", "outreach", "weights", "vital"),
            "weights_table",
        )
    },
    "consultations:replies_send": only({"head"}, method="post"),
    "consultations:reply_again": only({"head"}, method="post"),
    "consultations:ask_ward": only(ASKERS, method="post"),
    "consultations:reading_run": only(ASKERS, method="post"),
    "consultations:theme_drop": only(ASKERS, method="post"),
    # What was answered is for all to read.
    "consultations:feedback": only(EVERYONE),
    "consultations:feedback_earlier": only(EVERYONE),
    "consultations:feedback_table": only(EVERYONE),
    "consultations:feedback_figures": only(EVERYONE),
}


def arguments_of(cast, partnership):
    made = launched(partnership, by=cast["head"])
    sent = respond(made)
    decision = decide([sent.points.get()], **ACCEPTED, by=cast["head"])
    of_decision = [made.pk, decision.pk]
    question = made.questions.first()
    of_question = [made.pk, question.pk]
    age, agree = (made.questions.get(key=key) for key in ("age", "q2"))
    theme = add_theme(question, name="Counters", by=cast["head"])
    ended = close(launched(partnership, by=cast["head"], title="The last plan"))
    report = publish(ended, note="Cabinet", by=cast["head"])
    reply = Reply.objects.create(report=report, response=sent)
    return {
        **access_answering.arguments_of(made),
        **access_bringing_in.arguments_of(made, cast["head"]),
        **access_setting_up.arguments_of(made, sent),
        **access_taking_in.arguments_of(made, sent, cast["head"]),
        "consultations:show": [made.pk],
        "consultations:points": [made.pk],
        "consultations:points_table": [made.pk, "csv"],
        "consultations:decide": [made.pk],
        "consultations:decisions": [made.pk],
        "consultations:decisions_table": [made.pk, "csv"],
        "consultations:prepare": [made.pk],
        "consultations:gunning": [made.pk],
        "consultations:export": [made.pk, "csv"],
        "consultations:heard": [made.pk],
        "consultations:ask_ward": [made.pk],
        "consultations:vital": [made.pk],
        "consultations:heard_table": [made.pk, "csv"],
        "consultations:population": [made.pk, age.pk],
        "consultations:outreach": [made.pk, age.pk],
        "consultations:weights": [made.pk, agree.pk],
        "consultations:weights_table": [made.pk, agree.pk, "csv"],
        "consultations:replies": [made.pk],
        "consultations:reply_template": [made.pk],
        "consultations:reply_example": [made.pk],
        "consultations:replies_send": [ended.pk],
        "consultations:reply_again": [ended.pk, reply.pk],
        "consultations:readings": [made.pk],
        "consultations:reading_table": [*of_question, "csv"],
        "consultations:campaigns_table": [*of_question, "csv"],
        "consultations:code_one": [*of_question, sent.answers.get().pk],
        "consultations:theme": [*of_question, theme.pk],
        "consultations:theme_drop": [*of_question, theme.pk],
        **{
            f"consultations:{name}": of_question
            for name in (
                *("reading", "reading_run", "themes", "sample", "code", "campaigns"),
            )
        },
        "consultations:bundle": [made.pk],
        "consultations:feedback": [ended.pk],
        "consultations:feedback_earlier": [ended.pk, 1],
        "consultations:feedback_table": [ended.pk, 1, "csv"],
        "consultations:feedback_figures": [ended.pk, 1, "csv"],
        "consultations:decision": of_decision,
        "consultations:decision_words": of_decision,
        "consultations:decision_back": of_decision,
    }
