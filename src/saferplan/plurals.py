"""A count with its noun, as people write them: 1 row, 2 rows."""


def plural(count: int, one: str, many: str = "") -> str:
    """
    Write a count with its noun.

    >>> plural(1, "release"), plural(2_000, "release"), plural(0, "body", "bodies")
    ('1 release', '2,000 releases', '0 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
