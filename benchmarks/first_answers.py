"""
The first answer of every verb, on the smallest input that has one, each in a process of
its own: what a person waits for who asks one thing and closes the window.

    python -m benchmarks first_answers

A verb that is missing from ASKED fails a test. `check` runs other programs' tests, so
it has no answer of its own.
"""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.apart import saferplan
from benchmarks.result import Result

TURNS = 5
MOST = 2
WITHOUT = {"check"}
# These write pages, workbooks and charts; benchmarks/assess.py has their limit.
DOCUMENTS = {"assess"}


@dataclass(frozen=True)
class Asked:
    """
    What a verb is asked.

    arguments  the words after the verb, as one would type them; RELEASE stands for the
               id of what was loaded, and TURN for the turn
    files      what must be in the folder it is asked in: {name: text}
    """

    arguments: str
    files: dict[str, str] = field(default_factory=dict)


BOROUGHS = {
    "boroughs.csv": (
        "MajorText,MinorText,BoroughName,202402,202403,202404\n"
        "BURGLARY,BURGLARY BUSINESS AND COMMUNITY,Lewisham,30,40,50\n"
    )
}
STREET = {"street.csv": "area_code,force,month\nE01000001,Kent,2025-01\n"}
PLAN = {"plan.csv": "Action,Lead,Timescale\nLight the alley,Council,March 2026\n"}
CONTRACT = {
    "contract.toml": (
        '[pay]\nrule = "cliff"\nprice = 100000\nfull = 0.1\n'
        "[[bands]]\npeople = 60\nusual = 0.3\nhelped = 0.4\n"
    )
}
EVENTS = {
    "events.csv": "x,y,date,start,end\n"
    + "\n".join(
        f"{530_000 + n * 377 % 2_000},{180_000 + n * 911 % 2_000},{day},{day} 08:00,"
        f"{day} 18:00"
        for n, day in (
            (n, f"{2024 + n // 180}-{n // 15 % 12 + 1:02}-{n % 28 + 1:02}")
            for n in range(300)
        )
    )
}
COUNTS = {
    "small.csv": "area,count\nEvelyn,3\nLee,9\nGrove,40\n",
    "marked.csv": "area,count\nEvelyn,[c]\nLee,[c]\nGrove,40\nAll,52\n",
}
DATES = {"dates.csv": "date\n2025-01-06\n2025-01-08\n2025-03-01\n"}
SCORES = {"scores.csv": "first,last\n3,5\n4,4\n2,6\n"}
BANDS = {"bands.csv": "band,usual,helped\neasy,0.6,0.7\nhard,0.15,0.35\n"}
COHORTS = {
    "cohort.csv": "age\n" + "\n".join(str(20 + n) for n in range(30)) + "\n",
    "others.csv": "age\n" + "\n".join(str(18 + n) for n in range(60)) + "\n",
}
MINUTES = {"minutes.txt": "RESOLVED:\n\nThat the counter stays open.\n"}
REPLY = {
    "reply.txt": "We welcome section 1. Please mend the lamps on page 9.\n",
    "plan.md": "# Draft plan\n\n## 1 Safer streets\n\nWe will mend the lamps.\n",
}
REACH = {
    "areas.csv": "area,residents,x,y\nA,500,0,0\nB,300,900,0\n",
    "sites.csv": "site,x,y\nDesk,0,0\nHub,900,0\n",
}
HARM = {
    "harm.csv": "area,category,offences\nA,Robbery,9\nB,Arson,4\n",
    "weights.csv": "category,ONS\nRobbery,746\nArson,185\n",
}
WITHIN = {"within.csv": "area,residents,Police,Council\nS1,9,AB,A\nS2,9,AB,B\n"}
LEVEL = {"level.toml": 'crossing = "few"\nspecialist = "no"\nanonymity = "no"\n'}
AREAS = {"rates.csv": "area,offences,residents\nA,10,900\nB,30,900\nC,20,900\n"}
INDEX = {"index.csv": "area,burglary,income\nA,30,0.3\nB,10,0.1\n"}
MONTHS = {
    "months.csv": "month,count\n"
    + "\n".join(
        f"{2020 + n // 12}-{n % 12 + 1:02},{40 + n * 7 % 11}" for n in range(72)
    )
}
STAGES = {
    "stages.csv": "stage,group,people\n"
    "arrest,Black,2000\narrest,White,4000\ncharge,Black,900\ncharge,White,1500\n"
}
TRIALS = {"trials.csv": "outcome,reason,trials\neffective,,220\ncracked,,170\n"}
EXTRACT = {
    "extract.csv": "who,date\n"
    + "\n".join(f"P{n % 40},2025-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(120))
}
OFFICERS = {"officers.csv": "group,members,people\nAsian,40,2692\nWhite,470,15474\n"}
ANSWERS = {"answers.csv": "answer\n" + "1\n0\n" * 60}

# In this order: what is loaded first is what is asked about later.
ASKED = {
    "load": Asked("boroughs.csv", BOROUGHS),
    "sources": Asked(""),
    "releases": Asked(""),
    "quarantine": Asked("RELEASE"),
    "backup": Asked("copy-TURN"),
    "restore": Asked("copy-0 --store back-TURN"),
    "assess": Asked("--area E09000023 --out report"),
    "read-plan": Asked("plan.csv", PLAN),
    "read-minutes": Asked("minutes.txt", MINUTES),
    "explain-target": Asked(
        "--measure Burglary --baseline 100 --change -0.2 --ends 2027-03 --years 1"
    ),
    "count": Asked("street.csv", STREET),
    "busiest-window": Asked("dates.csv --days 7", DATES),
    "check-claim": Asked("--share 0.25 --share 0.4"),
    "simulate-payment": Asked("contract.toml", CONTRACT),
    "hot-spots": Asked("events.csv", EVENTS),
    "near-repeat": Asked("events.csv", EVENTS),
    "predict-places": Asked("events.csv --cell 150", EVENTS),
    "concentration": Asked("events.csv", EVENTS),
    "time-of-week": Asked("events.csv", EVENTS),
    "match": Asked("cohort.csv others.csv --on age", COHORTS),
    "distance-travelled": Asked("scores.csv --lowest 1 --highest 10", SCORES),
    "need-bands": Asked("bands.csv --tariff 2000", BANDS),
    "protect": Asked("small.csv", COUNTS),
    "attack": Asked("marked.csv", COUNTS),
    "reach": Asked("areas.csv sites.csv --close Desk", REACH),
    "harm": Asked("harm.csv --weights weights.csv", HARM),
    "footprints": Asked("within.csv", WITHIN),
    "advise-level": Asked("level.toml", LEVEL),
    "compare-areas": Asked("rates.csv", AREAS),
    "vulnerability": Asked("index.csv", INDEX),
    "forecast": Asked("months.csv", MONTHS),
    "is-it-real": Asked("months.csv", MONTHS),
    "disparity": Asked("stages.csv", STAGES),
    "justice": Asked("trials.csv", TRIALS),
    "repeats": Asked(
        "extract.csv --who who --date date --first 2025-01-01 --last 2025-12-31",
        EXTRACT,
    ),
    "representation": Asked("officers.csv", OFFICERS),
    "survey": Asked("answers.csv", ANSWERS),
    "read-response": Asked("reply.txt --draft plan.md --json", REPLY),
    "read-answers": Asked(
        "said.csv --text why", {"said.csv": "why\nMore light.\nOpen the desk.\n"}
    ),
    "convert-answers": Asked(
        "export.csv --to answers.json",
        {"export.csv": "ID,Do you agree?,Why?\n1,Yes,It is about time.\n"},
    ),
    "redact": Asked("letter.txt", {"letter.txt": "Ring Ann Shah, 020 7946 0018.\n"}),
    "who-was-heard": Asked(
        "heard.csv --group age --population people.csv",
        {
            "heard.csv": "age\n" + "young\n" * 12 + "old\n" * 40,
            "people.csv": "group,people\nyoung,300\nold,500\n",
        },
    ),
}


def measure(turns: int = TURNS) -> list[Result]:
    with TemporaryDirectory() as folder:
        seconds = {verb: first_answer(verb, Path(folder), turns) for verb in ASKED}
    for verb, spent in sorted(seconds.items(), key=lambda each: -each[1]):
        print(f"  saferplan {verb}: {spent:.2f} s CPU")
    answers = {verb: seconds[verb] for verb in seconds if verb not in DOCUMENTS}
    slowest = max(answers, key=lambda verb: answers[verb])
    return [
        Result(
            what=f"The first answer of a fresh process, the slowest of {len(answers)} "
            f"verbs: `{slowest}`",
            ours=f"{answers[slowest]:.1f} s CPU, half of them "
            f"{median(answers.values()):.1f} or less",
            figure=answers[slowest],
            limit=MOST,
            unit="s CPU",
        ),
        *(documents(verb, seconds[verb]) for verb in sorted(DOCUMENTS)),
    ]


def documents(verb: str, spent: float) -> Result:
    return Result(
        what=f"The smallest set of documents from a fresh process: `{verb}`",
        ours=f"{spent:.1f} s CPU",
        figure=spent,
        limit=None,
        unit="s CPU",
    )


def first_answer(verb: str, folder: Path, turns: int) -> float:
    """Return the processor seconds of a verb, the median of some turns."""
    asked = ASKED[verb]
    for name, text in asked.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = {"SAFERPLAN_STORE": str(folder / "store")}
    arguments = asked.arguments
    if "RELEASE" in arguments:
        release = saferplan("releases", **store).said.split()[0]
        arguments = arguments.replace("RELEASE", release)
    costs = [
        saferplan(
            verb, *arguments.replace("TURN", str(turn)).split(), at=folder, **store
        )
        for turn in range(turns)
    ]
    return median(cost.cpu for cost in costs)
