"""
The methods by name and version, as findings cite them; the entries are in registered.

A version goes up when the same evidence would give another number or verdict.
"""

from itertools import chain

from saferplan.errors import MethodError
from saferplan.methods.registered import (
    change,
    counts,
    future,
    justice,
    people,
    places,
    protection,
    services,
    texts,
    voices,
)
from saferplan.methods.registered.method import Method

METHODS: dict[str, Method] = {
    method.name: method
    for method in chain(
        counts.METHODS,
        change.METHODS,
        future.METHODS,
        places.METHODS,
        people.METHODS,
        justice.METHODS,
        services.METHODS,
        protection.METHODS,
        texts.METHODS,
        voices.METHODS,
    )
}


def cite(name: str) -> str:
    """
    Return a method's name and version, as a finding carries it.

    >>> cite("change")
    'change/1'
    """
    try:
        method = METHODS[name]
    except KeyError:
        raise MethodError(
            f"There is no method called {name!r}. Choose one of: {', '.join(METHODS)}."
        ) from None
    return f"{method.name}/{method.version}"
