"""Words by which an answer may say what must be read though only one person says it."""

from dataclasses import dataclass

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class VitalWords(Definition):
    """
    title  the kind of point, as people name it
    why    why one answer is enough to read it
    words  find it; one that ends in * finds longer words too. After a - an expression
           that holds such a word and means another thing: "-pitch black"
    """

    title: str
    why: str
    words: tuple[str, ...]


def vital_words() -> dict[str, VitalWords]:
    """Safety, victims, equality and legal challenge: words to look for, of each."""
    return load_all("vital_words.toml", VitalWords)
