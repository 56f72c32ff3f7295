"""Background work of this app. The heavy imports stay inside the functions."""

from django.urls import reverse

from saferplan.web.consultations.models import Question, Report, SurveyFile
from saferplan.web.consultations.models.reading import ReadingRun
from saferplan.web.consultations.services.bringing_in import BRING
from saferplan.web.consultations.services.coding import READ, keep_run
from saferplan.web.consultations.services.replying import SEND, send, waiting_for
from saferplan.web.consultations.services.survey_rows import bring_rows
from saferplan.web.core.jobs import Outcome, Progress, work
from saferplan.web.partnerships.models import Person


@work(READ)
def read_answers(
    progress: Progress,
    *,
    question_id: int,
    what: str,
    seed: int,
    person_id: int,
    brought: bool = False,
) -> Outcome:
    """Look through the answers to a question, and keep what was found."""
    from saferplan.web.consultations import reading

    question = Question.objects.select_related("consultation").get(pk=question_id)
    if what == ReadingRun.What.LOOK:
        found = reading.look(question, seed=seed, tell=progress)
    else:
        found = reading.count(question, seed=seed, tell=progress, brought=brought)
    keep_run(
        question,
        what,
        seed=seed,
        read=reading.digest_of(question),
        result=found,
        by=Person.objects.get(pk=person_id),
    )
    return Outcome(
        message=f"{found['answers']:,} answers were read.",
        link=reverse(
            "consultations:reading", args=[question.consultation_id, question.pk]
        ),
    )


@work(SEND)
def send_replies(progress: Progress, *, report_id: int, site: str) -> Outcome:
    """Send each reply that waits. Begun again, it goes on with those that are left."""
    report = Report.objects.select_related("consultation").get(pk=report_id)
    pk = report.consultation_id
    answer = site + reverse("consultations:feedback", args=[pk])
    waiting = list(
        waiting_for(report).select_related("response__consultation__partnership")
    )
    sent = 0
    for done, reply in enumerate(waiting, start=1):
        sent += send(reply, answer=answer)
        progress(done, len(waiting), "Sending replies")
    return Outcome(
        message=f"{sent:,} of {len(waiting):,} replies were sent.",
        link=reverse("consultations:replies", args=[pk]),
    )


@work(BRING)
def bring_answers_in(progress: Progress, *, file_id: int, person_id: int) -> Outcome:
    """Make a response of each row. Begun again, it goes on with those that are left."""
    file = SurveyFile.objects.select_related("consultation__partnership").get(
        pk=file_id
    )
    link = reverse("consultations:survey_file", args=[file.consultation_id, file.pk])
    if file.is_over:
        # A worker was killed after it had noted the result: there is no more to do.
        return Outcome(link=link)
    by = Person.objects.get(pk=person_id)
    found = bring_rows(file, by=by, tell_of=progress)
    return Outcome(
        message=f"{found['kept']:,} of {found['read']:,} rows were brought in.",
        link=link,
    )
