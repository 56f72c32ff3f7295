"""Write the demonstration borough and its neighbours, as their publishers would."""

from pathlib import Path

import numpy as np

from saferplan.synthetic import offences as planted
from saferplan.synthetic import places, stops, street, survey
from saferplan.synthetic.boundaries import write_boundaries
from saferplan.synthetic.categories import (
    CATEGORIES,
    DRUG_POSSESSION,
    HOME_BURGLARY,
    WITH_INJURY,
    WITHOUT_INJURY,
)
from saferplan.synthetic.city import City, build_city
from saferplan.synthetic.counters import write_counters
from saferplan.synthetic.courts import write_courts
from saferplan.synthetic.flagged import write_knife_crime, write_vawg
from saferplan.synthetic.harm import write_harm_weights
from saferplan.synthetic.mps import write_recorded_crime
from saferplan.synthetic.offences import Offences, commit
from saferplan.synthetic.ons import (
    write_ages,
    write_deprivation,
    write_ethnicity,
    write_lookups,
    write_population,
)
from saferplan.synthetic.partners import write_partner_returns
from saferplan.synthetic.people import populate
from saferplan.synthetic.police_uk import write_police_uk
from saferplan.synthetic.survey import write_survey
from saferplan.synthetic.truths import Answer, Change, Place, Revision, Truths

SEED = 1829  # the year the Metropolitan Police was founded


def write_borough(
    folder: Path, *, seed: int = SEED, scale: float = 1.0, boroughs: int = 9
) -> Truths:
    """
    Write five years of an invented borough and its neighbours into `folder`.

    seed      the same seed gives the same bytes
    scale     multiplies how many offences and stops are expected; what is planted is
              only sure to show at 1 or more
    boroughs  how many, the demonstration borough among them: 7 to 33

    Returns what was planted, and writes it beside the folder ("borough-truths.json"
    for a folder called "borough"), where loading the folder does not meet it.

    The places are invented and the codes were never issued (see
    saferplan.synthetic.places). Load it into a store of its own: the files say they are
    the Metropolitan Police's, so they would replace its real months.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # One stream for each part: a change to one leaves the others' bytes alone.
    streams = iter(np.random.default_rng(seed).spawn(20))
    city = build_city(next(streams), boroughs)
    people = populate(next(streams), city)
    offences = commit(next(streams), city, people, scale)
    mps = folder / "mps"
    revised = write_recorded_crime(next(streams), mps, city, offences)
    write_knife_crime(next(streams), mps, city, offences)
    write_vawg(next(streams), mps, city, offences)
    write_police_uk(next(streams), folder / "police-uk", city, people, offences, scale)
    write_survey(next(streams), folder / "mopac", city)
    write_courts(next(streams), folder / "moj")
    write_ethnicity(next(streams), folder / "census", city, people)
    closed = write_counters(next(streams), folder / "front-counters", city)
    write_partner_returns(next(streams), folder / "partners", city)
    write_harm_weights(folder / "harm")
    write_ages(folder / "census", city, people)
    write_population(folder / "population", city, people)
    write_deprivation(folder / "deprivation", city, people)
    write_lookups(folder / "lookups", city)
    write_boundaries(folder / "boundaries", city)
    truths = what_was_planted(seed, city, offences, revised, closed)
    truths.write(folder.with_name(f"{folder.name}-truths.json"))
    return truths


def what_was_planted(
    seed: int, city: City, offences: Offences, revised: Revision, closed: str
) -> Truths:
    since = planted.CHANGE_MONTH
    return Truths(
        seed=seed,
        borough=Place(*city.boroughs.select("code", "name").row(0)),
        vulnerable_ward=ward(city, places.VULNERABLE),
        quiet_ward=ward(city, places.QUIET),
        never_in_quiet=planted.NEVER_IN_QUIET,
        missing_month=street.MISSING_MONTH,
        revised=revised,
        closed_counter=closed,
        only_recording=Change(WITHOUT_INJURY, since, planted.RECORDING_RISE),
        steady=(WITH_INJURY, "Knife Crime with Injury"),
        only_searches=Change(DRUG_POSSESSION, since, planted.SEARCHES_RISE),
        real_fall=Change(HOME_BURGLARY, since, planted.BURGLARY_FALL),
        stop_ratios=stops.RATIOS,
        found=stops.FOUND,
        concentrated=tuple(city.lsoas.filter(city.main & offences.town)["code"]),
        concentrated_share=share_in_town(city, offences),
        small_rise=Answer(survey.SMALL_RISE, *survey.SMALL_RISE_FROM_TO),
        real_fall_of_trust=Answer(survey.REAL_FALL, *survey.REAL_FALL_FROM_TO),
    )


def ward(city: City, name: str) -> Place:
    return Place(*city.wards.select("code", "name").row(city.ward_called(name)))


def share_in_town(city: City, offences: Offences) -> float:
    """Return the town centre's share of the offences in the LSOA file's last year."""
    shown = [not each.is_sexual for each in CATEGORIES]
    last_year = offences.by_lsoa[:, shown, -12:].sum(axis=(1, 2))
    in_town = last_year[city.main & offences.town].sum()
    return round(float(in_town / last_year[city.main].sum()), 4)
