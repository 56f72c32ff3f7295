"""The demonstration's equality analysis, priorities and duties: invented, and whole."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from saferplan.web.partnerships.models import Partnership, Person, Role
from saferplan.web.plans.evidence import published_by
from saferplan.web.plans.models import Plan, Problem
from saferplan.web.plans.services.equality import (
    add_measure,
    begin_analysis,
    change_analysis,
    change_group,
    sign_off,
)
from saferplan.web.plans.services.keeping_duties import record_duty
from saferplan.web.plans.services.prioritising import (
    Chosen,
    begin_era,
    draw_problems,
    save_problem,
    set_weights,
)

SURVEY = "Residents’ panel, spring"
# What no police figure knows, as a panel and partners would say it, by candidate:
# vulnerability 0 to 10, share that is repeated and share who worry, in per cent.
ADDED = {
    "Violence against women and girls": (9, 31, 44),
    "Violence against the person": (6, 22, 35),
    "Anti-social behaviour": (6, 38, 52),
    "Knife crime": (8, 12, 49),
    "Burglary": (4, 9, 37),
    "Robbery": (5, None, 33),
    "Theft": (2, 25, 21),
    "Vehicle offences": (1, 8, 24),
    "Drug offences": (5, None, 30),
    "Sexual offences": (9, 17, None),
}
PRIORITIES = {
    "Violence against women and girls": (
        "It harms gravely, comes back to the same people, and is least reported.",
        "Referrals to independent advisers, and the share that comes back in a year",
        "I plan my way home around where the lights are.",
    ),
    "Anti-social behaviour": (
        "More people name it than anything else, and the same homes suffer again.",
        "Homes that call three times or more in a quarter",
        "It is every weekend, and nobody says what became of our call.",
    ),
    "Knife crime": (
        "Few offences, the gravest harm, and the young bear it.",
        "Knife crime with injury, with its interval, each quarter",
        "My son changes buses so as not to wait at that stop.",
    ),
}
BEFORE = {
    "Burglary": (
        "Two homes in a hundred were burgled in a year, and it was rising.",
        "Burglaries of homes per 1,000 households",
        "We were away four days and came back to an empty house.",
    ),
    "Anti-social behaviour": PRIORITIES["Anti-social behaviour"],
}
NOT_CHOSEN = {
    "Burglary": "It fell beyond chance, and the work goes on under the plan.",
    "Violence against the person": "Too broad to act on: its parts are candidates.",
    "Sexual offences": "Taken up with violence against women and girls.",
    "Vehicle offences": "Led across several boroughs, where the cars go.",
}
OTHERWISE = "Lower on most counts, and other bodies are better placed to lead."

EFFECTS = {
    "age": (
        "positive",
        "medium",
        "Mentors and the schools programme reach the young, who bear most knife crime.",
        "Local profile: one resident in four is under 20.",
    ),
    "disability": (
        "unknown",
        "",
        "Hate crime against disabled people is hardly reported, so no figure says.",
        "",
    ),
    "gender-reassignment": (
        "unknown",
        "",
        "Too few reports to say anything, and none may be shown.",
        "",
    ),
    "marriage-and-civil-partnership": (
        "neutral",
        "",
        "Nothing in the plan turns on it; services for victims are open to all.",
        "Service terms of the advisers",
    ),
    "pregnancy-and-maternity": (
        "positive",
        "low",
        "Midwives are among the staff trained to ask and to refer.",
        "Training list of the health trust",
    ),
    "race": (
        "negative",
        "medium",
        "More searches fall on Black residents, and the plan adds patrols.",
        "Stop and search figures; two meetings of the monitoring group",
    ),
    "religion-or-belief": (
        "positive",
        "low",
        "Third-party reporting sites open in places of worship.",
        "Conversation with leaders of all faiths",
    ),
    "sex": (
        "positive",
        "high",
        "The first strand is about violence that women and girls suffer most.",
        "Survey of advisers’ clients",
    ),
    "sexual-orientation": ("unknown", "", "Nobody asked the clients.", ""),
    "socio-economic-disadvantage": (
        "positive",
        "medium",
        "Target hardening is free in the most deprived wards.",
        "Wards by index of deprivation",
    ),
}
WHOLE = {
    "service": "Community safety, Communities directorate",
    "aims": "Less violence at home and in public, fewer homes and shops broken into, "
    "with the victim first.",
    "affected": "Residents, victims and witnesses, people who are searched or "
    "prosecuted, and the staff of every agency that acts.",
    "intersectional": "Young Black men are both searched most and hurt most: patrols "
    "and mentors meet in the same persons.",
    "eliminate": "Reporting sites and trained staff make harassment easier to report.",
    "advance": "Help goes where disadvantage is: mentors, advisers, safer homes.",
    "foster": "The monitoring group and the faith forum publish what they find.",
    "alternatives": "Patrols only, which would have widened the gap in searches.",
    "mitigation": "Each patrol plan is shown to the monitoring group before and after.",
    "outcome": "adjust",
    "outcome_why": "Patrols stay, with a ceiling on searches without a find.",
    "monitoring": "Effects by group in each quarter’s pack, protected where few.",
}


@transaction.atomic
def analyse(plan: Plan, begins: date, *, by: Person) -> None:
    """An equality analysis of the plan, signed off before it is adopted."""
    analysis = begin_analysis(plan, by=by)
    seen = analysis.edition
    for name, (effect, magnitude, why, evidence) in EFFECTS.items():
        words = {"effect": effect, "magnitude": magnitude, "why": why}
        words |= {"gaps": "Who they are among those helped."} if not evidence else {}
        change_group(analysis, name, seen=seen, by=by, evidence=evidence, **words)
        seen += 1
    review = begins + timedelta(days=300)
    analysis = change_analysis(analysis, seen=seen, by=by, review_on=review, **WHOLE)
    add_measure(
        analysis,
        text="Show each month’s searches without a find to the monitoring group",
        characteristic="race",
        measure="Share of searches that find nothing, by ethnic group",
        time_frame=f"April {begins.year} / monthly",
        by=by,
    )
    add_measure(
        analysis,
        text="Ask every client of the advisers what they wish to be asked",
        characteristic="sexual-orientation",
        measure="Clients asked",
        time_frame=f"September {begins.year}",
        by=by,
    )
    sign_off(analysis, note="Partnership board, minute 3", by=by)


@transaction.atomic
def make_priorities(partnership: Partnership, say: Callable[[str], None]) -> None:
    """Candidates from the assessment, and two eras of priorities, unless done."""
    if partnership.problems.exists() or published_by(partnership) is None:
        return
    say("Choosing priorities")
    people = Person.objects.filter(memberships__partnership=partnership)
    head = people.get(memberships__role=Role.HEAD)
    draw_problems(partnership, by=head)
    problems = {each.title: each for each in partnership.problems.all()}
    for title, (vulnerability, repeat, concern) in ADDED.items():
        if title in problems:
            problems[title] = with_views(
                problems[title], vulnerability, repeat, concern, by=head
            )
    set_weights(
        partnership,
        weights={
            **{"volume": 1, "harm": 3, "vulnerability": 2},
            **{"repeat": 2, "trend": 1, "concern": 2},
        },
        scoring="ranks",
        places=3,
        why="Harm before number, as the board agreed when volume targets ended.",
        by=head,
    )
    today = timezone.localdate()
    year = today.year - (today.month < 4)
    for first, picked, agreed in (
        (year - 2, BEFORE, "Partnership board, minute 8"),
        (year, PRIORITIES, "Partnership board, minute 6"),
    ):
        begin_era(
            partnership,
            begins=date(first, 4, 1),
            ends=date(first + 3, 3, 31),
            review_on=date(first + 1, 1, 31),
            rationale="What harms most and what people fear most, where acting "
            "together does what no agency can do alone.",
            agreed=agreed,
            chosen=[
                Chosen(
                    problems[title], why, measure=measure, view=view, view_source=SURVEY
                )
                for title, (why, measure, view) in picked.items()
                if title in problems
            ],
            not_chosen={
                problem: NOT_CHOSEN.get(title, OTHERWISE)
                for title, problem in problems.items()
                if title not in picked
            },
            by=head,
        )


def with_views(
    problem: Problem,
    vulnerability: float,
    repeat: float | None,
    concern: float | None,
    *,
    by: Person,
) -> Problem:
    sources = {
        "vulnerability": (vulnerability, "Judgement of five partners, 0 to 10"),
        "repeat": (repeat, "Share within a year, police and council records"),
        "concern": (concern, SURVEY),
    }
    values = {
        name: {"value": value, "source": source}
        for name, (value, source) in sources.items()
        if value is not None
    }
    return save_problem(
        problem.partnership,
        title=problem.title,
        finding=problem.finding,
        values={**problem.values, **values},
        problem=problem,
        seen=problem.edition,
        by=by,
    )


@transaction.atomic
def make_duty_records(partnership: Partnership, say: Callable[[str], None]) -> None:
    """How the partnership stands with some of its duties, unless done."""
    if partnership.duty_records.exists():
        return
    say("Keeping the register of duties")
    people = Person.objects.filter(memberships__partnership=partnership)
    head = people.get(memberships__role=Role.HEAD)
    today = timezone.localdate()
    done = {
        "strategy-group": (200, "Terms of reference, May"),
        "public-meeting": (340, "Town hall meeting: notes on the partnership’s pages"),
        "share-depersonalised-data": (100, "Upload of last quarter’s figures"),
        "sharing-protocol": (150, "Protocol, version 4"),
        "scrutiny-committee": (230, "Committee minutes, item 7"),
        "serious-violence-review": (400, "Review paper, annex B"),
        "publish-summary": (190, "Summary: leaflet and easy read"),
    }
    for name, (days, evidence) in done.items():
        record_duty(
            partnership,
            name,
            state="done",
            done_on=today - timedelta(days=days),
            evidence=evidence,
            by=head,
        )
    record_duty(
        partnership,
        "answer-scrutiny",
        state="under way",
        event_on=today - timedelta(days=12),
        note="Two of three recommendations are answered.",
        by=head,
    )
    record_duty(
        partnership,
        "police-and-crime-plan",
        state="not ours",
        note="The Mayor’s office issues it.",
        by=head,
    )
