"""A target's explanation in plain sentences, for a page, a terminal or minutes."""

from math import floor, isnan

from saferplan.methods.target_explained import Explanation, YearSince
from saferplan.methods.target_share_chance import ShareChance
from saferplan.methods.target_shares import ShareExplained

BASELINES = {
    "mean": "the mean of {years} years",
    "last": "the last of {years} years",
    "worst": "the worst of {years} years",
}
STATES = {
    "met": "The period is over and the target was met.",
    "missed": "The period is over and the target was missed.",
    "out of reach": "Counts so far are already past the target: it is out of reach.",
    "sure": "Counts so far already reach the target.",
}


def percent(share: float, *, figures: int = 1) -> str:
    """
    Return a share as a signed percentage in words.

    >>> percent(-0.0646, figures=2), percent(0.2)
    ('6.46% fewer', '20.0% more')
    """
    if isnan(share):
        return "more"  # than nothing, of which there is no share
    return f"{abs(100 * share):.{figures}f}% {'fewer' if share < 0 else 'more'}"


def whole(number: float) -> str:
    """
    Return a number as people round it: a half goes up.

    >>> whole(205_516.5)
    '205,517'
    """
    return f"{floor(number + 0.5 + 1e-6):,}"  # sums of years may fall a hair short


def in_words(probability: float) -> str:
    """
    Return a chance as one in so many words, without false exactness.

    >>> in_words(0.004), in_words(0.31), in_words(0.999)
    ('under 1%', 'about 31%', 'over 99%')
    """
    if probability < 0.01:
        return "under 1%"
    if probability > 0.99:
        return "over 99%"
    return f"about {100 * probability:.0f}%"


def sentences(found: Explanation) -> list[str]:
    """
    Return an explanation as sentences, one thought each, in the order of reading.

    >>> from saferplan.methods.target_explained import explain_target
    >>> from saferplan.methods.targets import Target
    >>> target = Target("Burglary", 800, "2016-03", 4, (1_000, 980, 1_020))
    >>> sentences(explain_target(target))[0]
    'Burglary: 800 in the twelve months to 2016-03, 20.0% fewer than 1,000.'
    """
    return [
        *what_it_is(found),
        *how_it_gets_there(found),
        *what_was_claimed(found),
        *[year_since(found, year) for year in found.since],
        *where_it_stands(found),
        *how_likely(found),
        *[f"Conflict: {clash.why}" for clash in found.conflicts],
        *[f"Caution: {caution}" for caution in found.cautions],
    ]


def what_it_is(found: Explanation) -> list[str]:
    target, start = found.target, found.baseline
    place = f" in {target.area}" if target.area else ""
    years = "one year" if start.years == 1 else BASELINES[start.rule]
    said = [
        f"{target.measure}{place}: {target.number:,.0f} in the twelve months to "
        f"{target.ends}, {percent(found.change)} than {start.value:,.0f}.",
        f"The baseline is {years.format(years=start.years)}; by chance alone what lies "
        f"behind it could be {start.lower:,.0f} to {start.upper:,.0f}.",
    ]
    if target.better == "down" and start.false_fall >= 0.01:
        said.append(
            f"If nothing changed, a fall of a fifth from this baseline would appear "
            f"{100 * start.false_fall:.0f}% of the time."
        )
    if found.smallest_fall is not None and target.better == "down":
        said.append(
            f"The smallest fall in a year that can be told from chance is "
            f"{100 * found.smallest_fall:.1f}%."
        )
    return said


def how_it_gets_there(found: Explanation) -> list[str]:
    said = [
        f"Year by year a {path.shape} path is "
        f"{', '.join(f'{level:,.0f}' for level in path.levels)}: "
        f"{whole(path.in_all)} {fewer(found)} in all."
        for path in found.paths
    ]
    if found.yearly is not None:
        said.append(
            f"The same share each year is {percent(found.yearly, figures=2)} a year."
        )
    return said


def what_was_claimed(found: Explanation) -> list[str]:
    if not found.claim or found.target.claim is None:
        return []
    claimed = f"{found.target.claim:,.0f} {fewer(found)}"
    beside = "; ".join(f"{way.path} {whole(way.in_all)}" for way in found.claim)
    given = [way for way in found.claim if way.gives]
    if not given:
        return [f"No path gives the {claimed} that was claimed: {beside}."]
    paths = " or ".join(way.path for way in given)
    return [f"The {claimed} that was claimed is the target {paths}. Paths: {beside}."]


def year_since(found: Explanation, year: YearSince) -> str:
    paths = {"linear": year.on_linear, "compound": year.on_compound}
    on = [shape for shape, kept in paths.items() if kept]
    off = [shape for shape, kept in paths.items() if kept is False]
    where = f"on the {' and '.join(on)} path" if on else ""
    short = f"short of the {' and '.join(off)} path" if off else ""
    return (
        f"Year {year.year}: {year.count:,.0f}, {percent(year.change, figures=2)} than "
        f"the baseline ({year.verdict}), {' but '.join(filter(None, [where, short]))}."
    )


def where_it_stands(found: Explanation) -> list[str]:
    now = found.standing
    if now is None:
        return []
    if now.state in STATES:
        return [STATES[now.state]]
    said = f"{now.needed_each_month:,.1f} a month are now " + (
        "the most that can be" if found.target.better == "down" else "needed"
    )
    said += f" over the {now.months_left} months of the period that are left"
    if not isnan(now.change_needed):
        said += (
            f", {percent(now.change_needed)} than in the same months of the newest "
            f"year known ({now.usual_each_month:,.1f} a month)"
        )
    return [f"{said}."]


def how_likely(found: Explanation) -> list[str]:
    chance, flat, runs = found.chance, found.chance_if_flat, found.runs
    if chance is None or flat is None or runs is None or found.likely is None:
        return []
    if found.standing is not None and found.standing.state in STATES:
        return []
    best = "lowest" if found.target.better == "down" else "highest"
    said = [
        f"If things go on much as they are the chance of meeting it is "
        f"{in_words(chance.probability)} ({in_words(flat.probability)} if the trend "
        f"stopped today); four in five such futures end between "
        f"{chance.lower:,.0f} and {chance.upper:,.0f}.",
        f"The {best} count of twelve months known is {runs.best:,.0f}, to "
        f"{runs.best_ended}"
        + (
            "."
            if runs.reached
            else ": no twelve months in a row have ever met the target."
        ),
    ]
    if runs.best_change_ended:
        years = "a year" if runs.over == 1 else f"{runs.over} years"
        said.append(
            f"The best change over {years} so far is {percent(runs.best_change)}, to "
            f"{runs.best_change_ended}."
        )
    said.append(
        f"If nothing changed, chance alone would bring {found.likely.lower:,.0f} to "
        f"{found.likely.upper:,.0f} in the next twelve months."
    )
    return said


def share_sentences(measure: str, found: ShareExplained) -> list[str]:
    """
    Return a share target's explanation as sentences.

    >>> from saferplan.methods.target_shares import explain_share
    >>> found = explain_share(0.62, 0.75, asked=400, years=4, now=0.67)
    >>> share_sentences("Confidence", found)[1]
    'Now 67.0%: up 5.0 points, somewhere from -1.6 to 11.6: within chance.'
    """
    more = "more" if found.points > 0 else "less"
    said = [
        f"{measure}: from {100 * found.baseline:.1f}% to {100 * found.target:.1f}%, "
        f"{100 * abs(found.points):.1f} points {more} ({100 * abs(found.percent):.1f} "
        f"per cent of the baseline), "
        f"{100 * abs(found.points_a_year):.2f} points a year."
    ]
    if not isnan(found.change):
        way = "up" if found.change >= 0 else "down"
        said.append(
            f"Now {100 * (found.baseline + found.change):.1f}%: {way} "
            f"{100 * abs(found.change):.1f} points, somewhere from "
            f"{100 * found.lower:.1f} to {100 * found.upper:.1f}: {found.verdict}."
        )
    if not isnan(found.if_percent):
        promised = 100 * (found.if_points - found.baseline)
        said.append(
            f"The {promised:.0f}% that was promised is "
            f"{100 * found.if_percent:.1f}% if it is of the baseline, and "
            f"{100 * found.if_points:.1f}% if it is points."
        )
    said.append(
        f"The smallest change this survey can tell from chance is "
        f"{100 * found.smallest_change:.1f} points."
    )
    if found.chance is not None:
        said.append(share_chance_in_words(found.chance))
    return said + [f"Caution: {caution}" for caution in found.cautions if caution]


def share_chance_in_words(chance: ShareChance) -> str:
    return (
        f"If opinion drifts as it has, the chance that the survey shows the target met "
        f"is {in_words(chance.probability)}; four in five such surveys would show "
        f"{100 * chance.lower:.0f}% to {100 * chance.upper:.0f}%. If opinion stays as "
        f"it is, a survey shows it met {in_words(chance.by_luck)} of the time."
    )


def fewer(found: Explanation) -> str:
    return "fewer" if found.target.better == "down" else "more"
