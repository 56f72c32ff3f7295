"""
All the answers to one question, read: campaigns, what must be read, draft themes, and
with a coded sample the suggestions and the shares that stand on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from saferplan.consultations.coded_answers import CodedAnswers
from saferplan.definitions.vital_words import vital_words
from saferplan.errors import MethodError
from saferplan.methods.campaigns import Campaigns, find_campaigns
from saferplan.methods.draft_themes import DraftThemes, draft_themes
from saferplan.methods.suggestions import Suggestions, coded_table, suggest
from saferplan.methods.theme_prevalence import Prevalence, prevalence
from saferplan.methods.vital_points import VitalPoints, vital

ASSUMED = (
    "The shares hold only if the coded answers were drawn at random from all of them."
)
FIRST_ROWS = (
    "The coded answers are the first rows of the file. Rows that came first are not a "
    "random sample of all that came."
)

Suggester = Callable[[pd.Series, pd.DataFrame], Suggestions]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class AnswersRead:
    """
    What reading found. A part that the answers are too few for is None, and `why_not`
    says what it would need, under the name of the part.
    """

    answers: CodedAnswers
    campaigns: Campaigns
    vital: VitalPoints
    draft: DraftThemes | None
    coded: pd.DataFrame | None
    suggestions: Suggestions | None
    prevalence: Prevalence | None
    why_not: dict[str, str]


def read_all(
    answers: CodedAnswers,
    *,
    seed: int = 1,
    at_random: bool = True,
    suggester: Suggester | None = None,
    progress: Progress = lambda done, of: None,
) -> AnswersRead:
    """
    Return everything that the methods say of these answers.

    seed       the same answers with the same seed give the same, byte for byte
    at_random  whether the coded answers were drawn at random; without it no shares
    suggester  who suggests; by default the small classifier
    progress   told how many of the five parts are done
    """
    why_not: dict[str, str] = {}

    def tried(name: str, part: Callable[[], Any]) -> Any:
        try:
            return part()
        except MethodError as reason:
            why_not[name] = str(reason)
            return None

    campaigns = find_campaigns(answers.texts, people=answers.people)
    progress(1, 5)
    words = {name: each.words for name, each in vital_words().items()}
    vital_points = vital(answers.texts, words)
    progress(2, 5)
    draft = tried("draft_themes", lambda: draft_themes(answers.texts, seed=seed))
    progress(3, 5)
    coded = coded_table(answers.codes) if answers.codes else None
    suggestions = shares = None
    if coded is not None:
        by = suggester or (lambda texts, known: suggest(texts, known, seed=seed))
        suggestions = tried("suggestions", lambda: by(answers.texts, coded))
        progress(4, 5)
        shares = tried(
            "prevalence",
            lambda: prevalence(
                coded,
                answers.texts.index,
                at_random=at_random,
                campaign=certain(campaigns),
                suggested=None if suggestions is None else suggestions.scores,
            ),
        )
    progress(5, 5)
    return AnswersRead(
        answers, campaigns, vital_points, draft, coded, suggestions, shares, why_not
    )


def certain(campaigns: Campaigns) -> pd.Series:
    """The campaign of each answer that is in one for certain."""
    of = campaigns.of
    return of.loc[of["sureness"] == "certain", "campaign"]


def cautions_of(found: AnswersRead) -> list[str]:
    """What a reader must bear in mind, each once."""
    said = [*found.campaigns.cautions, *found.vital.cautions]
    for part in (found.draft, found.suggestions, found.prevalence):
        said += [] if part is None else part.cautions
    if found.prevalence is not None:
        said.append(ASSUMED)
        first = list(found.answers.texts.index[: len(found.answers.codes)])
        if list(found.answers.codes) == first and len(first) < len(found.answers.texts):
            said.append(FIRST_ROWS)
    return list(dict.fromkeys(said))
