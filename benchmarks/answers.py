"""
How well, how fast and in how much memory answers to a consultation are read.

How well: on answers that people coded, from the shared data; the mean over many draws
of the coded sample. How fast: ten thousand answers of sixty words, each method in a
process of its own.
"""

import json
import re
import sys
from collections.abc import Callable
from functools import cache
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.apart import ROOT, run_module
from benchmarks.result import Result

if TYPE_CHECKING:
    import pandas as pd

DATA = ROOT / "../shared/data/consultation"
DRAWS = 20
TURNS = 3
ANSWERS = 10_000
WORDS = 60
MOST_MEMORY = 600
COMMONLY = ("word for word", "greeting and name", "10% swapped", "own paragraph")


def measure(draws: int = DRAWS, answers: int = ANSWERS) -> list[Result]:
    if not DATA.exists():
        raise SystemExit(f"The answers that people coded are not here: {DATA.name}.")
    return [*how_well(draws), *how_fast(answers)]


def how_well(draws: int) -> list[Result]:
    told = {
        kind: json.loads(run_module("answers", kind, draws).said.splitlines()[-1])
        for kind in WELL
    }
    synthetic, german = told["synthetic"], told["german"]
    return [
        least(f"samples-F1, made-up set, {coded} coded", synthetic[str(coded)], limit)
        for coded, limit in ((100, 0.85), (200, 0.90))
    ] + [
        least("micro-F1, German set, 400 coded", german["micro_f1"], 0.77),
        least("samples-F1, German set, 400 coded", german["samples_f1"], None),
        *shares("made-up set", synthetic["shares"], bound=True),
        *shares("German set", german["shares"], bound=False),
        *(result for kind in ("english", "german") for result in found(told, kind)),
    ]


def least(what: str, figure: float, limit: float | None, **more: Any) -> Result:
    name = more.pop("method", "theme-suggestions")
    options = {"unit": "", "most": False, "method": name} | more
    return Result(what, f"{figure:.3f}", figure, limit, **options)


def shares(what: str, told: dict[str, float], *, bound: bool) -> list[Result]:
    """The error of shares at 200 coded, and how often their limits held the truth."""
    raw = f"adding up suggestions: {told['raw']:.1f} points"
    alone = f"the sample alone: {told['alone']:.1f} points; {raw}"
    method = {"method": "theme-prevalence"}
    error = Result(
        f"Mean error of shares, {what}, 200 coded",
        f"{told['error']:.2f} points",
        told["error"],
        1.5 if bound else None,
        "points",
        alone,
        times=told["alone"] / told["error"],
        **method,
    )
    often = f"Limits that held the truth, {what}, 200 coded"
    return [
        error,
        least(f"{often}, at least", told["held"], 0.92 if bound else None, **method),
        Result(
            f"{often}, at most",
            f"{told['held']:.3f}",
            told["held"],
            0.98 if bound else None,
            "",
            **method,
        ),
    ]


def found(told: dict[str, Any], kind: str) -> list[Result]:
    """How many planted copies were found, and how many finds were copies."""
    figures = told[f"campaigns_{kind}"]
    what, method = f"planted copies, {kind.title()} texts", {"method": "campaigns"}
    return [
        least(
            f"Recall of {what}, the other five edits", figures["recall"], 0.99, **method
        ),
        least(
            f"Recall of {what}, 30% of words swapped",
            figures["swapped"],
            0.95,
            **method,
        ),
        least(f"Precision, {what}", figures["precision"], 0.93, **method),
    ]


def how_fast(answers: int) -> list[Result]:
    results = []
    for kind, (method, limit) in LIMITS.items():
        costs = [run_module("answers", kind, answers) for _turn in range(TURNS)]
        cpu = median(json.loads(each.said.splitlines()[-1])["cpu"] for each in costs)
        memory = median(each.memory for each in costs)
        what = f"{kind.title()} of {answers:,} answers of {WORDS} words"
        results += [
            Result(what, f"{cpu:.1f} s CPU", cpu, limit, "s CPU", method=method),
            Result(
                f"Memory for {kind} of {answers:,} answers",
                f"{memory:.0f} MiB",
                memory,
                MOST_MEMORY,
                "MiB",
                method=method,
            ),
        ]
    return results


@cache
def synthetic_set() -> tuple["pd.Series", "pd.DataFrame"]:
    import pandas as pd

    read = pd.read_csv(DATA / "tf_generation_eval.csv")
    letters = list("ABCDEFGHIJKL")
    told = [re.findall(r"'([A-L])': \{", topics) for topics in read["target_topics"]]
    truth = [[letter in each for letter in letters] for each in told]
    return read["response"], pd.DataFrame(truth, columns=letters)


@cache
def german_set() -> tuple["pd.Series", "pd.DataFrame"]:
    import pandas as pd

    read = pd.read_csv(DATA / "cimt_ottensen.csv")
    texts = read["title"].fillna("") + ". " + read["text"].fillna("")
    return texts, read.iloc[:, 4:].astype(bool)


def queries() -> list[str]:
    """Customers' questions, three at a time, so that they are as long as answers."""
    import pandas as pd

    read = pd.read_csv(DATA / "banking77_test.csv.gz")["text"].drop_duplicates()
    told = read.sample(frac=1, random_state=1).tolist()
    return [" ".join(told[at : at + 3]) for at in range(0, len(told) - 2, 3)]


def made_large(answers: int) -> "pd.Series":
    """Answers put together of short runs of words from real ones; none is a copy."""
    import numpy as np
    import pandas as pd

    words = " ".join([*synthetic_set()[0], *queries()]).split()
    random = np.random.default_rng(1)
    texts = []
    for _ in range(answers):
        told: list[str] = []
        while len(told) < WORDS:
            at = int(random.integers(len(words) - 8))
            told += words[at : at + int(random.integers(2, 8))]
        texts.append(" ".join(told[:WORDS]))
    return pd.Series(texts)


def read_set(texts: "pd.Series", truth: "pd.DataFrame", coded: int, draws: int) -> Any:
    """Draw, suggest and count again and again; the means of all figures."""
    import numpy as np

    from saferplan.methods.suggestion_score import micro_f1, samples_f1
    from saferplan.methods.suggestions import suggest
    from saferplan.methods.theme_prevalence import draw_to_code, prevalence

    rows = []
    for seed in range(draws):
        sample = truth.loc[draw_to_code(texts.index, coded, seed=seed)]
        made = suggest(texts, sample, seed=seed)
        unread = texts.index.difference(sample.index)
        there, chosen = truth.loc[unread], made.chosen.loc[unread]
        counted = prevalence(
            sample, texts.index, at_random=True, campaign=None, suggested=made.scores
        ).themes
        true = truth.mean().to_numpy()
        common = true >= 0.02
        rows.append(
            {
                "samples_f1": samples_f1(there, chosen),
                "micro_f1": micro_f1(there, chosen),
                "error": 100 * abs(counted["share"] - true)[common].mean(),
                "alone": 100 * abs(counted["sample_share"] - true)[common].mean(),
                "raw": 100 * abs(made.chosen.mean() - true)[common].mean(),
                "held": ((counted["lower"] <= true) & (true <= counted["upper"]))[
                    common
                ].mean(),
            }
        )
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}


def synthetic(draws: int) -> dict[str, Any]:
    few = read_set(*synthetic_set(), 100, draws)
    many = read_set(*synthetic_set(), 200, draws)
    return {"100": few["samples_f1"], "200": many["samples_f1"], "shares": many}


def german(draws: int) -> dict[str, Any]:
    return read_set(*german_set(), 400, max(draws // 2, 1)) | {
        "shares": read_set(*german_set(), 200, max(draws // 2, 1))
    }


def planted(answers: list[str], copies: int) -> dict[str, float]:
    """Recall by kind of edit and precision, over three ways to plant campaigns."""
    import pandas as pd

    from saferplan.methods.campaigns import find_campaigns
    from saferplan.synthetic.campaigns import made_campaigns

    figures = []
    for seed in range(3):
        made = made_campaigns(answers, copies=copies, seed=seed)
        flagged = pd.Series(made.index.isin(find_campaigns(made["text"]).of.index))
        recall = flagged.groupby(made["grade"]).mean()
        figures.append(
            {
                "recall": min(recall[grade] for grade in (*COMMONLY, "half kept")),
                "swapped": recall["30% swapped"],
                "precision": (made["template"] >= 0)[flagged].mean(),
            }
        )
    return pd.DataFrame(figures).mean().to_dict()


def timed(work: Callable[["pd.Series"], object], answers: int) -> dict[str, float]:
    texts = made_large(answers)
    start = process_time()
    work(texts)
    return {"cpu": process_time() - start}


def drafted(texts: "pd.Series") -> object:
    from saferplan.methods.draft_themes import draft_themes

    return draft_themes(texts)


def suggested(texts: "pd.Series") -> object:
    import pandas as pd

    from saferplan.methods.suggestions import suggest

    # Twenty-five themes, four hundred coded: each theme is what has one of its words.
    words = "card account money transfer cash top fee rate ban adverts sport health "
    words += "children income online public trust risk young business app refund law "
    words += "bank crime"
    first = texts.head(400)
    coded = pd.DataFrame({w: first.str.contains(w, case=False) for w in words.split()})
    return suggest(texts, coded)


def gathered(texts: "pd.Series") -> object:
    from saferplan.methods.campaigns import find_campaigns

    return find_campaigns(texts)


WELL: dict[str, Callable[[int], Any]] = {
    "synthetic": synthetic,
    "german": german,
    "campaigns_english": lambda _draws: planted(
        [*synthetic_set()[0], *queries()], copies=6
    ),
    "campaigns_german": lambda _draws: planted(german_set()[0].tolist(), copies=4),
}
LIMITS = {
    "themes": ("draft-themes", 30),
    "suggestions": ("theme-suggestions", 15),
    "campaigns": ("campaigns", 10),
}
FAST: dict[str, Callable[["pd.Series"], object]] = {
    "themes": drafted,
    "suggestions": suggested,
    "campaigns": gathered,
}

if __name__ == "__main__":
    asked, many = sys.argv[1], int(sys.argv[2])
    print(json.dumps(timed(FAST[asked], many) if asked in FAST else WELL[asked](many)))
