"""
Words the product uses, and cautions its figures carry: the glossary and the caveats.

The glossary is one click from any figure; docs/glossary.md is written from it.
"""

from dataclasses import dataclass

from saferplan.definitions.definition import Definition, load_all
from saferplan.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class Term(Definition):
    """
    title    the word as people say it; for an abbreviation, the abbreviation
    full     what the abbreviation stands for; "" for a plain word
    meaning  in one or two plain sentences
    """

    title: str
    meaning: str
    full: str = ""


@dataclass(frozen=True, kw_only=True)
class Caveat(Definition):
    """
    text     what a reader must bear in mind, in words to stand beside a figure
    applies  which figures it belongs to
    """

    text: str
    applies: str


def glossary() -> dict[str, Term]:
    return load_all("glossary.toml", Term)


def caveats() -> dict[str, Caveat]:
    return load_all("caveats.toml", Caveat)


def caveat(name: str) -> str:
    """
    Return the text of a caveat.

    Raises SourceChanged for a name there is none of, so that a figure cannot lose its
    caution by a slip of the pen.
    """
    try:
        return caveats()[name].text
    except KeyError:
        raise SourceChanged(
            f"There is no caveat called {name!r}. There are: {', '.join(caveats())}."
        ) from None


GLOSSARY_INTRO = """\
# Glossary

The words Saferplan uses. Written by `tools/write_reference.py` from
`src/saferplan/definitions/data/glossary.toml`: change a meaning there.
"""


def glossary_page() -> str:
    """Return the glossary as a page of Markdown, in the order of the alphabet."""
    terms = sorted(glossary().values(), key=lambda term: term.title.lower())
    return GLOSSARY_INTRO + "".join(entry_for(term) for term in terms)


def entry_for(term: Term) -> str:
    full = f" ({term.full})" if term.full else ""
    return f"\n**{term.title}**{full}: {term.meaning}\n"
