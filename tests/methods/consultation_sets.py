"""Answers that people coded, from the shared data: read in place, skipped without."""

import re
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[3] / "shared/data/consultation"


def needs_real_answers(test):
    """Mark a test that reads them; it skips where they are not."""
    absent = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
    return pytest.mark.real_data(absent(test))


def synthetic_set():
    """A thousand made-up answers on gambling advertisements, in twelve themes."""
    read = pd.read_csv(DATA / "tf_generation_eval.csv")
    letters = list("ABCDEFGHIJKL")
    told = [re.findall(r"'([A-L])': \{", topics) for topics in read["target_topics"]]
    truth = [[letter in each for letter in letters] for each in told]
    return read["response"], pd.DataFrame(truth, columns=letters)


def german_set():
    """The 697 contributions on traffic in Hamburg-Ottensen, in twelve themes."""
    read = pd.read_csv(DATA / "cimt_ottensen.csv")
    texts = read["title"].fillna("") + ". " + read["text"].fillna("")
    return texts, read.iloc[:, 4:].astype(bool)
