"""The library of indicators, and the sheet of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.core.downloads import table_response
from saferplan.web.core.pages import number
from saferplan.web.core.permissions import allows
from saferplan.web.performance.beside import exposure_of
from saferplan.web.performance.borough_picture import picture_of as boroughs_picture
from saferplan.web.performance.chart import KINDS
from saferplan.web.performance.evidence import DATASETS
from saferplan.web.performance.group_picture import shown
from saferplan.web.performance.groups import COLUMNS, rows_of, splits_of
from saferplan.web.performance.library import Library, library_of
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.permissions import (
    check_can_keep,
    check_can_return,
    check_returns_figures,
)
from saferplan.web.performance.picture import description_of, picture_of
from saferplan.web.performance.services.comparing import check_can_compare
from saferplan.web.performance.services.drawing import check_can_draw
from saferplan.web.performance.sheet import Sheet, sheet_of
from saferplan.web.performance.tables import (
    FIGURE_COLUMNS,
    LIST_COLUMNS,
    QUARTER_COLUMNS,
    QUARTERS_SHOWN,
    figure_rows,
    list_rows,
    quarters_of,
    table_rows,
)
from saferplan.web.plans.models.plan import WRITERS


def is_inside(request: HttpRequest, indicator: Indicator) -> bool:
    """Whether this person works on the partnership's figures, small ones included."""
    membership = getattr(request.user, "membership", None)
    return (
        membership is not None
        and membership.partnership_id == indicator.partnership_id
        and membership.role in WRITERS
    )


def readable(request: HttpRequest, pk: int) -> Indicator:
    visible = Indicator.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("partnership", "owner", "replaced_by"), pk=pk
    )


def library(request: HttpRequest) -> Library:
    indicators = Indicator.objects.visible_to(request.user).with_all()
    return library_of(indicators, inside=lambda each: is_inside(request, each))


@login_not_required
def everything(request: HttpRequest) -> HttpResponse:
    """Every indicator this person may read, and the false alarms to expect of them."""
    membership = getattr(request.user, "membership", None)
    here = membership.partnership if membership else None
    return render(
        request,
        "performance/all.html",
        {
            "library": library(request),
            "may_keep": here is not None and allows(check_can_keep, request.user, here),
            "may_return": here is not None
            and allows(check_returns_figures, request.user, here),
        },
    )


@login_not_required
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """All indicators as CSV or ODS."""
    found = library(request)
    rows = list_rows([*found.sheets, *found.retired])
    return table_response("indicators", kind, LIST_COLUMNS, rows)


@login_not_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of one indicator."""
    indicator = readable(request, pk)
    inside = is_inside(request, indicator)
    sheet = sheet_of(indicator, protected=not inside)
    made = indicator.comparisons.first()
    exposure = exposure_of(made) if made else None
    return render(
        request,
        "performance/show.html",
        {
            "indicator": indicator,
            "sheet": sheet,
            "picture": picture_of(sheet),
            "description": description_of(sheet),
            "kinds": KINDS,
            "calculated": calculated(indicator),
            "source": source(indicator),
            "rests_on": rests_on(request, sheet),
            "rows": table_rows(sheet, names=inside),
            "quarters": quarters_of(sheet)[:QUARTERS_SHOWN],
            "rolled_up": rolled_up_how(indicator),
            "corrections": corrections(sheet),
            "inside": inside,
            "splits": [
                shown(sheet, each) for each in splits_of(sheet, protected=not inside)
            ],
            "by_group": by_group(indicator),
            "exposure": exposure,
            "boroughs_picture": boroughs_picture(exposure) if exposure else None,
            "may_compare": allows(check_can_compare, request.user, indicator),
            "replacement": replacement(request, indicator),
            "actions": indicator.actions.standing().with_all() if inside else [],
            "may_keep": allows(check_can_keep, request.user, indicator.partnership),
            "may_draw": allows(check_can_draw, request.user, indicator),
            "may_return": allows(check_can_return, request.user, indicator),
        },
    )


def by_group(indicator: Indicator) -> str:
    """By whom it is returned apart, whether that adds up, and what else it could be."""
    said = [
        f"{split['by']}: {', '.join(split['groups'])}." for split in indicator.groups
    ]
    if said:
        said.append(f"{indicator.get_groups_add_display()}.")
    if indicator.split:
        said.append(f"Could be shown by {indicator.split}.")
    return " ".join(said) or "Nobody returns it by group"


def replacement(request: HttpRequest, indicator: Indicator) -> Indicator | None:
    """What is kept instead of a retired one, if this person may read it."""
    if indicator.replaced_by_id is None:
        return None
    visible = Indicator.objects.visible_to(request.user)
    return visible.filter(pk=indicator.replaced_by_id).first()


def calculated(indicator: Indicator) -> str:
    """How a figure comes about, in words."""
    if not indicator.is_ratio:
        return indicator.numerator or indicator.get_kind_display()
    per = "" if indicator.per == 1 else f", for each {number(indicator.per)}"
    return f"{indicator.numerator}, out of {indicator.denominator}{per}"


def rolled_up_how(indicator: Indicator) -> str:
    """How months become a quarter, in a sentence."""
    if indicator.is_ratio and indicator.roll_up == Indicator.RollUp.SUM:
        return "The counts of its months are added up, and one is taken of the other."
    return {
        Indicator.RollUp.SUM: "Its months are added up.",
        Indicator.RollUp.MEAN: "It is the mean of its months.",
        Indicator.RollUp.LAST: "It is its last month.",
        Indicator.RollUp.NONE: "",
    }[Indicator.RollUp(indicator.roll_up)]


def source(indicator: Indicator) -> str:
    if indicator.source == Indicator.Source.RETURN:
        return f"Returned by {indicator.owner}, approved by the analyst or the head"
    where = indicator.evidence
    if indicator.source == Indicator.Source.FINDING:
        return f"The accepted findings “{where['finding']}” of the assessment"
    dataset = DATASETS[where["dataset"]].title
    return f"{dataset}, {where['measure']}, {where['area']}, from the evidence store"


def rests_on(request: HttpRequest, sheet: Sheet) -> str:
    """What the newest figure was drawn from: its method, releases and finding."""
    stands = next(
        (each.stands for each in reversed(sheet.figures) if each.value is not None),
        None,
    )
    if stands is None or not stands.is_drawn:
        return ""
    how = stands.drawn_how
    said = [how["method"]] if how.get("method") else []
    if stands.drawn_from:
        said.append(f"release {', '.join(stands.drawn_from)}")
    words = format_html("{}.", "; ".join(said))
    if not how.get("finding"):
        return words
    words = format_html("{} Finding of {}: ", words, how["of"])
    visible = StrategicAssessment.objects.visible_to(request.user)
    if not visible.filter(pk=how["assessment"]).exists():
        return format_html("{}{}.", words, how["title"])
    link = reverse("assessments:finding", args=[how["assessment"], how["finding"]])
    return format_html(
        '{}<a class="govuk-link" href="{}">{}</a>.', words, link, how["title"]
    )


def corrections(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    """What approved figures were before they were corrected, and why."""
    return [
        (
            figure.label,
            sheet.say(earlier.value),
            sheet.say(figure.value),
            figure.stands.note if figure.stands else "",
        )
        for figure in reversed(sheet.figures)
        for earlier in figure.earlier
    ]


@login_not_required
def figures(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The figures of an indicator as CSV or ODS."""
    indicator = readable(request, pk)
    sheet = sheet_of(indicator, protected=not is_inside(request, indicator))
    name = f"indicator-{indicator.pk}"
    return table_response(name, kind, FIGURE_COLUMNS, figure_rows(sheet))


@login_not_required
def groups(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The figures of each group as CSV or ODS."""
    indicator = readable(request, pk)
    protected = not is_inside(request, indicator)
    sheet = sheet_of(indicator, protected=protected)
    rows = rows_of(splits_of(sheet, protected=protected))
    name = f"indicator-{indicator.pk}-by-group"
    return table_response(name, kind, COLUMNS, rows)


@login_not_required
def quarters(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The figures of whole quarters as CSV or ODS."""
    indicator = readable(request, pk)
    sheet = sheet_of(indicator, protected=not is_inside(request, indicator))
    name = f"indicator-{indicator.pk}-by-quarter"
    return table_response(name, kind, QUARTER_COLUMNS, quarters_of(sheet))
