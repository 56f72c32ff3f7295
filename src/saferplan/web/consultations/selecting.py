"""Words of a response as a page shows them, and what somebody selected among them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from saferplan.consultations.redaction import Redaction, find_again, suggest_redactions
from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Response
from saferplan.web.consultations.services.redacting import Chosen
from saferplan.web.consultations.words_of import Place, places_of

AROUND = 60  # characters of the text before and after a run
ONE_SPACE = re.compile(r"\s+")
# As a page tells of words that were selected in it: "answer-12:5:8:Ann".
SELECTED = re.compile(
    r"(?P<place>[^:]+):(?P<start>\d{1,9}):(?P<end>\d{1,9}):(?P<words>.*)", re.DOTALL
)


@dataclass(frozen=True)
class Run:
    """
    Words in one text of a response, with those around them.

    value       names the run in a form
    place       the key of the text
    start, end  its range as the page shows the text: a line ends with one character
    about       what it may be, and where it stands
    """

    value: str
    place: str
    start: int
    end: int
    before: str
    words: str
    after: str
    about: str


def own_places(response: Response) -> list[Place]:
    """What the response itself says, without what others wrote of it."""
    return [place for place in places_of(response) if place.own]


def suggestions_in(response: Response) -> list[Run]:
    return [
        run_of(
            place,
            found,
            value=f"{place.key}:{found.start}:{found.end}:{found.kind}",
            about=f"{found.kind.capitalize()}, {found.certainty}. {place.title}",
        )
        for place in own_places(response)
        for found in suggest_redactions(place.text)
    ]


def run_of(place: Place, found: Redaction | Chosen, *, value: str, about: str) -> Run:
    text, start, end = place.text, found.start, found.end
    return Run(
        value=value,
        place=place.key,
        start=as_shown(text, start),
        end=as_shown(text, end),
        before=("…" if start > AROUND else "") + text[max(0, start - AROUND) : start],
        words=text[start:end],
        after=text[end : end + AROUND] + ("…" if end + AROUND < len(text) else ""),
        about=about,
    )


def ticked_in(response: Response, values: Iterable[str]) -> list[Chosen]:
    """
    The suggestions that were ticked. Only what is suggested now can be: of a text that
    was changed since the page was drawn, the same places hold other words.
    """
    known = {each.value for each in suggestions_in(response)}
    found = []
    for value in values:
        if value in known:
            key, start, end, kind = value.split(":", 3)
            found.append(Chosen(key, int(start), int(end), kind))
    return found


def selected_in(response: Response, values: Iterable[str]) -> list[Chosen]:
    """
    The runs that were selected, each told as "answer-12:5:8:Ann".

    Raises NotAllowed for one whose words are no longer where they were.
    """
    places = {place.key: place for place in own_places(response)}
    found = []
    for value in values:
        chosen = read_selected(value, places)
        if chosen is None:
            raise NotAllowed(
                "Words that you selected are no longer where they were: somebody "
                "changed the response meanwhile. Select them again."
            )
        found.append(chosen)
    return found


def still_selected(response: Response, values: Iterable[str]) -> Iterator[Run]:
    """What was selected, to be shown again with the mistake that stopped it."""
    places = {place.key: place for place in own_places(response)}
    for value in values:
        chosen = read_selected(value, places)
        if chosen is not None:
            place = places[chosen.key]
            words = [place.text[chosen.start : chosen.end]]
            times = sum(
                len(find_again(each.text, words, "words")) for each in places.values()
            )
            about = f"{place.title}. {times_there(times)}"
            yield run_of(place, chosen, value=value, about=about)


def times_there(times: int) -> str:
    if times < 2:
        return "It stands there once."
    return f"The same words stand in this response {times} times: all go."


def read_selected(value: str, places: dict[str, Place]) -> Chosen | None:
    told = SELECTED.fullmatch(value)
    place = places.get(told["place"]) if told else None
    if told is None or place is None:
        return None
    start, end = (as_kept(place.text, int(told[name])) for name in ("start", "end"))
    there = ONE_SPACE.sub(" ", place.text[start:end]).strip()
    is_there = there and there == ONE_SPACE.sub(" ", told["words"]).strip()
    return Chosen(place.key, start, end) if is_there else None


def as_kept(text: str, at: int) -> int:
    r"""
    Return where a character of a text as it is shown stands in the text that is kept.

    A line's end that came from a form is two characters; a page shows it as one.

    >>> [as_kept("Ann\r\nBo\r\nCy", at) for at in (0, 3, 4, 6, 7)]
    [0, 3, 5, 7, 9]
    """
    for found in re.finditer("\r\n", text):
        if found.start() >= at:
            break
        at += 1
    return at


def as_shown(text: str, at: int) -> int:
    r"""
    >>> [as_shown("Ann\r\nBo\r\nCy", at) for at in (0, 3, 5, 7, 9)]
    [0, 3, 4, 6, 7]
    """
    return at - text.count("\r\n", 0, at)


def pieces_of(text: str) -> list[tuple[str, bool]]:
    r"""
    A text, whole, in turns: words, and the empty lines between paragraphs.

    >>> pieces_of("One\n\nTwo")
    [('One', False), ('\n\n', True), ('Two', False)]
    """
    shown = text.replace("\r\n", "\n")
    parts = re.split(r"(\s*\n[^\S\n]*\n\s*)", shown)
    return [(part, bool(at % 2)) for at, part in enumerate(parts) if part]
