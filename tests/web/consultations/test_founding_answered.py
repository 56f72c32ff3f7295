"""The founding responses, answered: each point, the page that says so, the file."""

import io
import json
import zipfile

import pytest
from django.urls import reverse
from web.consultations.conftest import close, passages_of
from web.consultations.founding import (
    founding_answered_together,
    needs_the_documents,
    questions_asked,
)

from saferplan.errors import NotAllowed
from saferplan.web.consultations.models import Point
from saferplan.web.consultations.services.bundling import bundle_of
from saferplan.web.consultations.services.deciding import decide
from saferplan.web.consultations.services.fairness import gates_of, record_facts
from saferplan.web.consultations.services.reporting import obstacles, publish
from saferplan.web.consultations.services.setting_up import add_draft

pytestmark = [pytest.mark.django_db, pytest.mark.real_data, needs_the_documents]
CHANGED = (
    "Policing and Crime Plan, second draft\n\n"
    "Every ward keeps two constables for at least two years."
)


def test_every_founding_point_is_answered_and_the_answer_read_by_all(
    client, partnership, head
):
    made = founding_answered_together(partnership, by=head).consultation
    close(made)
    points = Point.objects.standing().filter(response__consultation=made)
    total = points.count()
    assert total > 100
    with pytest.raises(NotAllowed, match=f"{total:,} points without an answer"):
        publish(made, note="The Mayor", by=head)

    later = add_draft(
        made,
        title="The second draft",
        text=CHANGED,
        passages=passages_of(CHANGED),
        number=2,
        by=head,
    )
    committee = [each for each in points if each.response.kind == "committee"]
    decide(
        committee,
        said="The committee asks for continuity of officers in each ward.",
        disposition="partly",
        reason="Officers stay for two years where they agree to.",
        changes_plan=True,
        before=made.drafts.get(number=1).passages.filter(kind="paragraph").first(),
        after=later.passages.last(),
        by=head,
    )
    decide(
        [each for each in points if each.response.kind != "committee"],
        said="The partnership and the network comment on the draft as a whole.",
        disposition="in_plan",
        reason="The draft says so; each has its place in the table of commitments.",
        by=head,
    )
    assert obstacles(made) == []
    record_facts(made, reasons_given=True, by=head)
    report = publish(made, note="The Mayor, after the panel’s review", by=head)
    assert sum(row["points"] for row in report.body["decided"]) == total
    assert report.body["heard"]["members_asked"] == 400

    page = client.get(reverse("consultations:feedback", args=[made.pk])).text
    assert "The committee asks for continuity of officers" in page
    assert "Every ward keeps two constables" in page  # the changed words
    assert "<ins>" in page
    assert all(question.replace("'", "&#39;") in page for question in questions_asked())

    fourth = gates_of(made)[3]
    assert any(f"{total} of {total} points" in line.text for line in fourth.evidence)
    with zipfile.ZipFile(io.BytesIO(bundle_of(made))) as bundle:
        file = json.loads(bundle.read("gunning-file.json"))
        table = bundle.read("points.csv").decode("utf-8-sig")
    assert [gate["number"] for gate in file["gates"]] == [1, 2, 3, 4]
    assert table.count("Already in the plan") == total - len(committee)
