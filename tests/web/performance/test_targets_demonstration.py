"""The demonstration's targets."""

from datetime import date

import polars as pl
import pytest

from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading
from saferplan.store.slices import polars_schema
from saferplan.web.partnerships.demonstration import make_people
from saferplan.web.performance.models import Target
from saferplan.web.performance.targets import demonstration
from saferplan.web.performance.targets.baskets import months_of_basket

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_targets_with_verdicts_and_a_conflict(
    settings, monkeypatch
):
    settings.DEMONSTRATION = True
    months = {f"{2021 + m // 12}-{m % 12 + 1:02}": 1_000.0 - m for m in range(3, 63)}
    monkeypatch.setattr(demonstration, "months_of_basket", lambda *about: months)
    partnership = make_people()
    said = []
    demonstration.make_targets(partnership, said.append)
    demonstration.make_targets(partnership, said.append)
    assert said == ["Setting targets down"]
    assert Target.objects.visible_to(None).count() == 4
    assert {each.verdicts.count() for each in Target.objects.all()} == {1}
    boards = Target.objects.get(change=-8).verdicts.get()
    assert dict(boards.facts)["Conflicts with other targets"] == "1"


def test_without_evidence_there_is_nothing_to_set_down(settings, monkeypatch):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(demonstration, "months_of_basket", lambda *about: {})
    demonstration.make_targets(make_people(), lambda said: None)
    assert not Target.objects.exists()


def test_a_basket_is_counted_from_the_store_by_month(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path / "store"))
    assert months_of_basket("E09000099", "neighbourhood-crime") == {}
    load(EvidenceStore(tmp_path / "store"))
    found = months_of_basket("E09000099", "neighbourhood-crime")
    assert found == {"2026-05": 15, "2026-06": 20}
    assert months_of_basket("E09000098", "neighbourhood-crime") == {}


# As in basket_count's own example, and a category that is not of the basket.
PARTS = {
    "Res burglary of a home": 3,
    "Robbery of personal property": 4,
    "Theft or unauth taking of a motor veh": 1,
    "Theft from a vehicle": 5,
    "Theft from the person": 2,
    "Rape": 2,
}


def load(store):
    dataset = DATASETS["recorded_crime"]
    empty = {name: None for name in dataset.schema.names}
    known = {"publisher": "Example", "area_set": "borough", "scheme": "mps-2024"}
    known |= {"area_code": "E09000099", "major": "Any"}
    rows = [
        {**empty, **known, "month": date(2026, month, 1), "minor": minor}
        | {"offences": count + more * (minor == "Theft from a vehicle")}
        for month, more in ((5, 0), (6, 5))
        for minor, count in PARTS.items()
    ]
    kept = pl.DataFrame(rows, polars_schema(dataset))
    reading = Reading(
        source="mps-monthly",
        dataset="recorded_crime",
        file=FileFacts("crime.csv", "0" * 64, 100),
        kept=kept,
        rows_read=len(kept),
        published=date(2026, 7, 1),
    )
    store.load([reading], by="analyst")
