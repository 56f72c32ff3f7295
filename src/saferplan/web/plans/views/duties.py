"""The duties register: what the law asks of this partnership this year."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from saferplan.definitions import Duty
from saferplan.errors import NotAllowed
from saferplan.web.core.downloads import table_response
from saferplan.web.core.fields import FOR_EXAMPLE, DayField
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.plans.duties import COLOURS, counted, register_of
from saferplan.web.plans.models import DutyRecord
from saferplan.web.plans.permissions import check_can_write
from saferplan.web.plans.services.keeping_duties import record_duty


class DutyForm(forms.Form):
    """How the partnership stands with a duty."""

    state = forms.ChoiceField(
        choices=DutyRecord.State.choices,
        widget=forms.RadioSelect,
        label="How do you stand with it?",
        error_messages={"required": "Choose how you stand with it."},
    )
    event_on = DayField(
        required=False,
        label="The day it happened",
    )
    done_on = DayField(
        required=False,
        label="The day it was done",
        help_text=f"{FOR_EXAMPLE} Of what goes on, the day it was last seen.",
    )
    evidence = forms.CharField(
        required=False,
        max_length=500,
        label="Where anybody can see it",
        help_text="An address on the web, or a minute: Board, 18 March 2026, minute 4.",
    )
    note = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea, label="Note"
    )

    def __init__(self, *args: object, duty: Duty, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if duty.when == "after an event":
            self.fields["event_on"].help_text = f"When {duty.event}."
        else:
            del self.fields["event_on"]

    def clean(self) -> dict[str, object]:
        said = super().clean() or {}
        for name in ("done_on", "event_on"):
            day = said.get(name)
            if day and day > timezone.localdate():
                self.add_error(name, "This day is still to come.")
        if said.get("state") == DutyRecord.State.DONE:
            if not said.get("done_on") and "done_on" not in self.errors:
                self.add_error("done_on", "Give the day on which it was done.")
            if not said.get("evidence"):
                self.add_error("evidence", "Say where anybody can see it.")
        return said


@members_only
def register(request: MemberRequest) -> HttpResponse:
    partnership = request.membership.partnership
    lines = register_of(partnership, timezone.localdate())
    return render(
        request,
        "plans/duties.html",
        {
            "partnership": partnership,
            "lines": lines,
            "counts": counted(lines),
            "colours": COLOURS,
            "may_write": allows(check_can_write, request.user, partnership),
        },
    )


@members_only
def table(request: MemberRequest, kind: str) -> HttpResponse:
    """The register as CSV or ODS."""
    headings = ["Duty", "What it asks", "Source", "How far confirmed"]
    headings += ["In force since", "Last done", "Evidence", "Due", "State", "Note"]
    rows = []
    for line in register_of(request.membership.partnership, timezone.localdate()):
        record, duty = line.record, line.duty
        began, done = duty.in_force_from, record.done_on if record else None
        rows.append(
            (
                duty.title,
                duty.text,
                duty.source,
                duty.grounds,
                began.isoformat() if began else None,
                done.isoformat() if done else None,
                record.evidence if record else None,
                line.due.isoformat() if line.due else None,
                line.state,
                record.note if record else None,
            )
        )
    return table_response("duties", kind, headings, rows)


@members_only
def show(request: MemberRequest, name: str) -> HttpResponse:
    """One duty, what was said of it, and saying how it stands now."""
    partnership = request.membership.partnership
    lines = register_of(partnership, timezone.localdate())
    line = next((each for each in lines if each.duty.name == name), None)
    if line is None:
        raise Http404
    initial = {}
    if line.found:
        initial = {"done_on": line.found.on, "evidence": line.found.text}
    form = DutyForm(request.POST or None, duty=line.duty, initial=initial)
    if request.method == "POST":
        check_can_write(request.user, partnership)
        if form.is_valid():
            try:
                record_duty(partnership, name, by=request.user, **form.cleaned_data)
            except NotAllowed as reason:
                form.add_error(None, str(reason))
            else:
                messages.success(request, f"Recorded: {line.duty.title}.")
                return redirect("plans:duties")
    return render(
        request,
        "plans/duty.html",
        {
            "line": line,
            "form": form,
            "records": partnership.duty_records.of_duty(name),
            "colours": COLOURS,
            "may_write": allows(check_can_write, request.user, partnership),
        },
        status=422 if form.errors else 200,
    )
