"""
A first look at what answers are about: groups of like answers, for people to name.

A draft theme is not a finding and its size is no count. People read the answers nearest
the middle of each group, join, split and name, and then code a random sample by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.intervals import Numbers
from saferplan.methods.text_features import (
    check_texts,
    one_thread,
    weighed,
    word_counts,
    words_of,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

STATUS = "drafted, not decided"
LEAST_TEXTS = 20
TRIED = (4, 6, 8, 10, 12, 14, 16, 20, 25, 30)  # more than thirty nobody can review
LOOKED_AT = 1_500  # answers by which the number of themes is chosen
TOO_COMMON = 0.5  # a word in more than half of the answers sets none of them apart
DIMENSIONS = 100
TELLING = 8
NEAREST = 5
ALONE = "These share no word with another answer, so no group can hold them. Read each."


@dataclass(frozen=True)
class DraftThemes:
    """
    themes    a row per draft theme, largest first: `theme` (1, 2, ...), `answers` in
              the group, `words` that tell it from the rest (a tuple), `exemplars` (ids
              of the answers nearest its middle), `label` (empty: for people to write),
              `status` and `caution`. Theme 0, if there, holds answers like no other
    of        the theme of every answer, under its id
    tried     if the number was chosen: `themes` and `silhouette`, most is best
    cautions  in words
    """

    themes: pd.DataFrame
    of: pd.Series
    tried: pd.DataFrame
    cautions: tuple[str, ...]


def draft_themes(
    texts: pd.Series,
    *,
    themes: int | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> DraftThemes:
    """
    Return groups of like answers, with the words that tell each and answers to read.

    texts     text under the answer's id; the order of the rows makes no difference
    themes    how many; without it, what separates the groups best, from 4 to 30
    seed      where the search begins; the same gives the same themes
    progress  told how many numbers of themes were tried, for a bar to show

    Every answer is in one group: none is set aside as noise, because an answer that
    nobody reads was not considered. Answers that differ only in case and marks count
    once while the groups are sought, and go to the same group.

    Raises MethodError if fewer than 20 different answers have words, or for a number of
    themes under 2 or over half of the different answers.

    A size is no count of a theme: groups hold answers that are alike in words, which
    may be for and against; an answer with two points is in one group. Another seed
    draws other borders. Labels are for people to write.

    Method: TF-IDF of single words, truncated SVD, K-means; the mean silhouette
    (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7) to choose the number; words by
    their log-odds with a prior (Monroe, Colaresi and Quinn 2008,
    doi:10.1093/pan/mpn018).
    """
    ordered = check_texts(texts)
    alike = ordered.map(lambda text: " ".join(words_of(text)))
    different = alike.drop_duplicates().sort_values()
    check_enough(len(different), themes)
    counts, names = word_counts(different)
    place = telling_words_only(counts, len(different))
    known = np.flatnonzero(np.diff(place.indptr) > 0)
    check_enough(len(known), themes)
    with one_thread():
        points = as_points(place[known], seed)
        tried = pd.DataFrame({"themes": [], "silhouette": []})
        if themes is None:
            tried = try_numbers(points, seed, progress)
            themes = int(tried["themes"].iloc[tried["silhouette"].argmax()])
        group, middle = groups(points, themes, seed)
    number = np.zeros(len(different), dtype=np.int64)
    number[known] = in_order_of_size(group, alike, different.iloc[known])
    theme_of_text = pd.Series(number, index=different.to_numpy())
    of = pd.Series(theme_of_text.loc[alike.to_numpy()].to_numpy(), index=ordered.index)
    near = pd.Series(1.0, index=different.index)
    near.iloc[known] = 1 - (points * middle[group]).sum(axis=1)
    table = described(of, near, counts, names, number)
    return DraftThemes(
        themes=table,
        of=of.reindex(texts.index).rename("theme"),
        tried=tried,
        cautions=(
            "Drafted by likeness of words, not decided: people name, join and split.",
            "The size of a draft theme is not a count. For counts, code a random "
            "sample.",
        ),
    )


def check_enough(different: int, themes: int | None) -> None:
    if different < LEAST_TEXTS:
        raise MethodError(
            f"{different} different answers with words in common are too few to group. "
            f"Read them: {LEAST_TEXTS} or more are needed."
        )
    if themes is not None and not 2 <= themes <= different // 2:
        raise MethodError(
            f"{different} different answers can be put into 2 to {different // 2} "
            f"themes, and not {themes}."
        )


def telling_words_only(counts: "csr_array", texts: int) -> "csr_array":
    """The counts without words that more than half of the answers have, weighed."""
    from scipy.sparse import csr_array

    common = np.bincount(counts.indices, minlength=counts.shape[1])
    return weighed(csr_array(counts[:, np.flatnonzero(common <= TOO_COMMON * texts)]))


def as_points(features: "csr_array", seed: int) -> Numbers:
    """Each answer as a point on a ball of at most a hundred dimensions."""
    from sklearn.decomposition import TruncatedSVD

    size = min(DIMENSIONS, features.shape[0] - 1, features.shape[1] - 1)
    points = TruncatedSVD(max(size, 1), random_state=seed).fit_transform(features)
    length = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.maximum(length, 1e-12))


def try_numbers(
    points: Numbers, seed: int, progress: Callable[[int, int], None] | None
) -> pd.DataFrame:
    """How well apart the groups lie, for each number of them, on some of the points."""
    from sklearn.metrics import silhouette_score

    random = np.random.default_rng(seed)
    some = np.sort(random.permutation(len(points))[:LOOKED_AT])
    numbers = [each for each in TRIED if each <= len(some) // 4] or [2]
    found = []
    for done, number in enumerate(numbers, start=1):
        group, _ = groups(points[some], number, seed)
        apart = len(np.unique(group)) > 1
        found.append(silhouette_score(points[some], group) if apart else -1.0)
        if progress is not None:
            progress(done, len(numbers))
    return pd.DataFrame({"themes": numbers, "silhouette": found})


def groups(points: Numbers, number: int, seed: int) -> tuple[np.ndarray, Numbers]:
    """The group of each point, and the direction in which the middle of each lies."""
    from sklearn.cluster import KMeans

    found = KMeans(number, n_init=5, random_state=seed).fit(points)
    middle = found.cluster_centers_
    length = np.linalg.norm(middle, axis=1, keepdims=True)
    return found.labels_, middle / np.maximum(length, 1e-12)


def in_order_of_size(
    group: np.ndarray, alike: pd.Series, different: pd.Series
) -> np.ndarray:
    """The groups numbered from one, by how many answers they hold, copies counted."""
    copies = alike.value_counts().loc[different.to_numpy()].to_numpy()
    size = np.bincount(group, weights=copies)
    first = np.array([np.argmax(group == each) for each in range(len(size))])
    order = np.lexsort((first, -size))
    number = np.empty(len(size), dtype=int)
    number[order] = np.arange(1, len(size) + 1)
    return np.asarray(number[group])


def described(
    of: pd.Series,
    near: pd.Series,
    counts: "csr_array",
    names: np.ndarray,
    group: np.ndarray,
) -> pd.DataFrame:
    """A row per theme; theme 0 last, without words."""
    themes = sorted(set(group) - {0}) + [0] * int((group == 0).any())
    nearest = near.to_numpy().argsort(kind="stable")
    rows = []
    for theme in themes:
        middle = [at for at in nearest if group[at] == theme][:NEAREST]
        rows.append(
            {
                "theme": theme,
                "answers": int((of == theme).sum()),
                "words": telling(counts, names, group == theme) if theme else (),
                "exemplars": tuple(near.index[middle].tolist()),
                "label": "",
                "status": STATUS,
                "caution": "" if theme else ALONE,
            }
        )
    return pd.DataFrame(rows)


def telling(
    counts: "csr_array", names: np.ndarray, inside: np.ndarray
) -> tuple[str, ...]:
    """The words that answers of a group have more often than the others, most first."""
    has = counts.astype(bool).astype(float)
    every = np.asarray(has.sum(axis=0)).ravel()
    within = np.asarray(has[np.flatnonzero(inside)].sum(axis=0)).ravel()
    prior = every + 0.01
    mine, theirs = within + prior, every - within + prior
    odds = np.log(mine / (mine.sum() - mine)) - np.log(theirs / (theirs.sum() - theirs))
    score = odds / np.sqrt(1 / mine + 1 / theirs)
    best = np.argsort(-score, kind="stable")[:TELLING]
    return tuple(str(names[at]) for at in best if score[at] > 0)
