"""At which level something is best done: the answers, and the advice for a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from saferplan.methods.level_criteria import CRITERIA, LEVELS, OF_LEVELS
from saferplan.web.plans.models.plan import Level

UNKNOWN = "Not known"
Answers = tuple[tuple[str, str], ...]
COLUMNS = (
    *("Question", "Bears on", "Answer", "Reason"),
    *(Level(each).label for each in LEVELS),
)
PARTS = {
    "hold": "Who holds the plan and the money",
    "deliver": "Where the work is done",
    "all": "Both together",
}


@dataclass(frozen=True)
class Advice:
    """
    What is advised, in words and in tables of plain cells.

    level     in words
    suggests  the levels at which the work is best done; what a form begins with
    said      in sentences
    scores    per level, the share of the points that could be had
    reasons   one row per question
    """

    level: str
    suggests: tuple[str, ...]
    said: tuple[str, ...]
    scores: tuple[tuple[str, ...], ...]
    reasons: tuple[tuple[str, ...], ...]
    cautions: tuple[str, ...]

    @property
    def known(self) -> list[tuple[str, ...]]:
        """The reasons that have an answer."""
        return [row for row in self.reasons if row[2] != UNKNOWN]


def slug(criterion: str) -> str:
    """
    Write a criterion as the name of a field.

    >>> slug("local knowledge")
    'local_knowledge'
    """
    return criterion.replace(" ", "_")


def answers_in(said: Mapping[str, str | list[str]]) -> Answers:
    """The answers among what a form says; what is not known is not there."""
    found = []
    for name in CRITERIA:
        told = said.get(slug(name))
        if told:
            words = " and ".join(told) if isinstance(told, list) else told
            found.append((name, words))
    return tuple(found)


def words_of(criterion: str) -> list[tuple[str, str]]:
    """The answers that may be given to a question."""
    if criterion in OF_LEVELS:
        return [(each, Level(each).label) for each in LEVELS]
    return [(word, word.capitalize()) for word in CRITERIA[criterion].words]


@lru_cache(maxsize=500)  # the same page and its table ask for it
def advise(answers: Answers) -> Advice:
    """Raises MethodError for an answer that is none."""
    # The engine of statistics is slow to import, and most pages do without it.
    from saferplan.methods.level_advice import advise_level

    found = advise_level(dict(answers))
    said = [
        f"The plan and the money are best held at: {' or '.join(found.hold)}."
        if found.hold
        else "Nothing speaks for any level to hold the plan and the money.",
        f"The work is best done at: {' or '.join(found.deliver)}."
        if found.deliver
        else "Nothing speaks for any level to do the work at.",
    ]
    if found.rests_on:
        said.append(
            f"Without any one of these answers the advice would be another: "
            f"{', '.join(found.rests_on)}."
        )
    return Advice(
        level=found.level,
        suggests=found.deliver or found.hold,
        said=tuple(said),
        scores=tuple(
            (
                PARTS[part],
                *(share(found.scores[part].get(level)) for level in LEVELS),
            )
            for part in PARTS
        ),
        reasons=tuple(
            (
                CRITERIA[row["criterion"]].question,
                PARTS[row["part"]],
                row["answer"].capitalize() or UNKNOWN,
                row["reason"],
                *(points(row[level]) for level in LEVELS),
            )
            for row in found.reasons.to_dict(orient="records")
        ),
        cautions=found.cautions,
    )


def share(value: float | None) -> str:
    return UNKNOWN if value is None or value != value else f"{100 * value:.0f}%"


def points(value: float) -> str:
    return "" if value != value else f"{value:g}"
