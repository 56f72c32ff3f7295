"""Made events that gather as crime does, for Saferplan and its peers alike."""

from typing import TYPE_CHECKING

# Brought in where they are used, so that a first answer has its own cost and no more.
if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def uneven(side: int) -> "np.ndarray":
    """Counts as uneven as crime, in rows and columns."""
    import numpy as np

    random = np.random.default_rng(1)
    return random.poisson(random.gamma(0.5, 4, (side, side)))


def crowd(count: int, width: float, spread: float) -> "np.ndarray":
    """Places in metres, three in five of them in crowds."""
    import numpy as np

    random = np.random.default_rng(2)
    middles = random.uniform(0, width, (200, 2))
    crowds = middles[random.integers(0, 200, count)]
    crowds = crowds + random.normal(0, spread, (count, 2))
    anywhere = random.uniform(0, width, (count, 2))
    return np.where(random.random((count, 1)) < 0.6, crowds, anywhere)


def burglaries(count: int) -> "pd.DataFrame":
    """A year of events with a few near repeats: 2.8 million pairs within 600 m."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(3)
    places = crowd(count, 30_000, 330.0)
    days = random.integers(0, 365, count)
    again = count * 6 // 100
    before = random.integers(0, count, again)
    places[:again] = places[before] + random.normal(0, 60, (again, 2))
    days[:again] = np.minimum(days[before] + random.integers(0, 10, again), 364)
    dates = pd.Timestamp("2025-01-01") + pd.to_timedelta(days, unit="D")
    return pd.DataFrame({"x": places[:, 0], "y": places[:, 1], "date": dates})
