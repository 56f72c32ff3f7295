"""A target for a share that a survey measures, explained for a page."""

from dataclasses import dataclass
from math import isnan

import pandas as pd

from saferplan.errors import MethodError
from saferplan.methods.proportions import survey_level
from saferplan.methods.register import cite
from saferplan.methods.target_sentences import (
    in_words,
    share_chance_in_words,
    share_sentences,
)
from saferplan.methods.target_shares import ShareExplained, explain_share
from saferplan.web.performance.targets.asked import Asked
from saferplan.web.performance.targets.explained import (
    METHODS_OF_A_SHARE,
    Explained,
    Line,
    Section,
    Table,
    Way,
)
from saferplan.web.performance.targets.headline import headline_of_share

# People whom the Public Attitude Survey asked in a year until 2020, and by how much
# shares drift in a year: see saferplan.methods.target_share_chance.
BOROUGH, LONDON = 400, 12_800
BOROUGH_DRIFT, LONDON_DRIFT = 0.2, 0.13


@dataclass(frozen=True)
class Survey:
    """A size of survey, and how much what it measures drifts."""

    name: str
    asked: int
    asked_now: int | None
    drift: float


def explain_a_share(asked: Asked) -> Explained:
    survey = Survey(
        "This target’s survey",
        asked.asked or 0,
        asked.asked_now,
        LONDON_DRIFT if asked.level == "pan-London" else BOROUGH_DRIFT,
    )
    found = ask(asked, survey)
    said = share_sentences(asked.measure, found)
    return Explained(
        headline=headline_of_share(found, now=now_of(asked)),
        facts=facts_of(asked, found),
        sections=sections_of(asked, found, said, survey),
        way=way_of(asked, found),
        said=tuple(said),
        cautions=tuple(each for each in found.cautions if each),
        methods=tuple(cite(name) for name in METHODS_OF_A_SHARE),
    )


def now_of(asked: Asked) -> float | None:
    return asked.since[-1] / 100 if asked.since else None


def ask(asked: Asked, survey: Survey) -> ShareExplained:
    if asked.number is None:
        raise MethodError(
            "A target for a share needs its number in per cent: of a change nobody can "
            "tell whether it is of the baseline, or points."
        )
    if len(asked.since) > asked.years:
        raise MethodError(
            f"{len(asked.since)} years since the baseline are given, and the target is "
            f"{asked.years} years on. Leave out those after it."
        )
    left = asked.years - len(asked.since)
    return explain_share(
        asked.baseline[-1] / 100,
        asked.number / 100,
        asked=survey.asked,
        asked_now=survey.asked_now,
        years=asked.years,
        now=now_of(asked),
        promised=None if asked.claim is None else asked.claim / 100,
        years_left=left or None,
        drift=survey.drift,
    )


def facts_of(asked: Asked, found: ShareExplained) -> tuple[tuple[str, str], ...]:
    """What it comes down to, by name."""
    facts = [
        ("Target", share(found.target)),
        ("Baseline", share(found.baseline)),
        ("Change asked", points(found.points)),
        ("Points each year", f"{100 * found.points_a_year:.2f} points"),
        ("Smallest change the survey can tell", points(found.smallest_change)),
    ]
    now = now_of(asked)
    if now is not None:
        facts.append(("Newest figure", share(now)))
        facts.append(("Change so far", points(found.change)))
        facts.append(("Is that change real?", found.verdict))
    if found.chance is not None:
        chance = found.chance
        facts.append(("Chance of being shown as met", in_words(chance.probability)))
        facts.append(("Shown as met by luck alone", in_words(chance.by_luck)))
    return tuple(facts)


def sections_of(
    asked: Asked, found: ShareExplained, said: list[str], survey: Survey
) -> tuple[Section, ...]:
    promised = [each for each in said if "that was promised is" in each]
    moved = [each for each in said if each.startswith("Now ")]
    sections = [
        Section("what", "What it asks", (said[0],)),
        Section("path", "The way there", (), (years_of(asked, found),)),
    ]
    if promised:
        sections.append(Section("claim", "What was claimed", tuple(promised)))
    sections.append(
        Section(
            "since",
            "Can the survey tell?",
            (*moved, smallest(found)),
            (sizes_of(asked, survey),),
        )
    )
    sections.append(
        Section(
            "chance",
            "Will it be met?",
            (
                share_chance_in_words(found.chance)
                if found.chance
                else "It is over: there is no chance left to work out.",
            ),
        )
    )
    clashes = conflicts(asked)
    sections.append(
        Section(
            "conflicts",
            "Other targets on the same measure",
            clashes or ("No other target that is kept here conflicts with it.",),
        )
    )
    return tuple(sections)


def smallest(found: ShareExplained) -> str:
    return (
        f"The smallest change this survey can tell from chance is "
        f"{points(found.smallest_change)}."
    )


def sizes_of(asked: Asked, survey: Survey) -> Table:
    """The same figures from other sizes of survey."""
    sizes = (
        survey,
        Survey("A borough, asked over a year", BOROUGH, BOROUGH, BOROUGH_DRIFT),
        Survey("London, asked over a year", LONDON, LONDON, LONDON_DRIFT),
    )
    rows = []
    for size in sizes:
        found = ask(asked, size)
        rows.append(
            (
                size.name,
                f"{size.asked:,}",
                f"{100 * found.smallest_change:.1f}",
                give_or_take(found),
                found.verdict.capitalize() if asked.since else "Nothing to tell yet",
                "" if found.chance is None else in_words(found.chance.probability),
            )
        )
    return Table(
        "The same figures in a survey of another size",
        (
            *("Survey", "People asked", "Smallest change it can tell, points"),
            *("Change so far, points", "Verdict", "Chance of being shown as met"),
        ),
        tuple(rows),
        numeric=(1, 2),
    )


def give_or_take(found: ShareExplained) -> str:
    if isnan(found.change):
        return ""
    reach = 100 * (found.upper - found.lower) / 2
    return f"{100 * found.change:+.1f}, give or take {reach:.1f}"


def conflicts(asked: Asked) -> tuple[str, ...]:
    """Where another target on the same share by the same month says another number."""
    return tuple(
        f"{other.set_by or 'Another target'} wants {other.number:g}% by {other.ends}, "
        f"and this one {asked.number:g}%."
        for other in asked.others
        if other.number is not None
        and other.ends == asked.ends
        and other.number != asked.number
    )


def years_of(asked: Asked, found: ShareExplained) -> Table:
    rows: list[tuple[str, float, float | None]] = [
        ("Baseline", 100 * found.baseline, 100 * found.baseline)
    ]
    for year in range(1, asked.years + 1):
        came = asked.since[year - 1] if year <= len(asked.since) else None
        level = 100 * (found.baseline + year * found.points_a_year)
        rows.append((f"Year {year}", round(level, 2), came))
    return Table(
        "Where each year should be, in per cent",
        ("Year", "Linear path", "What came"),
        tuple(rows),
        numeric=(1, 2),
    )


def way_of(asked: Asked, found: ShareExplained) -> Way:
    start = 100 * found.baseline
    doubt = survey_level(
        pd.Series([found.baseline]), asked=pd.Series([float(asked.asked or 0)])
    ).iloc[0]
    levels = [
        start + 100 * year * found.points_a_year for year in range(asked.years + 1)
    ]
    return Way(
        start=start,
        lower=100 * float(doubt["lower"]),
        upper=100 * float(doubt["upper"]),
        target=100 * found.target,
        years=asked.years,
        paths=(Line("linear", tuple(enumerate(levels))),),
        since=Line("what came", tuple(enumerate(asked.since, start=1))),
        unit="%",
    )


def share(value: float) -> str:
    return f"{100 * value:.1f}%"


def points(value: float) -> str:
    if isnan(value):  # too few were asked
        return ""
    return f"{100 * value:.1f} points"
