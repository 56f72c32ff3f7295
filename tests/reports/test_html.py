"""The HTML edition stands on its own and reads well."""

import re

import html5lib
import pytest


@pytest.fixture(scope="module")
def page(made):
    return made["assessment.html"].decode()


@pytest.fixture(scope="module")
def tree(page):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def test_it_is_valid_and_says_its_language(tree):
    assert tree.get("lang") == "en-GB"
    assert tree.find(".//title").text == "Northbridge: strategic assessment"


def test_it_runs_no_script_and_asks_nothing_of_the_network(page, tree):
    assert not list(tree.iter("script"))
    assert not re.findall(r"\s(?:src|srcset|onload|onclick)=", page)
    assert not re.findall(r"url\((?!#)|@import", page)
    away = [link.get("href") for link in tree.iter("a")]
    assert all(href.startswith("#") for href in away)


def test_every_link_leads_somewhere_on_the_page(tree):
    places = {each.get("id") for each in tree.iter() if each.get("id")}
    assert {link.get("href")[1:] for link in tree.iter("a")} <= places


def test_no_id_is_used_twice(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_picture_has_a_description(tree):
    pictures = list(tree.iter("{http://www.w3.org/2000/svg}svg")) or list(
        tree.iter("svg")
    )
    assert len(pictures) == 5
    assert all(picture.get("aria-label") for picture in pictures)
    assert all(picture.get("role") == "img" for picture in pictures)


def test_headings_never_skip_a_level(tree):
    levels = [
        int(each.tag[1]) for each in tree.iter() if re.fullmatch(r"h\d", str(each.tag))
    ]
    assert levels[0] == 1
    assert all(
        after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)
    )


def test_names_from_the_evidence_are_text_never_markup(page):
    assert "&lt;Castle&gt;" in page
    assert "<Castle>" not in page


def test_a_missing_month_is_said_never_blank_and_never_zero(tree):
    (row,) = [
        row for row in tree.iter("tr") if "August 2024" in "".join(row.itertext())
    ]
    assert "[x]" in "".join(row.itertext())


def test_tables_have_headers_with_a_scope(tree):
    headers = list(tree.iter("th"))
    assert headers
    assert {header.get("scope") for header in headers} == {"col", "row"}


def test_a_head_without_evidence_says_so(page):
    assert "The evidence loaded so far says nothing about this." in page
