"""The PDF edition is tagged, speaks English and describes its pictures."""

import io

import pikepdf
import pytest


@pytest.fixture(scope="module")
def pdf(made):
    with pikepdf.open(io.BytesIO(made["assessment.pdf"])) as opened:
        yield opened


def structure(element):
    """Every element of a PDF's structure tree."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from structure(child)
    elif isinstance(element, pikepdf.Dictionary):
        yield element
        if "/K" in element:
            yield from structure(element["/K"])


@pytest.fixture(scope="module")
def elements(pdf):
    return list(structure(pdf.Root.StructTreeRoot))


def test_it_is_tagged_and_says_its_language_and_title(pdf):
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en-GB"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Northbridge: strategic assessment"
        assert metadata["pdfuaid:part"] == "1"


def test_every_figure_has_a_description(elements):
    figures = [each for each in elements if each.get("/S") == "/Figure"]
    described = {str(figure.Alt) for figure in figures if "/Alt" in figure}
    assert {"It falls.", "Dale does.", "Most in Dale."} <= described


def test_tables_have_header_cells(elements):
    assert any(each.get("/S") == "/TH" for each in elements)


def test_it_holds_no_author_no_path_and_no_clock(pdf, made):
    assert "/Author" not in pdf.docinfo
    assert "/CreationDate" not in pdf.docinfo
    assert b"/home/" not in made["assessment.pdf"]


def test_it_asks_nothing_of_the_network_and_runs_nothing(pdf):
    assert "/OpenAction" not in pdf.Root
    assert "/Names" not in pdf.Root or "/JavaScript" not in pdf.Root.Names
