"""Bringing in what pages are made of before anybody asks for one."""

from collections.abc import Iterable

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import get_resolver
from jinja2 import Environment
from jinja2.meta import find_referenced_templates


def make_ready(pages: Iterable[str]) -> None:
    """
    Load every view, and the templates that these pages are made of.

    Otherwise each process does it anew, while its first visitor waits.
    """
    assert get_resolver().reverse_dict  # loads the addresses, and so their views
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    for name in templates_of(engine.env, pages):
        engine.env.get_template(name)


def templates_of(environment: Environment, pages: Iterable[str]) -> set[str]:
    """Return these templates and all that they extend, include or import by name."""
    assert environment.loader is not None
    found: set[str] = set()
    left = list(pages)
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        source, _, _ = environment.loader.get_source(environment, name)
        used = find_referenced_templates(environment.parse(source))
        left += [each for each in used if each is not None]
    return found
