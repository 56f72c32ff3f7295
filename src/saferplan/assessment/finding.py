"""
A finding: one thing the evidence says about a place, with its doubt and its sources.

Findings are values. The same releases give the same findings, byte for byte.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Verdict = Literal["real change", "within chance", "cannot tell", "level only"]

Meaning = Literal["better", "worse", "it depends", "no change shown"]

# The heads of regulation 6 of SI 2007/1830 (see saferplan.definitions for the text).
Head = Literal["levels", "changes", "reasons", "priorities", "views", "delivery"]


@dataclass(frozen=True)
class Measure:
    """
    What is counted, in whose units.

    polarity          whether a rise is good, bad, or neither ("it depends")
    police_generated  a rise can mean more police work, not more crime
    """

    name: str
    title: str
    unit: str
    polarity: Literal["up is good", "down is good", "neither"]
    police_generated: bool = False


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    area_set: str
    vintage: int | None = None


@dataclass(frozen=True)
class Period:
    start: date
    end: date  # the last day it covers
    label: str  # "March 2025 to February 2026"


@dataclass(frozen=True)
class Interval:
    lower: float
    upper: float
    confidence: float = 0.95


@dataclass(frozen=True)
class Column:
    """
    A column of a finding's table.

    unit      "" for words; "month" for cells such as "2025-03", which readers see as
              "March 2025"; "share" for 0 to 1, which readers see as a percentage;
              otherwise what the numbers are: "offences", "offences per 1,000 residents"
    decimals  places shown to a reader; None shows whole numbers
    """

    name: str
    title: str
    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Table:
    """
    Rows behind a finding. None is a missing value, never zero.

    The first column names the row.

    sensitive  names of columns of counts that could point to a person. The gate in
               saferplan.assessment.protection hides the small ones as "[c]" and
               empties this, so a table with anything here has not passed it.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    notes: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """
    How people would rather see the finding's table.

    kind       "line" (x is a month), "bars" (x is a category), "intervals" (dot and
               whisker for each row), "funnel" (x is the number of residents, y the
               rate, `lower` and `upper` the control limits), "map" (x is an area code)
    highlight  the x that the finding is about, drawn stronger
    reference  a level to compare with, and its name: (85.2, "London")
    The columns are names in the table; `description` is the text alternative.
    """

    kind: Literal["line", "bars", "intervals", "funnel", "map"]
    title: str
    description: str
    x: str
    y: tuple[str, ...]
    lower: str | None = None
    upper: str | None = None
    area_set: str | None = None
    highlight: str | None = None
    reference: tuple[float, str] | None = None


@dataclass(frozen=True)
class Finding:
    """
    One thing the evidence says.

    sentence     plain English, with the figure and its doubt in it
    value        in the measure's unit; None where there is no honest number
    comparison   what `change` compares with, in words; None for a level
    change       for instance 0.12 for a rise of 12%; None below the base rule
    change_in    "points" when `change` is a difference between two shares
    method       the method's name in saferplan.methods, with its version
    releases     ids of every release the figure rests on, sorted
    """

    head: Head
    topic: str  # groups findings on a page: "burglary", "confidence", "stop and search"
    measure: Measure
    area: Area
    period: Period
    sentence: str
    value: float | None
    interval: Interval | None
    verdict: Verdict
    method: str
    releases: tuple[str, ...]
    comparison: str | None = None
    change: float | None = None
    change_interval: Interval | None = None
    change_in: Literal["percent", "points"] = "percent"
    caveats: tuple[str, ...] = ()
    definition: str = ""
    table: Table | None = None
    charts: tuple[Chart, ...] = field(default=())

    @property
    def meaning(self) -> Meaning:
        """
        Whether the change is good news.

        "it depends" for a real change in what police work or willingness to report can
        move by itself; "no change shown" whenever chance alone would explain it.
        """
        if self.verdict != "real change" or not self.change:
            return "no change shown"
        if self.measure.police_generated or self.measure.polarity == "neither":
            return "it depends"
        rose = self.change > 0
        return "better" if rose == (self.measure.polarity == "up is good") else "worse"

    @cached_property
    def id(self) -> str:
        """Twelve characters that stay the same while the question stays the same."""
        question = (
            f"{self.head}|{self.topic}|{self.measure.name}|{self.area.code}|"
            f"{self.period.start}|{self.period.end}|{self.comparison}"
        )
        return hashlib.sha256(question.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class ReleaseCited:
    """A release as an assessment cites it: what a reader needs to find it again."""

    id: str
    source: str
    title: str
    publisher: str
    licence: str
    published: date
    rows_kept: int
    rows_quarantined: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Something the assessment should say and cannot: what is missing, what to do."""

    head: Head
    topic: str
    sentence: str
    remedy: str


@dataclass(frozen=True)
class Outline:
    """
    An area's shape, simplified for a picture of the whole borough.

    rings  each a closed ring of (longitude, latitude); holes are rings too, and are
           left empty by the even-odd rule
    """

    code: str
    name: str
    area_set: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Assessment:
    """
    The strategic assessment of an area: findings under the heads of regulation 6.

    outlines  the shapes that maps of this area need: its wards, when boundaries exist
    """

    area: Area
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    releases: tuple[ReleaseCited, ...]
    saferplan_version: str
    outlines: tuple[Outline, ...] = ()
