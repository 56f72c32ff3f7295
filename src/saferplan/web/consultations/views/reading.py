"""Reading the answers to a question: themes, a coded sample, counts with limits."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import (
    Answer,
    AnswerTheme,
    Coding,
    Consultation,
    Question,
    RandomSample,
    ReadingRun,
    Response,
)
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.services.bringing_back import drafts_brought
from saferplan.web.consultations.services.coding import (
    FEWEST_CODED,
    add_theme,
    code,
    draw_sample,
    next_to_code,
    retire_theme,
    start_reading,
)
from saferplan.web.consultations.services.must_be_read import vital_points_in
from saferplan.web.consultations.views.deciding import points_of, read_consultation
from saferplan.web.core.downloads import Cell, table_response
from saferplan.web.partnerships.requests import MemberRequest, members_only

ON_A_PAGE = 50
COLUMNS = (
    *("Theme", "Share of answers", "Lower 95%", "Upper 95%"),
    *("Answers", "At least", "At most", "Coded answers with it", "How found"),
)
Shown = dict[str, Any]


class ThemeForm(forms.Form):
    name = forms.CharField(
        max_length=120,
        label="The theme, in a few words",
        error_messages={"required": "Name the theme."},
    )
    description = forms.CharField(
        required=False,
        max_length=1_000,
        widget=forms.Textarea,
        label="What belongs to it, and what does not",
    )


class SampleForm(forms.Form):
    count = forms.IntegerField(
        min_value=FEWEST_CODED,
        max_value=2_000,
        initial=200,
        label="How many answers to draw",
        help_text="200 give limits of about three points each way.",
    )
    twice = forms.IntegerField(
        min_value=0,
        max_value=500,
        initial=50,
        label="How many of them a second person codes too",
        help_text="From these comes how far two people agree.",
    )


class CodeForm(forms.Form):
    themes = forms.ModelMultipleChoiceField(
        AnswerTheme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Which themes are in it?",
        help_text="Choose all that are. Choose none if none is.",
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["themes"].queryset = question.themes.filter(retired_at=None)


def read_question(
    request: HttpRequest, pk: int, question_id: int
) -> tuple[Consultation, Question]:
    consultation = read_consultation(request, pk)
    open_ones = consultation.questions.filter(apart=False).select_related(
        "consultation__partnership"
    )
    return consultation, get_object_or_404(open_ones, pk=question_id)


def in_words(question: Question) -> Any:
    """The answers in words that count."""
    counted = Response.objects.counted()
    return question.answers.filter(response__in=counted).exclude(text="")


@members_only
def everything(request: MemberRequest, pk: int) -> HttpResponse:
    """Every question that people answered in words, and how far its reading is."""
    consultation = read_consultation(request, pk)
    rows = []
    for question in consultation.questions.filter(apart=False):
        answers = in_words(question).count()
        if not answers and question.kind != Question.Kind.OPEN:
            continue
        coded = Coding.objects.filter(answer__question=question)
        rows.append(
            {
                "question": question,
                "answers": answers,
                "themes": question.themes.filter(retired_at=None).count(),
                "coded": coded.values("answer").distinct().count(),
            }
        )
    return render(
        request,
        "consultations/readings.html",
        {"consultation": consultation, "rows": rows},
    )


@members_only
def show(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """How far the reading of one question is, and what it has shown."""
    consultation, question = read_question(request, pk, question_id)
    sample = question.samples.first()
    look = newest_result(question, ReadingRun.What.LOOK)
    counted = newest_result(question, ReadingRun.What.COUNT)
    return render(
        request,
        "consultations/reading.html",
        {
            "consultation": consultation,
            "question": question,
            "answers": in_words(question).count(),
            "look": look,
            "drafts": drafts_in(look),
            "themes": question.themes.filter(retired_at=None),
            "sample": sample,
            "progress": progress_of(sample),
            "counted": counted,
            "rows": rows_of(question, counted),
            "brought": newest_result(question, ReadingRun.What.BROUGHT),
            "fewest": FEWEST_CODED,
            "token": uuid4(),
        },
    )


def drafts_in(look: Shown | None) -> list[Shown]:
    """Draft themes, each with the words of its exemplars as they are today."""
    drafts = look["themes"] if look else []
    wanted = [answer for draft in drafts for answer in draft["exemplars"]]
    texts = dict(Answer.objects.filter(pk__in=wanted).values_list("pk", "text"))
    return [
        {
            **draft,
            "exemplars": [
                texts[int(each)] for each in draft["exemplars"] if int(each) in texts
            ],
        }
        for draft in drafts
    ]


def progress_of(sample: RandomSample | None) -> Shown:
    if sample is None:
        return {}
    codings = Coding.objects.filter(answer__in=sample.drawn)
    coders: dict[int, int] = {}
    for answer_id in codings.values_list("answer_id", flat=True):
        coders[answer_id] = coders.get(answer_id, 0) + 1
    return {
        "drawn": len(sample.drawn),
        "once": len(coders),
        "twice": sum(count > 1 for count in coders.values()),
    }


def rows_of(question: Question, counted: Shown | None) -> list[Shown]:
    """Each theme with its share and limits, the commonest first."""
    names = {theme.pk: theme for theme in question.themes.all()}
    rows = [
        {**row, "theme": names[row["theme"]]}
        for row in (counted["themes"] if counted else [])
        if row["theme"] in names
    ]
    return sorted(rows, key=lambda row: -row["share"])


@members_only
@require_POST
def run(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Have the answers read by machine."""
    _, question = read_question(request, pk, question_id)
    what = request.POST.get("what", ReadingRun.What.LOOK)
    if what not in (ReadingRun.What.LOOK, ReadingRun.What.COUNT):
        raise Http404
    job = start_reading(
        question,
        what,
        brought="brought" in request.POST,
        token=request.POST.get("token", ""),
        by=request.user,
    )
    return redirect("home:job", job.pk)


@members_only
def table(request: MemberRequest, pk: int, question_id: int, kind: str) -> HttpResponse:
    """Each theme's share with its limits. There is no count without."""
    _, question = read_question(request, pk, question_id)
    counted = newest_result(question, ReadingRun.What.COUNT)
    rows: list[list[Cell]] = [
        [
            str(row["theme"]),
            *(round(row[name], 4) for name in ("share", "lower", "upper")),
            *(row[name] for name in ("answers", "answers_lower", "answers_upper")),
            row["coded"],
            row["basis"],
        ]
        for row in rows_of(question, counted)
    ]
    return table_response(f"themes-{question.key}", kind, COLUMNS, rows)


@members_only
def themes(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Name a theme, perhaps from a draft that `?draft=` names."""
    consultation, question = read_question(request, pk, question_id)
    form = ThemeForm(request.POST or None)
    if form.is_valid():
        try:
            added = add_theme(question, by=request.user, **form.cleaned_data)
        except ValidationError as reason:
            form.add_error("name", reason.messages[0])
        else:
            messages.success(request, f"“{added}” is a theme now.")
            return redirect("consultations:themes", pk=pk, question_id=question_id)
    return render(
        request,
        "consultations/themes.html",
        {
            "consultation": consultation,
            "question": question,
            "form": form,
            "drafts": drafts_in(newest_result(question, ReadingRun.What.LOOK)),
            "brought": drafts_brought(question),
            "themes": question.themes.order_by("retired_at", "pk"),
        },
        status=422 if form.errors else 200,
    )


@members_only
def theme(
    request: MemberRequest, pk: int, question_id: int, theme_id: int
) -> HttpResponse:
    """The answers with a theme: those people found, and those a machine suggests."""
    consultation, question = read_question(request, pk, question_id)
    found = get_object_or_404(question.themes, pk=theme_id)
    counted = newest_result(question, ReadingRun.What.COUNT)
    suggested = [
        int(answer)
        for answer, chosen in (counted["suggested"] if counted else {}).items()
        if found.pk in chosen
    ]
    coded = set(found.codings.values_list("answer_id", flat=True))
    looked_at = set(
        Coding.objects.filter(answer__question=question).values_list(
            "answer_id", flat=True
        )
    )
    wanted = coded | {each for each in suggested if each not in looked_at}
    page = Paginator(
        in_words(question).filter(pk__in=wanted).order_by("pk"), ON_A_PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "consultations/theme.html",
        {
            "consultation": consultation,
            "question": question,
            "theme": found,
            "page": page,
            "coded": coded,
            "by": counted["by"] if counted else "",
        },
    )


@members_only
@require_POST
def drop(
    request: MemberRequest, pk: int, question_id: int, theme_id: int
) -> HttpResponse:
    """Drop a theme, or bring it back."""
    _, question = read_question(request, pk, question_id)
    found = get_object_or_404(question.themes, pk=theme_id)
    try:
        retire_theme(found, by=request.user)
    except ValidationError as reason:
        messages.error(request, reason.messages[0])
    return redirect("consultations:themes", pk=pk, question_id=question_id)


@members_only
def sample(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Draw answers at random to be coded."""
    consultation, question = read_question(request, pk, question_id)
    form = SampleForm(request.POST or None)
    if form.is_valid():
        try:
            draw_sample(question, by=request.user, **form.cleaned_data)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("consultations:code", pk=pk, question_id=question_id)
    return render(
        request,
        "consultations/sample.html",
        {"consultation": consultation, "question": question, "form": form},
        status=422 if form.errors else 200,
    )


@members_only
def code_next(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Go to the next answer of the sample that this person has not coded."""
    consultation, question = read_question(request, pk, question_id)
    drawn = question.samples.first()
    if drawn is None:
        return redirect("consultations:sample", pk=pk, question_id=question_id)
    answer = next_to_code(drawn, request.user)
    if answer is None:
        messages.success(request, "There is nothing left for you to code.")
        return redirect("consultations:reading", pk=pk, question_id=question_id)
    return redirect("consultations:code_one", pk, question_id, answer.pk)


@members_only
def code_one(
    request: MemberRequest, pk: int, question_id: int, answer_id: int
) -> HttpResponse:
    """One answer, and the themes to choose from. Nobody else's choice is shown."""
    consultation, question = read_question(request, pk, question_id)
    answer = get_object_or_404(in_words(question), pk=answer_id)
    own = Coding.objects.filter(answer=answer, coder=request.user).first()
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        question=question,
        initial={"themes": own.themes.all() if own else []},
    )
    if request.method == "POST" and form.is_valid():
        code(answer, form.cleaned_data["themes"], by=request.user)
        return redirect("consultations:code", pk=pk, question_id=question_id)
    drawn = question.samples.first()
    return render(
        request,
        "consultations/code.html",
        {
            "consultation": consultation,
            "question": question,
            "answer": answer,
            "form": form,
            "progress": progress_of(drawn),
            "has_themes": question.themes.filter(retired_at=None).exists(),
        },
        status=422 if form.errors else 200,
    )


@members_only
def campaigns(request: MemberRequest, pk: int, question_id: int) -> HttpResponse:
    """Answers that share their words: three numbers each, and what people added."""
    consultation, question = read_question(request, pk, question_id)
    look = newest_result(question, ReadingRun.What.LOOK)
    found = look["campaigns"] if look else []
    added = look["added"] if look else []
    wanted = [each["template_of"] for each in found] + [
        each["answer"] for each in added
    ]
    texts = dict(Answer.objects.filter(pk__in=wanted).values_list("pk", "text"))
    rows = [
        {
            **each,
            "template": texts.get(int(each["template_of"]), ""),
            "added": [
                texts[int(one["answer"])][one["start"] : one["end"]].strip()
                for one in added
                if one["campaign"] == each["campaign"] and int(one["answer"]) in texts
            ],
        }
        for each in found
    ]
    return render(
        request,
        "consultations/campaigns.html",
        {
            "consultation": consultation,
            "question": question,
            "look": look,
            "campaigns": rows,
            "token": uuid4(),
        },
    )


@members_only
def vital(request: MemberRequest, pk: int) -> HttpResponse:
    """Points that must be read though only one person makes them, with what told it."""
    consultation = read_consultation(request, pk)
    kinds = vital_points_in(consultation)
    return render(
        request,
        "consultations/vital.html",
        {
            "consultation": consultation,
            "kinds": kinds,
            "total": points_of(consultation).count(),
        },
    )
