"""How hard a text is to read, by the length of its sentences and words."""

import re

from saferplan.errors import ConsultationError

SENTENCE = re.compile(r"[^.!?\n]+")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
VOWELS = re.compile(r"[aeiouy]+")
APART = re.compile(r"(?<![tcsgx])i[ao]")  # two syllables: vi-o-lence, me-di-a
SILENT_END = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$")
FEWEST_WORDS = 100  # a sample of 100 words is the least the formula was made for


def reading_age(text: str) -> float:
    """
    Return the age, in years, at which schools expect a text like this to be read.

    It is the Flesch-Kincaid grade of American schools plus five: 0.39 words a sentence
    + 11.8 syllables a word - 15.59. A heading or a line of a list counts as a sentence.

    Raises ConsultationError for fewer than 100 words, which tell nothing.

    It does not say whether anybody understands the text: short words can be jargon, and
    a clear long word counts against it. Syllables are estimated from the spelling, so
    take it to a year or so. Try the draft on people as well.

    Source: Kincaid, Fishburne, Rogers and Chissom, Naval Technical Training Command
    Research Branch Report 8-75 (1975).
    """
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        raise ConsultationError(
            f"This text has {len(words)} words. How hard it is to read can be said of "
            f"{FEWEST_WORDS} or more."
        )
    sentences = sum(bool(WORD.search(each)) for each in SENTENCE.findall(text))
    long = sum(syllables(word) for word in words) / len(words)
    grade = 0.39 * len(words) / sentences + 11.8 * long - 15.59
    return round(grade + 5, 1)


def syllables(word: str) -> int:
    """
    Estimate a word's syllables from its spelling.

    >>> [syllables(word) for word in ("street", "police", "community", "people")]
    [1, 2, 4, 2]
    """
    plain = word.lower()
    count = len(VOWELS.findall(plain)) + len(APART.findall(plain))
    if SILENT_END.search(plain):
        count -= 1
    return max(1, count)
