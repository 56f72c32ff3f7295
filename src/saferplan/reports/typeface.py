"""
The project's own typeface, put here by the front-end build.

Without it the typeface of whatever draws or sets the report is used instead.
"""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


def is_here() -> bool:
    return any(FONTS.glob("*.ttf"))
