"""
What the columns of a boundary file say: whose outline it is, and in what it lies.

Publishers head their columns with the set and year (WD24CD, LSOA21NM) or, at the GLA,
with GSS_CODE and NAME, where the year is told from the codes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saferplan.areas.codes import (
    area_set_of,
    is_area_code,
    ward_code_year,
    ward_vintage,
)
from saferplan.areas.places import (
    BOROUGHS_SINCE,
    borough_codes,
    london_boroughs,
    tidy,
)
from saferplan.errors import SourceChanged

SETS = {
    "OA": "oa",
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "LAD": "borough",
    "CSP": "csp",
    "PFA": "force",
    "RGN": "region",
    "CTRY": "country",
}
ORDER = list(SETS.values())
CODE = re.compile(rf"({'|'.join(SETS)})(\d\d)CD", re.IGNORECASE)
# The GLA's columns: code, name, and those of the borough a ward is in.
GLA_CODE, GLA_NAME = "GSS_CODE", "NAME"
GLA_PARENTS = (("LB_GSS_CD", "BOROUGH"), ("LAGSSCODE", "DISTRICT"))
GLA_MARKS = {"NONLD_AREA", "USUALRES"}
LONDON, ENGLAND, ENGLAND_AND_WALES = "E12000007", "E92000001", "K04000001"
SMALL_AREA_NAME = re.compile(r"(.+) \d{3}[A-Z]?")


@dataclass(frozen=True)
class Fields:
    """Which column holds what; `vintage` is None where only the codes can tell."""

    publisher: str
    code: str
    name: str | None
    vintage: int | None
    parent_code: str | None = None
    parent_name: str | None = None


def fields_of(columns: Iterable[str]) -> Fields | None:
    """The roles of a layer's columns, or None if it has no code of an area."""
    names = list(columns)
    publisher = "gla" if GLA_MARKS & set(names) else "ons"
    coded = sorted(
        (match for name in names if (match := CODE.fullmatch(name))),
        key=lambda match: ORDER.index(SETS[match[1].upper()]),
    )
    if coded:
        first, *others = coded
        parent = next((m[0] for m in others if m[1].upper() == "LAD"), None)
        return Fields(
            publisher,
            first[0],
            name_beside(first[0], names),
            2000 + int(first[2]),
            parent,
            name_beside(parent, names) if parent else None,
        )
    if GLA_CODE not in names:
        return None
    parents = next((pair for pair in GLA_PARENTS if pair[0] in names), (None, None))
    return Fields(publisher, GLA_CODE, GLA_NAME, None, *parents)


def name_beside(code: str, names: Sequence[str]) -> str | None:
    """
    The column of names that belongs to a column of codes.

    >>> name_beside("WD24CD", ["WD24CD", "WD24NM", "WD24NMW"])
    'WD24NM'
    """
    wanted = code[:-2] + ("NM" if code.isupper() else "nm")
    return next((name for name in names if name.upper() == wanted.upper()), None)


def vintage_of(fields: Fields, codes: Sequence[str], file: str) -> int:
    """
    The year the outlines were drawn.

    Raises SourceChanged if neither a heading nor the codes tell.
    """
    if fields.vintage:
        return fields.vintage
    if codes and set(codes) <= london_boroughs().keys():
        return BOROUGHS_SINCE
    if year := ward_vintage(codes):
        return year
    raise SourceChanged(
        f"{file} does not say of which year its boundaries are. Head the column of "
        f"codes with the set and year, for example WD24CD."
    )


def borough_of(name: str | None) -> str | None:
    """
    The code of the London borough a small area's name starts with.

    >>> borough_of("Lewisham 001A"), borough_of("Hartlepool 006A")
    ('E09000023', None)
    """
    found = SMALL_AREA_NAME.fullmatch(name or "")
    return borough_codes().get(tidy(found[1])) if found else None


def extent_of(codes: Sequence[str], parents: Sequence[str | None]) -> str:
    """
    The smallest area we know that holds all of these: a borough, London, England.

    codes    of areas in one file; may be empty
    parents  the borough each is in, or None

    >>> extent_of(["E01003189"], ["E09000023"])
    'E09000023'
    >>> extent_of(["E09000023", "E09000011"], [None, None])
    'E12000007'
    """
    known = set(parents)
    if len(known) == 1 and None not in known:
        return str(parents[0])
    within = [parent or code for code, parent in zip(codes, parents, strict=True)]
    if all(code in london_boroughs() or ward_code_year(code) for code in within):
        return LONDON
    return ENGLAND if all(code.startswith("E") for code in codes) else ENGLAND_AND_WALES


def kind_of(codes: Sequence[str]) -> str | None:
    """The set that most of these codes name; None if none of them is a code."""
    kinds = [area_set_of(code) for code in codes if is_area_code(code)]
    return max(sorted(set(kinds)), key=kinds.count, default=None)
