"""
Words that tell a person's name from a street, a body or a place.

Lists like these are never whole. They suggest; a person decides.
"""

from dataclasses import dataclass
from functools import cache

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class WordList(Definition):
    """
    words  parted by spaces, each as it is written
    """

    words: str


def naming() -> dict[str, WordList]:
    return load_all("naming.toml", WordList)


@cache
def words_of(name: str) -> frozenset[str]:
    """
    The words of a list, without case.

    >>> "priya" in words_of("given-names"), "road" in words_of("streets")
    (True, True)
    """
    return frozenset(naming()[name].words.casefold().split())
