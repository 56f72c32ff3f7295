"""
Campaigns planted among answers, edited as people edit a standard letter.

To test a finder of campaigns: which answers belong to one is known. No text is used
twice but as a copy of a template; a finder would be blamed for what truly repeats.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

GRADES = (
    "word for word",
    "greeting and name",
    "10% swapped",
    "30% swapped",
    "own paragraph",
    "half kept",
)
LEAST_WORDS = 40  # a template shorter than this is no letter


def made_campaigns(
    answers: Sequence[str], *, templates: int = 20, copies: int = 5, seed: int = 1
) -> pd.DataFrame:
    """
    Return answers with campaigns among them: `text`, `template`, `grade`, a row each.

    answers    genuine ones, no two the same; as many as a template needs are joined to
               make it, and each makes a paragraph of somebody's own once at most
    templates  how many campaigns there are
    copies     how many copies of each template in each of the six grades

    The rest of the answers are left as they are: template -1, grade "genuine".
    """
    random = np.random.default_rng(seed)
    left = [answers[at] for at in random.permutation(len(answers))]
    words = sorted({word for answer in answers for word in answer.split()})
    rows = []
    for number in range(templates):
        template = left.pop()
        while len(template.split()) < LEAST_WORDS:
            template += " " + left.pop()
        for grade in GRADES:
            for _copy in range(copies):
                own = left.pop() if grade == "own paragraph" else ""
                text = edited(template, grade, own, words, random)
                rows.append((text, number, grade))
    rows += [(text, -1, "genuine") for text in left]
    made = pd.DataFrame(rows, columns=["text", "template", "grade"])
    return made.iloc[random.permutation(len(made))].reset_index(drop=True)


def edited(
    template: str,
    grade: str,
    own: str,
    words: Sequence[str],
    random: np.random.Generator,
) -> str:
    """A copy of the template, as somebody would send it in."""
    told = template.split()
    if grade == "greeting and name":
        first, last = (words[at].title() for at in random.integers(len(words), size=2))
        return f"Dear Sir or Madam, {template} Yours, {first} {last}"
    if grade.endswith("swapped"):
        many = round(int(grade[:2]) / 100 * len(told))
        for at in random.permutation(len(told))[:many]:
            told[at] = words[int(random.integers(len(words)))]
    if grade == "half kept":
        half = len(told) // 2
        told = told[:half] if random.random() < 0.5 else told[-half:]
    return " ".join([*told, own] if own else told)
