"""
The day that stands for none.

A publication that says neither when it was put out nor for when it holds has this day,
so that any that does say counts as newer. Readers are shown the word, never the day.
"""

from datetime import date

UNDATED = date(1970, 1, 1)
