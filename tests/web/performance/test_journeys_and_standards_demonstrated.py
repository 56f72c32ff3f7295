"""The demonstration has a journey with every kind of question, and every result."""

import pytest
from django.utils import timezone

from saferplan.definitions.standards import standards
from saferplan.plans.journeys import WHY
from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.performance.journey_map import asked, orphans_of, steps_of
from saferplan.web.performance.journeys_demonstrated import make_journeys
from saferplan.web.performance.models import JourneyMap, Observation
from saferplan.web.performance.services.standards import Look, observe
from saferplan.web.performance.standards_demonstrated import SAYS, make_standards

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership(settings):
    settings.DEMONSTRATION = True
    return make_people()


def test_the_maps_are_asked_every_kind_of_question_but_orphans(partnership):
    said = []
    for _ in range(2):
        make_journeys(partnership, said.append)
    assert said == ["Mapping journeys"]
    found = set()
    for made in JourneyMap.objects.all():
        orphans = orphans_of(made, public=False)
        found |= {check.kind for check in asked(made, steps_of(made), orphans=orphans)}
    assert found == WHY.keys() - {"indicator without step"}  # none are kept here
    assert [made.is_public for made in JourneyMap.objects.all()] == [True, False]


def test_standards_are_entered_once_for_the_borough_and_each_ward(partnership):
    said = []
    for _ in range(2):
        make_standards(partnership, said.append)
    assert said == ["Looking at standards of service"]
    seen = Observation.objects.all()
    assert {each.standard for each in seen} < standards().keys()
    assert {each.source for each in seen} == {SAYS}
    assert seen.filter(value=None).exists()


def test_what_somebody_entered_is_left_alone(partnership, django_user_model):
    head = django_user_model.objects.get(email="head@example.org")
    today = timezone.localdate()
    look = Look("school-officers", partnership.area_code, "X", 1, today, "Post")
    observe(partnership, [look], by=head)
    make_standards(partnership, lambda said: None)
    assert Observation.objects.count() == 1
