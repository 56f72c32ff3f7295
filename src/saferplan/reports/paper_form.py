"""
A consultation's form on paper, as an accessible PDF.

A form is a dictionary that JSON can hold:

    title, partnership, about, closes, send_to, keep_until   words
    size       of the letters in points: 12, or 18 for large print
    language   of the questions: "en-GB", "cy"
    reasons    for which words may be kept off public pages
    questions, about_you   [{"number", "text", "hint", "language", "options", "many",
                           "place", "lines", "needed", "only_if"}]; `lines` is how many
                           there are to write on
"""

from typing import Any

from saferplan.reports.typeset import typeset


def form_to_pdf(form: dict[str, Any]) -> bytes:
    """Typeset a form as PDF/UA-1. What it says goes in as data, never as markup."""
    language, _, region = form["language"].partition("-")
    return typeset("paper_form", {**form, "lang": language, "region": region or None})
