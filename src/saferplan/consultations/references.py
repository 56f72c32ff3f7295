"""Places that an answer refers to: pages, sections, objectives, questions, by name."""

from dataclasses import dataclass
from typing import Literal

Whose = Literal["draft", "own", "other", "law"]


@dataclass(frozen=True)
class Reference:
    """
    A place that somebody refers to.

    kind     "page", "section", "paragraph", "part", "objective", "question" …; "name"
             for one by its heading
    numbers  each number meant, in figures: ("40", "41", "42"); empty for a name
    name     the heading that is named: "Executive Summary"; "" where it has a number
    text     the words, as written; they stand at start to end
    whose    the draft's, the answer's own, another document's, or the law's
    why      the words that tell whose it is, in a sentence
    """

    kind: str
    numbers: tuple[str, ...]
    name: str
    text: str
    start: int
    end: int
    whose: Whose = "draft"
    why: str = ""
