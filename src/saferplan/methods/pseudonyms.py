"""
Extracts about people, with what names a person taken out before anything is counted.

A pseudonym is a keyed hash under a key that is drawn for one reading, never written
down and forgotten with it. So nobody can try names against a pseudonym, and two
readings of one file cannot be joined.
"""

import hashlib
import secrets
from collections.abc import Sequence

import pandas as pd

from saferplan.errors import MethodError

# What an extract writes where the victim is not known; compared without case.
UNKNOWN = frozenset(
    {"", "-", "n/a", "na", "nan", "none", "null", "not known", "unknown"}
)


def pseudonymous(
    extract: pd.DataFrame, *, who: str, keep: Sequence[str]
) -> pd.DataFrame:
    """
    Return an extract with a pseudonym, `victim`, in place of an identifier.

    who   the column that names a victim: a reference number, say. Spaces about it and
          capitals do not matter
    keep  the columns that the count needs; every other column is left behind

    The result has the extract's rows, numbered anew, and columns `victim` and `keep`. A
    victim who is not known has no pseudonym.

    Raises MethodError if a column is not there, `who` is also in `keep`, or no victim
    is known.

    A pseudonym is still about a person, and so is every row: give the result to
    repeat_victimisation and let only what that returns go out. It does not find that
    one person has two reference numbers, nor tell apart two who share one.

    Source: a keyed BLAKE2b hash (RFC 7693) under 256 random bits.

    >>> extract = pd.DataFrame({"urn": ["A1", "a1 ", ""], "name": ["x", "y", "z"],
    ...                         "date": ["2026-01-01", "2026-02-01", "2026-02-01"]})
    >>> events = pseudonymous(extract, who="urn", keep=["date"])
    >>> events.columns.tolist(), events["victim"].nunique(), len(events)
    (['victim', 'date'], 1, 3)
    """
    if missing := [name for name in [who, *keep] if name not in extract]:
        raise MethodError(
            f"The extract has no column {', '.join(missing)}. It has: "
            f"{', '.join(map(str, extract.columns))}."
        )
    if who in keep:
        raise MethodError(
            f"{who} names the victim and cannot be kept. Leave it out of the columns."
        )
    named = extract[who].astype("string").str.strip().str.casefold()
    named = named.mask(named.isin(UNKNOWN))
    if named.isna().all():
        raise MethodError(
            f"No victim is known in {who}, so nobody can be seen to come again. Ask "
            f"the force for an extract with a reference for each victim."
        )
    key = secrets.token_bytes(32)
    pseudonym = {
        name: hashlib.blake2b(name.encode(), key=key, digest_size=16).hexdigest()
        for name in named.dropna().unique()
    }
    kept = extract[list(keep)].reset_index(drop=True)
    kept.insert(0, "victim", named.reset_index(drop=True).map(pseudonym))
    return kept
