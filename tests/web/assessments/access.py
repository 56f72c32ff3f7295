"""Who reaches the pages of evidence and assessments."""

from uuid import uuid4

from django.utils import timezone
from web.access_rules import (
    AUTHORS,
    FOR_ALL,
    HIDDEN_FROM,
    MEMBERS,
    NOT_OFFICERS,
    STAFF,
    THEIRS,
    only,
)
from web.assessments.made_by_hand import example, one_population

from saferplan.store import EvidenceStore
from saferplan.web.assessments import documents, services
from saferplan.web.assessments.models import Upload

RULES = {
    "assessments:evidence": only(MEMBERS, THEIRS),
    "assessments:release": only(MEMBERS, THEIRS),
    "assessments:quarantine": only(STAFF, THEIRS),
    "assessments:load": only({"head", "analyst", "partner_lead"}),
    "assessments:upload": only(STAFF, hidden=HIDDEN_FROM),
    "assessments:answer": only(STAFF, hidden=HIDDEN_FROM, method="post"),
    "assessments:all": FOR_ALL,
    "assessments:make": only(AUTHORS, method="post"),
    # A draft does not exist but for the partnership's own officers.
    "assessments:show": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:finding": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:picture": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:areas": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:table": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:document": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:publish": only(STAFF, hidden=HIDDEN_FROM, method="post"),
    "assessments:decide": only(AUTHORS, hidden=HIDDEN_FROM, method="post"),
}


def arguments_of(cast, partnership, store):
    upload = Upload.objects.create(
        partnership=partnership,
        token=uuid4(),
        names=["crime.csv"],
        state=Upload.State.LOADED,
        by=cast["analyst"],
        at=timezone.now(),
    )
    release = EvidenceStore(store).load([one_population()], by="analyst")
    draft = services.keep_assessment(example(), partnership, by=cast["analyst"])
    documents.draw_pictures(draft.folder, draft.content)
    finding = draft.content.findings[1].id
    return {
        "assessments:release": [release.id],
        "assessments:quarantine": [release.id, "csv"],
        "assessments:upload": [upload.pk],
        "assessments:answer": [upload.pk],
        "assessments:show": [draft.pk],
        "assessments:publish": [draft.pk],
        "assessments:document": [draft.pk, "json"],
        "assessments:finding": [draft.pk, finding],
        "assessments:decide": [draft.pk, finding],
        "assessments:table": [draft.pk, finding, "csv"],
        "assessments:picture": [draft.pk, finding, 0],
        "assessments:areas": [draft.pk, finding],
    }
