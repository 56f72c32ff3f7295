"""Numbers as they are printed beside things: 4, 3.2, four, IV, B, 12a."""

import re

WORDS = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
]
ROMAN = [
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"),
    *("xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
]
# A run longer than this is no list of places but a slip.
LONGEST_RUN = 200
NUMBER_WORD = "|".join(sorted(WORDS, key=len, reverse=True))


def plain_number(printed: str) -> str:
    """
    Return a number in figures, or a letter in capitals.

    >>> [plain_number(each) for each in ("Four", "IV", "b", "3.2.", "12a", "007")]
    ['4', '4', 'B', '3.2', '12a', '7']
    """
    small = printed.strip().rstrip(".").lower()
    if small in WORDS:
        return str(WORDS.index(small) + 1)
    # A single letter is an annex's; i and v alone are taken for numbers, as printed.
    if small in ROMAN and (len(small) > 1 or small in "iv"):
        return str(ROMAN.index(small) + 1)
    if len(small) == 1 and small.isalpha():
        return small.upper()
    return re.sub(r"\b0+(?=\d)", "", small)


def run(first: str, last: str) -> tuple[str, ...]:
    """
    Return every number from the first to the last, both included.

    Where they cannot be counted through, the two alone.

    >>> run("40", "42"), run("3.1", "3.3"), run("A", "C"), run("9", "2.1")
    (('40', '41', '42'), ('3.1', '3.2', '3.3'), ('A', 'B', 'C'), ('9', '2.1'))
    """
    stem, dot, begins = first.rpartition(".")
    last_stem, _, ends = last.rpartition(".")
    if begins.isdigit() and ends.isdigit() and stem == last_stem:
        # "pp. 140-2" means 140 to 142.
        if not stem and len(ends) < len(begins):
            ends = begins[: len(begins) - len(ends)] + ends
        if 0 < int(ends) - int(begins) <= LONGEST_RUN:
            numbers = range(int(begins), int(ends) + 1)
            return tuple(f"{stem}{dot}{number}" for number in numbers)
    letters = len(first) == len(last) == 1 and first.isalpha() and last.isalpha()
    if letters and first < last:
        return tuple(chr(code) for code in range(ord(first), ord(last) + 1))
    return first, last
