"""One measure in a borough, in those most like it, and in those that border it."""

from dataclasses import dataclass

import pandas as pd
from ibis import _

from saferplan.areas.neighbours import neighbours
from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Gap
from saferplan.assessment.places import residents, shapes
from saferplan.assessment.rows import rows_of
from saferplan.assessment.sentences import known
from saferplan.assessment.similar import similar_boroughs
from saferplan.methods.rates import crime_rate

MONTHS = 12
BORDERS = "that border"


@dataclass(frozen=True)
class Borough:
    """
    like, borders     whether it is one of those most like ours, or shares its border
    count             in the twelve months; `rate` is for every 1,000 residents, with
                      its limits; None where it is not known
    """

    code: str
    name: str
    is_own: bool
    like: bool
    borders: bool
    count: float | None
    residents: float | None
    rate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Beside:
    """
    begins  the first month and `ends` the last one, as "2025-04"
    note    what likeness is judged by, or why it is not known
    """

    boroughs: tuple[Borough, ...]
    begins: str
    ends: str
    note: str
    releases: tuple[str, ...]


def beside_boroughs(
    evidence: Evidence, area: Area, *, dataset: str, column: str, counted: str, of: str
) -> Beside | None:
    """
    Return the rate of a measure in our borough and in those it is set beside.

    dataset   of the store, in which `counted` is the column of counts
    column    in which `of` is looked for; "" counts every row

    The twelve months are the newest that all of them have. None where our borough has
    none, or nothing is known of any other.
    """
    like, borders, note, cited = groups_of(evidence, area)
    codes = sorted({area.code, *like, *borders} & set(evidence.boroughs))
    if len(codes) < 2 or area.code not in codes:
        return None
    months = months_of(evidence, codes, dataset, column, counted, of)
    whole = months.dropna(axis="index")
    if len(whole) < MONTHS:
        return None
    year = whole.iloc[-MONTHS:]
    people = residents(evidence, "borough", codes)
    counts = year.sum()
    rates = (
        rows_of(crime_rate(counts, people.counts.reindex(counts.index)))
        if people is not None
        else {}
    )
    used = [pd.Timestamp(month).date() for month in year.index]
    releases = {*cited, *evidence.releases(dataset, month=used)}
    if people is not None:
        releases |= set(people.releases)
    return Beside(
        boroughs=tuple(
            Borough(
                code=code,
                name=evidence.boroughs[code],
                is_own=code == area.code,
                like=code in like,
                borders=code in borders,
                count=float(counts[code]),
                residents=known(people.counts.get(code)) if people else None,
                **{
                    name: known(rates[code][name]) if code in rates else None
                    for name in ("rate", "lower", "upper")
                },
            )
            for code in codes
        ),
        begins=f"{year.index[0]:%Y-%m}",
        ends=f"{year.index[-1]:%Y-%m}",
        note=note,
        releases=tuple(sorted(releases)),
    )


def groups_of(
    evidence: Evidence, area: Area
) -> tuple[frozenset[str], frozenset[str], str, tuple[str, ...]]:
    """Those most like ours, those that border it, and how we know."""
    found = similar_boroughs(evidence, area)
    like: frozenset[str] = frozenset()
    note = ""
    cited: tuple[str, ...] = ()
    if isinstance(found, Gap):
        note = found.sentence
    elif found.how == BORDERS:
        note = f"Which boroughs are most like it is not known. {found.note}"
        cited = found.releases
    else:
        like, note, cited = frozenset(found.codes), found.note, found.releases
    outlines = shapes(evidence, "borough", evidence.boroughs)
    if outlines is None:
        return like, frozenset(), note, cited
    near = neighbours(outlines.outlines).get(area.code, ())
    releases = tuple(sorted({*cited, *outlines.releases}))
    return like, frozenset(near), note, releases


def months_of(
    evidence: Evidence,
    codes: list[str],
    dataset: str,
    column: str,
    counted: str,
    of: str,
) -> pd.DataFrame:
    """Counts by month and borough; missing where a borough has no rows of a month."""
    table = evidence.table(dataset)
    rows = table.filter(table.area_code.isin(codes))
    wanted = rows[column] == of if column else None
    by_month = (
        rows.group_by("month", "area_code")
        .agg(counted=rows[counted].sum(where=wanted).fill_null(0))
        .order_by(_.month, _.area_code)
    )
    found = by_month.execute()
    wide: pd.DataFrame = found.pivot(
        index="month", columns="area_code", values="counted"
    )
    wide.index = pd.to_datetime(wide.index)
    wide = wide.reindex(columns=codes).sort_index()
    return wide.astype(float)
