"""Who reaches the pages on which people read a draft and answer."""

from uuid import uuid4

from web.access_rules import EVERYONE, only

from saferplan.web.consultations.services.responding import begin
from saferplan.web.consultations.services.tokens import word_of

PUBLIC = ("draft", "comment", "start", "whole", "paper", "paper_pdf")
# Whoever has the word in the link.
BY_WORD = (
    *("answer", "answer_question", "answer_about", "answer_who", "answer_check"),
    *("answer_receipt", "answer_receipt_file", "answer_keep", "answer_take_back"),
    *("answer_draft", "answer_comment"),
)
RULES = {f"consultations:{name}": only(EVERYONE) for name in (*PUBLIC, *BY_WORD)}
# Nobody has published an assessment here, so there is no map for anybody.
RULES["consultations:map"] = only(hidden=EVERYONE)


def arguments_of(made):
    """Of a consultation, and a response to it that was begun."""
    token = uuid4()
    word = word_of(token)
    begin(made, token=token, word=word)
    draft = made.drafts.first()
    further = {
        "answer_question": ["q1"],
        "answer_draft": [draft.pk],
        "answer_comment": [draft.pk, "p1"],
    }
    return {
        **{f"consultations:{name}": [made.pk] for name in PUBLIC[2:]},
        "consultations:draft": [made.pk, draft.pk],
        "consultations:map": [made.pk],
        "consultations:comment": [made.pk, draft.pk, "p1"],
        **{f"consultations:{name}": [word, *further.get(name, [])] for name in BY_WORD},
    }
