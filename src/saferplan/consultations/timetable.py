"""
Whether a consultation gives people time: its days, and what takes some of them away.

The third Gunning principle asks for adequate time. No law gives a number: twelve weeks
is the custom. So we count, say what falls inside, and let people judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from saferplan.definitions.bank_holidays import bank_holidays, holiday_names
from saferplan.errors import ConsultationError

LONDON = ZoneInfo("Europe/London")
TWELVE_WEEKS = 84
# Papers for a committee are out five clear days before: Local Government Act 1972,
# s. 100B. A meeting that late in the window leaves no time to agree an answer.
LATE_MEETING = 7
BEFORE_A_POLL = 25  # working days: the last day for notice of a local election


@dataclass(frozen=True)
class Between:
    """A run of days that has a name: a school holiday, the weeks before an election."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Inside:
    """
    Something that falls within the days people have.

    kind  "bank holiday", "school holiday", "pre-election period" or "meeting"
    days  how many days of the consultation it covers
    """

    kind: str
    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Timetable:
    """
    opens, closes  the instants, in London's time
    days           from the day it opens to the day it closes: 1 December to 23 February
                   is 84
    working_days   Mondays to Fridays after the day it opens, to the day it closes, but
                   for bank holidays
    least_days     how many there should be, and `least_because` why
    inside         what falls within, in order of time
    warnings       what somebody should look at, each with its reason
    """

    opens: datetime
    closes: datetime
    days: int
    working_days: int
    least_days: int
    least_because: str
    inside: tuple[Inside, ...]
    warnings: tuple[str, ...]

    @property
    def long_enough(self) -> bool:
        return self.days >= self.least_days


def timetable(
    opens: datetime,
    closes: datetime,
    *,
    least_days: int = TWELVE_WEEKS,
    least_because: str = "twelve weeks is the custom; no law gives a number",
    holidays: Mapping[date, str] | None = None,
    school_holidays: Sequence[Between] = (),
    meetings: Mapping[date, str] | None = None,
    pre_election: Sequence[Between] = (),
) -> Timetable:
    """
    Return how much time a consultation gives, and what falls within it.

    opens, closes    instants that know their zone; days are counted in London's
    least_days       the statutory least, where there is one; give `least_because` too
    holidays         bank holidays with their names; those of England and Wales if none
    school_holidays  as the borough's schools have them
    meetings         of the committees that are to answer, by day
    pre_election     see `before_a_poll`

    Raises ConsultationError if an instant has no zone, or it closes before it opens.

    Days are not the whole of it: a short draft that people knew of may need fewer, and
    84 days over Christmas may be too few for a network that must ask its members.

    Source: R v Brent ex p Gunning (1985); Moseley [2014] UKSC 56.

    >>> opens = datetime(2016, 12, 1, 9, tzinfo=LONDON)
    >>> found = timetable(opens, datetime(2017, 2, 23, 17, tzinfo=LONDON))
    >>> found.days, found.working_days, [each.name for each in found.inside]
    (84, 57, ['Boxing Day', 'Christmas Day', "New Year's Day"])
    """
    opens, closes = in_london(opens, "opens"), in_london(closes, "closes")
    if closes <= opens:
        raise ConsultationError(
            f"It closes on {said(closes.date())}, before it opens on "
            f"{said(opens.date())}. Give a later day to close."
        )
    names = holiday_names() if holidays is None else dict(holidays)
    first, last = opens.date(), closes.date()
    spans = [
        *((Between(name, day, day), "bank holiday") for day, name in names.items()),
        *((each, "school holiday") for each in school_holidays),
        *((each, "pre-election period") for each in pre_election),
        *(
            (Between(name, day, day), "meeting")
            for day, name in (meetings or {}).items()
        ),
    ]
    inside = [
        Inside(kind, each.name, each.first, each.last, shared(each, first, last))
        for each, kind in spans
        if shared(each, first, last)
    ]
    found = Timetable(
        opens,
        closes,
        (last - first).days,
        working_days(first, last, names),
        least_days,
        least_because,
        tuple(sorted(inside, key=lambda each: (each.first, each.kind, each.name))),
        (),
    )
    warnings = (
        *too_short(found),
        *edges(found, names),
        *lost_days(found),
        *meeting_warnings(found, meetings or {}),
        *(unknown_years(first, last) if holidays is None else ()),
    )
    return Timetable(**{**vars(found), "warnings": warnings})


def before_a_poll(poll: date, name: str = "election") -> Between:
    """
    Return the weeks before a poll in which councils hold back, by custom.

    They begin with the notice of election, at the latest 25 working days before.

    Source: Code of Recommended Practice on Local Authority Publicity (2011), 33 to 35;
    Local Elections (Principal Areas) (England and Wales) Rules 2006, Sch. 2, rule 1.

    >>> before_a_poll(date(2026, 5, 7)).first.isoformat()
    '2026-03-30'
    """
    holidays, day, left = holiday_names(), poll, BEFORE_A_POLL
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day, holidays)
    return Between(f"before the {name} of {said(poll)}", day, poll)


def working_days(first: date, last: date, holidays: Mapping[date, str]) -> int:
    """
    Working days after `first`, up to and with `last`.

    >>> working_days(date(2025, 12, 24), date(2025, 12, 29), holiday_names())
    1
    """
    later = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in later)


def is_working_day(day: date, holidays: Mapping[date, str]) -> bool:
    return day.weekday() < 5 and day not in holidays


def shared(each: Between, first: date, last: date) -> int:
    """How many days of a run fall on or between two days."""
    return max(0, (min(each.last, last) - max(each.first, first)).days + 1)


def too_short(found: Timetable) -> list[str]:
    if found.long_enough:
        return []
    return [
        f"It is open for {found.days} days, and should be for {found.least_days}: "
        f"{found.least_because}. Close on or after "
        f"{said(found.opens.date() + timedelta(days=found.least_days))}, or record why "
        f"less is enough."
    ]


def edges(found: Timetable, holidays: Mapping[date, str]) -> list[str]:
    words = []
    for verb, when in (("opens", found.opens), ("closes", found.closes)):
        if not is_working_day(when.date(), holidays):
            words.append(
                f"It {verb} on {said(when.date())}, which is no working day: nobody is "
                f"there to help those who cannot answer online."
            )
    if found.closes.time().replace(tzinfo=None).isoformat() == "00:00:00":
        words.append(
            f"It closes at midnight as {said(found.closes.date())} begins. Many will "
            f"think they have that whole day: say 11.59pm of the day before."
        )
    return words


def lost_days(found: Timetable) -> list[str]:
    """What holidays and an election take from the days there are."""
    words = []
    bank = [each for each in found.inside if each.kind == "bank holiday"]
    christmas = {"Christmas Day", "New Year's Day"} <= {each.name for each in bank}
    if christmas:
        words.append(
            "Christmas and New Year fall within: for about two weeks few offices, "
            "groups and committees are at work. Add two weeks, or record why not."
        )
    elif bank:
        listed = ", ".join(f"{each.name} ({said(each.first)})" for each in bank)
        words.append(f"Bank holidays within: {listed}. {counted(found)}")
    for each in found.inside:
        if each.kind == "school holiday":
            words.append(
                f"{each.days} of {found.days + 1} days are in the school holiday "
                f"{each.name}: families and schools are harder to reach."
            )
        if each.kind == "pre-election period":
            words.append(
                f"{each.days} days fall in the weeks {each.name}. Councils hold back "
                f"publicity then, so people may not hear of it: open after the poll, "
                f"or ask the monitoring officer."
            )
    return words


def meeting_warnings(found: Timetable, meetings: Mapping[date, str]) -> list[str]:
    words = []
    for name in dict.fromkeys(meetings.values()):
        days = [day for day, whose in meetings.items() if whose == name]
        within = [d for d in days if found.opens.date() <= d <= found.closes.date()]
        if not within:
            words.append(
                f"{name} does not meet while it is open, so cannot answer as a body. "
                f"Ask for a special meeting, or agree how it may answer."
            )
        elif (found.closes.date() - min(within)).days < LATE_MEETING:
            words.append(
                f"{name} first meets on {said(min(within))}, in the last "
                f"{LATE_MEETING} days: its answer may come too late."
            )
        elif (found.closes.date() - max(within)).days > 2 * LATE_MEETING:
            unused = (found.closes.date() - max(within)).days
            words.append(
                f"{name} last meets on {said(max(within))}: what its members hear in "
                f"the {unused} days after cannot reach its answer."
            )
    return words


def unknown_years(first: date, last: date) -> list[str]:
    years = bank_holidays()
    words = []
    for year in map(str, range(first.year, last.year + 1)):
        if year not in years:
            words.append(
                f"No bank holidays are known for {year}: working days count none. Add "
                f"the year to the definitions."
            )
        elif years[year].how_known == "by rule":
            words.append(
                f"Bank holidays of {year} follow from the rule and may still change."
            )
    return words


def counted(found: Timetable) -> str:
    return f"{found.working_days} working days are left."


def in_london(when: datetime, name: str) -> datetime:
    if when.tzinfo is None:
        raise ConsultationError(
            f"The instant it {name} does not say its time zone. Give it with one: in "
            f"summer, 5pm in London is 4pm in UTC."
        )
    return when.astimezone(LONDON)


def said(day: date) -> str:
    """
    >>> said(date(2026, 2, 3))
    '3 February 2026'
    """
    return f"{day.day} {day:%B %Y}"
