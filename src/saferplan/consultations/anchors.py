"""
A draft's anchors: the places in it that an answer can be about, each with a name that
stays.

An anchor's name comes from its words and not from its number or its place. A section
keeps it when others are put in before it and everything is numbered anew; only other
words make another anchor, and `follow` says which became which.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from saferplan.consultations.blocks import FURNITURE, Block, ResponseDocument
from saferplan.consultations.plain_text import read_text
from saferplan.consultations.printed_numbers import NUMBER_WORD, plain_number
from saferplan.plans.commitments import PROMISE
from saferplan.plans.exchange import is_export, plan_from_json
from saferplan.plans.plan import Plan, Range
from saferplan.plans.words import telling_words, without_markup

AnchorKind = Literal["section", "paragraph", "commitment", "action", "question", "page"]
NAMED = (
    "part|chapter|section|objective|priority|question|q|recommendation|action|"
    "commitment|goal|target|aim|theme|strand|outcome|pillar|proposal|principle|"
    "annex|appendix|table|figure|box|measure|ambition|step"
)
LABEL = re.compile(
    rf"^(?P<what>{NAMED})(?:\.?\s?(?:no\.?\s|number\s)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[a-z]?)"
    rf"|\s(?P<word>{NUMBER_WORD}|[ivxl]{{1,6}}|[a-z]))(?![\w-])(?P<gap>[\s:.)–—-]*)",
    re.I,
)
# "9 out of 10 people" is no ninth paragraph; "7.1" is one whatever follows.
NUMBER = re.compile(
    r"^(?P<number>\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}(?=[.)]?\s+[A-Z]))[.)]?\s+(?=\S)"
)
ASKING = re.compile(
    r"\b(?:consult|questions?|have your say|your views?)\b|consultat", re.I
)
LONGEST_SLUG = 44
LONGEST_NAME = 60  # before what counts those that are alike


@dataclass(frozen=True)
class Anchor:
    """
    A place in a draft.

    id      its name, made of its words, of at most 64 characters: "section-hate-crime",
            "paragraph-3f2a…"
    kind    what it is
    label   how the draft numbers it: "3.2", "Objective 8", "Question 4"; or ""
    text    its words, without the number
    page    the page on which it begins; None where the draft has no pages
    range   where its words are in the draft's text
    within  the id of the section that it stands in; of section 3.2, that of 3; or ""
    """

    id: str
    kind: AnchorKind
    label: str
    text: str
    page: int | None
    range: Range
    within: str = ""


def anchors_of(draft: str | Plan | ResponseDocument) -> list[Anchor]:
    """
    Return the anchors of a draft, in its order.

    draft  a text, the JSON of a plan that `plan_to_json` wrote, a plan that was read,
           or a document that was opened: a PDF has pages, and so page anchors

    No two have the same id. The same draft gives the same anchors, always.
    """
    text = draft.text if isinstance(draft, ResponseDocument) else draft
    if isinstance(text, str) and is_export(text):
        draft = plan_from_json(text, "The draft")
    if isinstance(draft, Plan):
        return named(anchors_of_plan(draft))
    if isinstance(draft, str):
        draft = read_text(draft, draft.encode(), "draft")
    return named([*pages_of(draft), *anchors_of_document(draft)])


def anchors_of_plan(plan: Plan) -> list[Anchor]:
    """A plan's strands as sections, and its actions and commitments in them."""
    found: list[Anchor] = []
    for strand in plan.strands:
        where = strand.ranges[0] if strand.ranges else (0, 0)
        label = f"Strand {strand.number}"
        section = Anchor("", "section", label, strand.title or label, None, where)
        found.append(section)
        found += [
            Anchor("", "action", each.name, each.text, None, each.ranges[0])
            for each in plan.actions
            if each.strand == strand.number
        ]
    for group in plan.lists:
        if group.section:
            label, words = labelled(group.section)
            found.append(Anchor("", "section", label, words, None, group.place))
        found += [
            Anchor("", "commitment", each.name, each.text, None, each.place)
            for each in group.commitments
        ]
    return found


def anchors_of_document(document: ResponseDocument) -> list[Anchor]:
    found: list[Anchor] = []
    promising = asking = False
    questions = 0
    for block in document.blocks:
        if block.kind in FURNITURE:
            continue
        words = document.words(block)
        label, text = labelled(without_markup(words))
        if block.kind == "heading":
            promising, asking = False, bool(ASKING.search(text))
            found.append(an_anchor(block, "section", label, text))
            continue
        if block.kind != "list item":
            promising = words.rstrip().endswith(":") and bool(PROMISE.search(text))
        if is_question(label, text, asking):
            questions += 1
            label = label or f"Question {questions}"
            found.append(an_anchor(block, "question", label, text))
        elif promising and block.kind == "list item":
            found.append(an_anchor(block, "commitment", label, text))
        else:
            found.append(an_anchor(block, "paragraph", label, text))
    return found


def an_anchor(block: Block, kind: AnchorKind, label: str, text: str) -> Anchor:
    return Anchor("", kind, label, text, block.page, block.range)


def is_question(label: str, text: str, asking: bool) -> bool:
    """Whether a paragraph asks those who are consulted something."""
    named_so = label.startswith("Question")
    return named_so or (asking and "?" in text and len(text.split()) >= 4)


def pages_of(document: ResponseDocument) -> list[Anchor]:
    """Each page, as far as its words go."""
    found: list[Anchor] = []
    for block in document.blocks:
        if block.page is None or block.kind in FURNITURE:
            continue
        if found and found[-1].page == block.page:
            last = found[-1]
            text = f"{last.text} {document.words(block)}"
            found[-1] = replace(last, text=text, range=(last.range[0], block.end))
        else:
            label, text = str(block.page), document.words(block)
            found.append(Anchor("", "page", label, text, block.page, block.range))
    return found


def labelled(words: str) -> tuple[str, str]:
    """
    Return how a heading or paragraph is numbered, and its words without that.

    >>> labelled("Objective eight: Safer streets")
    ('Objective 8', 'Safer streets')
    >>> labelled("3.2 Expectations")
    ('3.2', 'Expectations')
    """
    if found := LABEL.match(words):
        number = plain_number(found["number"] or found["word"])
        what = found["what"].capitalize()
        what = "Question" if what == "Q" else what
        rest = words[found.end() :].strip()
        # "Section 17 places a duty" is a sentence about something else.
        if not rest or found["gap"].strip() or rest[0].isupper():
            return f"{what} {number}", rest or words
    if found := NUMBER.match(words):
        return found["number"], words[found.end() :].strip()
    return "", words


def named(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Give each its id, and the section that it stands in."""
    placed: list[Anchor] = []
    ids = [first_id(anchor) for anchor in anchors]
    often = Counter(ids)
    used: Counter[str] = Counter()
    section, numbered = "", {"": ""}
    for anchor, name in zip(anchors, ids, strict=True):
        # What stands twice is told apart by its section, and then by counting.
        if often[name] > 1 and section and anchor.kind != "page":
            name = f"{name}-in-{section.removeprefix('section-')}"[:LONGEST_NAME]
        plain = name = name.strip("-")
        while name in used:
            used[plain] += 1
            name = f"{plain}-{used[plain]}"
        used[name] = 1
        if anchor.kind == "section":
            within = numbered.get(anchor.label.rpartition(".")[0], "")
            numbered[anchor.label] = section = name
        else:
            within = "" if anchor.kind == "page" else section
        placed.append(replace(anchor, id=name, within=within))
    return placed


def first_id(anchor: Anchor) -> str:
    words = re.findall(r"[a-z0-9]+", anchor.text.lower().replace("’", "'"))
    if anchor.kind == "section":
        slug = "-".join(words)[:LONGEST_SLUG].strip("-")
        return f"section-{slug or 'untitled'}"
    mark = hashlib.sha256(" ".join(words).encode()).hexdigest()[:10]
    return f"{anchor.kind}-{mark}"


@dataclass(frozen=True)
class Followed:
    """
    What became of an anchor in the next version.

    to        its id there; "" if it is gone
    likeness  the words that both have, of all that either has: 1.0 for the same words
    why       in a sentence
    """

    to: str
    likeness: float
    why: str


LIKE_ENOUGH = 0.5


def follow(old: Iterable[Anchor], new: Sequence[Anchor]) -> dict[str, Followed]:
    """
    Return what became of each old anchor in a new version, by its words.

    The same id is the same place. Of the others, each goes to the one of its kind that
    shares most of its words, at least half; a section also where its paragraphs went.
    None goes where another went. A page is followed only to the same words.
    """
    old = list(old)
    there = {anchor.id for anchor in new}
    found = {
        anchor.id: Followed(anchor.id, 1.0, "It has the same words.")
        for anchor in old
        if anchor.id in there
    }
    left = [anchor for anchor in old if anchor.id not in found]
    free = [anchor for anchor in new if anchor.id not in found]
    for kinds in (("paragraph", "commitment", "action", "question"), ("section",)):
        some = [anchor for anchor in left if anchor.kind in kinds]
        found |= best_pairs(some, free, old, new, found)
    for anchor in left:
        gone = Followed("", 0.0, "Nothing in the new version has half of its words.")
        found.setdefault(anchor.id, gone)
    return found


def best_pairs(
    left: list[Anchor],
    free: list[Anchor],
    old: list[Anchor],
    new: Sequence[Anchor],
    found: dict[str, Followed],
) -> dict[str, Followed]:
    inside = {each.id: contents(each.id, old, found) for each in left}
    inside_new = {each.id: {c.id for c in new if c.within == each.id} for each in free}
    words = {id(each): telling_words(each.text) for each in [*left, *free]}
    pairs = [
        (
            max(
                shared(words[id(a)], words[id(b)]),
                shared(inside[a.id], inside_new[b.id]),
            ),
            at,
            to,
        )
        for at, a in enumerate(left)
        for to, b in enumerate(free)
        if a.kind == b.kind
    ]
    paired: dict[str, Followed] = {}
    taken: set[int] = set()
    for likeness, at, to in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if likeness < LIKE_ENOUGH:
            break
        if left[at].id in paired or to in taken:
            continue
        taken.add(to)
        why = f"It shares {likeness:.0%} of its words, or of its paragraphs."
        paired[left[at].id] = Followed(free[to].id, round(likeness, 3), why)
    return paired


def contents(section: str, old: list[Anchor], found: dict[str, Followed]) -> set[str]:
    """Where the paragraphs of a section are in the new version."""
    inside = [anchor.id for anchor in old if anchor.within == section]
    return {found[each].to if each in found else each for each in inside}


def shared(one: Iterable[str], other: Iterable[str]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first and second else 0.0
