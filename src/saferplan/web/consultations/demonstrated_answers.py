"""What the demonstration's people wrote of where they feel unsafe. All invented."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

# Who speaks, and how somebody asks: each goes with any of what follows.
WHO = [
    *("I", "My mother", "The women on my shift", "Both of my girls"),
    *("People off the late train", "Our neighbours", "My wife and I"),
    *("Anyone with a pushchair", "A friend who visits", "The whole street"),
]
ASKING = [
    *("Please give us", "What would help is", "We need", "I would like"),
    *("It wants", "Spend the money on", "Start with", "Nothing beats"),
]


@dataclass(frozen=True)
class Subject:
    """
    A theme as an officer names it, and the pieces of what people write on it.

    belongs  what belongs to the theme
    where, how, what, help  "The footpath" "has no lamp". "I" "would rather drive".
             "Please give us" "brighter bulbs".
    """

    belongs: str
    where: list[str]
    how: list[str]
    what: list[str]
    help: list[str]


SUBJECTS = {
    "Dark ways home": Subject(
        "Lamps, hedges and short cuts that people avoid after dark",
        [
            *("the footpath behind the station", "the cut through the allotments"),
            *("our canal bridge", "the underpass by the library", "Mill Steps"),
            *("the lane along the school wall", "the car park behind the shops"),
        ],
        [
            *("has no working lamp", "is pitch black after nine"),
            *("went dark in the spring storm", "is overgrown and unlit"),
            *("lies in shadow once the shops shut", "loses its lights at midnight"),
        ],
        [
            *("would rather pay for a taxi", "had to run the last stretch"),
            *("will not go out past dusk", "could not see who was standing there"),
            *("must use a telephone as a torch", "heard steps and saw nobody"),
        ],
        [
            *("brighter bulbs", "hedges that are cut back twice a year"),
            *("lamps that burn until the last train", "low lights along the towpath"),
            *("someone who mends a broken lantern within a week", "white paint"),
        ],
    ),
    "Nobody in uniform": Subject(
        "Police, wardens and other staff whom people want to see and know",
        [
            *("the parade", "Castle ward", "our end of the estate", "the market"),
            *("the square outside the town hall", "the row of takeaways"),
        ],
        [
            *("has not seen a constable on foot for a year", "lost its wardens"),
            *("gets a patrol car that never stops", "has no sergeant of its own"),
            *("is left to itself once the offices close", "waits days for police"),
        ],
        [
            *("stopped reporting because nothing follows", "rang and gave up"),
            *("never met any officer by name", "used to know the beat constable"),
            *("watched dealers who know when nobody is about",),
        ],
        [
            *("regular patrols in the evening", "wardens in bright jackets"),
            *("a face and a number on every noticeboard", "a police surgery"),
            *("two officers who stay for longer than a season",),
        ],
    ),
    "Buses and stops": Subject(
        "Waiting, riding and getting off; drivers and staff",
        [
            *("the bus stop outside the hospital", "the top deck of the night bus"),
            *("the terminus", "the shelter on Castle Street", "route forty-one"),
            *("the corner where three schools change buses",),
        ],
        [
            *("has lost all of its glass", "is full of people shouting and smoking"),
            *("keeps us standing for forty minutes", "shows no timetable"),
            *("empties when a fight begins", "frightens the pupils"),
        ],
        [
            *("got followed from the stop", "had a bag snatched while queuing"),
            *("got pushed and no passenger stepped in", "missed three connections"),
            *("saw the driver look the other way",),
        ],
        [
            *("drivers who set people down between stops", "conductors at night"),
            *("a help button in each shelter", "school days that end at other times"),
            *("an operator who answers complaints",),
        ],
    ),
    "Something for the young": Subject(
        "Youth clubs, places to go, work with young people",
        [
            *("the youth club", "the skate park", "our sports hall", "the boxing gym"),
            *("the only drop-in for teenagers", "the playground by the flats"),
        ],
        [
            *("closed and nothing came after it", "opens on one afternoon a week"),
            *("costs more than a family can pay", "ran out of lease and grant"),
            *("turns away everybody over fifteen", "shuts for the whole summer"),
        ],
        [
            *("saw bored lads break windows", "watched older ones recruit children"),
            *("learnt everything from a mentor there", "grew up in that place"),
            *("heard them say that nobody asks them",),
        ],
        [
            *("football on Friday nights", "youth workers on proper contracts"),
            *("a room that young people run themselves", "free holiday activities"),
            *("apprenticeships instead of fines",),
        ],
    ),
}
# A letter that a group of residents handed round, and what some of them added.
LETTER = (
    "As residents of the Brook estate we ask the partnership to reopen the police "
    "front counter in the civic centre, to staff it every evening until ten, and to "
    "say in public each quarter how many people used it."
)
ADDED = [
    "",
    "I am eighty-one and cannot report things on a screen.",
    "",
    "My English is not good enough for the telephone.",
    "",
    "",
    "The nearest one is now two buses away.",
    "",
]
# Rare, and each enough by itself.
VITAL = [
    "My former husband waits outside the refuge. I am afraid he will kill me.",
    "I was stabbed at the bus stop in March and nobody has taken a statement.",
    "You did not ask deaf people at all. That is discrimination, and we shall seek "
    "judicial review if the plan is adopted without an equality assessment.",
]
COPIES = 16
ALONE = 90
ALSO = 0.2  # of those who write alone also write on another subject


@dataclass(frozen=True)
class Written:
    """An answer, and the themes that are in it."""

    text: str
    themes: frozenset[str]


def answers() -> Iterator[Written]:
    """Everything people wrote, in the order in which it came in: always the same."""
    draw = random.Random(7)
    said: set[frozenset[str]] = set()
    alone = [written(draw, said) for _ in range(ALONE)]
    letters = [
        Written(f"{LETTER} {ADDED[number % len(ADDED)]}".strip(), frozenset())
        for number in range(COPIES)
    ]
    rare = [Written(text, frozenset()) for text in VITAL]
    everything = [*alone, *letters, *rare]
    draw.shuffle(everything)
    yield from everything


def written(draw: random.Random, said: set[frozenset[str]]) -> Written:
    """Somebody's own words, on a subject and now and then on another."""
    # Not all subjects are as common as each other.
    names = list(SUBJECTS)
    first = draw.choices(names, weights=[40, 30, 20, 15])[0]
    chosen = [first]
    if draw.random() < ALSO:
        chosen.append(draw.choice([name for name in names if name != first]))
    sentences = [each for name in chosen for each in on(SUBJECTS[name], draw, said)]
    return Written(" ".join(sentences), frozenset(chosen))


def on(subject: Subject, draw: random.Random, said: set[frozenset[str]]) -> list[str]:
    """
    Two sentences on a subject.

    said  the pairs of pieces that somebody has put together already: a second time, and
          people who never met would look like a campaign
    """
    while True:
        pieces = [
            (draw.choice(subject.where), draw.choice(subject.how)),
            (draw.choice(WHO), draw.choice(subject.what)),
            (draw.choice(ASKING), draw.choice(subject.help)),
        ]
        picked = draw.sample(pieces, 2)
        pairs = {frozenset(pair) for pair in combinations(sum(picked, ()), 2)}
        if not pairs & said:
            said |= pairs
            return [f"{one[0].upper()}{one[1:]} {two}." for one, two in picked]
