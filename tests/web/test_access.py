"""
Who reaches what: every address times every role, decided by a rule.

The addresses are read from the site itself, so a new one without a rule fails the test.
To add a page: add its name to RULES, and what its address needs to `ARGUMENTS`.
"""

from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from web.access_rules import (
    EVERYONE,
    HIDDEN_FROM,
    MEMBERS,
    NO_WRITERS,
    NOBODYS,
    NOT_OFFICERS,
    SIGNED_IN,
    STAFF,
    THEIRS,
    WRITERS,
    only,
)
from web.assessments.made_by_hand import example, one_population
from web.conftest import StrictClient, cast_of, council_made, partnership_of
from web.consultations import access as consultations
from web.performance.targets_by_hand import BURGLARY
from web.plans.conftest import (
    ADOPTED,
    DOCUMENT,
    priorities_of,
    said_throughout,
)

from saferplan.assessment.beside_boroughs import Beside, Borough
from saferplan.store import EvidenceStore
from saferplan.web.assessments import documents, services
from saferplan.web.assessments.models import Upload
from saferplan.web.core.jobs import Job
from saferplan.web.partnerships.models import Membership
from saferplan.web.performance.journey_map import asked, steps_of
from saferplan.web.performance.journey_questions import questions_of
from saferplan.web.performance.services.comparing import take_comparison
from saferplan.web.performance.services.journeys import begin
from saferplan.web.performance.services.keeping import add_indicator
from saferplan.web.performance.services.returning import Entry, give
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.services.targets import add_target
from saferplan.web.plans.models import Commitment, ReportLink
from saferplan.web.plans.models.report_link import digest_of_word
from saferplan.web.plans.services.answering import set_parent
from saferplan.web.plans.services.changing import change_action
from saferplan.web.plans.services.closing import close_quarter
from saferplan.web.plans.services.committing import add_commitment
from saferplan.web.plans.services.equality import (
    add_measure,
    begin_analysis,
    sign_off,
)
from saferplan.web.plans.services.importing import make_of, take_in
from saferplan.web.plans.services.putting_forward import put_forward
from saferplan.web.plans.services.reporting import add_task

RULES = {
    "home:front": only(EVERYONE),
    "home:about": only(EVERYONE),
    "home:accessibility": only(EVERYONE),
    "home:privacy": only(EVERYONE),
    "home:cookies": only(EVERYONE),
    "home:glossary": only(EVERYONE),
    "home:duties": only(EVERYONE),
    "home:health": only(EVERYONE),
    "home:security": only(EVERYONE),
    "home:record": only(STAFF, THEIRS),
    "home:record_table": only(STAFF, THEIRS),
    "home:check_record": only({"head", "administrator"}, THEIRS),
    # The councillor started this job; officers see everybody's in the partnership.
    "home:job": only(STAFF, {"councillor"}, hidden={"vcse_officer", "outsider"}),
    "home:job_progress": only(
        STAFF, {"councillor"}, hidden={"vcse_officer", "outsider"}
    ),
    "assessments:evidence": only(MEMBERS, THEIRS),
    "assessments:release": only(MEMBERS, THEIRS),
    "assessments:quarantine": only(STAFF, THEIRS),
    "assessments:load": only({"head", "analyst", "partner_lead"}),
    "assessments:upload": only(STAFF, hidden=HIDDEN_FROM),
    "assessments:answer": only(STAFF, hidden=HIDDEN_FROM, method="post"),
    "assessments:all": only(EVERYONE),
    "assessments:make": only({"head", "analyst"}, method="post"),
    # A draft does not exist but for the partnership's own officers.
    "assessments:show": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:finding": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:picture": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:areas": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:table": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:document": only(STAFF, hidden=NOT_OFFICERS),
    "assessments:publish": only(STAFF, hidden=HIDDEN_FROM, method="post"),
    "assessments:decide": only({"head", "analyst"}, hidden=HIDDEN_FROM, method="post"),
    "plans:all": only(EVERYONE),
    "plans:make": only({"head", "analyst"}),
    "plans:read": only({"head", "analyst"}),
    # A plan nobody has put forward exists for those who write it, and no others.
    "plans:document": only(WRITERS, hidden=NO_WRITERS),
    "plans:settle": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:make_of": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:show": only(WRITERS, hidden=NOBODYS),
    "plans:table": only(WRITERS, hidden=NOBODYS),
    "plans:standing": only(WRITERS, hidden=NOBODYS),
    # This one is in force, for all to read.
    "plans:version": only(EVERYONE),
    "plans:review": only({"head"}),
    "plans:checks": only(WRITERS, hidden=NO_WRITERS),
    "plans:answer": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:alignment": only(WRITERS, hidden=NO_WRITERS),
    "plans:alignment_table": only(WRITERS, hidden=NO_WRITERS),
    "plans:align": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:commitment": only(WRITERS, hidden=NO_WRITERS),
    "plans:add_commitment": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:change_commitment": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:remove_commitment": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:put_back_commitment": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "plans:commitment_back": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "plans:one_page": only(EVERYONE),
    "plans:packs": only(WRITERS | {"councillor"}),
    "plans:pack": only(WRITERS | {"councillor"}),
    "plans:pack_document": only(WRITERS | {"councillor"}),
    "plans:reminders": only(WRITERS, hidden=NO_WRITERS),
    # Whoever has the word in the link.
    "plans:report_link": only(EVERYONE),
    "plans:another_link": only(EVERYONE, method="post"),
    "plans:outline": only(WRITERS, hidden=NO_WRITERS),
    "plans:outline_back": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:change": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:strand": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:theme": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:change_strand": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:change_theme": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:move_part": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:take_out_part": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:forward": only({"head"}, hidden=NO_WRITERS),
    "plans:add": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:action": only(WRITERS, hidden=NO_WRITERS),
    "plans:edit": only({"head", "analyst"}, hidden=NO_WRITERS),
    # The others' organisation leads it.
    "plans:report": only(
        {"head", "analyst", "partner_lead", "vcse_officer"}, hidden=NO_WRITERS
    ),
    "plans:add_task": only(
        {"head", "analyst", "partner_lead", "vcse_officer"},
        hidden=NO_WRITERS,
        method="post",
    ),
    "plans:tick": only(
        {"head", "analyst", "partner_lead", "vcse_officer"},
        hidden=NO_WRITERS,
        method="post",
    ),
    "plans:remove": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:move": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:put_back": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:go_back": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:advisor": only(MEMBERS, THEIRS),
    "plans:level_table": only(MEMBERS, THEIRS),
    "plans:level": only(WRITERS, hidden=NO_WRITERS),
    # An analysis that nobody signed exists for those who write the plan.
    "plans:equality": only(WRITERS, hidden=NOBODYS),
    "plans:equality_table": only(WRITERS, hidden=NOBODYS),
    "plans:equality_earlier": only(EVERYONE),
    "plans:equality_begin": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    "plans:equality_change": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:equality_group": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:equality_measure": only({"head", "analyst"}, hidden=NO_WRITERS),
    "plans:equality_remove": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "plans:equality_into_plan": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "plans:equality_sign": only({"head"}, hidden=NO_WRITERS),
    # The priorities agreed are for all; working them out is for those who write.
    "plans:priorities": only(EVERYONE),
    "plans:era": only(EVERYONE),
    "plans:era_table": only(EVERYONE),
    "plans:compare": only(WRITERS, THEIRS),
    "plans:compare_table": only(WRITERS, THEIRS),
    "plans:draw": only({"head", "analyst"}, method="post"),
    "plans:weights": only({"head", "analyst"}),
    "plans:choose": only({"head"}),
    "plans:add_problem": only({"head", "analyst"}),
    "plans:problem": only({"head", "analyst"}, hidden=THEIRS),
    "plans:aside": only({"head", "analyst"}, hidden=THEIRS, method="post"),
    "plans:duties": only(MEMBERS, THEIRS),
    "plans:duty": only(MEMBERS, THEIRS),
    "plans:duties_table": only(MEMBERS, THEIRS),
    "performance:all": only(EVERYONE),
    "performance:table": only(EVERYONE),
    "performance:make": only({"head", "analyst"}),
    # An indicator that is not public exists for those who write plans, no others.
    "performance:show": only(WRITERS, hidden=NOBODYS),
    "performance:figures": only(WRITERS, hidden=NOBODYS),
    "performance:quarters": only(WRITERS, hidden=NOBODYS),
    "performance:change": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:groups": only(WRITERS, hidden=NOBODYS),
    "performance:return_groups": only(
        {"head", "analyst", "partner_lead", "vcse_officer"}, hidden=NO_WRITERS
    ),
    "performance:retire": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:bring_back": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:draw": only({"head", "analyst"}, hidden=NO_WRITERS, method="post"),
    # Their organisation owns it.
    "performance:quarter": only({"head", "analyst", "partner_lead", "vcse_officer"}),
    "performance:waiting": only({"head", "analyst"}),
    "performance:send_back": only({"head", "analyst"}),
    "performance:footprints": only(MEMBERS, THEIRS),
    "performance:footprints_table": only(MEMBERS, THEIRS),
    "performance:targets": only(EVERYONE),
    "performance:targets_table": only(EVERYONE),
    "performance:target_add": only({"head", "analyst"}),
    # This one is not public.
    "performance:target": only(WRITERS, hidden=NOBODYS),
    "performance:target_figures": only(WRITERS, hidden=NOBODYS),
    "performance:target_change": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:target_verdict": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    # One that only the partnership reads.
    "performance:journeys": only(EVERYONE),
    "performance:begin_journey": only({"head", "analyst"}, method="post"),
    "performance:journey": only(WRITERS, hidden=NOBODYS),
    "performance:journey_table": only(WRITERS, hidden=NOBODYS),
    "performance:journey_questions": only(WRITERS, hidden=NOBODYS),
    "performance:journey_flow": only(WRITERS, hidden=NOBODYS),
    "performance:journey_question": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:journey_question_open": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:publish_journey": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:add_journey_step": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:journey_step": only({"head", "analyst"}, hidden=NO_WRITERS),
    "performance:remove_journey_step": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:add_step_indicator": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:remove_step_indicator": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:standards": only(EVERYONE),
    "performance:standards_of": only(EVERYONE),
    "performance:compare": only({"head", "analyst"}, method="post"),
    "performance:compare_indicator": only(
        {"head", "analyst"}, hidden=NO_WRITERS, method="post"
    ),
    "performance:compared_indicator": only(WRITERS, hidden=NOBODYS),
    "performance:compared_exposure": only(EVERYONE),
    "performance:compared_service": only(EVERYONE),
    "performance:standards_table": only(EVERYONE),
    "performance:standard_ward": only(EVERYONE),
    "performance:standard_enter": only({"head", "analyst", "partner_lead"}),
    "performance:standard_sheet": only({"head", "analyst", "partner_lead"}),
    "performance:observations": only({"head", "analyst", "partner_lead"}),
    "partnerships:people": only({"head", "administrator"}, THEIRS),
    "partnerships:people_table": only({"head", "administrator"}, THEIRS),
    "partnerships:invite": only({"administrator"}, THEIRS),
    "partnerships:person": only({"head", "administrator"}, hidden=THEIRS),
    "partnerships:change_role": only(
        {"head", "administrator"}, hidden=THEIRS, method="post"
    ),
    "partnerships:reset_second_step": only({"administrator"}, hidden=THEIRS),
    "partnerships:remove": only({"administrator"}, hidden=THEIRS),
    **consultations.RULES,
    "account_login": only(EVERYONE),
    "account_logout": only(EVERYONE),
    "account_inactive": only(EVERYONE),
    "account_reset_password": only(EVERYONE),
    "account_reset_password_done": only(EVERYONE),
    "account_reset_password_from_key": only(EVERYONE),
    "account_reset_password_from_key_done": only(EVERYONE),
    "mfa_authenticate": only(EVERYONE),
    "account_reauthenticate": only(SIGNED_IN),
    "mfa_reauthenticate": only(SIGNED_IN),
    "account_change_password": only(SIGNED_IN),
    "mfa_index": only(SIGNED_IN),
    "mfa_activate_totp": only(SIGNED_IN),
    "mfa_deactivate_totp": only(
        STAFF, THEIRS, hidden={"councillor", "vcse_officer", "no_role"}
    ),
    "mfa_view_recovery_codes": only(
        STAFF, THEIRS, hidden={"councillor", "vcse_officer", "no_role"}
    ),
    "mfa_generate_recovery_codes": only(SIGNED_IN),
    "mfa_download_recovery_codes": only(
        STAFF, THEIRS, hidden={"councillor", "vcse_officer", "no_role"}
    ),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """
    The session of everybody by name, and what addresses with something in them need.

    Made once, in a transaction around every case; what a case changes is taken back.
    """
    folder = tmp_path_factory.mktemp("access")
    around = transaction.atomic()
    around._from_testcase = True  # as Django marks its tests' own
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), around:
        patch.setenv("SAFERPLAN_STORE", str(folder / "store"))
        patch.setattr(settings, "FILES", folder / "files")
        partnership = partnership_of(council_made())
        cast = cast_of(partnership)
        arguments = arguments_of(cast, partnership, folder / "store")
        yield {name: session_of(person) for name, person in cast.items()}, arguments
        transaction.set_rollback(True)


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
    job = Job.objects.create(
        kind="any",
        title="Load 12 files",
        key="1",
        by=cast["councillor"],
        partnership=partnership,
    )
    analyst = Membership.objects.get(person=cast["analyst"])
    return {
        "home:record_table": ["csv"],
        "partnerships:people_table": ["csv"],
        "home:job": [job.pk],
        "home:job_progress": [job.pk],
        "partnerships:person": [analyst.pk],
        "partnerships:change_role": [analyst.pk],
        "partnerships:reset_second_step": [analyst.pk],
        "partnerships:remove": [analyst.pk],
        "account_reset_password_from_key": ["1", "no-such-key"],
        **of_assessments(cast, partnership, upload, release),
        **of_plans(cast, partnership),
        **of_journeys(cast, partnership),
        **of_priorities(cast, partnership),
        **of_performance(cast, partnership),
        **consultations.arguments_of(cast, partnership),
    }


def of_plans(cast, partnership):
    """A plan being written, and another that is in force."""
    head = cast["head"]
    council = partnership.organisations.get()
    document = take_in(DOCUMENT.encode(), "plan.txt", token=uuid4(), by=head)
    written = make_of(document, by=head)
    action = written.actions.first()
    change_action(action, seen=1, by=head, lead=council)
    other = take_in(DOCUMENT.encode(), "plan.txt", token=uuid4(), by=head)
    adopted = make_of(other, by=head)
    put_forward(adopted, **ADOPTED, note="Minute 4", by=head)
    commitment = Commitment.objects.create(
        plan=adopted, number=1, name="1.1", section="Streets", text="Be visible."
    )
    set_parent(written, adopted, by=head)
    own = add_commitment(written, section="Streets", text="Be seen.", by=head)
    pack = close_quarter(
        adopted, begins=date(2026, 4, 1), ends=date(2026, 6, 30), by=head
    )
    of_action = [written.pk, action.pk]
    task = add_task(action, text="Find a printer", due=None, by=head)
    ReportLink.objects.create(
        plan=written,
        address="office@example.org",
        digest=digest_of_word("word"),
        made_at=timezone.now(),
    )
    return {
        "plans:level_table": ["csv"],
        "plans:level": of_action,
        "plans:outline_back": [written.pk, 1],
        "plans:change_strand": [written.pk, action.strand_id],
        "plans:change_theme": [written.pk, action.theme_id],
        "plans:move_part": [written.pk, "themes", action.theme_id],
        "plans:take_out_part": [written.pk, "strands", action.strand_id],
        **of_equality(written, adopted, by=head),
        "plans:duty": ["revise-plan"],
        "plans:duties_table": ["csv"],
        "plans:document": [document.pk],
        "plans:settle": [document.pk],
        "plans:make_of": [document.pk],
        "plans:version": [adopted.pk, 1],
        "plans:review": [adopted.pk, 1],
        "plans:table": [written.pk, "csv"],
        "plans:standing": [written.pk, "csv"],
        "plans:go_back": [*of_action, 1],
        "plans:add_task": of_action,
        "plans:tick": [*of_action, task.pk],
        "plans:report_link": ["word"],
        "plans:one_page": [adopted.pk],
        "plans:packs": [adopted.pk],
        "plans:pack": [adopted.pk, pack.pk],
        "plans:pack_document": [adopted.pk, pack.pk, "docx"],
        "plans:another_link": ["word"],
        "plans:align": [written.pk, commitment.pk],
        "plans:alignment_table": [written.pk, "csv"],
        "plans:commitment_back": [written.pk, own.pk, 1],
        **{
            f"plans:{name}": [written.pk, own.pk]
            for name in (
                "commitment",
                "change_commitment",
                "remove_commitment",
                "put_back_commitment",
            )
        },
        **{
            f"plans:{name}": [written.pk]
            for name in (
                "show",
                "outline",
                "change",
                "strand",
                "theme",
                "forward",
                "add",
                "add_commitment",
                "checks",
                "answer",
                "alignment",
                "reminders",
            )
        },
        **{
            f"plans:{name}": of_action
            for name in ("action", "edit", "move", "report", "remove", "put_back")
        },
    }


def of_performance(cast, partnership):
    """An indicator that is not public, with a figure that waits for approval."""
    indicator = add_indicator(
        partnership,
        title="Burglary",
        definition="Homes broken into.",
        kind="count",
        unit="offences",
        polarity="down",
        source="evidence",
        evidence={"dataset": "recorded_crime", "area": "E09000099", "measure": "All"},
        owner=partnership.organisations.get(),
        by=cast["head"],
    )
    by_hand = add_indicator(
        partnership,
        title="Fires set",
        definition="Fires that somebody set.",
        kind="count",
        unit="fires",
        polarity="down",
        owner=partnership.organisations.get(),
        by=cast["head"],
    )
    returned = give(by_hand, Entry(date(2026, 6, 1), value=52), by=cast["partner_lead"])
    target = add_target(partnership, by=cast["head"], **BURGLARY)
    return {
        "performance:table": ["csv"],
        "performance:figures": [indicator.pk, "csv"],
        "performance:quarters": [indicator.pk, "csv"],
        "performance:groups": [indicator.pk, "csv"],
        "performance:compared_indicator": [indicator.pk, "csv"],
        "performance:compare_indicator": [indicator.pk],
        "performance:return_groups": [by_hand.pk, "2026-06-01"],
        "performance:send_back": [returned.pk],
        "performance:footprints_table": ["areas", "csv"],
        "performance:targets_table": ["csv"],
        "performance:target": [target.pk],
        "performance:target_figures": [target.pk, "path", "csv"],
        "performance:target_change": [target.pk],
        "performance:target_verdict": [target.pk],
        **{
            f"performance:{name}": [indicator.pk]
            for name in ("show", "change", "draw", "retire", "bring_back")
        },
    }


def of_equality(written, adopted, *, by):
    """An analysis being written of one plan, and one signed off of the other."""
    analysis = begin_analysis(written, by=by)
    measure = add_measure(analysis, text="Evening sessions", by=by)
    signed = sign_off(said_throughout(begin_analysis(adopted, by=by)), note="4", by=by)
    names = ("equality", "equality_begin", "equality_change", "equality_measure")
    return {
        **{f"plans:{name}": [written.pk] for name in (*names, "equality_sign")},
        "plans:equality_group": [written.pk, "age"],
        "plans:equality_table": [written.pk, "csv"],
        "plans:equality_earlier": [adopted.pk, signed.number],
        "plans:equality_remove": [written.pk, measure.pk],
        "plans:equality_into_plan": [written.pk, measure.pk],
    }


def of_priorities(cast, partnership):
    era, problem = priorities_of(partnership, by=cast["head"])
    return {
        "plans:era": [era.pk],
        "plans:era_table": [era.pk, "csv"],
        "plans:compare_table": ["csv"],
        "plans:problem": [problem.pk],
        "plans:aside": [problem.pk],
    }


def of_journeys(cast, partnership):
    """A map that is not public, and a ward that somebody looked at."""
    made = begin(partnership, "victim", by=cast["head"])
    step = made.steps.first()
    question = questions_of(made, asked(made, steps_of(made), orphans=[]))[0].name
    of_step = [made.pk, step.pk]
    look = Look("ward-constables", "E05000001", "A ward", 2, date(2026, 4, 1), "Post")
    observe(partnership, [look], by=cast["head"])
    own = Borough("E09000099", "Own", True, False, False, 9.0, 100.0, 90.0, 41.0, 170.0)
    beside = Beside((own,), "2025-04", "2026-03", "", ())
    take_comparison(partnership, beside, by=cast["head"])
    return {
        "performance:begin_journey": ["witness"],
        "performance:journey": [made.pk],
        "performance:journey_table": [made.pk, "csv"],
        "performance:journey_questions": [made.pk, "csv"],
        "performance:journey_flow": [made.pk, "csv"],
        "performance:journey_question": [made.pk, question],
        "performance:journey_question_open": [made.pk, question],
        "performance:publish_journey": [made.pk],
        "performance:add_journey_step": [made.pk],
        "performance:journey_step": of_step,
        "performance:remove_journey_step": of_step,
        "performance:add_step_indicator": of_step,
        "performance:remove_step_indicator": [*of_step, step.indicators.first().pk],
        "performance:standards_of": [partnership.pk],
        "performance:standards_table": [partnership.pk, "csv"],
        "performance:standard_ward": [partnership.pk, "E05000001"],
        "performance:observations": ["csv"],
        "performance:compared_exposure": [partnership.pk, "csv"],
        "performance:compared_service": [partnership.pk, "csv"],
    }


def of_assessments(cast, partnership, upload, release):
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


def every_address(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        match entry:
            case URLResolver():
                namespace = f"{entry.namespace}:" if entry.namespace else ""
                yield from every_address(entry, prefix + namespace)
            case URLPattern():
                yield f"{prefix}{entry.name}"


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(every_address()) == RULES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("page", RULES)
def test_each_page_opens_for_those_it_should_and_no_others(world, page):
    sessions, arguments = world
    rule = RULES[page]
    address = reverse(page, args=arguments.get(page))
    found = {
        name: outcome(getattr(browser_in(session), rule.method)(address))
        for name, session in sessions.items()
    }
    assert found == {name: expected(rule, name) for name in sessions}


def session_of(person):
    if person is None:
        return None
    client = StrictClient()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def browser_in(session):
    client = StrictClient()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def outcome(response):
    response.getvalue()  # a file must be read to its end
    if response.status_code == 302 and "/sign-in/?next=" in response["Location"]:
        return "sign in first"
    return {403: "refused", 404: "hidden"}.get(response.status_code, "answered")


def expected(rule, name):
    if name in rule.may:
        return "answered"
    if name in rule.hidden:
        return "hidden"
    return "sign in first" if name == "resident" else "refused"
