"""Groups of people, and the rule that says which of them reach a page."""

from dataclasses import dataclass

STAFF = {"head", "analyst", "partner_lead", "commissioner", "administrator"}
MEMBERS = STAFF | {"vcse_officer", "councillor"}
SIGNED_IN = MEMBERS | {"outsider", "no_role"}
EVERYONE = SIGNED_IN | {"resident"}
# People of another partnership have the same pages, about their own.
THEIRS = {"outsider"}
# What belongs to the partnership's officers does not exist for these.
HIDDEN_FROM = {"vcse_officer", "councillor", "outsider"}
# Those who write plans, and those for whom one being written does not exist.
WRITERS = STAFF | {"vcse_officer"}
AUTHORS = {"head", "analyst"}
# Their organisations lead actions, of which these two report.
REPORTERS = AUTHORS | {"partner_lead", "vcse_officer"}
NO_WRITERS = {"councillor", "outsider"}
NOBODYS = NO_WRITERS | {"no_role", "resident"}
NOT_OFFICERS = HIDDEN_FROM | {"no_role", "resident"}


@dataclass(frozen=True)
class Rule:
    """
    Who may open a page.

    may      the people whose request is answered
    hidden   the people to whom the page does not exist (404), not one refused (403)
    method   how the page is asked for
    """

    may: frozenset[str]
    hidden: frozenset[str] = frozenset()
    method: str = "get"


def only(*groups, hidden=(), method="get"):
    return Rule(frozenset().union(*groups), frozenset(hidden), method)


FOR_ALL = only(EVERYONE)
# What is being written exists for those who write it; two of them change it.
READ = only(WRITERS, hidden=NO_WRITERS)
CHANGED = only(AUTHORS, hidden=NO_WRITERS)
CHANGED_BY_BUTTON = only(AUTHORS, hidden=NO_WRITERS, method="post")
# What the partnership keeps to itself does not exist for anybody outside it.
KEPT = only(WRITERS, hidden=NOBODYS)
