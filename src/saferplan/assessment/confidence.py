"""What residents think of the police: the Public Attitude Survey."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from ibis import _

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import (
    Area,
    Chart,
    Column,
    Finding,
    Gap,
    Measure,
    Period,
    Table,
)
from saferplan.assessment.recorded_crime import Said
from saferplan.assessment.rows import Row, rows_of
from saferplan.assessment.sentences import between, known, percent
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.proportions import survey_change, survey_level
from saferplan.sources.mopac_survey import MEASURES

TOPIC = "confidence in the police"
SURVEY = "Public Attitude Survey"
FORCE = "force"
# The publisher does not say how many were asked. It plans for 100 in each borough each
# quarter, and its quarterly figures are of the last four quarters.
PLANNED = {"borough": 400, "force": 12_800}
DESIGN_EFFECT = 1.5  # not published either; interviews come in clusters
ASSUMED = (
    "The publisher does not say how many people were asked. We assume the design: 400 "
    "in a borough and 12,800 in London over twelve months, and a design effect of 1.5. "
    "If fewer were asked, the intervals are wider."
)
MISSING = Gap(
    "views",
    TOPIC,
    "No survey of residents is loaded, so nothing can be said of confidence in the "
    "police.",
    "Load MOPAC’s Public Attitude Survey by borough.",
)


@dataclass(frozen=True)
class Answers:
    """One area's answers: a row per quarter's end, a column per measure."""

    shares: pd.DataFrame
    asked: int

    def at(self, quarter: pd.Timestamp) -> "pd.Series[float]":
        return self.shares.T[quarter]

    def people(self, quarter: pd.Timestamp) -> "pd.Series[float]":
        return pd.Series(float(self.asked), index=self.shares.columns)


def confidence(evidence: Evidence, area: Area) -> Said:
    """Each measure now, a year before, and beside London."""
    borough, force = _answers(evidence, area.code), _answers(evidence, None)
    if borough is None or force is None:
        return [MISSING]
    now = borough.shares.dropna(how="all").index[-1]
    year_before = now - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
    level = rows_of(
        survey_level(borough.at(now), borough.people(now), design_effect=DESIGN_EFFECT)
    )
    changes: dict[str, Row] = {}
    if year_before in borough.shares.index:
        changes = rows_of(
            survey_change(
                borough.at(year_before),
                borough.at(now),
                asked_before=borough.people(year_before),
                asked_after=borough.people(now),
                design_effect=DESIGN_EFFECT,
            )
        )
    against = rows_of(
        survey_change(
            force.at(now).reindex(borough.shares.columns),
            borough.at(now),
            asked_before=force.people(now).reindex(borough.shares.columns),
            asked_after=borough.people(now),
            design_effect=DESIGN_EFFECT,
        )
    )
    releases = evidence.releases("survey", survey=SURVEY)
    said: Said = [
        _finding(
            area, name, borough, force, now, level[name], changes.get(name), releases
        )
        for name in level
    ]
    return [_overview(area, level, changes, against, now, releases), *said]


def _answers(evidence: Evidence, code: str | None) -> Answers | None:
    """The answers of a borough; of all London where there is no code."""
    survey = evidence.table("survey")
    found = evidence.ask(
        "survey",
        lambda: (
            survey.filter(_.survey == SURVEY)
            .select(
                "area_set", "area_code", "period_end", "measure", "proportion", "base"
            )
            .order_by("area_set", "area_code", "period_end", "measure")
        ),
    )
    kind = "borough" if code else FORCE
    mine = found[found["area_set"] == kind]
    if code:
        mine = mine[mine["area_code"] == code]
    if mine.empty:
        return None
    shares = mine.drop_duplicates(["period_end", "measure"]).pivot(
        index="period_end", columns="measure", values="proportion"
    )
    shares.index = pd.DatetimeIndex(pd.to_datetime(shares.index))
    return Answers(shares.sort_index(), PLANNED[kind])


def _title(measure: str) -> str:
    words = MEASURES.get(measure, measure)
    return words[:1].upper() + words[1:]


def _period(quarter: pd.Timestamp) -> Period:
    start = quarter - pd.DateOffset(months=12) + pd.offsets.MonthEnd(0)
    return Period(
        (start + pd.DateOffset(days=1)).date(),
        quarter.date(),
        f"Twelve months to {quarter.date():%B %Y}",
    )


def _overview(
    area: Area,
    level: dict[str, Row],
    changes: dict[str, Row],
    against: dict[str, Row],
    now: pd.Timestamp,
    releases: tuple[str, ...],
) -> Finding:
    better = [n for n in against if _real(against[n]) and against[n]["difference"] > 0]
    worse = [n for n in against if _real(against[n]) and against[n]["difference"] < 0]
    moved = [n for n in changes if _real(changes[n])]
    sentence = (
        f"Of {len(level)} questions about the police, {area.name}’s answers are "
        f"better than London’s on {len(better)}, worse on {len(worse)} and no "
        f"different on the rest. {len(moved) or 'None'} changed over the year by more "
        f"than chance would explain."
    )
    table = Table(
        f"What residents of {area.name} say of the police, "
        f"{_period(now).label.lower()}",
        (
            Column("measure", "What people say"),
            Column("share", area.name, "share", 1),
            Column("lower", f"{area.name}, lower limit", "share", 1),
            Column("upper", f"{area.name}, upper limit", "share", 1),
            Column("difference", "Difference from London in points", "share", 1),
            Column("verdict", "Is the difference real?"),
            Column("change", "Change over a year in points", "share", 1),
            Column("changed", "Is the change real?"),
        ),
        tuple(
            (
                _title(name),
                *(known(level[name][each]) for each in ("share", "lower", "upper")),
                known(against[name]["difference"]),
                "yes" if _real(against[name]) else "could be chance",
                known(changes[name]["difference"]) if name in changes else None,
                ("yes" if _real(changes[name]) else "could be chance")
                if name in changes
                else None,
            )
            for name in level
        ),
    )
    chart = Chart(
        "intervals",
        f"What residents of {area.name} say of the police",
        f"A dot for each question, with its 95% interval. {sentence}",
        "measure",
        ("share",),
        "lower",
        "upper",
    )
    main = next(iter(level))
    return Finding(
        head="views",
        topic=TOPIC,
        measure=Measure("confidence overview", "All questions", "share", "up is good"),
        area=area,
        period=_period(now),
        sentence=sentence,
        value=known(level[main]["share"]),
        interval=between(level[main]["lower"], level[main]["upper"]),
        verdict="level only",
        method=cite("survey-change"),
        releases=releases,
        caveats=_caveats(now),
        definition="The share of residents asked who agree, or say excellent or good.",
        table=table,
        charts=(chart,),
    )


def _finding(
    area: Area,
    name: str,
    borough: Answers,
    force: Answers,
    now: pd.Timestamp,
    level: Row,
    change: Row | None,
    releases: tuple[str, ...],
) -> Finding:
    title = _title(name)
    london = float(force.at(now)[name])
    sentence = (
        f"{percent(level['share'])} of residents asked say that {_said(name)}, in the "
        f"twelve months to {now.date():%B %Y} (95% interval {percent(level['lower'])} "
        f"to {percent(level['upper'])}); in London {percent(london)} do."
    )
    if change is not None:
        points = f"{change['difference'] * 100:+.0f}".replace("-", "−")
        points += " point" if points in ("+1", "−1") else " points"
        sure = "more than" if _real(change) else "no more than"
        sentence += f" Over the year that is {points}, {sure} chance could make."
    table = Table(
        f"{title}: {area.name} and London",
        (
            Column("quarter", "Twelve months to", "month"),
            Column("borough", area.name, "share", 0),
            Column("london", "London", "share", 0),
        ),
        tuple(
            (
                f"{quarter:%Y-%m}",
                known(share),
                known(force.shares[name].get(quarter, None)),
            )
            for quarter, share in borough.shares[name].items()
        ),
    )
    return Finding(
        head="views",
        topic=TOPIC,
        measure=Measure(f"survey: {name}", title, "share", "up is good"),
        area=area,
        period=_period(now),
        sentence=sentence,
        value=known(level["share"]),
        interval=between(level["lower"], level["upper"]),
        verdict=change["verdict"] if change else "level only",
        method=cite("survey-change"),
        releases=releases,
        comparison="The twelve months a year before" if change else None,
        change=known(change["difference"]) if change else None,
        change_interval=between(change["lower"], change["upper"]) if change else None,
        change_in="points",
        caveats=_caveats(now),
        definition=f"The share of residents asked who say that {_said(name)}.",
        table=table,
        charts=(
            Chart(
                "line",
                f"{title}: {area.name} and London",
                f"Two lines of shares by quarter, {area.name} and London. {sentence}",
                "quarter",
                ("borough", "london"),
            ),
        ),
    )


def _said(name: str) -> str:
    words = MEASURES.get(name, name)
    if words.startswith(("knows", "feels")):
        verb, rest = words.split(" ", 1)
        return f"they {verb.removesuffix('s')} {rest}"
    return words


def _real(row: Row) -> bool:
    return bool(row["verdict"] == "real change")


def _caveats(now: pd.Timestamp) -> tuple[str, ...]:
    texts = [ASSUMED, caveat("overlapping-years"), caveat("under-heard")]
    if now.date() >= date(2020, 3, 31):
        texts.append(caveat("survey-mode"))
    return tuple(texts)
