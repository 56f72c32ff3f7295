"""What a spreadsheet must not take for a formula, whoever wrote it into a cell."""

from typing import TypeVar

Cell = TypeVar("Cell")

# A cell that begins like this is a formula to one spreadsheet program or another.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inert(cell: Cell) -> Cell | str:
    """
    Return what a spreadsheet will show and never run: words with an apostrophe before.

    Numbers and what is missing stay as they are.

    >>> inert("=1+1"), inert(" @cmd"), inert("St John’s"), inert(-5)
    ("'=1+1", "' @cmd", 'St John’s', -5)
    """
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
