"""The site's own processes stay small: they read, and the worker computes."""

import subprocess
import sys

from django.urls import reverse
from web.assessments.made_by_hand import burglary_fell, example

from saferplan.web.assessments import services

HEAVY = {
    *("deltalake", "duckdb", "geopandas", "ibis", "numpy", "odfdo"),
    *("openpyxl", "pandas", "polars", "pyarrow", "scipy", "shapely", "typst"),
    "vl_convert",
}

# What a process does that answers somebody who reads a published assessment.
READ = """
import django; django.setup()
import sys
from django.template import engines
from django.urls import get_resolver
from saferplan.reports.canonical import read_json
from saferplan.reports.arrangement import sections
from saferplan.web.wsgi import application
get_resolver().url_patterns
for page in ("show", "finding", "all", "load", "upload"):
    engines["jinja2"].get_template(f"assessments/{page}.html")
assert sections(read_json(sys.stdin.read()))
print(*{name.split(".")[0] for name in sys.modules})
"""


def test_a_process_that_shows_assessments_carries_no_engine(draft):
    said = subprocess.run(
        [sys.executable, "-c", READ],
        input=draft.body,
        capture_output=True,
        text=True,
        check=True,
        env={
            "DJANGO_SETTINGS_MODULE": "settings_for_tests",
            "PYTHONPATH": "src:tests",
            "PATH": "/usr/bin:/bin",
        },
    )
    assert HEAVY.isdisjoint(said.stdout.split())


def test_a_page_asks_the_database_no_more_the_more_findings_there_are(
    client, partnership, analyst, django_assert_max_num_queries
):
    many = example(*(burglary_fell(topic=f"burglary {n}") for n in range(30)))
    assessment = services.keep_assessment(many, partnership, by=analyst)
    for finding in many.findings:
        services.decide(assessment, finding, "accepted", by=analyst)
    client.force_login(analyst)
    address = reverse("assessments:show", args=[assessment.pk])
    client.get(address)  # reads the findings once, for this process
    with django_assert_max_num_queries(8):
        page = client.get(address)
    assert page.text.count("Burglary fell by 12%") == 30


def test_a_published_page_asks_next_to_nothing(
    client, published, django_assert_max_num_queries
):
    address = reverse("assessments:show", args=[published.pk])
    client.get(address)
    with django_assert_max_num_queries(1):
        client.get(address)
