"""Who sets a consultation up, and types in what came on paper."""

from web.access_rules import only

ASKERS = {"head", "analyst", "vcse_officer"}
HEAD = {"head"}

RULES = {
    "consultations:make": only(ASKERS),
    "consultations:drafts": only(ASKERS),
    "consultations:questions": only(ASKERS),
    "consultations:launch": only(ASKERS),
    "consultations:add_question": only(ASKERS),
    "consultations:translate": only(ASKERS),
    "consultations:enter": only(ASKERS),
    "consultations:late": only(ASKERS),
    "consultations:change_question": only(ASKERS),
    "consultations:more_time": only(HEAD),
    "consultations:accept_late": only(HEAD),
    **{
        f"consultations:{name}": only(ASKERS, method="post")
        for name in (
            *("take_draft_out", "add_about_people", "move_question"),
            "remove_question",
        )
    },
    # This one is launched, so nobody can change it any more; see test_setting_up.
    "consultations:change": only(set()),
}


def arguments_of(made, sent):
    question = made.questions.last()
    of_question = [made.pk, question.pk]
    return {
        **{
            f"consultations:{name}": [made.pk]
            for name in (
                *("drafts", "questions", "launch", "add_question", "translate"),
                *("enter", "late", "more_time", "add_about_people", "change"),
            )
        },
        "consultations:change_question": of_question,
        "consultations:move_question": of_question,
        "consultations:remove_question": of_question,
        "consultations:take_draft_out": [made.pk, made.drafts.first().pk],
        "consultations:accept_late": [made.pk, sent.pk],
    }
