"""
Who reaches which page of a consultation, for tests/web/test_access.py.

RULES      a rule for every address
ARGUMENTS  what an address needs, from a consultation (`made`) and a response (`sent`)
"""

from web.access_rules import EVERYONE, only
from web.consultations import access_answering
from web.consultations.conftest import ACCEPTED, launched, respond

from saferplan.web.consultations.services.deciding import decide

ASKERS = {"head", "analyst", "vcse_officer"}

RULES = {
    **access_answering.RULES,
    "consultations:all": only(EVERYONE),
    # This one is launched; one being set up is tried in test_setting_up.
    "consultations:show": only(EVERYONE),
    "consultations:response": only(ASKERS),
    **{
        f"consultations:{name}": only(ASKERS)
        for name in (
            *("points", "points_table", "decide", "decisions", "decisions_table"),
            *("decision", "decision_words", "decision_back"),
        )
    },
}


def arguments_of(cast, partnership):
    made = launched(partnership, by=cast["head"])
    sent = respond(made)
    decision = decide([sent.points.get()], **ACCEPTED, by=cast["head"])
    of_decision = [made.pk, decision.pk]
    return {
        **access_answering.arguments_of(made),
        "consultations:show": [made.pk],
        "consultations:response": [made.pk, sent.pk],
        "consultations:points": [made.pk],
        "consultations:points_table": [made.pk, "csv"],
        "consultations:decide": [made.pk],
        "consultations:decisions": [made.pk],
        "consultations:decisions_table": [made.pk, "csv"],
        "consultations:decision": of_decision,
        "consultations:decision_words": of_decision,
        "consultations:decision_back": of_decision,
    }
