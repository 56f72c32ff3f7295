"""
The tables of Crown Court statistics we know: what each column of each one means.

A table is known by its columns. Two tables never share a measure, because a measure's
quarter is replaced whole when it is published again.
"""

from dataclasses import dataclass

PERIOD = ("quarter_end", "year", "quarter")


@dataclass(frozen=True)
class Statistic:
    """What a column of numbers holds, in which unit, and of which cases."""

    statistic: str
    unit: str
    category: str | None = None


@dataclass(frozen=True)
class CourtTable:
    """
    A table: its measure, and how its columns become rows.

    statistics  by the publisher's column
    category    columns that split the cases (age band, offence, remand status)
    place       the column with a region's name; without one, England and Wales
    court       the column with a court's name
    ago         the columns that speak of the quarter a year before
    spare       columns left out, because the others give the same
    dated       whether each row says its quarter
    """

    measure: str
    statistics: dict[str, Statistic]
    category: tuple[str, ...] = ()
    place: str | None = None
    court: str | None = None
    ago: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    dated: bool = True

    def fits(self, header: frozenset[str]) -> bool:
        """Whether these are the columns of this table; spare ones may be absent."""
        places = {name for name in (self.place, self.court) if name}
        period = {*PERIOD} if self.dated else set()
        needed = {*self.statistics, *self.category, *places, *period}
        return needed <= header <= needed | {*self.spare, *PERIOD}


CASES = Statistic("count", "cases")
OVER_A_YEAR = {
    "open_1yr_plus": Statistic("count", "cases", "open a year or more"),
    "share_1yr_plus": Statistic("share", "share", "open a year or more"),
}
OFFENCE_TO_COMPLETION = "offence to completion"
CHARGE_TO_COMPLETION = "charge to completion at the Crown Court"

TABLES = [
    CourtTable(
        "backlog",
        {
            "open": Statistic("count", "cases", "open"),
            "receipts": Statistic("count", "cases", "received"),
            "disposals": Statistic("count", "cases", "disposed"),
        },
        spare=("net_flow",),
    ),
    CourtTable(
        "caseload by age", {"count": CASES}, ("age_band",), spare=("age_order",)
    ),
    CourtTable(
        "open a year or more",
        {
            "total_cases": Statistic("count", "cases", "open"),
            "valid_cases": Statistic("count", "cases", "open, age known"),
            **OVER_A_YEAR,
        },
    ),
    CourtTable(
        "open a year or more by region",
        {"valid_cases": Statistic("count", "cases", "open, age known"), **OVER_A_YEAR},
        place="region",
        spare=("geo_level",),
    ),
    CourtTable(
        "open a year or more by offence",
        {
            "open_1yr_plus": CASES,
            "share_of_quarter": Statistic("share of all offences", "share"),
        },
        ("offence",),
    ),
    CourtTable(
        "caseload by remand and age",
        {"count": CASES},
        ("remand_status", "age_band"),
        spare=("age_order",),
    ),
    CourtTable(
        "open a year or more by remand",
        {"open_valid": Statistic("count", "cases", "open, age known"), **OVER_A_YEAR},
        ("remand_status",),
    ),
    CourtTable(
        "timeliness by region",
        {
            "offence_to_completion_median": Statistic(
                "median", "days", OFFENCE_TO_COMPLETION
            ),
            "offence_to_completion_mean": Statistic(
                "mean", "days", OFFENCE_TO_COMPLETION
            ),
        },
        place="region",
        spare=("geo_level",),
    ),
    CourtTable(
        "timeliness",
        {
            "offence_to_completion_mean": Statistic(
                "mean", "days", OFFENCE_TO_COMPLETION
            ),
            "offence_to_completion_median": Statistic(
                "median", "days", OFFENCE_TO_COMPLETION
            ),
            "charge_to_completion_at_the_crown_court_mean": Statistic(
                "mean", "days", CHARGE_TO_COMPLETION
            ),
            "charge_to_completion_at_the_crown_court_median": Statistic(
                "median", "days", CHARGE_TO_COMPLETION
            ),
        },
    ),
    CourtTable(
        "hearings and waiting",
        {
            "hearing_mean_hearings": Statistic("mean", "hearings", "hearings a case"),
            "hearing_mean_hours": Statistic("mean", "hours", "hearing time"),
            "hearing_median_hours": Statistic("median", "hours", "hearing time"),
            "waiting_mean_weeks": Statistic("mean", "weeks", "waiting time"),
            "waiting_median_weeks": Statistic("median", "weeks", "waiting time"),
        },
    ),
    CourtTable(
        "backlog by court",
        {
            "open_latest": Statistic("count", "cases", "open"),
            "open_year_ago": Statistic("count", "cases", "open"),
        },
        place="region",
        court="court",
        ago=("open_year_ago",),
        spare=("change", "pct_change"),
        dated=False,
    ),
    CourtTable(
        "years of backlog by court",
        {
            "open_latest": Statistic("count", "cases", "open"),
            "annual_disposals": Statistic("count", "cases", "disposed in a year"),
            "years_of_backlog": Statistic(
                "ratio", "years", "open by disposed in a year"
            ),
        },
        place="region",
        court="court",
        dated=False,
    ),
]
