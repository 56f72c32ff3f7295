"""
How well suggested themes agree with those that people chose, answer by answer.

Each answer may have several themes, or none. All take a table of true and false for
either side, of the same answers and themes in the same order.
"""

import numpy as np
import pandas as pd

from saferplan.errors import MethodError


def samples_f1(chosen: pd.DataFrame, suggested: pd.DataFrame) -> float:
    """
    Return the mean over answers of 2 x shared themes / (themes chosen + suggested).

    An answer without a theme on either side counts 1: both say that there is none.

    Source: Godbole and Sarawagi (2004), doi:10.1007/978-3-540-24775-3_5.

    >>> people = pd.DataFrame([[0, 0, 0], [1, 1, 1], [0, 1, 1]])
    >>> machine = pd.DataFrame([[0, 0, 0], [1, 1, 1], [1, 1, 0]])
    >>> round(samples_f1(people, machine), 4)
    0.8333
    """
    return float(f1_of_answers(chosen, suggested).mean())


def f1_of_answers(chosen: pd.DataFrame, suggested: pd.DataFrame) -> np.ndarray:
    a, b = alike(chosen, suggested)
    shared, given = (a & b).sum(axis=1), a.sum(axis=1) + b.sum(axis=1)
    return np.where(given == 0, 1.0, 2 * shared / np.maximum(given, 1))


def micro_f1(chosen: pd.DataFrame, suggested: pd.DataFrame) -> float:
    """
    Return 2 x shared themes / (themes chosen + suggested), over all answers at once.

    Common themes weigh most in it. 1 if nobody gave any.
    """
    a, b = alike(chosen, suggested)
    given = int(a.sum() + b.sum())
    return 2 * int((a & b).sum()) / given if given else 1.0


def recall_at(chosen: pd.DataFrame, scores: pd.DataFrame, *, first: int = 3) -> float:
    """
    Return the share of the themes chosen that are among the `first` with most score.

    Missing if nobody chose any. Of equal scores the theme that stands first goes first.
    """
    same_shape(chosen, scores)
    a = chosen.to_numpy(dtype=bool)
    best = np.argsort(-scores.to_numpy(dtype=float), axis=1, kind="stable")[:, :first]
    found = np.take_along_axis(a, best, axis=1).sum()
    return float(found / a.sum()) if a.any() else float("nan")


def alike(one: pd.DataFrame, other: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    same_shape(one, other)
    if len(one) == 0:
        raise MethodError("No answer was read by both. Code some of the same answers.")
    return one.to_numpy(dtype=bool), other.to_numpy(dtype=bool)


def same_shape(one: pd.DataFrame, other: pd.DataFrame) -> None:
    if not (one.index.equals(other.index) and one.columns.equals(other.columns)):
        raise MethodError(
            "Both must be of the same answers and the same themes, in the same order. "
            "Select them by the ids and the themes of one."
        )
