"""What a page is made of is there before anybody asks for one."""

import runpy

import pytest
from django.template import engines
from jinja2 import TemplateNotFound

from saferplan.web.core.ready import make_ready, templates_of


@pytest.fixture
def environment():
    made = engines["jinja2"].env
    made.cache.clear()
    yield made
    made.cache.clear()


def test_a_page_brings_in_all_it_is_made_of(environment):
    found = templates_of(environment, ["consultations/whole.html"])
    assert {"consultations/whole.html", "base.html", "forms.html"} <= found


def test_what_was_made_ready_is_not_made_again(environment, monkeypatch):
    make_ready(["consultations/whole.html"])

    def again(source, name=None, **options):
        raise AssertionError(f"{name} is made only now")

    monkeypatch.setattr(environment, "compile", again)
    for name in templates_of(environment, ["consultations/whole.html"]):
        environment.get_template(name)


def test_a_page_that_is_not_there_is_told(environment):
    with pytest.raises(TemplateNotFound):
        make_ready(["consultations/nowhere.html"])


def test_a_server_has_the_form_ready_that_everybody_sends(environment):
    runpy.run_module("saferplan.web.wsgi")
    ready = {name for _, name in environment.cache}
    assert ready >= templates_of(environment, ["consultations/whole.html"])
