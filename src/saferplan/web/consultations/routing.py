"""Which questions somebody is asked, from what they have said so far."""

from collections.abc import Iterable, Mapping

from saferplan.web.consultations.models import Question, Response

Chosen = Mapping[int, list[str]]


def asked_of(questions: Iterable[Question], chosen: Chosen) -> list[Question]:
    """
    Return the questions for who chose these options, in their order.

    chosen  the options chosen, by the id of the question

    A question that hangs on another one is asked only if that one is asked, too.
    """
    asked: dict[int, Question] = {}
    for question in questions:
        if question.only_if_id is None or is_met(question, asked, chosen):
            asked[question.pk] = question
    return list(asked.values())


def is_met(question: Question, asked: Mapping[int, Question], chosen: Chosen) -> bool:
    before = question.only_if_id
    if before is None or before not in asked:
        return False
    return bool(set(chosen.get(before, ())) & set(question.only_if_said))


def chosen_in(response: Response) -> dict[int, list[str]]:
    rows = response.answers.exclude(question=None).values_list("question_id", "chosen")
    return {pk: chosen for pk, chosen in rows if pk is not None}
