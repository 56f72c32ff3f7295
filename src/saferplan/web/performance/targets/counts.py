"""A target for a count, explained in the order in which people ask."""

import pandas as pd

from saferplan.methods.baselines import baseline
from saferplan.methods.register import cite
from saferplan.methods.target_explained import Explanation, explain_target
from saferplan.methods.target_sentences import (
    fewer,
    how_it_gets_there,
    how_likely,
    in_words,
    percent,
    sentences,
    what_it_is,
    what_was_claimed,
    where_it_stands,
    whole,
    year_since,
)
from saferplan.methods.targets import Target
from saferplan.web.performance.targets.asked import Asked
from saferplan.web.performance.targets.explained import (
    METHODS_OF_A_COUNT,
    Explained,
    Line,
    Row,
    Section,
    Table,
    Way,
)
from saferplan.web.performance.targets.headline import headline_of

CERTAIN = ("met", "missed", "out of reach", "sure")


def explain_a_count(asked: Asked) -> Explained:
    monthly = pd.Series(dict(asked.monthly), dtype=float) if asked.monthly else None
    found = explain_target(
        target_of(asked),
        monthly,
        since=asked.since or years_in(monthly, asked),
        others=[target_of(each) for each in asked.others],
    )
    return Explained(
        headline=headline_of(found),
        facts=facts_of(found),
        sections=sections_of(found),
        way=way_of(found),
        said=tuple(sentences(found)),
        cautions=found.cautions,
        methods=tuple(cite(name) for name in METHODS_OF_A_COUNT),
    )


def target_of(asked: Asked) -> Target:
    number = asked.number
    if number is None:
        start = baseline(asked.baseline, rule=asked.rule).value  # type: ignore[arg-type]
        number = start * (1 + (asked.change or 0) / 100)
    return Target(
        measure=asked.measure,
        number=number,
        ends=asked.ends,
        years=asked.years,
        baseline=asked.baseline,
        rule=asked.rule,  # type: ignore[arg-type]
        better=asked.better,  # type: ignore[arg-type]
        area=asked.area,
        set_by=asked.set_by,
        evidence=asked.why,
        claim=asked.claim,
    )


def years_in(monthly: pd.Series | None, asked: Asked) -> list[float]:
    """The years after the baseline up to the first that is not wholly known."""
    if monthly is None:
        return []
    known = pd.Series(monthly.to_numpy(), index=pd.PeriodIndex(monthly.index, freq="M"))
    found: list[float] = []
    for left in range(asked.years - 1, -1, -1):
        last = pd.Period(asked.ends, freq="M") - 12 * left
        months = known.reindex(pd.period_range(end=last, periods=12, freq="M"))
        if months.isna().any():
            break
        found.append(float(months.sum()))
    return found


def facts_of(found: Explanation) -> tuple[tuple[str, str], ...]:
    """What it comes down to, by name; empty where it is not known."""
    yearly = "" if found.yearly is None else percent(found.yearly, figures=2)
    return (
        ("Target", f"{found.target.number:,.0f} in twelve months"),
        ("Baseline", f"{found.baseline.value:,.0f} a year"),
        ("Change asked", percent(found.change)),
        ("Change each year", yearly),
        ("Newest month known", found.last_month or ""),
        *facts_of_now(found),
        ("Conflicts with other targets", f"{len(found.conflicts)}"),
    )


def facts_of_now(found: Explanation) -> list[tuple[str, str]]:
    """What the months say, where the target is not decided yet."""
    now, chance, flat, runs = (
        *(found.standing, found.chance, found.chance_if_flat),
        found.runs,
    )
    facts = []
    if now is not None and now.state not in CERTAIN:
        facts.append(("Needed each month now", f"{now.needed_each_month:,.1f}"))
        facts.append(("Usual in those months", f"{now.usual_each_month:,.1f}"))
        if chance is not None and flat is not None:
            range_ = f"{chance.lower:,.0f} to {chance.upper:,.0f}"
            facts.append(("Chance of being met", in_words(chance.probability)))
            facts.append(("If the trend stopped today", in_words(flat.probability)))
            facts.append(("Where it is heading", range_))
    if runs is not None:
        best = f"{runs.best:,.0f}, to {runs.best_ended}"
        facts.append(("Best twelve months known", best))
    return facts


def sections_of(found: Explanation) -> tuple[Section, ...]:
    """The explanation by question; a question without an answer says why."""
    runs = how_likely(found)
    return (
        Section("what", "What it asks", tuple(what_it_is(found))),
        Section(
            "path", "The way there", tuple(how_it_gets_there(found)), (years_of(found),)
        ),
        *claim_section(found),
        *since_section(found),
        Section(
            "now",
            "What it needs from now on",
            tuple(where_it_stands(found))
            or ("Without monthly counts nobody can say what each month now needs.",),
        ),
        Section(
            "chance",
            "Will it be met, and was it ever done?",
            tuple(runs) or (no_chance(found),),
        ),
        Section(
            "conflicts",
            "Other targets on the same measure",
            tuple(clash.why for clash in found.conflicts)
            or ("No other target that is kept here conflicts with it.",),
        ),
    )


def no_chance(found: Explanation) -> str:
    if found.standing is not None and found.standing.state in CERTAIN:
        return "It is decided: there is no chance left to work out."
    return "No chance is given without the last 24 months of counts."


def years_of(found: Explanation) -> Table:
    """Each year's level by each path, beside what came."""
    came = {each.year: each.count for each in found.since}
    ways = {path.shape: path.levels for path in found.paths}
    rows: list[Row] = [
        ("Baseline", *(found.baseline.value for _ in ways), found.baseline.value)
    ]
    for year in range(1, found.target.years + 1):
        levels = [levels[year - 1] for levels in ways.values()]
        rows.append((f"Year {year}", *levels, came.get(year)))
    return Table(
        "Where each year should be",
        ("Year", *(f"{shape.capitalize()} path" for shape in ways), "What came"),
        tuple(rows),
        numeric=tuple(range(1, len(ways) + 2)),
    )


def claim_section(found: Explanation) -> tuple[Section, ...]:
    if not found.claim:
        return ()
    table = Table(
        f"Which way gives {found.target.claim:,.0f} {fewer(found)}",
        ("Way", f"{fewer(found).capitalize()} in all", "Off the claim", "Gives it"),
        tuple(
            (
                each.path.capitalize(),
                whole(each.in_all),
                f"{100 * each.off:+.1f}%",
                "Yes" if each.gives else "No",
            )
            for each in found.claim
        ),
        numeric=(1, 2),
    )
    said = [*what_was_claimed(found)]
    said.append("That a way gives the number does not show that its authors meant it.")
    return (Section("claim", "What was claimed", tuple(said), (table,)),)


def since_section(found: Explanation) -> tuple[Section, ...]:
    if not found.since:
        return ()
    said = tuple(year_since(found, year) for year in found.since)
    return (Section("since", "What came since", said),)


def way_of(found: Explanation) -> Way:
    start = found.baseline.value
    return Way(
        start=start,
        lower=found.baseline.lower,
        upper=found.baseline.upper,
        target=found.target.number,
        years=found.target.years,
        paths=tuple(
            Line(path.shape, ((0, start), *enumerate(path.levels, start=1)))
            for path in found.paths
        ),
        since=Line("what came", tuple((y.year, y.count) for y in found.since)),
    )
