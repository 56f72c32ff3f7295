"""What a name is made of, and whether a word is one: the lists, asked."""

import re

from saferplan.definitions.naming import words_of

UPPER, LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
# O'Brien, McDonald, Anne-Marie, N’Golo, JONES; not the s of Sarah's.
CAPITAL = (
    r"(?:(?:van|von|dos|das|de|da|del|al|el|bin|ibn|ap)-)?"
    rf"(?:[{UPPER}](?:['’][{UPPER}])?[{LOWER}]{{1,30}}(?:[{UPPER}][{LOWER}]{{1,30}}){{0,3}}"
    rf"(?:[-'’](?!s\b)[{UPPER}{LOWER}][{LOWER}]{{1,30}}){{0,3}}"
    rf"|(?:[{UPPER}]['’])?[{UPPER}]{{2,30}}(?:-[{UPPER}]{{2,30}}){{0,3}})"
    rf"(?![{LOWER}{UPPER}])"
)
PARTICLE = (
    r"(?:(?:de|da|del|della|dos|di|van|von|der|den|ter|bin|bint|ibn|al|el|la|le|du|"
    r"ap|y)[ \t]{1,3}){1,2}"
)
INITIAL = rf"(?:[{UPPER}]\.?(?![{LOWER}{UPPER}'’]))"
NAME = (
    rf"(?<![\w'’-])(?:{INITIAL}[ \t]{{0,3}}){{0,2}}{CAPITAL}"
    rf"(?:[ \t]{{1,3}}(?:{PARTICLE})?"
    rf"(?:{CAPITAL}|{INITIAL}(?=[ \t]{{1,3}}[{UPPER}]))){{0,8}}"
)
WORD = re.compile(rf"[{UPPER}{LOWER}][{UPPER}{LOWER}'’-]*")


def words_in(text: str) -> list[str]:
    """
    >>> words_in("J. O’Brien-Smith")
    ['J', 'O’Brien-Smith']
    """
    return WORD.findall(text)


def any_of(word: str, *lists: str) -> bool:
    """Whether a word, or its singular, is in one of the lists."""
    word = bare(word)
    return any(word in words_of(name) for name in lists)


def bare(word: str) -> str:
    return word.casefold().replace("’", "'").strip(".,:;!?()\"'“”")


def is_given(word: str, *, sure: bool = False) -> bool:
    """
    Whether it is a listed given name, or part of a double one; `sure`: and no word.

    >>> is_given("Priya"), is_given("Grace"), is_given("Grace", sure=True)
    (True, True, False)
    """
    lists = ("given-names",) if sure else ("given-names", "given-names-that-are-words")
    word = bare(word)
    return any_of(word, *lists) or ("-" in word and any_of(word.split("-")[0], *lists))


def is_surname(word: str) -> bool:
    word = bare(word)
    if any_of(word, "surnames"):
        return True
    begins = re.match(r"(?:o'|mc|mac|d'|al-|el-|van-|dos-|fitz)[a-z]{3,}", word)
    parts = word.split("-")
    return bool(begins) or (len(parts) > 1 and any(map(is_surname, parts)))


def could_be_surname(word: str) -> bool:
    """A surname, or a word that is one where something else says so: "Mrs Park"."""
    return is_surname(word) or any_of(word, "surnames-that-are-words")


def names_a_place(word: str) -> bool:
    """A street, an office or a place, whatever else it may be."""
    return any_of(word, "streets", "offices", "places")


def no_name(word: str) -> bool:
    return any_of(word, "no-names")


def is_name_word(word: str) -> bool:
    """Whether nothing speaks against a word being part of a name."""
    if no_name(word):
        return False
    return is_surname(word) or is_given(word, sure=True) or not names_a_place(word)
