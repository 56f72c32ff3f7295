"""Accessible PDF by Typst, from a template of ours and data."""

import json
from pathlib import Path
from typing import Any

from saferplan.errors import ReportError
from saferplan.reports import typeface

TEMPLATES = Path(__file__).parent / "templates"


def typeset(name: str, content: dict[str, Any]) -> bytes:
    """
    Typeset `content` as PDF/UA-1 with the template of that name, which knows it by it.

    It goes in as data, never as markup. Without the project's own typeface the bundled
    one of Typst is used instead. Raises ReportError for a script that neither can set.
    """
    # A tenth of a second to import.
    import typst

    here = typeface.is_here()
    try:
        compiled = typst.compile(
            str(TEMPLATES / f"{name}.typ"),
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=[str(typeface.FONTS)] if here else [],
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps({**content, "own_typeface": here})},
        )
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        raise ReportError(
            "It cannot be made as a PDF: our typeface lacks letters of this language. "
            "Print the page itself instead."
        ) from error
    assert isinstance(compiled, bytes)
    return compiled
