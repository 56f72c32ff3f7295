"""Who reaches the pages of plans, priorities, levels and duties."""

from datetime import date
from uuid import uuid4

from django.utils import timezone
from web.access_rules import (
    AUTHORS,
    CHANGED,
    CHANGED_BY_BUTTON,
    EVERYONE,
    FOR_ALL,
    KEPT,
    MEMBERS,
    NO_WRITERS,
    READ,
    REPORTERS,
    THEIRS,
    WRITERS,
    only,
)
from web.plans.conftest import ADOPTED, DOCUMENT, priorities_of, said_throughout

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
    "plans:all": FOR_ALL,
    "plans:make": only(AUTHORS),
    "plans:read": only(AUTHORS),
    # A plan nobody has put forward exists for those who write it, and no others.
    "plans:document": READ,
    "plans:settle": CHANGED_BY_BUTTON,
    "plans:make_of": CHANGED_BY_BUTTON,
    "plans:show": KEPT,
    "plans:table": KEPT,
    "plans:standing": KEPT,
    # This one is in force, for all to read.
    "plans:version": FOR_ALL,
    "plans:review": only({"head"}),
    "plans:checks": READ,
    "plans:answer": CHANGED,
    "plans:alignment": READ,
    "plans:alignment_table": READ,
    "plans:align": CHANGED_BY_BUTTON,
    "plans:commitment": READ,
    "plans:add_commitment": CHANGED,
    "plans:change_commitment": CHANGED,
    "plans:remove_commitment": CHANGED,
    "plans:put_back_commitment": CHANGED_BY_BUTTON,
    "plans:commitment_back": CHANGED_BY_BUTTON,
    "plans:one_page": FOR_ALL,
    "plans:packs": only(WRITERS | {"councillor"}),
    "plans:pack": only(WRITERS | {"councillor"}),
    "plans:pack_document": only(WRITERS | {"councillor"}),
    "plans:reminders": READ,
    # Whoever has the word in the link.
    "plans:report_link": FOR_ALL,
    "plans:another_link": only(EVERYONE, method="post"),
    "plans:outline": READ,
    "plans:outline_back": CHANGED_BY_BUTTON,
    "plans:change": CHANGED,
    "plans:strand": CHANGED,
    "plans:theme": CHANGED,
    "plans:change_strand": CHANGED,
    "plans:change_theme": CHANGED,
    "plans:move_part": CHANGED_BY_BUTTON,
    "plans:take_out_part": CHANGED_BY_BUTTON,
    "plans:forward": only({"head"}, hidden=NO_WRITERS),
    "plans:add": CHANGED,
    "plans:action": READ,
    "plans:edit": CHANGED,
    # The others' organisation leads it.
    "plans:report": only(REPORTERS, hidden=NO_WRITERS),
    "plans:add_task": only(REPORTERS, hidden=NO_WRITERS, method="post"),
    "plans:tick": only(REPORTERS, hidden=NO_WRITERS, method="post"),
    "plans:remove": CHANGED,
    "plans:move": CHANGED,
    "plans:put_back": CHANGED_BY_BUTTON,
    "plans:go_back": CHANGED_BY_BUTTON,
    "plans:advisor": only(MEMBERS, THEIRS),
    "plans:level_table": only(MEMBERS, THEIRS),
    "plans:level": READ,
    # An analysis that nobody signed exists for those who write the plan.
    "plans:equality": KEPT,
    "plans:equality_table": KEPT,
    "plans:equality_earlier": FOR_ALL,
    "plans:equality_begin": CHANGED_BY_BUTTON,
    "plans:equality_change": CHANGED,
    "plans:equality_group": CHANGED,
    "plans:equality_measure": CHANGED,
    "plans:equality_remove": CHANGED_BY_BUTTON,
    "plans:equality_into_plan": CHANGED_BY_BUTTON,
    "plans:equality_sign": only({"head"}, hidden=NO_WRITERS),
    # The priorities agreed are for all; working them out is for those who write.
    "plans:priorities": FOR_ALL,
    "plans:era": FOR_ALL,
    "plans:era_table": FOR_ALL,
    "plans:compare": only(WRITERS, THEIRS),
    "plans:compare_table": only(WRITERS, THEIRS),
    "plans:draw": only(AUTHORS, method="post"),
    "plans:weights": only(AUTHORS),
    "plans:choose": only({"head"}),
    "plans:add_problem": only(AUTHORS),
    "plans:problem": only(AUTHORS, hidden=THEIRS),
    "plans:aside": only(AUTHORS, hidden=THEIRS, method="post"),
    "plans:duties": only(MEMBERS, THEIRS),
    "plans:duty": only(MEMBERS, THEIRS),
    "plans:duties_table": only(MEMBERS, THEIRS),
}


def arguments_of(cast, partnership):
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
        **of_priorities(cast, partnership),
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
