"""
Themes that a machine suggests for answers nobody has read yet.

People code a random sample; one logistic regression per theme learns from it which
words go with the theme. What comes out is a suggestion to a person and never a count:
the machine's choice stands beside the person's and does not replace it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.suggestion_score import micro_f1, recall_at, samples_f1
from saferplan.methods.text_features import (
    check_texts,
    one_thread,
    part_counts,
    weighed,
    word_counts,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BY = "theme-suggestions/1"
LEAST_CODED = 20
FOLDS = 5
# From trying 0.3 to 0.5 on two sets of consultation answers: a theme is suggested a
# little before the model would bet on it, since people strike out more easily than
# they find.
ENOUGH = 0.4
STRENGTH = 10.0  # of what the coded answers say against no opinion; 3 to 30 do alike


@dataclass(frozen=True)
class Suggestions:
    """
    scores    between 0 and 1, a row per answer and a column per theme. Those of a coded
              answer come from models that had not seen it, so that they are as good as
              those of the others and no better
    chosen    the same as true and false: what the machine would choose
    top       the first three of each answer: `answer`, `rank`, `theme`, `score`
    by        who suggests: the method and version, or the name of a model
    coded     how many answers people had coded
    samples_f1, micro_f1, recall_at_3  against the people's choice on the coded answers
    cautions  in words
    """

    scores: pd.DataFrame
    chosen: pd.DataFrame
    top: pd.DataFrame
    by: str
    coded: int
    samples_f1: float
    micro_f1: float
    recall_at_3: float
    cautions: tuple[str, ...] = ()


def suggest(
    texts: pd.Series,
    coded: pd.DataFrame,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Suggestions:
    """
    Return themes for every answer, learned from those that people coded.

    texts     all answers: text under the answer's id
    coded     true or false for each theme (a column) of each coded answer (a row, under
              its id); see coded_table. It should be a random sample of the answers
    seed      deals the coded answers into five parts; the same gives the same
    progress  told how many of the models are done, for a bar to show

    Every answer has one theme at least, the one with most score. A theme that fewer
    than two coded answers have is never suggested: its scores are nought.

    Raises MethodError if fewer than 20 answers are coded, a coded id is not among the
    texts, or no theme was chosen twice.

    A score is no chance, and adding up suggestions gives no count of a theme: raw
    counts of such a model were six points out on answers about health services. For
    counts see prevalence. Rare themes are missed; they need search and reading.

    Method: TF-IDF of runs of 1 and 2 words and of 3 to 5 letters; logistic regression
    with an L2 penalty, the classes weighed alike.
    """
    check_coded(coded, texts)
    ordered = check_texts(texts)
    themes = list(coded.columns)
    truth = coded.reindex([each for each in ordered.index if each in coded.index])
    with one_thread():
        features = features_of(ordered)
        rows = ordered.index.get_indexer(truth.index)
        known = truth.to_numpy(dtype=bool)
        known = known & (known.sum(axis=0) >= 2)
        found = cross_fitted(features, rows, known, seed=seed, progress=progress)
    scores = pd.DataFrame(found, index=ordered.index, columns=themes)
    return as_suggestions(
        scores.reindex(texts.index), coded, by=BY, cautions=list(cautions_on(coded))
    )


def as_suggestions(
    scores: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    by: str,
    cautions: Sequence[str] = (),
) -> Suggestions:
    """
    Return scores as suggestions, whoever gave them, judged on the coded answers.

    scores  between 0 and 1, of every answer and theme; those of coded answers must come
            from something that was not told their codes
    by      who gave them: a method, or a model by its name
    """
    chosen = choices(scores)
    judged, given = coded.astype(bool), chosen.loc[coded.index, coded.columns]
    return Suggestions(
        scores=scores,
        chosen=chosen,
        top=top_three(scores),
        by=by,
        coded=len(coded),
        samples_f1=samples_f1(judged, given),
        micro_f1=micro_f1(judged, given),
        recall_at_3=recall_at(judged, scores.loc[coded.index, coded.columns]),
        cautions=tuple(cautions),
    )


def coded_table(
    codes: Mapping[Any, Sequence[str]], *, themes: Sequence[str] = ()
) -> pd.DataFrame:
    """
    Return what people chose as true and false: a row per answer, a column per theme.

    codes   answer id -> the themes somebody gave it; none is an answer too
    themes  the code frame, in its order. Without it: what was given, by the alphabet

    >>> coded_table({7: ["Lighting"], 9: []})
       Lighting
    7      True
    9     False
    """
    given = {each for chosen in codes.values() for each in chosen}
    frame = list(themes) or sorted(given)
    if strange := sorted(given - set(frame)):
        raise MethodError(
            f"{strange[0]!r} is not a theme of the code frame. Add it, or mend the "
            f"answer that has it. The frame has: {', '.join(frame)}."
        )
    rows = [[theme in chosen for theme in frame] for chosen in codes.values()]
    return pd.DataFrame(rows, index=pd.Index(list(codes)), columns=frame, dtype=bool)


def check_coded(coded: pd.DataFrame, texts: pd.Series) -> None:
    if strangers := [each for each in coded.index if each not in texts.index]:
        raise MethodError(
            f"The coded answer {strangers[0]} is not among the answers. Give the "
            f"texts of all, the coded ones too."
        )
    if coded.index.has_duplicates:
        raise MethodError(
            "An answer was coded twice. Settle on one coding; use agreement to compare."
        )
    if len(coded) < LEAST_CODED:
        raise MethodError(
            f"{len(coded)} coded answers are too few to learn from. Code {LEAST_CODED} "
            f"or more, drawn at random; 200 is a good number."
        )
    if not (coded.sum() >= 2).any():
        raise MethodError(
            "No theme was chosen for two answers or more, so there is nothing to "
            "learn. Code more answers, or join themes that mean the same."
        )


def cautions_on(coded: pd.DataFrame) -> Iterator[str]:
    counts = coded.astype(bool).sum()
    if rare := [str(each) for each in counts.index[counts < 2]]:
        yield (
            f"Never suggested, because fewer than two coded answers have it: "
            f"{', '.join(rare)}. Search for it and read."
        )
    if few := [str(each) for each in counts.index[(counts >= 2) & (counts < 10)]]:
        yield (
            f"Learned from fewer than ten answers, and so often missed: "
            f"{', '.join(few)}."
        )


def features_of(ordered: pd.Series) -> "csr_array":
    """Words, pairs of words and parts of words of each answer, weighed."""
    from scipy.sparse import csr_array, hstack

    words, _ = word_counts(ordered, longest=2)
    parts, _ = part_counts(ordered)
    return csr_array(hstack([weighed(words), weighed(parts)], format="csr"))


def cross_fitted(
    features: "csr_array",
    rows: np.ndarray,
    truth: np.ndarray,
    *,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> np.ndarray:
    """
    Scores of all answers: each model leaves a fifth of the coded answers out.

    A coded answer is scored by the model that did not see it; the rest by the mean of
    all five. So the two kinds differ by chance alone, which the correction of counts
    rests on: Zrnic and Candes (2024), doi:10.1073/pnas.2322083121.
    """
    part = np.random.default_rng(seed).permutation(len(rows)) % FOLDS
    scores = np.zeros((features.shape[0], truth.shape[1]))
    held_out = np.zeros(truth.shape)
    for number in range(FOLDS):
        seen, left = rows[part != number], part == number
        for theme in range(truth.shape[1]):
            given = scored(features, seen, truth[part != number, theme])
            scores[:, theme] += given / FOLDS
            held_out[left, theme] = given[rows[left]]
        if progress is not None:
            progress(number + 1, FOLDS)
    scores[rows] = held_out
    return scores


def scored(features: "csr_array", seen: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The score of one theme for every answer, by what is true of those seen."""
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return np.full(features.shape[0], float(truth.all()))
    model = LogisticRegression(
        C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0
    )
    found = model.fit(features[seen], truth).predict_proba(features)
    return np.asarray(found[:, 1])


def choices(scores: pd.DataFrame) -> pd.DataFrame:
    """Every theme with enough score, and the first of those with any."""
    values = scores.to_numpy(dtype=float)
    found = values >= ENOUGH
    best = values.argmax(axis=1)
    found[np.arange(len(found)), best] = values.max(axis=1) > 0
    return pd.DataFrame(found, index=scores.index, columns=scores.columns)


def top_three(scores: pd.DataFrame) -> pd.DataFrame:
    """The three themes with most score; of equal ones, the first in the frame."""
    values = scores.to_numpy(dtype=float)
    best = np.argsort(-values, axis=1, kind="stable")[:, :3]
    wide = best.shape[1]
    return pd.DataFrame(
        {
            "answer": np.repeat(scores.index.to_numpy(), wide),
            "rank": np.tile(np.arange(1, wide + 1), len(scores)),
            "theme": scores.columns.to_numpy()[best].ravel(),
            "score": np.take_along_axis(values, best, axis=1).ravel(),
        }
    )
