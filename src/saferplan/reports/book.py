"""
The table book: what its sheets hold, before any file format.

Follows the Analysis Function's guidance on releasing statistics in spreadsheets: a
cover, contents and notes; one table to a sheet, starting under its title; no merged,
hidden or blank cells; units in headings; what is missing or hidden says so in square
brackets.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from saferplan.assessment.finding import Assessment, Column, Finding, Table
from saferplan.reports import wording
from saferplan.reports.arrangement import sections

Cell = str | int | float


@dataclass(frozen=True)
class Heading:
    """A column of a sheet. `decimals` is None for words."""

    text: str
    decimals: int | None = None


@dataclass(frozen=True)
class Sheet:
    """
    One sheet: lines of text from A1 down, then at most one table under them.

    links  for a contents sheet: the sheet that each row's first cell leads to
    """

    name: str
    lines: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    links: tuple[str, ...] = ()


def sheets(assessment: Assessment) -> list[Sheet]:
    """Return the sheets of an assessment's table book, in order."""
    in_order = [
        finding
        for section in sections(assessment)
        for topic in section.topics
        for finding in topic.findings
    ]
    tables = [finding.table for finding in in_order if finding.table is not None]
    inside = [
        _findings(in_order),
        _gaps(assessment),
        _sources(assessment),
        *(_table(f"Table_{n}", table) for n, table in enumerate(tables, start=1)),
    ]
    notes = _notes(in_order)
    return [_cover(assessment), _contents([notes, *inside]), notes, *inside]


def _cover(assessment: Assessment) -> Sheet:
    return Sheet(
        "Cover",
        (
            f"{assessment.area.name}: strategic assessment, data tables",
            "These tables go with the strategic assessment of crime and disorder that "
            "regulations 5 to 7 of SI 2007/1830 ask for.",
            "The sheet Contents lists every table. The sheet Notes explains the words "
            "in square brackets and the cautions.",
            "Each sheet holds one table, which starts below its title and notes.",
            f"Made with Saferplan {assessment.saferplan_version} from published data "
            f"under the licences named in the sheet Sources.",
            *filter(None, [wording.attribution(assessment)]),
        ),
    )


def _contents(inside: list[Sheet]) -> Sheet:
    return Sheet(
        "Contents",
        ("Contents", "This sheet holds one table, with a link to each sheet."),
        (Heading("Sheet"), Heading("What it holds")),
        tuple((sheet.name, sheet.lines[0]) for sheet in inside),
        links=tuple(sheet.name for sheet in inside),
    )


def _notes(findings: list[Finding]) -> Sheet:
    caveats = dict.fromkeys(caveat for each in findings for caveat in each.caveats)
    fixed = [
        ("[x]", "Not available. It does not mean zero."),
        (
            "[c]",
            "Hidden to protect people: a count of 1 to 4, or one from which such a "
            "count could be worked out.",
        ),
        ("[z]", "Does not apply: a level has no change."),
        (
            "95% interval",
            "The range that chance alone leaves room for. If the same place were "
            "measured many times, 95 of 100 such ranges would hold the true figure.",
        ),
    ]
    cautions = [(f"Caution {n}", text) for n, text in enumerate(caveats, start=1)]
    return Sheet(
        "Notes",
        ("Notes", "This sheet holds one table."),
        (Heading("Note"), Heading("Meaning")),
        tuple(fixed + cautions),
    )


FINDING_HEADINGS = (
    Heading("Head of the assessment"),
    Heading("Topic"),
    Heading("Measure"),
    Heading("What the evidence says"),
    Heading("Value", 1),
    Heading("Unit of the value"),
    Heading("Lower limit (unit of the value)", 1),
    Heading("Upper limit (unit of the value)", 1),
    Heading("Compared with"),
    Heading("Change (% or percentage points)", 1),
    Heading("Lower limit of change (% or percentage points)", 1),
    Heading("Upper limit of change (% or percentage points)", 1),
    Heading("Is it real?"),
    Heading("What it means"),
    Heading("Period"),
    Heading("Method"),
    Heading("Releases"),
)


def _findings(findings: list[Finding]) -> Sheet:
    return Sheet(
        "Findings",
        ("Findings", "This sheet holds one table. A row is one finding."),
        FINDING_HEADINGS,
        tuple(_finding(finding) for finding in findings),
    )


def _finding(finding: Finding) -> tuple[Cell, ...]:
    share = finding.measure.unit == "share"
    within, moved = finding.interval, finding.change_interval
    no_change = "[x]" if finding.comparison else "[z]"
    return (
        wording.HEADS[finding.head],
        finding.topic,
        finding.measure.title,
        finding.sentence,
        _number(finding.value, share),
        "%" if share else finding.measure.unit,
        _number(within.lower if within else None, share),
        _number(within.upper if within else None, share),
        finding.comparison or "[z]",
        _number(finding.change, True, no_change),
        _number(moved.lower if moved else None, True, no_change),
        _number(moved.upper if moved else None, True, no_change),
        wording.VERDICTS[finding.verdict],
        finding.meaning if finding.comparison else "[z]",
        finding.period.label,
        finding.method,
        ", ".join(finding.releases) or "[x]",
    )


def _gaps(assessment: Assessment) -> Sheet:
    return Sheet(
        "Gaps",
        ("What the evidence cannot say", "This sheet holds one table."),
        tuple(
            map(Heading, ("Head of the assessment", "Topic", "Gap", "What would help"))
        ),
        tuple(
            (wording.HEADS[gap.head], gap.topic, gap.sentence, gap.remedy)
            for gap in assessment.gaps
        )
        or (("None", "None", "No gap was found.", "Nothing"),),
    )


def _sources(assessment: Assessment) -> Sheet:
    return Sheet(
        "Sources",
        ("Where the figures come from", "This sheet holds one table."),
        (
            Heading("Release"),
            Heading("Title"),
            Heading("Publisher"),
            Heading("Published"),
            Heading("Licence"),
            Heading("Rows used", 0),
            Heading("Rows quarantined", 0),
            Heading("Notes"),
        ),
        tuple(
            (
                each.id,
                each.title,
                each.publisher,
                wording.day(each.published),
                each.licence,
                each.rows_kept,
                each.rows_quarantined,
                " ".join(each.notes) or "None",
            )
            for each in assessment.releases
        )
        or (("[x]",) * 8,),
    )


def _table(name: str, table: Table) -> Sheet:
    counted = "This sheet holds one table."
    return Sheet(
        name,
        (table.title, counted, *table.notes),
        tuple(_heading(column) for column in table.columns),
        tuple(
            tuple(
                _cell(value, column)
                for value, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ),
    )


def _heading(column: Column) -> Heading:
    words = column.unit in ("", "month")
    return Heading(
        wording.heading(column),
        None if words else column.decimals or 0,
    )


def _cell(value: Cell | None, column: Column) -> Cell:
    if value is None or isinstance(value, str):
        return wording.cell(value, column)
    return _number(value, column.unit == "share")


def _number(
    value: float | None, as_percent: bool, missing: str = wording.NOT_AVAILABLE
) -> Cell:
    if value is None:
        return missing
    return float(f"{value * 100:.10g}") if as_percent else value


def longest(sheet: Sheet, at: int) -> int:
    """The longest text of a column, in characters, for its width."""
    texts: Iterable[Cell] = (row[at] for row in sheet.rows)
    return max([len(sheet.headings[at].text) // 2, *(len(str(text)) for text in texts)])
