"""
Every source we know. To add one, write its module and add a line here.

The order matters only where two sources could recognise the same file: the first wins.
"""

from saferplan.sources import (
    boundaries,
    deprivation,
    gla_borough_population,
    gla_profiles,
    grants_360giving,
    lookups,
    moj_crown_court,
    mopac_survey,
    mps_front_counters,
    mps_homicide,
    mps_knife_crime,
    mps_recorded_crime,
    mps_vawg,
    ons_census,
    ons_census_ethnicity,
    ons_crime_year,
    ons_population,
    partner_feed,
    police_uk_outcomes,
    police_uk_stop_search,
    police_uk_street,
    severity_weights,
)
from saferplan.sources.source import Source, SourceFile

SOURCES: list[Source] = [
    police_uk_street.SOURCE,
    police_uk_outcomes.SOURCE,
    police_uk_stop_search.SOURCE,
    mps_recorded_crime.SOURCE,
    mps_knife_crime.SOURCE,
    mps_vawg.SOURCE,
    mps_homicide.SOURCE,
    mps_front_counters.SOURCE,
    mopac_survey.SOURCE,
    moj_crown_court.SOURCE,
    ons_crime_year.SOURCE,
    severity_weights.SOURCE,
    ons_population.SOURCE,
    ons_census.SOURCE,
    ons_census_ethnicity.SOURCE,
    lookups.SOURCE,
    boundaries.SOURCE,
    deprivation.SOURCE,
    gla_profiles.SOURCE,
    gla_borough_population.SOURCE,
    grants_360giving.SOURCE,
    partner_feed.SOURCE,
]


def recognise(file: SourceFile) -> Source | None:
    """The source a file belongs to, by what is in it, or None."""
    return next((source for source in SOURCES if source.recognises(file)), None)
