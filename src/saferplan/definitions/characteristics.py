"""Protected characteristics, and the words by which a text may speak of them."""

import re
from dataclasses import dataclass
from functools import cached_property

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class Characteristic(Definition):
    """
    title            as an equality analysis names it
    words            find sentences about it; one that ends in * finds longer ones too
    first_limb_only  True where the equality duty asks only for its first limb
    """

    title: str
    words: tuple[str, ...]
    first_limb_only: bool = False

    def spoken_of_in(self, text: str) -> bool:
        """
        Whether any of its words is in a text. A suggestion: words have other meanings.

        >>> characteristics()["age"].spoken_of_in("Most were under the age of 25.")
        True
        >>> characteristics()["age"].spoken_of_in("Damage to a garage")
        False
        """
        return self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        found = (
            re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
            for word in self.words
        )
        return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.I)


def characteristics() -> dict[str, Characteristic]:
    """The nine the Act protects, and socio-economic disadvantage after them."""
    return load_all("characteristics.toml", Characteristic)
