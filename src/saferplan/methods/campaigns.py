"""
Answers that share their words: campaigns, found and shown and never thrown away.

A standard letter is a lawful way to take part. So each campaign is shown as three
numbers (how many were sent in, in how many different texts, by how many people), every
text is kept, and what people added to the template is read on its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.campaign_additions import additions, template_of
from saferplan.methods.text_features import check_texts, words_of
from saferplan.methods.word_links import contained, like
from saferplan.methods.word_runs import Whole, as_words

CERTAIN = 0.4
PLEASE_LOOK = 0.45
LEAST_IN_CAMPAIGN = 3
# "I agree", sent in by forty people, is forty answers and no campaign.
LEAST_WORDS = 8
NOT_FOUND = (
    "A campaign whose senders each put it in words of their own is not found, here or "
    "by any way that we tried. That none was found does not say that there was none."
)
UNSIGNED = "How many people there are is not known for answers without a name."

Sureness = Literal["certain", "please look"]
Group = tuple[Sureness, list[Any], list[Any]]


@dataclass(frozen=True)
class Campaigns:
    """
    campaigns  a row each, certain ones first and the largest of them: `campaign` (1, 2,
               ...), `sureness` ("certain" or "please look"), `submissions`, `texts`
               (different in more than case and marks), `people` (missing if nobody
               says who sent them), `unsigned` (submissions without a person),
               `please_look` (further answers that may belong to it, in none of the
               other numbers), `template` (the text most of them go back to),
               `template_of` (the id of an answer that has it)
    of         a row per answer in one, under its id: `campaign`, `sureness`, `copy`
               (the template word for word)
    added      what people added to a template: `answer`, `campaign`, `text`, `start`,
               `end` (characters of the answer)
    submissions, texts, people  the same three numbers over all answers
    cautions   in words
    """

    campaigns: pd.DataFrame
    of: pd.DataFrame
    added: pd.DataFrame
    submissions: int
    texts: int
    people: int | None
    cautions: tuple[str, ...]


def find_campaigns(
    texts: pd.Series,
    *,
    people: pd.Series | None = None,
    certain: float = CERTAIN,
    please_look: float = PLEASE_LOOK,
    progress: Callable[[int, int], None] | None = None,
) -> Campaigns:
    """
    Return the answers that share their words, three or more together.

    texts        text under the answer's id; the order of the rows makes no difference
    people       who sent each, under the same ids; missing or empty where not known
    certain      the share of the shorter text's runs of five words that the other has,
                 from which two belong together
    please_look  the cosine of runs of two and three words, weighed by TF-IDF, from
                 which two may belong together: a person looks and decides
    progress     told how much of the work is done, for a bar to show

    Texts are compared without case and marks; those under 8 words are not compared. An
    answer belongs where it is near enough to any one of the others. What only the
    looser rule finds is never added to a certain campaign: it is told beside the
    largest one that it hangs on, or is a group of its own.

    Raises MethodError if the people are not under the ids of the texts, or a threshold
    is not above 0 and at most 1.

    Nothing here says who wrote an answer, or whether a machine did, or what an answer
    is worth. A campaign's answers are answers; the numbers let a reader see results
    with and without them. Paraphrases are not found.

    Source: containment, Broder (1997), doi:10.1109/SEQUEN.1997.666900.
    """
    for name, value in (("certain", certain), ("please_look", please_look)):
        if not 0 < value <= 1:
            raise MethodError(
                f"{name} is a share above 0 and at most 1, and {value} is not."
            )
    ordered = check_texts(texts)
    who = people_of(ordered, people)
    alike = ordered.map(lambda text: " ".join(words_of(text)))
    different = sorted(set(alike))
    enough = [each for each in different if each.count(" ") >= LEAST_WORDS - 1]
    words = as_words([each.split() for each in enough])
    tell = progress or (lambda done, all_of_it: None)
    sure = labels(alike, enough, contained(words, certain))
    tell(1, 3)
    loose = labels(alike, enough, like(words, please_look))
    tell(2, 3)
    rows, members, added = [], [NOBODY], [NOTHING]
    for number, (sureness, inside, beside) in enumerate(in_order(sure, loose), start=1):
        chosen = template_of(ordered.loc[inside])
        template = ordered.loc[chosen]
        three = numbers(alike.loc[inside], None if who is None else who.loc[inside])
        told = (number, sureness, *three.values(), len(beside), template, chosen)
        rows.append(dict(zip(COLUMNS, told, strict=True)))
        every = inside + beside
        sure_of = [sureness] * len(inside) + ["please look"] * len(beside)
        copy = alike.loc[every] == alike.loc[chosen]
        members.append(
            pd.DataFrame({"campaign": number, "sureness": sure_of, "copy": copy})
        )
        more = additions(ordered.loc[every], template)
        added.append(more.assign(campaign=number)[NOTHING.columns])
    tell(3, 3)
    every_answer = numbers(alike, who)
    return Campaigns(
        campaigns=pd.DataFrame(rows, columns=COLUMNS),
        of=pd.concat(members[1:] or members),
        added=pd.concat(added[1:] or added, ignore_index=True),
        submissions=every_answer["submissions"],
        texts=every_answer["texts"],
        people=None if who is None else every_answer["people"],
        cautions=(NOT_FOUND, *([UNSIGNED] if every_answer["unsigned"] else [])),
    )


NUMBERS = ["submissions", "texts", "people", "unsigned"]
COLUMNS = ["campaign", "sureness", *NUMBERS, "please_look", "template", "template_of"]
NOBODY = pd.DataFrame(columns=["campaign", "sureness", "copy"])
NOTHING = pd.DataFrame(columns=["answer", "campaign", "text", "start", "end"])


def people_of(ordered: pd.Series, people: pd.Series | None) -> pd.Series | None:
    """Who sent each answer; missing where nobody says."""
    if people is None:
        return None
    if people.index.has_duplicates or not ordered.index.isin(people.index).all():
        raise MethodError(
            "Who sent each answer must be given under the id of the answer, once each; "
            "leave it empty where it is not known."
        )
    who = people.loc[ordered.index]
    return who.where(who.notna() & (who.astype(str).str.strip() != ""))


def labels(alike: pd.Series, enough: list[str], group: Whole) -> pd.Series:
    """The group of each answer, copies with their text; those too short have none."""
    found = pd.Series(group, index=pd.Index(enough, dtype=object), dtype=float)
    return pd.Series(found.reindex(alike.to_numpy()).to_numpy(), index=alike.index)


def in_order(sure: pd.Series, loose: pd.Series) -> Iterator[Group]:
    """
    The groups in their order: how sure, who is in it, and who may be besides.

    Each certain group; then what hangs on it by the looser rule; then what hangs
    together by the looser rule alone.
    """
    firm = groups_of(sure)
    taken = {answer for group in firm for answer in group}
    found: list[Group] = [("certain", group, []) for group in firm]
    for group in groups_of(loose):
        rest = [answer for answer in group if answer not in taken]
        inside = set(group)
        held = next((each for each in found if each[1][0] in inside), None)
        if held is not None and held[0] == "certain":
            held[2].extend(rest)
        elif len(rest) >= LEAST_IN_CAMPAIGN:
            found.append(("please look", rest, []))
    # Stable, so groups of one size stay in the order of their texts.
    yield from sorted(found, key=lambda each: (each[0] != "certain", -len(each[1])))


def groups_of(label: pd.Series) -> list[list[Any]]:
    """The ids of each group of three or more, largest first."""
    found: dict[float, list[Any]] = {}
    for answer, group in label.dropna().items():
        found.setdefault(group, []).append(answer)
    large = [each for each in found.values() if len(each) >= LEAST_IN_CAMPAIGN]
    return sorted(large, key=lambda each: -len(each))


def numbers(alike: pd.Series, who: pd.Series | None) -> dict[str, Any]:
    """The three numbers, and how many submissions nobody signed."""
    return {
        "submissions": len(alike),
        "texts": alike.nunique(),
        "people": np.nan if who is None else who.nunique(),
        "unsigned": len(alike) if who is None else int(who.isna().sum()),
    }
