"""Assessments kept as a draft or published, in folders of the test's own."""

import pytest
from web.assessments.made_by_hand import example

from saferplan.web.assessments import services
from saferplan.web.assessments.models import Decision


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    """Every test has its own evidence store and its own folder of files."""
    settings.FILES = tmp_path / "files"
    monkeypatch.setenv("SAFERPLAN_STORE", str(tmp_path / "store"))
    return tmp_path


@pytest.fixture
def draft(partnership, analyst):
    return services.keep_assessment(example(), partnership, by=analyst)


@pytest.fixture
def published(draft, head):
    burglary, wards = draft.content.findings
    services.decide(draft, burglary, Decision.Outcome.ACCEPTED, by=head)
    services.decide(draft, wards, "set aside", by=head, reason="Two wards only.")
    services.publish(draft, by=head)
    draft.refresh_from_db()
    return draft
