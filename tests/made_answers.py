"""Answers to a consultation that nobody gave, for the tests of how answers are read."""

import numpy as np
import pandas as pd

SAYINGS = {
    "Lighting": [
        "the street lamps on our estate have been dark for months",
        "better lighting in the underpass would make the walk home safer",
        "please mend the lamps along the canal path",
    ],
    "Stations": [
        "do not close the front counter of the police station",
        "the station desk should stay open in the evening",
        "people need a police counter they can walk into",
    ],
    "Young people": [
        "young people need youth clubs and something to do after school",
        "put money into youth workers before another teenager is hurt",
        "schools and clubs keep teenagers off the corner",
    ],
    "Burglary": [
        "burglary of sheds and garages goes on and nobody comes to look",
        "after a burglary the victim waits weeks for any news",
        "help residents fit locks against burglary",
    ],
}
FILLING = [
    *("we", "our", "also", "really", "much", "still", "only", "think", "often"),
    *("every", "year", "here", "round", "what", "some", "more", "when", "about"),
]


def made_answers(count=160, seed=5, two=0.3):
    """Answers as text, and the themes that each was made of."""
    random = np.random.default_rng(seed)
    themes = list(SAYINGS)
    texts, chosen = [], []
    for _ in range(count):
        own = random.permutation(themes)[: 2 if random.random() < two else 1]
        said = [SAYINGS[theme][random.integers(3)] for theme in own]
        words = " ".join(said).split()
        for filling in random.choice(FILLING, 6):
            words.insert(random.integers(len(words)), str(filling))
        texts.append(" ".join(words).capitalize() + ".")
        chosen.append([theme in own for theme in themes])
    index = pd.Index([f"A{number:03}" for number in range(count)])
    return pd.Series(texts, index), pd.DataFrame(chosen, index, themes)
