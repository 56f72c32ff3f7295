"""Drawing the figures of an indicator from the accepted findings of assessments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from saferplan.assessment.finding import Finding
from saferplan.web.assessments.models import StrategicAssessment
from saferplan.web.assessments.services import accepted
from saferplan.web.partnerships.models import Partnership
from saferplan.web.performance.evidence import Drawn
from saferplan.web.performance.models import Indicator
from saferplan.web.performance.periods import MONTHS, period_of

SHARE = "share"  # the unit of 0 to 1, which people read in per cent


@dataclass(frozen=True)
class Cited:
    """A finding with the assessment that it was accepted in."""

    assessment: StrategicAssessment
    finding: Finding

    @property
    def how(self) -> dict[str, Any]:
        return {
            "method": self.finding.method,
            "assessment": self.assessment.pk,
            "finding": self.finding.id,
            "title": self.finding.measure.title,
            "of": self.finding.period.label,
        }


def accepted_in(partnership: Partnership) -> Iterator[Cited]:
    """
    Every accepted finding that has a figure for months, the oldest first.

    Those of published assessments only: in a draft a decision may yet be taken back.
    """
    published = StrategicAssessment.objects.filter(
        partnership=partnership, published_at__isnull=False
    )
    for assessment in published.listed().order_by("published_at", "pk"):
        for finding in accepted(assessment).findings:
            if column_of(finding) is not None:
                yield Cited(assessment, finding)


def choices(partnership: Partnership) -> list[tuple[str, str]]:
    """What an indicator can be drawn from: measures, by the title people know."""
    found = {
        each.finding.measure.name: (
            f"{each.finding.measure.title} "
            f"({each.finding.area.name}, {how_often(each.finding)})"
        )
        for each in accepted_in(partnership)
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def how_often(finding: Finding) -> str:
    return "each month" if frequency_of(finding) == "month" else "each quarter"


def frequency_of(finding: Finding) -> str:
    table = finding.table
    assert table is not None
    return "quarter" if table.columns[0].name == "quarter" else "month"


def column_of(finding: Finding) -> int | None:
    """Where in its table the figure of each month stands; None if there is none."""
    table = finding.table
    if table is None or table.columns[0].unit != "month" or not finding.charts:
        return None
    names = [column.name for column in table.columns]
    return names.index(finding.charts[0].y[0])


def draw_from_findings(indicator: Indicator) -> list[Drawn]:
    """
    Return the figures of whole periods, oldest first.

    Of two assessments that tell of one period the newer one stands. A cell that is
    hidden or missing is left out, and with it the period it belongs to.
    """
    wanted = indicator.evidence["finding"]
    found: dict[date, Drawn] = {}
    for cited in accepted_in(indicator.partnership):
        if cited.finding.measure.name == wanted:
            found |= {each.period: each for each in periods_of(indicator, cited)}
    return [found[period] for period in sorted(found)]


def periods_of(indicator: Indicator, cited: Cited) -> list[Drawn]:
    finding = cited.finding
    many = MONTHS[frequency_of(finding)]
    cells: dict[date, list[float]] = {}
    for month, value in figures_in(finding):
        cells.setdefault(period_of(indicator.frequency, month), []).append(value)
    needed = MONTHS[indicator.frequency] / many
    return [
        Drawn(period, sum(values), finding.releases, cited.how)
        for period, values in cells.items()
        # Only counts are added up; a share of a quarter is not that of its months.
        if len(values) == needed
        and (needed == 1 or indicator.kind == Indicator.Kind.COUNT)
    ]


def figures_in(finding: Finding) -> Iterator[tuple[date, float]]:
    """The months of a finding, or the last ones of its quarters, with their figure."""
    column, table = column_of(finding), finding.table
    assert column is not None
    assert table is not None
    times = 100 if table.columns[column].unit == SHARE else 1
    for row in table.rows:
        value = row[column]
        if isinstance(value, int | float):
            yield date.fromisoformat(f"{row[0]}-01"), value * times
