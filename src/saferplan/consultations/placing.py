"""
Put what an answer refers to on the anchors of the draft that it answers.

A number or a name that the draft has is a place. Where it has not, the headings that
the answer stands under and its words may suggest one; that is for a person to confirm,
and is marked so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Literal

from saferplan.consultations.anchors import Anchor, labelled
from saferplan.consultations.references import Reference
from saferplan.plans.words import telling_words, without_markup

How = Literal["number", "name", "question", "quotation", "heading", "words", "none"]
# Numbered "3.2" or "Section 3", a thing answers to any of these names.
OF_SECTIONS = {"section", "paragraph", "chapter", "heading", "point"}
OTHERS = {
    "law": "It refers to the law, not to the draft.",
    "own": "It refers to the answer itself, not to the draft.",
    "other": "It refers to another document, not to the draft.",
}
QUOTED = re.compile(r"[‘“\"']([^‘’“”\"\n]{15,300}?)[’”\"'](?!\w)")
ALIKE = 0.5  # of the words of two headings, for one to suggest the other
COVERED = 0.39  # of a heading's words, weighed, for a section to speak of it
LIKE = 0.12  # cosine of the words below it with a section's
AHEAD = 1.5  # how far before the next one suggestion is enough
CANDIDATES = 3


# The same anchors are compared with every point of an answer.
own_words = lru_cache(maxsize=20_000)(telling_words)


@dataclass(frozen=True)
class Placement:
    """
    Where something that was said belongs in the draft.

    of       the words that were placed: "pg. 17", or a heading
    anchors  ids of anchors, the nearest first; empty if there is no place
    how      by what: the number, the name, a quotation; or a heading's or other words
    sure     False for a suggestion, which a person confirms
    why      in a sentence: why there, or why nowhere
    point    the number of the point it belongs to; 0 for a heading
    """

    of: str
    anchors: tuple[str, ...]
    how: How
    sure: bool
    why: str
    point: int = 0


def place(
    reference: Reference,
    anchors: Sequence[Anchor],
    *,
    under: Sequence[str] = (),
    words: str = "",
) -> Placement:
    """
    Return where a reference belongs in the draft, or why it has no place there.

    under  the headings that it stands under in the answer, the highest first
    words  the words around it: a quotation in them tells a place on a page
    """
    if reference.whose != "draft":
        return Placement(reference.text, (), "none", True, OTHERS[reference.whose])
    if reference.name:
        return place_heading(reference.name, anchors, of=reference.text)
    found = numbered(reference, anchors)
    if found:
        near = quoted_in(words, anchors)
        inside = [a for a in near if any(overlap(a, each) for each in found)]
        ids = unique([*inside, *on_pages(found, anchors, under), *found])
        what = ", ".join(reference.numbers)
        why = f"The draft has {reference.kind} {what}."
        return Placement(reference.text, ids, "number", True, why)
    missing = why_not(reference, anchors)
    return suggested(reference.text, missing, anchors, under, words)


def place_heading(
    heading: str, anchors: Sequence[Anchor], *, of: str = "", words: str = ""
) -> Placement:
    """
    Return the section that a heading of the answer, or one it names, stands for.

    Sure if a section has the same words; a suggestion if most are the same, or if the
    words under it are a section's.
    """
    of = of or heading
    wanted = own_words(labelled(without_markup(heading))[1])
    sections = [anchor for anchor in anchors if anchor.kind == "section"]
    same = [a for a in sections if wanted and own_words(a.text) == wanted]
    if same:
        why = f"The draft has a section “{same[0].text}”."
        return Placement(of, unique(same[:1]), "name", True, why)
    best = max(sections, key=lambda a: alike(wanted, a), default=None)
    if best and alike(wanted, best) >= ALIKE:
        why = f"Most words of “{best.text}” are the same; confirm it."
        return Placement(of, (best.id,), "heading", False, why)
    missing = f"The draft has no section “{without_markup(heading)}”."
    return suggested(of, missing, anchors, (heading,), words)


def place_point(
    words: str, under: Sequence[str], anchors: Sequence[Anchor]
) -> Placement:
    """Return where a point without a reference belongs, by its headings and words."""
    if under:
        by_heading = place_heading(under[-1], anchors)
        if by_heading.sure:
            return by_heading
    return suggested(words[:60], "It names no place.", anchors, under, words)


def numbered(reference: Reference, anchors: Sequence[Anchor]) -> list[Anchor]:
    wanted = {number.lower() for number in reference.numbers}
    return [a for a in anchors if number_of(a, reference.kind).lower() in wanted]


def number_of(anchor: Anchor, kind: str) -> str:
    """An anchor's number, if a reference of this kind can mean it; else ""."""
    if kind == "page" or anchor.kind == "page":
        return anchor.label if kind == anchor.kind == "page" else ""
    what, _, number = anchor.label.rpartition(" ")
    if not what:
        in_text = kind in OF_SECTIONS and anchor.kind in ("section", "paragraph")
        return number if in_text or kind == anchor.kind else ""
    if kind in OF_SECTIONS and what.lower() in OF_SECTIONS:
        return number
    both = {kind, what.lower()}
    return number if len(both) == 1 or both == {"annex", "appendix"} else ""


def on_pages(
    found: list[Anchor], anchors: Sequence[Anchor], under: Sequence[str]
) -> list[Anchor]:
    """Of pages, the sections on them that the answer's headings name."""
    if not under or found[0].kind != "page":
        return []
    named = {i for h in under for i in place_heading(h, anchors).anchors}
    return [
        each
        for each in anchors
        if each.id in named and any(overlap(each, page) for page in found)
    ]


def overlap(one: Anchor, other: Anchor) -> bool:
    return one.range[0] < other.range[1] and other.range[0] < one.range[1]


def why_not(reference: Reference, anchors: Sequence[Anchor]) -> str:
    what = f"{reference.kind} {', '.join(reference.numbers)}"
    if reference.kind == "page" and not any(a.kind == "page" for a in anchors):
        return "The draft was taken in without page numbers."
    return f"The draft has no {what}."


def suggested(
    of: str,
    missing: str,
    anchors: Sequence[Anchor],
    under: Sequence[str],
    words: str,
) -> Placement:
    """What a quotation, the headings above, or the words suggest; or why nothing."""
    if quoted := quoted_in(words, anchors):
        why = f"{missing} It quotes words of the draft that stand there."
        return Placement(of, unique(quoted), "quotation", False, why)
    for heading in reversed(under):
        wanted = own_words(labelled(without_markup(heading))[1])
        for anchor in anchors:
            if anchor.kind == "section" and alike(wanted, anchor) >= ALIKE:
                why = f"{missing} It stands under “{without_markup(heading)}”."
                return Placement(of, (anchor.id,), "heading", False, why)
    heading = under[-1] if under else ""
    near, common = nearest_sections(heading, words, tuple(anchors))
    if not near:
        return Placement(of, (), "none", False, missing)
    which = f"“{near[0].text}” speaks of {', '.join(common)}"
    choose = "; choose one, or another" if len(near) > 1 else ""
    return Placement(of, unique(near), "words", False, f"{missing} {which}{choose}.")


def alike(wanted: frozenset[str], anchor: Anchor) -> float:
    """How much of two headings is the same; one inside the other counts for most."""
    theirs = own_words(anchor.text)
    if not wanted or not theirs:
        return 0.0
    common = wanted & theirs
    if len(common) >= 2 and common in (wanted, theirs):
        return max(0.75, len(common) / len(wanted | theirs))
    return len(common) / len(wanted | theirs)


def quoted_in(words: str, anchors: Iterable[Anchor]) -> list[Anchor]:
    """The one or two anchors whose own words are quoted, at length or whole."""
    quotes = {plainly(each) for each in QUOTED.findall(words)}
    found = [
        anchor
        for anchor in anchors
        if anchor.kind not in ("page", "section")
        and any(quotes_from(quote, plainly(anchor.text)) for quote in quotes)
    ]
    return found if len(found) <= 2 else []


def quotes_from(quote: str, text: str) -> bool:
    return quote == text or (len(quote.split()) >= 5 and quote in text)


def plainly(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))


def unique(anchors: Iterable[Anchor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(anchor.id for anchor in anchors))


def nearest_sections(
    heading: str, words: str, anchors: tuple[Anchor, ...]
) -> tuple[list[Anchor], list[str]]:
    """
    The sections that speak of what a heading and the words under it speak of.

    One if it is well before the others, else up to three for a person to choose from;
    with them the words that the first shares, the rarest in the draft first.
    """
    sections = weighed(anchors)
    named = own_words(labelled(without_markup(heading))[1])
    said = own_words(words)
    every = range(len(sections.anchors))
    covers = [sections.cover(named, at) for at in every]
    cosines = [sections.cosine(said, at) for at in every]
    scores = [covers[at] + cosines[at] for at in every]
    near = [at for at in every if covers[at] >= COVERED or cosines[at] >= LIKE]
    near = sorted(near, key=lambda at: (-scores[at], at))[:CANDIDATES]
    if not near:
        return [], []
    if len(near) > 1 and scores[near[0]] >= AHEAD * scores[near[1]]:
        near = near[:1]
    common = sections.common(named | said, near[0])[:4]
    return [sections.anchors[at] for at in near if common], common


@dataclass(frozen=True)
class Sections:
    """
    A draft's sections by their words.

    counts  how often each section has each word
    rarity  how much a word tells one section from another; 0 for one that all have
    """

    anchors: list[Anchor]
    counts: list[Counter[str]]
    rarity: dict[str, float]

    def cover(self, words: Iterable[str], at: int) -> float:
        """How much of some words a section has; a rare word counts for more."""
        most = log(1 + len(self.anchors))
        weights = {word: self.rarity.get(word, most) for word in words}
        whole = sum(weights.values())
        has = self.counts[at]
        # What is said once may be said in passing.
        often = {word: min(1.0, 0.7 + 0.1 * has[word]) for word in weights if has[word]}
        return sum(weights[word] * n for word, n in often.items()) / (whole or 1.0)

    def cosine(self, words: Iterable[str], at: int) -> float:
        said = [self.rarity[word] for word in words if word in self.rarity]
        has = self.counts[at]
        own = [(1 + log(n)) * self.rarity[word] for word, n in has.items()]
        both = sum(
            self.rarity[word] ** 2 * (1 + log(has[word])) for word in words if has[word]
        )
        length = (sum(w * w for w in said) * sum(w * w for w in own)) ** 0.5
        return both / length if length else 0.0

    def common(self, words: Iterable[str], at: int) -> list[str]:
        both = [word for word in words if self.counts[at][word]]
        return sorted(both, key=lambda word: (-self.rarity[word], word))


@lru_cache(maxsize=4)
def weighed(anchors: tuple[Anchor, ...]) -> Sections:
    """The words of each section: its own, and of what stands in it."""
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    for anchor in anchors:
        if anchor.kind != "page":
            name = anchor.id if anchor.kind == "section" else anchor.within
            inside[name].update(own_words(anchor.text))
    sections = [anchor for anchor in anchors if anchor.kind == "section"]
    counts = [inside[section.id] for section in sections]
    spread = Counter(word for count in counts for word in count)
    rarity = {word: log((1 + len(sections)) / n) for word, n in spread.items()}
    return Sections(sections, counts, rarity)
