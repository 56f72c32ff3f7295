"""Accepting findings, setting them aside, thinking again, publishing."""

import pytest
from web.assessments.made_by_hand import burglary_fell, example, wards_differ

from saferplan.errors import NotAllowed
from saferplan.web.assessments import services
from saferplan.web.assessments.models import Decision, StrategicAssessment
from saferplan.web.core.models import Event

ACCEPTED = Decision.Outcome.ACCEPTED
SET_ASIDE = Decision.Outcome.SET_ASIDE
REOPENED = Decision.Outcome.REOPENED


def test_the_same_assessment_is_kept_once(partnership, analyst, draft):
    again = services.keep_assessment(example(), partnership, by=analyst)
    assert again == draft
    assert StrategicAssessment.objects.count() == 1


def test_after_publishing_one_can_begin_again_from_the_same_evidence(
    published, partnership, analyst
):
    again = services.keep_assessment(example(), partnership, by=analyst)
    assert again != published
    assert not again.is_published
    assert services.undecided(again) == set()  # the decisions were taken over


def test_what_is_kept_reads_back_as_it_was(draft):
    assert draft.content == example()


def test_accepting_a_finding_is_recorded_with_who_did_it(draft, head):
    finding = draft.content.findings[0]
    services.decide(draft, finding, ACCEPTED, by=head)

    assert draft.decisions.latest_each()[finding.id].outcome == ACCEPTED
    event = Event.objects.order_by("number").last()
    assert (event.by, event.what) == (head, "accepted a finding")
    assert event.subject == finding.sentence


def test_setting_a_finding_aside_needs_a_reason(draft, head):
    finding = draft.content.findings[0]
    with pytest.raises(NotAllowed, match="Say why"):
        services.decide(draft, finding, SET_ASIDE, by=head, reason="  ")
    assert not draft.decisions.exists()


def test_one_can_think_again_and_nothing_is_overwritten(draft, head):
    finding = draft.content.findings[0]
    services.decide(draft, finding, ACCEPTED, by=head)
    services.decide(draft, finding, REOPENED, by=head, after=1)
    assert services.undecided(draft) == {each.id for each in draft.content.findings}
    assert [d.outcome for d in draft.decisions.of(finding.id)] == [REOPENED, ACCEPTED]


def test_of_two_people_who_decide_at_once_the_second_sees_the_first(
    draft, head, analyst
):
    finding = draft.content.findings[0]
    services.decide(draft, finding, SET_ASIDE, by=analyst, reason="Recording changed.")
    with pytest.raises(services.AlreadyDecided, match="analyst has just decided"):
        services.decide(draft, finding, ACCEPTED, by=head, after=0)
    assert draft.decisions.latest_each()[finding.id].by == analyst


@pytest.mark.parametrize("who", ["partner_lead", "commissioner", "administrator"])
def test_other_officers_read_but_do_not_decide(draft, cast, who):
    finding = draft.content.findings[0]
    with pytest.raises(NotAllowed, match="analyst"):
        services.decide(draft, finding, ACCEPTED, by=cast[who])


def test_nothing_is_published_while_a_finding_waits(draft, head):
    services.decide(draft, draft.content.findings[0], ACCEPTED, by=head)
    with pytest.raises(NotAllowed, match="decision: 1"):
        services.publish(draft, by=head)


def test_nothing_is_published_without_an_accepted_finding(draft, head):
    for finding in draft.content.findings:
        services.decide(draft, finding, SET_ASIDE, by=head, reason="Not sure.")
    with pytest.raises(NotAllowed, match="at least one accepted"):
        services.publish(draft, by=head)


def test_only_the_head_publishes(draft, analyst):
    with pytest.raises(NotAllowed, match="head of community safety"):
        services.publish(draft, by=analyst)


def test_a_published_assessment_never_changes(published, head):
    finding = published.content.findings[0]
    with pytest.raises(NotAllowed, match="can no longer be changed"):
        services.decide(published, finding, SET_ASIDE, by=head, reason="Late.")


def test_the_public_version_has_the_accepted_findings_and_their_releases(published):
    public = services.accepted(published)
    assert [finding.topic for finding in public.findings] == ["burglary"]
    assert public.findings[0].head == "changes"
    assert [release.id for release in public.releases] == ["abc123abc123"]


def test_decisions_on_unchanged_findings_are_taken_over(draft, head, partnership):
    burglary, wards = draft.content.findings
    services.decide(draft, burglary, ACCEPTED, by=head)
    services.decide(draft, wards, SET_ASIDE, by=head, reason="Two wards only.")

    # The figure for burglary was revised; the wards say what they said.
    newer = example(burglary_fell(value=1755.0), wards_differ())
    made = services.keep_assessment(newer, partnership, by=head)

    assert set(made.decisions.latest_each()) == {wards.id}
    assert made.decisions.get().reason == "Two wards only."
