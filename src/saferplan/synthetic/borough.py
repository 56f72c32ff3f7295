"""Write the demonstration borough and its neighbours, as their publishers would."""

from pathlib import Path

import numpy as np

from saferplan.synthetic.boundaries import write_boundaries
from saferplan.synthetic.city import build_city
from saferplan.synthetic.mps import write_recorded_crime
from saferplan.synthetic.offences import commit
from saferplan.synthetic.ons import (
    write_ages,
    write_deprivation,
    write_ethnicity,
    write_lookups,
    write_population,
)
from saferplan.synthetic.people import populate

SEED = 1829  # the year the Metropolitan Police was founded


def write_borough(
    folder: Path, *, seed: int = SEED, scale: float = 1.0, boroughs: int = 9
) -> None:
    """
    Write five years of an invented borough and its neighbours into `folder`.

    seed      the same seed gives the same bytes
    scale     multiplies how many offences and stops are expected; what is planted is
              only sure to show at 1 or more
    boroughs  how many, the demonstration borough among them: 7 to 33

    The places are invented and the codes were never issued (see
    saferplan.synthetic.places). Load it into a store of its own: the files say they are
    the Metropolitan Police's, so they would replace its real months.
    """
    # One stream for each part: a change to one leaves the others' bytes alone.
    streams = iter(np.random.default_rng(seed).spawn(20))
    city = build_city(next(streams), boroughs)
    people = populate(next(streams), city)
    offences = commit(next(streams), city, people, scale)
    write_recorded_crime(next(streams), folder / "mps", city, offences)
    write_ethnicity(next(streams), folder / "census", city, people)
    write_ages(folder / "census", city, people)
    write_population(folder / "population", city, people)
    write_deprivation(folder / "deprivation", city, people)
    write_lookups(folder / "lookups", city)
    write_boundaries(folder / "boundaries", city)
