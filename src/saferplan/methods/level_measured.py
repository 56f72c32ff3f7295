"""The answers of the level advisor that figures can give, with what they leave open."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from saferplan.methods.between_areas import between_areas
from saferplan.methods.concentration import concentration
from saferplan.methods.level_criteria import LEVELS, Answer
from saferplan.methods.level_evidence import (
    cross_boundary,
    events_by_level,
    events_to_tell,
    variance_by_level,
)
from saferplan.methods.proportions import LEAST_ASKED

WORTH_TELLING = -0.2  # a fall by a fifth
COMMON = 5  # a neighbourhood and year, on average


@dataclass(frozen=True)
class Measured:
    """
    answers    per criterion its answer, as advise_level takes it
    as_likely  other answers that lie within the limits
    tables     what they rest on, by name: `differences`, `events`, `crossing`
    said       the same in sentences
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    as_likely: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def measured_answers(
    counts: pd.Series,
    residents: pd.Series,
    levels: pd.DataFrame,
    *,
    flows: pd.DataFrame | None = None,
    dispersion: float = 1.0,
) -> Measured:
    """
    Return the answers that counts by neighbourhood, and flows between them, can give.

    counts      events in a year per neighbourhood
    residents   people there; same index
    levels      `borough` of each, and `sub-regional` if there is such a level
    flows       as in cross_boundary, between neighbourhoods; none if not known
    dispersion  how many times more a count varies than chance

    Where areas do not differ by more than chance they are "alike", and nothing is said
    of its concentration, nor if it is rare: chance gathers what is rare. Without a
    level between, parts of London are taken to have events enough where boroughs have.
    Fewer than 30 cases with a known home say nothing of borders.

    Raises MethodError as the methods of level_evidence do.

    >>> counts = pd.Series([400, 20, 25, 30, 15, 40])
    >>> borough = pd.DataFrame({"borough": ["A", "A", "A", "B", "B", "B"]})
    >>> found = measured_answers(counts, pd.Series([9_000] * 6), borough)
    >>> found.answers["concentration"] < 0.2, round(found.answers["differences"], 2)
    (True, 0.82)
    """
    real = between_areas(counts, residents, dispersion=dispersion)
    parts = variance_by_level(counts, residents, levels, dispersion=dispersion)
    needed = events_to_tell(WORTH_TELLING, dispersion=dispersion)
    events = events_by_level(counts, levels, needed=needed)
    enough = dict(zip(events["level"], events["enough"], strict=True))
    frequency = {
        "neighbourhood": enough["neighbourhood"],
        "borough": enough["borough"],
        "sub-regional": enough.get("sub-regional", enough["borough"]),
        "pan-London": enough["all"],
    }
    answers: dict[str, Answer] = {"frequency": frequency}
    as_likely: dict[str, tuple[Answer, ...]] = {}
    share, lower, upper = parts[["share", "lower", "upper"]].to_numpy(dtype=float)[0]
    if real.share_lower > 0 and np.isfinite(share):
        answers["differences"] = float(share)
        as_likely["differences"] = (float(lower), float(upper))
    else:
        answers["differences"] = "alike"
    half = concentration(counts).half_in
    # Chance alone puts half of a rare thing in a few places.
    if real.share_lower > 0 and counts.mean() >= COMMON:
        answers["concentration"] = half
    said = [
        f"{real.share:.0%} of what neighbourhoods seem to differ by is no chance "
        f"({real.share_lower:.0%} to {real.share_upper:.0%}).",
        f"To tell a fall by a fifth takes {needed:,.0f} events a year; "
        + ", ".join(f"{frequency[each]:.0%} of {each}" for each in LEVELS[:2])
        + " areas have them.",
        f"Half of it is in {half:.0%} of the neighbourhoods"
        + (
            "."
            if "concentration" in answers
            else ", which may be chance: it is too rare, or they do not differ."
        ),
    ]
    tables = {"differences": parts, "events": events}
    if flows is not None:
        tables["crossing"] = cross_boundary(flows, levels)
        row = tables["crossing"].set_index("level").to_dict("index")["borough"]
        if row["cases"] < LEAST_ASKED:
            said.append(
                f"Fewer than {LEAST_ASKED} cases with a known home: too few to say how "
                f"many cross a border."
            )
        else:
            answers["crossing"] = float(row["share"])
            as_likely["crossing"] = (float(row["lower"]), float(row["upper"]))
            said.append(
                f"{row['share']:.0%} of {row['cases']:,.0f} cases with a known home "
                f"cross a border of the borough ({row['lower']:.0%} to "
                f"{row['upper']:.0%}); of {row['unknown']:,.0f} it is not known."
            )
    return Measured(answers, as_likely, tables, tuple(said))
