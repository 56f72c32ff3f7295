"""The demonstration's footprints."""

import pytest

from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.performance import footprints_demonstrated
from saferplan.web.performance.footprints import overlap_of
from saferplan.web.performance.models import FootprintTable

pytestmark = pytest.mark.django_db


def test_two_agencies_fit_and_the_third_crosses(settings, monkeypatch):
    settings.DEMONSTRATION = True
    people = {f"E010900{at:02}": 1_500 + at for at in range(96)}
    monkeypatch.setattr(
        footprints_demonstrated, "people_of_small_areas", lambda borough: people
    )
    partnership = make_people()
    said = []
    footprints_demonstrated.make_footprints(partnership, said.append)
    footprints_demonstrated.make_footprints(partnership, said.append)
    assert said == ["Bringing the areas of agencies"]
    found = overlap_of(FootprintTable.objects.get())
    relations = [row[5] for row in found.agencies]
    assert relations[0] == "each Police area lies in one Council area"
    assert relations[1:] == ["they cross", "they cross"]
