"""
Rules are functions named `check_...` that return nothing or raise NotAllowed.

Each app writes its own in `permissions.py`; pages and menus ask with `allows`.
"""

from collections.abc import Callable
from typing import ParamSpec

from saferplan.errors import NotAllowed

P = ParamSpec("P")


def allows(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Return whether a `check_` function passes."""
    try:
        check(*args, **kwargs)
    except NotAllowed:
        return False
    return True
