"""
The words by which a sentence asks for something, criticises, supports or questions.

They are a list that anybody can read and argue with. They do not understand: a sentence
that asks in other words is a comment, and stays to be read; none is thrown away.
"""

import re
from dataclasses import dataclass
from typing import Literal

PointKind = Literal["question", "ask", "criticism", "support", "comment"]
RANK: tuple[PointKind, ...] = ("question", "ask", "criticism", "support", "comment")

WHO = (
    r"(?:we|i|they|network|group|board|committee|panel|members?|partnership|council|"
    r"forum|association|trust|residents|respondents?|galop|bteg|organisation)"
)
NOT = r"(?:not|n['’]t|cannot|never|no longer|hardly)"
ASK = re.compile(
    rf"\brecommend(?:s|ed|ation to)?\b|"
    rf"\bwould (?:like|want|prefer|hope|ask|suggest|urge|expect|encourage|recommend|"
    rf"welcome|appreciate)\b|"
    rf"\b{WHO} (?:also |therefore |strongly |further )?(?:asks?|requests?|suggests?|"
    rf"urges?|proposes?|expects?|hopes?|wants?|calls? (?:on|for))\b|"
    rf"\b(?:should|must|ought to|needs? to)\b|\b(?:is|are) needed\b|"
    rf"\bneeds? (?:more|further|better|resources|training|support)\b|"
    rf"\bwants? to see\b|\basks? that\b|\bsupports? .{{0,60}}recommendation|"
    rf"\bplease\b|\bbe (?:useful|helpful|good|better) (?:to|if|for)\b|"
    rf"\bwould be (?:useful|helpful|better)\b|"
    rf"\b(?:important|vital|essential|crucial|imperative|necessary) (?:that|to)\b|"
    rf"\b(?:greater|more|further|significant|better) (?:\w+ )?(?:consideration|focus|"
    rf"emphasis|attention|clarity|detail|explanation|links)\b|\bcould also\b|"
    rf"^\W*(?:add|remove|delete|move|include|change|reword|replace|consider|reconsider|"
    rf"give|make|stop|keep|cut|put|provide|publish|explain|strike|clarify|ensure|open|"
    rf"bring|spend|use|name|drop|do not|don['’]t|more|less|fewer|say|tell|fund|let|"
    rf"listen|involve|invest|increase|reduce|improve|introduce|extend|train|tackle|"
    rf"protect|recruit|employ|reopen|install|mend|fix|build|create)\b(?! (?:in|of)\b)",
    re.I,
)
CRITICISM = re.compile(
    rf"\b(?:un)?concern(?:s|ed|ing)?\b(?! (?:with|for) the)|\bdisappoint\w*|"
    rf"\b(?:un|not (?:always |at all |yet )?)clear\b|\bunclear\b|\bworr(?:y|ied|ies|"
    rf"ying|yingly)\b|\black(?:s|ing|ed)?\b|\b(?:in|not )sufficient\b|\bfails?\b|"
    rf"\boverlook\w*|\babsent\b|\boppos(?:e|es|ed|ing)\b|\bobject(?:s|ed)? to\b|"
    rf"\bdisagree\w*|\btroubling\b|\bproblem(?:s|atic)?\b|\binadequate\w*|"
    rf"\bunderdeveloped\b|\b(?:very |so |too )?little (?:in|regarding|about|on|"
    rf"evidence|detail|point)\b|\bnot straightforward\b|\bunderestimat\w*|"
    rf"\bundermin\w*|\bsadly\b|\bsad\b|\bunacceptabl\w*|\bwrong\b|\btoo (?:vague|late|"
    rf"long|short|narrow|many|few|much|weak|high|low|slow|ambitious)\b|\bvague\b|"
    rf"\bquestions? (?:the|whether)\b|\bmakes? no mention\b|\bsilent (?:on|about)\b|"
    rf"\b(?:says?|said) nothing\b|\bnothing in\b|\bmissing\b|\bleaves? out\b|"
    rf"\b{NOT} (?:\w+ )?(?:support|agree|welcome|accept|believe|address|mention\w*|"
    rf"recogni[sz]e|acknowledged?|reflect|include|explain|fit|take|enough|felt|"
    rf"understand|work|convinced|reali[sz]e)\b|\bdifficulties\b|\bunsafe\b|\brush\b|"
    rf"\b(?:stifl|ignor|neglect|regret|doubt|fear)\w*",
    re.I,
)
SUPPORT = re.compile(
    rf"\bwelcom(?:e|es|ed|ing)\b|\b(?:pleased|pleasing|glad|grateful|delighted)\b|"
    rf"\b{WHO} (?:(?:also|fully|strongly|broadly|generally|would|very much) )*"
    rf"(?:supports?|agrees?|endorses?|commends?|applauds?|"
    rf"backs?)\b|^\W*(?:strongly )?(?:agree|support)\b|\b(?:has|have|with) our "
    rf"(?:full )?support\b|\bhappy to\b|\bis positive\b|\bpositive step\b|\brightly\b|"
    rf"\bappropriate that\b|\bhopeful\b|\bexcellent\b|\bgood (?:idea|plan|start|"
    rf"example)\b",
    re.I,
)
PATTERNS: dict[PointKind, re.Pattern[str]] = {
    "ask": ASK,
    "criticism": CRITICISM,
    "support": SUPPORT,
}
NEGATED = re.compile(rf"{NOT}\s+(?:\w+\s+)?$", re.I)


@dataclass(frozen=True)
class Signal:
    """Words that tell what a sentence does; start and end are in the text given."""

    kind: PointKind
    words: str
    start: int
    end: int


def signals_in(sentence: str, at: int = 0) -> list[Signal]:
    """
    Return the words of a sentence that tell what it does, in their order.

    at  where the sentence begins in the text in which the places are counted
    """
    sentence = re.sub(r"\s", " ", sentence)  # of the same length
    found = [
        signal_of(kind, mark, at)
        for kind, pattern in PATTERNS.items()
        for mark in pattern.finditer(sentence)
        if not (kind == "support" and NEGATED.search(sentence[: mark.start()]))
    ]
    if sentence.rstrip("\"'”’) ").endswith("?"):
        end = at + len(sentence.rstrip())
        found.append(Signal("question", "?", end - 1, end))
    return sorted(found, key=lambda signal: (signal.start, RANK.index(signal.kind)))


def signal_of(kind: PointKind, mark: re.Match[str], at: int) -> Signal:
    """The words that were found, without the bullet that they may stand after."""
    words = re.sub(r"^\W+", "", mark.group())
    return Signal(kind, words, at + mark.end() - len(words), at + mark.end())


def strongest(signals: list[Signal]) -> PointKind:
    """
    What a sentence does, if it does several things.

    >>> strongest(signals_in("Whilst we welcome it, we are concerned about the cost."))
    'criticism'
    """
    kinds = {signal.kind for signal in signals}
    return next((kind for kind in RANK if kind in kinds), "comment")
