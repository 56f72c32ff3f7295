"""
Boroughs in London's published tables, where a name is often all there is.

The police name boroughs in several ways and put "Unknown" and the airports in the same
column. A borough gets its code and ONS name; a thing that is no area keeps its name and
has no code, so that its counts never mix with an area's.
"""

import polars as pl

from saferplan.areas.places import (
    borough_codes,
    known_boroughs,
    tidy,
    why_not_an_area,
)

FORCE = "Metropolitan Police"
FORCE_CODE = "E23000001"


def with_borough(
    rows: pl.DataFrame, published: str, *, code: str, name: str
) -> pl.DataFrame:
    """
    Return `rows` with a borough's code and name, from what the publisher calls it.

    published  the column with names or codes of boroughs
    code, name the columns to add; the code is null for what is no area

    Also adds `_place_unknown`: true where it is neither a borough nor a thing known to
    be no area, so that a misspelling is refused and not lost among the non-areas.
    """
    found = {text: borough_of(text) for text in rows[published].unique().to_list()}
    places = pl.DataFrame(
        [(text, *place) for text, place in found.items()],
        schema={
            published: pl.String,
            code: pl.String,
            name: pl.String,
            "_place_unknown": pl.Boolean,
        },
        orient="row",
    )
    return rows.join(
        places, on=published, how="left", nulls_equal=True, maintain_order="left"
    )


def borough_of(text: str | None) -> tuple[str | None, str, bool]:
    """
    The code and name of a borough, and whether we have no idea what it is.

    >>> borough_of("Hammersmith & Fulham")
    ('E09000013', 'Hammersmith and Fulham', False)
    >>> borough_of("Unknown "), borough_of("Lewsham")
    ((None, 'Unknown', False), (None, 'Lewsham', True))
    """
    plain = (text or "").strip()
    code = plain if plain in known_boroughs() else borough_codes().get(tidy(plain))
    if code:
        return code, known_boroughs().get(code, plain), False
    return None, plain or "Unknown", bool(plain) and why_not_an_area(plain) is None
