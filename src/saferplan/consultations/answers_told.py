"""What reading the answers found, in sentences and as values for another program."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from saferplan.consultations.answers_read import AnswersRead, cautions_of
from saferplan.plurals import plural

SHOWN = 5


def sentences(found: AnswersRead) -> Iterator[str]:
    answers, campaigns = found.answers, found.campaigns
    refused = len(answers.quarantined)
    people = (
        ""
        if campaigns.people is None
        else f" from {plural(campaigns.people, 'person', 'people')}"
    )
    yield (
        f"{plural(answers.read, 'row')} read: {len(answers.texts):,} kept, "
        f"{refused:,} quarantined. {plural(campaigns.submissions, 'submission')} in "
        f"{plural(campaigns.texts, 'different text')}{people}."
    )
    for refusal in answers.quarantined[:SHOWN]:
        yield f"  Row {refusal.row} is quarantined: {refusal.reason}"
    yield from of_campaigns(found)
    yield from of_vital(found)
    yield from of_draft(found)
    yield from of_shares(found)
    for name, reason in found.why_not.items():
        yield f"No {name.replace('_', ' ')}: {reason}"
    yield from cautions_of(found)


def of_campaigns(found: AnswersRead) -> Iterator[str]:
    table = found.campaigns.campaigns
    if table.empty:
        yield "No campaign was found."
    for row in table.head(SHOWN).to_dict("records"):
        many = row["people"]
        people = "" if pd.isna(many) else f", {plural(int(many), 'person', 'people')}"
        more = f"; look at {row['please_look']:,} more" if row["please_look"] else ""
        yield (
            f"Campaign {row['campaign']} ({row['sureness']}): "
            f"{plural(row['submissions'], 'submission')}, "
            f"{plural(row['texts'], 'text')}{people}{more}. "
            f"{shortly(row['template'])}"
        )
    if (smaller := len(table) - SHOWN) > 0:
        yield f"  and {plural(smaller, 'smaller one')}."
    if len(found.campaigns.added):
        added = plural(len(found.campaigns.added), "addition")
        yield f"{added} to a template, to be read."


def of_vital(found: AnswersRead) -> Iterator[str]:
    counts = found.vital.kinds.set_index("kind")["answers"]
    told = ", ".join(
        f"{str(kind).replace('-', ' ')} {many:,}" for kind, many in counts.items()
    )
    yield f"To be read though only one person says it: {told}."


def of_draft(found: AnswersRead) -> Iterator[str]:
    if found.draft is None:
        return
    yield "Draft themes (drafted, not decided; a size is no count):"
    for row in found.draft.themes.to_dict("records"):
        words = ", ".join(row["words"]) or row["caution"]
        read = ", ".join(str(each) for each in row["exemplars"][:3])
        size = plural(row["answers"], "answer")
        yield f"  {row['theme']}. {words} ({size}; read {read})"


def of_shares(found: AnswersRead) -> Iterator[str]:
    if (made := found.suggestions) is not None:
        yield (
            f"Suggestions by {made.by}, from {plural(made.coded, 'coded answer')}: "
            f"samples-F1 {made.samples_f1:.2f}, and {made.recall_at_3:.0%} of people's "
            f"themes are among the first three."
        )
    if (shares := found.prevalence) is not None:
        yield f"Share of {plural(shares.answers, 'answer')}, 95% limits:"
        for row in shares.themes.to_dict("records"):
            yield (
                f"  {row['theme']}: {row['share']:.1%} ({row['lower']:.1%} to "
                f"{row['upper']:.1%}) {row['caution']}".rstrip()
            )


def shortly(text: str, most: int = 90) -> str:
    told = " ".join(text.split())
    return f"“{told}”" if len(told) <= most else f"“{told[:most].rsplit(' ', 1)[0]} …”"


def as_values(found: AnswersRead, *, seed: int) -> dict[str, Any]:
    """Everything for another program: plain values, each answer with both choices."""
    return {
        "seed": seed,
        "read": found.answers.read,
        "kept": len(found.answers.texts),
        "quarantined": [
            {"row": each.row, "reason": each.reason, "cells": list(each.cells)}
            for each in found.answers.quarantined
        ],
        "draft_themes": None
        if found.draft is None
        else {
            "themes": records(found.draft.themes),
            "tried": records(found.draft.tried),
        },
        "campaigns": {
            "submissions": found.campaigns.submissions,
            "texts": found.campaigns.texts,
            "people": found.campaigns.people,
            "found": records(found.campaigns.campaigns),
            "added": records(found.campaigns.added),
        },
        "vital": {
            "kinds": records(found.vital.kinds),
            "found": records(found.vital.found),
        },
        "suggestions": None
        if found.suggestions is None
        else {
            "by": found.suggestions.by,
            "coded": found.suggestions.coded,
            "samples_f1": found.suggestions.samples_f1,
            "micro_f1": found.suggestions.micro_f1,
            "recall_at_3": found.suggestions.recall_at_3,
        },
        "prevalence": None
        if found.prevalence is None
        else {
            "answers": found.prevalence.answers,
            "coded": found.prevalence.coded,
            "left_out": found.prevalence.left_out,
            "themes": records(found.prevalence.themes),
        },
        "why_not": found.why_not,
        "cautions": cautions_of(found),
    }


def answer_by_answer(found: AnswersRead) -> pd.DataFrame:
    """
    A row per answer: its draft theme and campaign, and the themes that a person and the
    machine chose, side by side and never one in place of the other.
    """
    texts, of = found.answers.texts, found.campaigns.of
    table = pd.DataFrame({"row": texts.index})
    table["draft_theme"] = None if found.draft is None else found.draft.of.to_numpy()
    table["campaign"] = of["campaign"].reindex(texts.index).to_numpy(dtype=object)
    table["sureness"] = of["sureness"].reindex(texts.index).to_numpy(dtype=object)
    table["person"] = [
        "; ".join(found.answers.codes[row]) if row in found.answers.codes else None
        for row in texts.index
    ]
    if (made := found.suggestions) is not None:
        table["machine"] = [
            "; ".join(made.chosen.columns[chosen])
            for chosen in made.chosen.loc[texts.index].to_numpy()
        ]
        table["by"] = made.by
        for rank in (1, 2, 3):
            top = made.top[made.top["rank"] == rank].set_index("answer")
            top = top.reindex(texts.index)
            table[f"first_{rank}"] = top["theme"].to_numpy()
            table[f"score_{rank}"] = top["score"].to_numpy()
    return table


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.astype(object).to_dict("records")
    return [
        {
            str(name): None if isinstance(value, float) and pd.isna(value) else value
            for name, value in row.items()
        }
        for row in rows
    ]
