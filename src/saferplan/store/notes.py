"""The notes of a release, when a hundred files say nearly the same."""

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

OF_A_MONTH = re.compile(rf"((?:{'|'.join(month_name[1:])}) \d{{4}}): (.+)")


def fold(notes: Iterable[str]) -> list[str]:
    """
    Say once what several months' notes say alike, where the first of them stood.

    >>> fold(["May 2015: no places.", "Old codes.", "April 2015: no places."])
    ['2 months from April 2015 to May 2015: no places.', 'Old codes.']
    """
    months: dict[str, list[str]] = defaultdict(list)
    order: dict[str, str] = {}
    for note in notes:
        about = OF_A_MONTH.fullmatch(note)
        what = about[2] if about else note
        order.setdefault(what, note)
        if about:
            months[what].append(about[1])
    return [
        note if len(months[what]) < 2 else f"{span(months[what])}: {what}"
        for what, note in order.items()
    ]


def span(months: list[str]) -> str:
    ordered = sorted(months, key=lambda month: datetime.strptime(month, "%B %Y"))
    return f"{len(months)} months from {ordered[0]} to {ordered[-1]}"
