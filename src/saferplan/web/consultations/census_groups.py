"""The census's counts for the options of a question about the person."""

import re
from collections.abc import Mapping, Sequence

UNDER = re.compile(r"under (\d+)", re.I)
BETWEEN = re.compile(r"(\d+) (?:to|–|-) (\d+)")
FROM = re.compile(r"(\d+) (?:or|and) (?:over|older|above)|over (\d+)", re.I)
BAND = re.compile(r"(\d+) to (\d+)$")
OLDEST = 120
CENSUS = "Census 2021, Office for National Statistics"


def ages_of(option: str) -> tuple[int, int] | None:
    """
    Return the first and the last age that an option means, or None.

    >>> ages_of("Under 25"), ages_of("25 to 64"), ages_of("65 or older")
    ((0, 24), (25, 64), (65, 120))
    """
    if found := BETWEEN.search(option):
        return int(found[1]), int(found[2])
    if found := UNDER.search(option):
        return 0, int(found[1]) - 1
    if found := FROM.search(option):
        return (int(found[1]) if found[1] else int(found[2]) + 1), OLDEST
    return None


def ages_of_band(category: str) -> tuple[int, int] | None:
    """
    Return the ages of one of the census's bands.

    >>> ages_of_band("15 to 19"), ages_of_band("4 years and under")
    ((15, 19), (0, 4))
    """
    if found := BAND.search(category):
        return int(found[1]), int(found[2])
    if "under" in category:
        number = int(re.findall(r"\d+", category)[0])
        return 0, number
    if found := re.search(r"(\d+)", category):
        return int(found[1]), OLDEST
    return None


def matched(
    options: Sequence[str], census: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """
    Return residents for each option that the census counts as it is worded.

    census  people by topic and category, as the evidence store has them

    Ages are added up from bands, and only where an option's edges are edges of bands:
    "16 to 24" cannot be made of bands of five years, so it is left for a person.
    """
    found: dict[str, int] = {}
    for option in options:
        people = of_ages(option, census.get("age", {}))
        if people is None:
            people = of_name(option, census)
        if people is not None:
            found[option] = people
    return found


def of_ages(option: str, bands: Mapping[str, int]) -> int | None:
    ages = ages_of(option)
    if ages is None or not bands:
        return None
    inside, edges = 0, set()
    for category, people in bands.items():
        band = ages_of_band(category)
        if band is None or category == "all":
            continue
        edges.update({band[0], band[1] + 1})
        if ages[0] <= band[0] and band[1] <= ages[1]:
            inside += people
    if {ages[0], ages[1] + 1} <= edges:
        return inside
    return None


def of_name(option: str, census: Mapping[str, Mapping[str, int]]) -> int | None:
    for topic, categories in census.items():
        if topic == "age":
            continue
        for category, people in categories.items():
            if category != "all" and plain(category) == plain(option):
                return people
    return None


def plain(words: str) -> str:
    return re.sub(r"[^a-z]+", " ", words.lower()).strip()


def census_of(area_code: str) -> dict[str, dict[str, int]]:
    """Return a borough's census counts by topic and category; none if not loaded."""
    # The engine is slow to import, and the rest of the site does without it.
    from saferplan.assessment.evidence import Evidence
    from saferplan.store import EvidenceStore, default_place

    held = Evidence(EvidenceStore(default_place()))
    if not held.has("census"):
        return {}
    table = held.table("census")
    rows = table.filter(table.area_code == area_code)
    counted = rows.group_by(["topic", "category"]).agg(people=rows["count"].sum())
    found: dict[str, dict[str, int]] = {}
    for row in counted.execute().itertuples():
        found.setdefault(row.topic, {})[row.category] = int(row.people)
    return found
