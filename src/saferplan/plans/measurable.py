"""Whether anybody could tell that a commitment was kept."""

import re

from saferplan.plans.plan import Verdict
from saferplan.plans.timeframes import CADENCE, DATE

COUNT = (
    r"(?:\d[\d,.]{0,14}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"fifty|a hundred|half|double|halve)"
)
# Each thing a commitment could name, and the words that name it.
TESTS = {
    "target": re.compile(
        rf"\b\d[\d.]{{0,7}}\s?(?:%|per ?cent\b)"
        rf"|(?<![’'\w-])(?:a minimum of |at least |up to )?{COUNT}\s(?!of\b|place\b)"
        rf"(?:[\w’'-]+\s){{0,4}}?[\w’'-]+s\b"
        rf"|\b(?:a minimum of|at least|no more than|fewer than|one)\s(?:[\w’'()-]+\s)"
        rf"{{1,6}}(?:for|in|to) (?:every|each)\b",
        re.I,
    ),
    "date": re.compile(
        rf"{DATE.pattern.replace('?P<', '?P<d_')}"
        r"|\bin the new year\b|\bby (?:the )?(?:end|start|close) of\b[^.;]{0,30}"
        r"|\b(?:by|in|from|until|before) (?:19|20)\d\d\b"
        r"|\bwithin \w+ (?:day|week|month|year)s?\b"
        r"|\b(?:this|next) (?:year|month|quarter|spring|summer|autumn|winter)\b",
        re.I,
    ),
    "baseline": re.compile(r"\bfrom \d|\bcompared (?:to|with)\b|\bagainst a\b", re.I),
    "money": re.compile(r"£\s?\d[\d,.]{0,14}\s?(?:m|k|million|billion)?\b", re.I),
    "place": re.compile(
        r"\b(?:London|borough|boroughs|wards?|neighbourhoods?|estates?|town centres?|"
        r"(?:transport )?network|public transport|schools?|courts?|prisons?)\b",
        re.I,
    ),
    "group": re.compile(
        r"\b(?:victims?|witnesses|survivors|children|young (?:people|offenders)|"
        r"women|girls|men|boys|perpetrators|offenders|residents|BAME|disabled people|"
        r"older people|businesses|looked-after children|female)\b",
        re.I,
    ),
    "partner": re.compile(r"\b[Ww]ith (?:the |our )?(?:[A-Z][\w’']*|partner)"),
}
# A thing that is either there or not, whoever looks. It must be what is promised, near
# the beginning: "support others to deliver" promises only support.
VERBS = (
    "abolish|adopt|agree|appoint|build|close|commission|complete|create|deliver|"
    "develop|end|establish|hold|install|introduce|launch|open|produce|publish|recruit|"
    "review|roll out|set up|train"
)
DELIVER = re.compile(
    rf"^(?:with [^,]+, )?(?:\w+ ){{0,3}}?(?P<thing>{VERBS}|lead an?)\b"
    rf"|\bto (?P<new>(?:{VERBS}) an? new)\b",
    re.I,
)
NO_YEAR = re.compile(r"\bin the new year\b|\b(?:this|next) \w+", re.I)
LACKING = ("target", "date", "baseline", "money")


def measurability(text: str) -> tuple[Verdict, str, dict[str, str]]:
    """
    Return a verdict on a commitment, why, and what its words name.

    measurable        it names an amount; or a thing to be delivered, and a day
    yes or no only    it names a thing to be delivered, and no day, so that it cannot
                      be late
    not measurable    it names a direction: to support, to improve, to work with

    The verdict is on the words alone. It does not say that the thing matters, nor
    that anybody counts it.

    >>> measurability("Open two advice centres in the borough.")[0]
    'measurable'
    >>> measurability("Work with partners to improve trust.")[0]
    'not measurable'
    """
    found = {
        name: mark.group().strip()
        for name, test in TESTS.items()
        if (mark := test.search(text))
    }
    thing = DELIVER.search(text)
    without = [name for name in LACKING if name not in found]
    lacking = f" It names no {listed(without)}." if without else ""
    if "target" in found:
        return "measurable", f"It names an amount, “{found['target']}”.{lacking}", found
    verb = (thing["thing"] or thing["new"]) if thing else ""
    if verb and "date" in found:
        why = f"It names a thing to be done (“{verb}”) and a time, “"
        why += f"{found['date']}”" + ", without a year" * is_yearless(found["date"])
        return "measurable", f"{why}.{lacking}", found
    if CADENCE.search(text):
        found["cadence"] = CADENCE.findall(text)[0]
    if verb:
        why = f"One can see whether it is done (“{verb}”), but not by when."
        return "yes or no only", why + lacking, found
    why = "It names a direction and nothing that could be counted or seen."
    return "not measurable", why + lacking, found


def listed(names: list[str]) -> str:
    """
    >>> listed(["target", "date", "money"])
    'target, date or money'
    """
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def is_yearless(words: str) -> bool:
    return bool(NO_YEAR.search(words))
