"""
Looking through answers with the text methods: only the worker imports this.

Texts go in, ids and numbers come out; nothing here is kept that could not be worked out
again from the answers, the codes and the seed.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.agreement import agreement
from saferplan.methods.campaigns import find_campaigns
from saferplan.methods.draft_themes import draft_themes
from saferplan.methods.suggestions import Suggestions, as_suggestions, suggest
from saferplan.methods.theme_prevalence import prevalence
from saferplan.web.consultations.models import (
    Answer,
    AnswerTheme,
    Coding,
    Question,
    RandomSample,
    Response,
)
from saferplan.web.consultations.models.reading import newest_result

Tell = Callable[[int, int, str], None]
SHARES = ("share", "lower", "upper", "sample_share", "sample_lower", "sample_upper")
COUNTS = ("coded", "answers", "answers_lower", "answers_upper")


def answers_to(question: Question) -> list[Answer]:
    """Every answer in words that counts, by id."""
    return list(
        question.answers.filter(response__in=Response.objects.counted())
        .exclude(text="")
        .select_related("response")
        .order_by("pk")
    )


def texts_of(answers: list[Answer]) -> pd.Series:
    return pd.Series(
        [answer.text for answer in answers],
        index=[str(answer.pk) for answer in answers],
        dtype=object,
    )


def look(question: Question, *, seed: int, tell: Tell) -> dict[str, Any]:
    """Draft themes, and the answers that share their words."""
    answers = answers_to(question)
    texts = texts_of(answers)
    found: dict[str, Any] = {"answers": len(answers), **campaigns_in(answers, tell)}
    try:
        drafted = draft_themes(
            texts,
            seed=seed,
            progress=lambda done, total: tell(done, total, "Drafting themes"),
        )
    except MethodError as reason:  # too few answers to draft anything from
        return {**found, "themes": [], "theme_cautions": [str(reason)]}
    found["themes"] = [
        {
            "theme": int(row["theme"]),
            "answers": int(row["answers"]),
            "words": list(row["words"]),
            "exemplars": [str(each) for each in row["exemplars"]],
            "caution": row["caution"],
        }
        for row in drafted.themes.to_dict("records")
    ]
    found["theme_cautions"] = list(drafted.cautions)
    return found


def campaigns_in(answers: list[Answer], tell: Tell) -> dict[str, Any]:
    people = pd.Series(
        {str(answer.pk): answer.response.email.lower() or None for answer in answers},
        dtype=object,
    )
    found = find_campaigns(
        texts_of(answers),
        people=people if people.notna().any() else None,
        progress=lambda done, total: tell(done, total, "Comparing answers"),
    )
    return {
        "campaigns": [
            {
                "campaign": int(row["campaign"]),
                "sureness": row["sureness"],
                "submissions": int(row["submissions"]),
                "texts": int(row["texts"]),
                "people": None if pd.isna(row["people"]) else int(row["people"]),
                "please_look": int(row["please_look"]),
                "template_of": str(row["template_of"]),
            }
            for row in found.campaigns.to_dict("records")
        ],
        "of": {
            str(answer): {
                "campaign": int(row["campaign"]),
                "sureness": row["sureness"],
                "copy": bool(row["copy"]),
            }
            for answer, row in found.of.iterrows()
        },
        "added": [
            {
                "answer": str(row["answer"]),
                "campaign": int(row["campaign"]),
                "start": int(row["start"]),
                "end": int(row["end"]),
            }
            for row in found.added.to_dict("records")
        ],
        "submissions": found.submissions,
        "texts": found.texts,
        "people": found.people,
        "campaign_cautions": list(found.cautions),
    }


def coded_by(
    codings: list[Coding], themes: list[AnswerTheme]
) -> dict[str, dict[str, bool]]:
    """Whether each theme, by its name, is in each answer that was coded."""
    chosen = {
        str(coding.answer_id): {theme.pk for theme in coding.themes.all()}
        for coding in codings
    }
    return {
        answer: {theme.name: theme.pk in found for theme in themes}
        for answer, found in chosen.items()
    }


def as_table(codes: dict[str, dict[str, bool]], themes: list[AnswerTheme]) -> Any:
    columns = [theme.name for theme in themes]
    table = pd.DataFrame.from_dict(codes, orient="index", columns=columns)
    return table.astype(bool)


def count(
    question: Question, *, seed: int, tell: Tell, brought: bool = False
) -> dict[str, Any]:
    """
    Suggest themes for all answers, and say how common each is, with limits.

    brought  True to take the suggestions of the newest run that another tool made,
             not ours; the limits come from the sample either way

    Only answers of the random sample count for the limits, and of those only the first
    so many that are coded without a gap: they are a random sample too.

    Raises MethodError, with what to do, while too few are coded.
    """
    answers = answers_to(question)
    texts = texts_of(answers)
    themes = list(question.themes.filter(retired_at=None))
    sample = question.samples.first()
    if sample is None or not themes:
        raise MethodError("Name the themes and draw a random sample first.")
    first, second = two_coders(question, sample)
    drawn = [each for each in sample.drawn if each in texts.index]
    coded = as_table(coded_by(first, themes), themes)
    coded = coded.loc[unbroken(drawn, coded.index)]
    if brought:
        suggested = suggested_elsewhere(question, texts, coded, themes)
    else:
        suggested = suggest(
            texts,
            coded,
            seed=seed,
            progress=lambda done, total: tell(done, total, "Learning from the coded"),
        )
    shares = prevalence(
        coded,
        texts.index,
        at_random=True,
        campaign=campaign_of(question),
        suggested=suggested.scores,
    )
    key_of = {theme.name: theme.pk for theme in themes}
    return {
        "answers": shares.answers,
        "coded": shares.coded,
        "left_out": shares.left_out,
        "cautions": [*shares.cautions, *suggested.cautions],
        "by": suggested.by,
        "samples_f1": float(suggested.samples_f1),
        "recall_at_3": float(suggested.recall_at_3),
        "themes": [
            {
                "theme": key_of[row["theme"]],
                **{name: float(row[name]) for name in SHARES},
                **{name: int(round(row[name])) for name in COUNTS},
                "basis": row["basis"],
                "caution": row["caution"],
            }
            for row in shares.themes.to_dict("records")
        ],
        "suggested": suggested_themes(suggested, coded.index, key_of),
        "agreement": agreed(first, second, themes, seed),
    }


def suggested_elsewhere(
    question: Question,
    texts: pd.Series,
    coded: pd.DataFrame,
    themes: list[AnswerTheme],
) -> Suggestions:
    """What the newest run brought back found in each answer: 1 or 0 for each theme."""
    found = newest_result(question, "brought")
    if found is None:
        raise MethodError("No run of another tool came back. Bring one back first.")
    topics = {each["name"].casefold(): each["topic"] for each in found["themes"]}
    topic_of = {each.name: topics.get(each.name.casefold()) for each in themes}
    scores = pd.DataFrame(
        [
            [
                float(topic is not None and topic in found["labels"].get(answer, []))
                for topic in topic_of.values()
            ]
            for answer in texts.index
        ],
        index=texts.index,
        columns=list(topic_of),
    )
    cautions = []
    if missing := int((~texts.index.isin(list(found["labels"]))).sum()):
        cautions.append(
            f"{missing:,} answers are not in the {found['by']}: none is suggested for "
            f"them."
        )
    if own := [name for name, topic in topic_of.items() if topic is None]:
        cautions.append(f"The {found['by']} has no theme {', '.join(own)}.")
    return as_suggestions(scores, coded, by=found["by"], cautions=cautions)


def unbroken(drawn: list[str], coded: pd.Index) -> list[str]:
    """The first of the sample up to the first that nobody has coded."""
    done = []
    for each in drawn:
        if each not in coded:
            break
        done.append(each)
    return done


def two_coders(
    question: Question, sample: RandomSample
) -> tuple[list[Coding], list[Coding]]:
    """The first person's coding of each answer of the sample, and the second's."""
    first: dict[int, Coding] = {}
    second: dict[int, Coding] = {}
    rows = Coding.objects.filter(answer__question=question, answer__in=sample.drawn)
    for coding in rows.prefetch_related("themes").order_by("pk"):
        if coding.answer_id not in first:
            first[coding.answer_id] = coding
        else:
            second.setdefault(coding.answer_id, coding)
    return list(first.values()), list(second.values())


def agreed(
    first: list[Coding], second: list[Coding], themes: list[AnswerTheme], seed: int
) -> dict[str, Any] | None:
    """How far two people agree, where they coded enough of the same answers."""
    try:
        found = agreement(
            as_table(coded_by(first, themes), themes),
            as_table(coded_by(second, themes), themes),
            seed=seed,
        )
    except MethodError:
        return None
    return {
        "answers": found.answers,
        "samples_f1": numbers(found.samples_f1),
        "alpha": numbers(found.alpha),
        "percent": numbers(found.percent),
    }


def numbers(values: tuple[float, float, float]) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def campaign_of(question: Question) -> pd.Series | None:
    found = newest_result(question, "look")
    of = found["of"] if found else {}
    certain = {
        answer: each["campaign"]
        for answer, each in of.items()
        if each["sureness"] == "certain"
    }
    return pd.Series(certain, dtype=float) if certain else None


def suggested_themes(
    suggested: Suggestions, coded: pd.Index, key_of: dict[str, int]
) -> dict[str, list[int]]:
    """What the machine would choose for each answer that nobody has coded."""
    rest = suggested.chosen.loc[~suggested.chosen.index.isin(coded)]
    return {
        str(answer): [key_of[str(theme)] for theme, chosen in row.items() if chosen]
        for answer, row in rest.iterrows()
    }


def digest_of(question: Question) -> str:
    """Return what tells one state of the answers and codes from another."""
    codes = Coding.objects.filter(answer__question=question).order_by("pk")
    body = {
        "answers": [[answer.pk, answer.text] for answer in answers_to(question)],
        "codes": [
            [coding.answer_id, coding.coder_id, sorted(coding.themes.values_list("pk"))]
            for coding in codes
        ],
        "samples": list(question.samples.values_list("drawn", flat=True)),
    }
    return hashlib.sha256(json.dumps(body, default=str).encode()).hexdigest()
