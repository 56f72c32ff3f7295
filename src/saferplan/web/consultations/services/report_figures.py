"""Figures of a published answer: themes with limits, campaigns, who was heard."""

from typing import Any

from django.utils import timezone

from saferplan.web.consultations.models import Consultation, Question, ReadingRun
from saferplan.web.consultations.models.reading import newest_result
from saferplan.web.consultations.services.hearing import participation_of

Row = dict[str, Any]
THEME = ("share", "lower", "upper", "answers_lower", "answers_upper", "coded")
CAMPAIGN = ("submissions", "texts", "people", "sureness")
GROUP = (
    *("group", "respondents", "share", "population_share"),
    *("index", "lower", "upper", "verdict"),
)
HEADINGS = (
    *("What", "Question", "Answer, theme, campaign or group", "Figure"),
    *("Lower 95%", "Upper 95%", "At least", "At most", "Note"),
)


def themes_in(question: Question) -> Row | None:
    """
    Return how common each theme is, by the newest count; None if there was none.

    A share never stands without its limits, nor the count without how far people and
    the machine agreed.
    """
    run = question.reading_runs.filter(what=ReadingRun.What.COUNT).first()
    if run is None:
        return None
    counted = run.result
    names = dict(question.themes.filter(retired_at=None).values_list("pk", "name"))
    rows = [
        {"theme": names[row["theme"]], **{name: row[name] for name in THEME}}
        for row in counted["themes"]
        if row["theme"] in names
    ]
    return {
        "on": timezone.localtime(run.at).date().isoformat(),
        "answers": counted["answers"],
        "coded": counted["coded"],
        "left_out": counted["left_out"],
        "by": counted["by"],
        "machine": counted["samples_f1"],
        "agreement": counted["agreement"],
        "cautions": counted["cautions"],
        "rows": sorted(rows, key=lambda row: (-row["share"], row["theme"])),
    }


def campaigns_in(question: Question) -> list[Row]:
    """Return three numbers of each campaign, the largest first; never one sum."""
    look = newest_result(question, ReadingRun.What.LOOK)
    found = [
        {name: each[name] for name in CAMPAIGN}
        for each in (look["campaigns"] if look else [])
    ]
    return sorted(found, key=lambda each: -each["submissions"])


def groups_in(consultation: Consultation) -> list[Row]:
    """Return who was heard, set against who lives here; small groups are hidden."""
    asked = consultation.questions.filter(apart=True, population__isnull=False)
    rows = []
    for question in asked.select_related("consultation"):
        found = participation_of(question)
        if found is None or "problem" in found:
            continue
        rows.append(
            {
                "question": question.text,
                "source": found["source"],
                "groups": [
                    {name: group[name] for name in GROUP} for group in found["groups"]
                ],
                "missing": found["missing"],
                "unheard": found["unheard"],
                "cautions": found["cautions"],
            }
        )
    return rows


def figures_of(body: Row) -> list[list[Any]]:
    """The figures of a report as rows under HEADINGS. Older reports have none."""
    rows: list[list[Any]] = []
    for question in body["questions"]:
        rows += [
            ["Chosen", question["text"], option, count, *[""] * 5]
            for option, count in question["chosen"]
            if question["answers"]
        ]
        rows += figures_of_themes(question)
        for each in question.get("campaigns", []):
            people = each["people"]
            rows.append(
                [
                    "Campaign",
                    question["text"],
                    f"{each['sureness']}: submissions",
                    each["submissions"],
                    *[""] * 4,
                    f"{each['texts']} distinct texts; distinct people: "
                    f"{'not known' if people is None else people}",
                ]
            )
    for asked in body.get("participation", []):
        rows += [
            [
                "Group: index",
                asked["question"],
                group["group"],
                *(rounded(group[name]) for name in ("index", "lower", "upper")),
                "",
                "",
                group["verdict"],
            ]
            for group in asked["groups"]
        ]
    return rows


def figures_of_themes(question: Row) -> list[list[Any]]:
    found = question.get("themes")
    if not found:
        return []
    note = f"{found['coded']} of {found['answers']} answers coded by people"
    return [
        [
            "Theme: share of answers",
            question["text"],
            row["theme"],
            *(rounded(row[name]) for name in ("share", "lower", "upper")),
            row["answers_lower"],
            row["answers_upper"],
            note,
        ]
        for row in found["rows"]
    ]


def rounded(figure: float | None) -> float | str:
    return "" if figure is None else round(figure, 4)
