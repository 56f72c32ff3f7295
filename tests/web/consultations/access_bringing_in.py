"""Who reaches the pages on which answers come in from elsewhere; see access.py."""

from uuid import uuid4

from django.utils import timezone
from web.access_rules import only

from saferplan.web.consultations.services.bringing_in import receive

ASKERS = {"head", "analyst", "vcse_officer"}

RULES = {
    **{
        f"consultations:{name}": only(ASKERS)
        for name in ("bring_in", "survey_file", "quarantined", "out_and_back")
    },
    "consultations:survey_file_away": only(ASKERS, method="post"),
    "consultations:theme_take": only(ASKERS, method="post"),
}


def arguments_of(made, by):
    file = receive(
        made,
        b"What should change?\nMore lighting.\n",
        "export.csv",
        token=uuid4(),
        received_on=timezone.localdate(),
        by=by,
    )
    of_file = [made.pk, file.pk]
    return {
        "consultations:bring_in": [made.pk],
        "consultations:out_and_back": [made.pk],
        "consultations:theme_take": [made.pk, made.questions.first().pk],
        "consultations:survey_file": of_file,
        "consultations:quarantined": [*of_file, "csv"],
        "consultations:survey_file_away": of_file,
    }
