"""
A consultation's form on paper, as an accessible PDF.

A form is a dictionary that JSON can hold:

    title, partnership, about, closes, send_to, keep_until   words
    language   of the questions: "en-GB", "cy"
    reasons    for which words may be kept off public pages
    questions, about_you   [{"number", "text", "hint", "language", "options", "many",
                           "place", "lines", "needed", "only_if"}]; `lines` is how many
                           there are to write on
"""

import json
from pathlib import Path
from typing import Any

from saferplan.reports import typeface

TEMPLATE = Path(__file__).parent / "templates" / "paper_form.typ"


def form_to_pdf(form: dict[str, Any]) -> bytes:
    """Typeset a form as PDF/UA-1. What it says goes in as data, never as markup."""
    import typst

    language, _, region = form["language"].partition("-")
    whole = {**form, "lang": language, "region": region or None}
    compiled = typst.compile(
        str(TEMPLATE),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[str(typeface.FONTS)] if typeface.is_here() else [],
        ignore_system_fonts=True,
        sys_inputs={"form": json.dumps(whole | {"own_typeface": typeface.is_here()})},
    )
    assert isinstance(compiled, bytes)
    return compiled
