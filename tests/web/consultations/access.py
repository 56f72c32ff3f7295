"""
Who reaches which page of a consultation, for tests/web/test_access.py.

RULES      a rule for every address
ARGUMENTS  what an address needs, from a consultation (`made`) and a response (`sent`)
"""

from web.access_rules import EVERYONE, only
from web.consultations.conftest import launched, respond

ASKERS = {"head", "analyst", "vcse_officer"}

RULES = {
    "consultations:all": only(EVERYONE),
    # This one is launched; one being set up is tried in test_setting_up.
    "consultations:show": only(EVERYONE),
    "consultations:response": only(ASKERS),
}


def arguments_of(cast, partnership):
    made = launched(partnership, by=cast["head"])
    sent = respond(made)
    return {
        "consultations:show": [made.pk],
        "consultations:response": [made.pk, sent.pk],
    }
