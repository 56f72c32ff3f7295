"""An indicator, and two years of figures for it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from saferplan.web.performance.models import Return
from saferplan.web.performance.periods import plus_months
from saferplan.web.performance.services.keeping import add_indicator
from saferplan.web.plans.services.changing import add_action, add_strand, make_plan

FIRST = date(2024, 10, 1)
# Months without a story: they go up and down and nothing has happened.
QUIET = [52, 48, 55, 47, 50, 53, 46, 51, 49, 54, 48, 50] * 2


@pytest.fixture
def add_one(partnership, council, head):
    """Add an indicator, of burglaries if nothing else is said."""

    def adding(**words):
        words = {
            "title": "Burglary",
            "definition": "Homes broken into.",
            "kind": "count",
            "unit": "offences",
            "polarity": "down",
            "owner": council,
            "public": True,
            **words,
        }
        return add_indicator(partnership, by=head, **words)

    return adding


@pytest.fixture
def indicator(add_one):
    return add_one()


@pytest.fixture
def share_words():
    """A share that is better the more it is, in its words."""
    return {
        "title": "Victims satisfied",
        "kind": "ratio",
        "numerator": "Victims who say so",
        "denominator": "Victims asked",
        "unit": "%",
        "polarity": "up",
    }


@pytest.fixture
def share(add_one, share_words):
    return add_one(**share_words)


@pytest.fixture
def action(partnership, head):
    years = {"begins": date(2026, 4, 1), "ends": date(2027, 3, 31)}
    plan = make_plan(partnership, title="Safer Example Plan", by=head, **years)
    strand = add_strand(plan, title="Homes", scope="", by=head)
    words = {"text": "Fit locks", "time_frame": "March 2027"}
    theme = plan.themes.first()
    return add_action(plan, strand=strand, theme=theme, by=head, **words)


@pytest.fixture
def fill(head, analyst):
    """Figures that were returned and approved, each in the month after its own."""

    def filling(indicator, values, first=FIRST, groups=lambda value: []):
        for at, value in enumerate(values):
            if value is None:
                continue
            period = plus_months(first, at)
            numerator, denominator = value if isinstance(value, tuple) else (None, None)
            if numerator is not None:
                value = indicator.per * numerator / denominator
            then = plus_months(period, 1)
            day = datetime(then.year, then.month, 15, 12, tzinfo=UTC)
            Return.objects.create(
                indicator=indicator,
                period=period,
                number=1,
                numerator=numerator,
                denominator=denominator,
                value=value,
                groups=groups(value),
                state=Return.State.APPROVED,
                **{"made_by": analyst, "returned_by": analyst, "approved_by": head},
                **{"made_at": day, "returned_at": day, "approved_at": day},
            )

    return filling


@pytest.fixture
def today(monkeypatch):
    """The day on which all this is looked at: the newest figure is not due yet."""
    monkeypatch.setattr(timezone, "localdate", lambda at=None: local(at))


def local(at):
    return at.astimezone(UTC).date() if at else date(2026, 10, 20)
