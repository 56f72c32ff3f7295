"""Numbers that a form or an address sends."""


def number_in(text: str) -> int:
    """
    Return a whole number that was sent, or 0 for anything else: no row has that.

    >>> number_in("12"), number_in("-1"), number_in("²"), number_in("9" * 30)
    (12, 0, 0, 0)
    """
    # The longest that a database keeps as a whole number.
    return int(text) if text.isdecimal() and len(text) <= 18 else 0
