"""A draft as a page: its passages, the glossary's words in them, what they rest on."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.urls import reverse
from markupsafe import Markup, escape

from saferplan.definitions import glossary
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.consultations.models import Draft, Passage

SHORTEST_TERM = 3  # letters; shorter ones mean other things too often


@dataclass
class Shown:
    """
    One passage on the page.

    markup    its words, with the first use of each glossary term as a link
    level     of a heading on the page: 1 of the draft's own title, 0 of other passages
    comment   what this reader has said on it so far
    findings  of the assessment that it rests on: {"title", "assessment", "finding"}
    """

    passage: Passage
    markup: Markup
    level: int = 0
    comment: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        return self.level > 0


def shown(draft: Draft, comments: dict[int, str]) -> list[Shown]:
    """Return the passages of a draft for a reader, in its order. Pages are not one."""
    findings = findings_of(draft)
    passages = list(draft.passages.exclude(kind="page").order_by("start", "order"))
    levels = levels_of(passages, draft.title)
    seen: set[str] = set()
    return [
        Shown(
            passage,
            linked(passage.text, seen),
            levels.get(passage.key, 0),
            comments.get(passage.pk, ""),
            findings.get(passage.key, []),
        )
        for passage in passages
    ]


def levels_of(passages: list[Passage], title: str) -> dict[str, int]:
    """
    The level of each heading on the page, where the draft's title is the first.

    A document that begins with its own title has it once: as the title of the page.
    """
    headings = [each for each in passages if each.kind in ("section", "heading")]
    levels = {}
    if headings and headings[0] is passages[0] and is_same(headings[0].text, title):
        levels[headings.pop(0).key] = 1
    highest = min((each.level for each in headings), default=0)
    return levels | {each.key: min(each.level - highest + 2, 4) for each in headings}


def is_same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def contents_of(passages: list[Shown]) -> list[Shown]:
    """The headings that say what is in a draft: as few levels as make a list."""
    for deepest in (2, 3, 4):
        found = [each for each in passages if 2 <= each.level <= deepest]
        if len(found) > 1:
            return found
    return []


def findings_of(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """What each action of a version rests on, by the key of its passage."""
    if draft.version is None:
        return {}
    return {
        f"action-{action['id']}": action["findings"]
        for strand in draft.version.content["strands"]
        for theme in strand["themes"]
        for action in theme["actions"]
    }


def beside(draft: Draft) -> list[tuple[str, str]]:
    """The published evidence and equality analysis: pairs of a title and an address."""
    found = []
    partnership = draft.consultation.partnership
    assessment = StrategicAssessment.objects.filter(partnership=partnership)
    published = assessment.exclude(published_at=None).order_by("-published_at").first()
    if published is not None:
        address = reverse("assessments:show", args=[published.pk])
        found.append(("The evidence: the strategic assessment", address))
    plan = draft.version.plan if draft.version else draft.consultation.plan
    if plan and plan.equality_analyses.signed().exists():
        address = reverse("plans:equality", args=[plan.pk])
        found.append(("The equality analysis: whom the plan touches, and how", address))
    return found


def linked(text: str, seen: set[str]) -> Markup:
    """
    Return a text with the glossary's words as links, each once on a page.

    seen  terms linked already; those found now are added
    """
    pattern, names = terms()
    pieces: list[Markup] = []
    end = 0
    for found in pattern.finditer(text):
        name = names[found[0].lower()]
        if name in seen:
            continue
        seen.add(name)
        pieces.append(escape(text[end : found.start()]))
        address = f"{reverse('home:glossary')}#{name}"
        pieces.append(
            Markup('<a class="govuk-link app-term" href="{}">{}</a>').format(
                address, found[0]
            )
        )
        end = found.end()
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)


@lru_cache(maxsize=1)
def terms() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds every term, and the name in the glossary of each."""
    names: dict[str, str] = {}
    for name, term in glossary().items():
        for title in (*term.title.split(", "), term.full or ""):
            if len(title) >= SHORTEST_TERM:
                names.setdefault(title.lower(), name)
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(each) for each in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I), names
