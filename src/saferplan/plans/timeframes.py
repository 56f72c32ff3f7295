"""
What people write under "Time frame", read by a small grammar.

    March 18                 due by the end of that month
    Begin July 17            under way from then
    July 17 / monthly        from then, every month
    Sept 17 March 18         due in September, put back to March
    Sept 17 to March 18      from one to the other
    Q2 2017/18, 2017/18      due by the end of a financial quarter, or year
    Review quarterly, 6 month review, ongoing, immediate, as required

What is left over is kept as `rest`. A time frame of which nothing is understood, or
whose date cannot be, is kept as printed with the reason; it is never guessed.
"""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from saferplan.plans.plan import TimeFrame

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"[’']?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)"
DATE = re.compile(
    rf"\b(?:q|quarter )\s?(?P<quarter>[1-4]),?\s*{YEAR}(?:\s?[-/–]\s?\d\d(?:\d\d)?)?"
    rf"|\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{NAMES})\b\.?,?\s*"
    + YEAR.replace("year", "year2")
    + r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    r"|\b(?P<dmy>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d))\b"
    r"|\b(?P<whole>20\d\d)\s?[-/–]\s?(?:20)?\d\d\b(?![-/–])",
    re.I,
)
EVERY = {
    "daily": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "bi-monthly": "P2M",
    "termly": "P4M",
    "quarterly": "P3M",
    "biannually": "P6M",
    "half-yearly": "P6M",
    "six-monthly": "P6M",
    "annually": "P1Y",
    "annual": "P1Y",
    "yearly": "P1Y",
}
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
COUNTED = re.compile(
    r"\bevery (?P<every>\d{1,2})?\s?(?P<every_unit>day|week|month|year)s?\b"
    r"|\b(?P<ly>\d{1,2})[\s-]?(?P<ly_unit>week|month|year)ly\b"
    r"|\b(?:after |within |in )?(?P<after>\d{1,2})[\s-]?"
    r"(?P<after_unit>day|week|month|year)s?\b",
    re.I,
)
CADENCE = re.compile(rf"\b({'|'.join(sorted(EVERY, key=len, reverse=True))})\b", re.I)
WORDS = {
    "ongoing": re.compile(
        r"\b(?:on-?going|continuous(?:ly)?|(?:throughout|for) the (?:life|duration) of"
        r" the plan|all year(?: round)?)\b",
        re.I,
    ),
    "immediate": re.compile(r"\bimmediate(?:ly)?\b|\basap\b", re.I),
    "as_required": re.compile(r"\bas (?:and when )?(?:required|needed)\b", re.I),
    "review": re.compile(r"\breview(?:ed|s)?\b", re.I),
}
BEGIN = re.compile(r"\b(?:begin(?:ning|s)?|start(?:ing|s)?|from|launch)\b\s*$", re.I)
BEFORE_DATE = re.compile(
    r"\b(?:begin(?:ning|s)?|start(?:ing|s)?|from|launch|by|before|end(?: of)?|until)"
    r"\b(?=\W*@)",
    re.I,
)
FROM_TO = re.compile(r"^\s*(?:to|until|till|[-–—])\s*$", re.I)
MONTH_WORD = re.compile(rf"\b(?:{NAMES})\b|\d[/.-]\d", re.I)
FAR = 8  # years from the plan's own; "July 31" is then a day, not the year 2031


def read_time_frame(text: str, *, years: tuple[int, int] | None = None) -> TimeFrame:
    """
    Return what a time frame says.

    years  those of the plan, by which "July 17" is known to be a year and not a day

    >>> read_time_frame("July 17 / monthly").every
    'P1M'
    >>> read_time_frame("Sept 17 March 18").due
    datetime.date(2018, 3, 31)
    >>> read_time_frame("31 June 2017").problem
    'There is no such day as 31 June 2017.'
    """
    frame = TimeFrame(text)
    if not text:
        return replace(frame, problem="No time frame is given.")
    found = list(DATE.finditer(text))
    try:
        days = [first_and_last(mark, years) for mark in found]
        frame = with_dates(frame, text, found, days)
    except ValueError as problem:
        return replace(frame, problem=str(problem))
    left = DATE.sub(" @ ", text)
    frame, left = with_cadence(frame, left)
    said = set()
    for name, words in WORDS.items():
        if words.search(left):
            said.add(name)
            left = words.sub(" ", left)
    frame = replace(
        frame,
        ongoing="ongoing" in said,
        immediate="immediate" in said,
        as_required="as_required" in said,
        review="review" in said,
    )
    rest = " ".join(re.sub(r"\s[-–—/,;&]\s|@", " ", BEFORE_DATE.sub(" ", left)).split())
    frame = replace(frame, rest=rest.strip(" -–—/,;:&.()"))
    return replace(frame, problem=what_is_wrong(frame, found))


def what_is_wrong(frame: TimeFrame, found: list[re.Match[str]]) -> str:
    understood = (
        found
        or frame.every
        or frame.after
        or any(getattr(frame, name) for name in WORDS)
    )
    if not understood:
        return f"We cannot tell a time from “{frame.text}”."
    if MONTH_WORD.search(frame.rest):
        return f"“{frame.rest}” looks like a date and is not one we can read."
    return ""


def with_cadence(frame: TimeFrame, left: str) -> tuple[TimeFrame, str]:
    if word := CADENCE.search(left):
        counted = re.search(r"\d{1,2}[\s-]?$", left[: word.start()])
        if counted is None:
            frame = replace(frame, every=EVERY[word.group().lower()])
            return frame, left.replace(word.group(), " ", 1)
    if mark := COUNTED.search(left):
        left = left.replace(mark.group(), " ", 1)
        if mark["after"]:
            length = f"P{int(mark['after'])}{UNITS[mark['after_unit'].lower()]}"
            return replace(frame, after=length), left
        number = int(mark["every"] or mark["ly"] or 1)
        unit = (mark["every_unit"] or mark["ly_unit"]).lower()
        return replace(frame, every=f"P{number}{UNITS[unit]}"), left
    return frame, left


def with_dates(
    frame: TimeFrame,
    text: str,
    found: list[re.Match[str]],
    days: list[tuple[date, date]],
) -> TimeFrame:
    """Say what the dates are for, from the words before and between them."""
    if not found:
        return frame
    if len(found) > 2:
        raise ValueError(f"“{text}” has {len(found)} dates, and we cannot tell which.")
    after = text[found[-1].end() :]
    if len(found) == 2:
        between = text[found[0].end() : found[1].start()]
        if FROM_TO.match(between):
            return replace(frame, begins=days[0][0], due=days[1][1])
        if between.strip(" ,;/\n"):
            raise ValueError(f"We cannot tell which date of “{text}” is meant.")
        return replace(frame, first_due=days[0][1], due=days[1][1])
    goes_on = WORDS["ongoing"].search(after) or CADENCE.search(after)
    if BEGIN.search(text[: found[0].start()]) or goes_on:
        return replace(frame, begins=days[0][0])
    return replace(frame, due=days[0][1])


def first_and_last(
    mark: re.Match[str], years: tuple[int, int] | None
) -> tuple[date, date]:
    """The first and last day that a printed date can mean, or ValueError if none."""
    if mark["iso"] or mark["dmy"]:
        day = numbered_day(mark["iso"], mark["dmy"])
        return day, day
    if mark["whole"]:  # a financial year
        year = int(mark["whole"])
        return date(year, 4, 1), date(year + 1, 3, 31)
    year = whole_year(mark["year"] or mark["year2"], mark.group(), years)
    if mark["quarter"]:
        start = 3 * int(mark["quarter"]) + 1  # the financial year begins in April
        year, month = (year, start) if start <= 10 else (year + 1, 1)
        return date(year, month, 1), last_of_month(year, month + 2)
    month = MONTHS[mark["month"].lower()]
    if mark["day"] is None:
        return date(year, month, 1), last_of_month(year, month)
    try:
        day = date(year, month, int(mark["day"]))
    except ValueError:
        raise ValueError(f"There is no such day as {mark.group()}.") from None
    return day, day


def numbered_day(iso: str | None, dmy: str | None) -> date:
    try:
        if iso:
            return date.fromisoformat(iso)
        day, month, year = (int(part) for part in re.split(r"[/.]", dmy or ""))
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as {iso or dmy}.") from None


def whole_year(printed: str, where: str, years: tuple[int, int] | None) -> int:
    year = int(printed)
    if year > 99:
        return year
    year += 2000
    if years and not years[0] - FAR <= year <= years[1] + FAR:
        raise ValueError(f"The {printed} of “{where}” could be a year or a day.")
    return year


def last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
