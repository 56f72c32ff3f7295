"""Pages of journey maps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from saferplan.definitions.journeys import PATHS, journey
from saferplan.errors import NotAllowed
from saferplan.plans.checks import Check
from saferplan.web.core.downloads import table_response
from saferplan.web.core.permissions import allows
from saferplan.web.partnerships.requests import MemberRequest, members_only
from saferplan.web.performance import flow_picture
from saferplan.web.performance.journey_flow import Flow, flow_of
from saferplan.web.performance.journey_forms import CountedForm, StepForm
from saferplan.web.performance.journey_map import (
    HEADINGS,
    Shown,
    asked,
    orphans_of,
    rows_of,
    shown,
    steps_of,
)
from saferplan.web.performance.journey_picture import picture_of
from saferplan.web.performance.journey_questions import (
    Question,
    by_kind,
    counted,
    questions_of,
)
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.models.journey import (
    JourneyMap,
    JourneyStep,
    StepIndicator,
)
from saferplan.web.performance.permissions import check_can_keep
from saferplan.web.performance.services import journeys as services
from saferplan.web.plans.models.plan import WRITERS

Path = JourneyMap.Path


def readable(request: HttpRequest, pk: int) -> JourneyMap:
    visible = JourneyMap.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("partnership"), pk=pk)


def own(request: MemberRequest, pk: int) -> JourneyMap:
    """A map that this person works on; for others it does not exist here."""
    maps = JourneyMap.objects.filter(partnership=request.membership.partnership_id)
    if request.membership.role not in WRITERS:
        maps = maps.none()
    return get_object_or_404(maps.select_related("partnership"), pk=pk)


def is_inside(request: HttpRequest, made: JourneyMap) -> bool:
    membership = getattr(request.user, "membership", None)
    return bool(
        membership
        and membership.partnership_id == made.partnership_id
        and membership.role in WRITERS
    )


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """The maps this person may read, and those their partnership could begin."""
    membership = getattr(request.user, "membership", None)
    here = membership.partnership if membership else None
    maps = JourneyMap.objects.visible_to(request.user).select_related("partnership")
    found = [(each, open_of(request, each)) for each in maps]
    begun = {each.path for each in maps if here and each.partnership_id == here.pk}
    may_keep = here is not None and allows(check_can_keep, request.user, here)
    return render(
        request,
        "performance/journeys.html",
        {
            "maps": found,
            "to_begin": [
                (path, Path(path).label, len(journey(path)))
                for path in PATHS
                if path not in begun
            ]
            if may_keep
            else [],
        },
    )


def open_of(request: HttpRequest, made: JourneyMap) -> list[Question]:
    """The questions of a map that nobody has answered."""
    questions = questions_of(made, asked_of(request, made))
    return [each for each in questions if each.state == "open"]


def asked_of(request: HttpRequest, made: JourneyMap) -> list[Check]:
    orphans = orphans_of(made, public=not is_inside(request, made))
    return asked(made, steps_of(made), orphans=orphans)


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    made = readable(request, pk)
    steps = shown_to(request, made)
    questions = questions_of(made, asked_of(request, made))
    flow = flow_for(request, made)
    return render(
        request,
        "performance/journey.html",
        {
            "journey": made,
            "steps": steps,
            "asked": counted(questions),
            "checks": by_kind(questions),
            "inside": is_inside(request, made),
            "picture": picture_of(steps),
            "flow": flow,
            "flow_picture": flow_picture.picture_of(flow) if flow else None,
            "waits": flow_picture.waits_of(steps),
            "grounds": journey(made.path)[-1].grounds,
            "may_keep": allows(check_can_keep, request.user, made.partnership),
        },
    )


def may_follow(request: HttpRequest) -> set[int]:
    return set(Indicator.objects.visible_to(request.user).values_list("pk", flat=True))


def shown_to(request: HttpRequest, made: JourneyMap) -> list[Shown]:
    return shown(steps_of(made), may_follow=may_follow(request))


def flow_for(request: HttpRequest, made: JourneyMap) -> Flow | None:
    """How many come to each step, as far as this person may know it."""
    may = may_follow(request)
    rows = steps_of(made)
    protected = not is_inside(request, made)
    return flow_of(
        rows, shown(rows, may_follow=may), may_follow=may, protected=protected
    )


@login_not_required
def table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    made = readable(request, pk)
    name = f"journey-{made.path.replace(' ', '-')}"
    return table_response(name, kind, HEADINGS, rows_of(steps_of(made)))


@require_POST
@members_only
def begin(request: MemberRequest, path: str) -> HttpResponse:
    """Make a copy of the steps of a path for this partnership."""
    path = path.replace("-", " ")
    if path not in PATHS:
        raise Http404
    made = services.begin(request.membership.partnership, path, by=request.user)
    messages.success(request, "The map begins with the usual steps. Make them yours.")
    return redirect("performance:journey", made.pk)


@require_POST
@members_only
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    made = own(request, pk)
    public = not made.is_public
    services.publish(made, public=public, by=request.user)
    messages.success(
        request,
        "Everybody can read this map now."
        if public
        else "Only the partnership can read this map now.",
    )
    return redirect("performance:journey", pk)


@members_only
def add_step(request: MemberRequest, pk: int) -> HttpResponse:
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    form = StepForm(request.POST or None, made=made)
    if form.is_valid():
        try:
            services.add_step(
                made, after=form.cleaned_data["after"], by=request.user, **form.words
            )
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "The step was added.")
            return redirect("performance:journey", pk)
    return render(
        request,
        "performance/journey_step.html",
        {"form": form, "journey": made, "step": None},
        status=422 if form.errors else 200,
    )


@members_only
def step(request: MemberRequest, pk: int, step_id: int) -> HttpResponse:
    """Change a step; if another did meanwhile, show both."""
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    row = get_object_or_404(made.steps, pk=step_id)
    form = StepForm(request.POST or None, made=made, step=row)
    theirs: JourneyStep | None = None
    if form.is_valid():
        try:
            services.change_step(
                row,
                seen=form.cleaned_data["seen"] or 0,
                after=form.cleaned_data["after"],
                by=request.user,
                **form.words,
            )
        except services.StepChanged as clash:
            theirs = clash.theirs
            # Saving again means: knowing theirs.
            data = {**request.POST.dict(), "seen": theirs.edition}
            form = StepForm(data, made=made, step=row)
            form.add_error(None, str(clash))
        else:
            messages.success(request, "The step was changed.")
            return redirect("performance:journey", pk)
    status = 409 if theirs else 422 if form.errors else 200
    return draw_step(request, made, row, form, theirs=theirs, status=status)


def draw_step(
    request: MemberRequest,
    made: JourneyMap,
    row: JourneyStep,
    form: StepForm,
    *,
    counted: CountedForm | None = None,
    theirs: JourneyStep | None = None,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "performance/journey_step.html",
        {
            "form": form,
            "journey": made,
            "step": row,
            "differences": between(form, theirs) if theirs else [],
            "counted": row.indicators.select_related("indicator"),
            "counted_form": counted or CountedForm(made=made),
        },
        status=status,
    )


def between(form: StepForm, theirs: JourneyStep) -> list[tuple[str, str, str]]:
    """Where two wordings differ: the field, theirs, and what was typed here."""
    return [
        (str(form[name].label), said(getattr(theirs, name)), said(mine))
        for name, mine in form.words.items()
        if mine != getattr(theirs, name)
    ]


def said(value: str | float | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None or value == "" else str(value)


@require_POST
@members_only
def remove_step(request: MemberRequest, pk: int, step_id: int) -> HttpResponse:
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    row = made.steps.filter(pk=step_id).first()
    if row is not None:  # else somebody else was quicker
        services.remove_step(row, by=request.user)
    messages.success(request, "The step was taken out.")
    return redirect("performance:journey", pk)


@require_POST
@members_only
def add_indicator(request: MemberRequest, pk: int, step_id: int) -> HttpResponse:
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    row = get_object_or_404(made.steps, pk=step_id)
    form = CountedForm(request.POST, made=made)
    if form.is_valid():
        try:
            services.add_indicator(row, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return to_counted(pk, step_id)
    words = StepForm(made=made, step=row)
    return draw_step(request, made, row, words, counted=form, status=422)


@require_POST
@members_only
def remove_indicator(
    request: MemberRequest, pk: int, step_id: int, counted_id: int
) -> HttpResponse:
    made = own(request, pk)
    check_can_keep(request.user, made.partnership)
    here = StepIndicator.objects.filter(step__journey=made, step=step_id)
    counted = here.filter(pk=counted_id).first()
    if counted is not None:  # else somebody else was quicker
        services.remove_indicator(counted, by=request.user)
    return to_counted(pk, step_id)


def to_counted(pk: int, step_id: int) -> HttpResponse:
    address = reverse("performance:journey_step", args=[pk, step_id])
    return redirect(f"{address}#counted")
