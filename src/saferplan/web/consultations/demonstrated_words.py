"""What the demonstration's consultations say, and what people answer. All invented."""

from typing import Any

ABOUT_PLAN = (
    "The partnership has written its plan for the year. It is in force, and is looked "
    "at again before the next one is written.\n"
    "Tell us what should come first, what is missing, and where you do not feel safe."
)

EASY_PLAN = """\
# Our plan in easy read

This is about keeping safe where we live.

The police, the council and other groups work together.

# What we will do

- We will help people who are hurt at home.
- We will help young people to stay out of trouble.
- We will visit homes that were burgled.
- We will talk to shops about theft.

# What we ask you

Tell us if this is right.

Tell us what we have left out."""

ABOUT_LIGHT = (
    "Many people told us that they take another way home after dark.\n"
    "We want to light some routes better, and have not the money for all of them at "
    "once."
)

LIGHT = """\
# Light and safe routes home

We will choose six routes between stations, shops and homes, and light them first.

# How routes are chosen

A route comes first if many people walk it after dark, if it is badly lit, and if people
say that they avoid it.

We will walk each route at night with people who use it, before anything is built.

# How long lights burn

Lights on these routes burn until one in the morning, and are dimmed after that.

# What comes after

We will say after a year what was built, what it cost, and whether more people walk
there."""

REASONS = [
    "It names a private person, or says where they live",
    "It could put somebody in danger",
    "It is abusive, or against the law",
]

# What was written, and the choice beside it.
VOICES = [
    ("The alley behind the station. I walk round by the main road after dark.", "Yes"),
    ("Light the path through the park, not the road beside it.", "Yes"),
    ("Nobody asked the night workers. The first bus goes before five.", "Yes"),
    (
        "My daughter rings me until she is at the door. The underpass comes first.",
        "Yes",
    ),
    (
        "More lamps are good, but the hedge by the school hides them. Cut it.",
        "In part",
    ),
    ("Bats live by the canal. Dim the lights there and light the towpath low.", "No"),
    ("The bus stop at the hospital has been dark since March.", "Yes"),
    ("I use a wheelchair. Light does not help where the kerb is broken.", "In part"),
    ("Please say how you chose the six. We asked for ours three years ago.", "In part"),
    ("Lights outside my bedroom all night are no help to me.", "No"),
    (
        "The routes to the mosque and to the church are both dark on winter evenings.",
        "Yes",
    ),
    ("Ask young people. We know which ways nobody takes.", "Yes"),
    ("The car park at the leisure centre, from the back entrance to the road.", "Yes"),
    ("A light is not a person. We want to see the wardens again.", "In part"),
    ("Fix what is broken before you build anything new.", "I cannot say"),
    ("The steps by the library are steep and have one lamp.", "Yes"),
    ("I feel safe on the high street and not one turn off it.", "Yes"),
    ("Until one is too early: the last train comes in at twenty past.", "Yes"),
    ("Take the money for lights from somewhere other than youth work.", "In part"),
    ("Women should walk the routes with you, at the time they use them.", "Yes"),
]

LATE = "I only heard of this at the residents’ meeting. The lane to the allotments."

# The questions of the open one as its Polish speakers read them.
IN_POLISH: dict[str, dict[str, Any]] = {
    "agree": {
        "text": "Czy plan stawia najważniejsze sprawy na pierwszym miejscu?",
        "options": ["Tak", "Częściowo", "Nie", "Nie wiem"],
    },
    "first": {"text": "Co powinno być na pierwszym miejscu?"},
    "missing": {
        "text": "Czego brakuje w planie?",
        "hint": "Napisz tyle, ile chcesz. Nie podawaj nazwisk innych osób.",
    },
    "touches": {
        "text": "Które z tych spraw dotyczą Ciebie lub osób, które znasz?",
        "options": [
            *("Przemoc", "Przemoc w domu", "Włamania", "Kradzieże"),
            "Przestępstwa z nienawiści",
        ],
    },
    "place": {"text": "Czy jest miejsce, w którym nie czujesz się bezpiecznie?"},
}
