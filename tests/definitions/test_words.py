"""The glossary, its page, and the cautions."""

from pathlib import Path

import pytest

from saferplan.definitions import caveat, caveats, glossary, glossary_page
from saferplan.errors import SourceChanged

PAGE = Path(__file__).parents[2] / "docs/glossary.md"

FOUNDING_PAPERS = """
ACSL ASB BCU BWV CCR CJS CPEG CRC CSE CSU DHR DIP DVDS DVPO FMPO HBV HWB IAG ICV IDVA
IOM ISVA LAC LAP LCPF LCRB LPM LSCB MARAC MOPAC MPS NTE PAS PbR PCC PCSO PSED RJ SARC
SCR SIB SLP SNB SNT SOC SPR SYV TPR VAWG VCoP VCSE VLI VLP YJMB YOS
"""


def test_every_abbreviation_of_the_founding_papers_is_spelt_out():
    full = {term.title: term.full for term in glossary().values()}
    for abbreviation in FOUNDING_PAPERS.split():
        assert full[abbreviation]


def test_the_page_in_the_documentation_is_the_one_the_data_make():
    assert PAGE.read_text(encoding="utf-8") == glossary_page()


def test_an_ineffective_trial_is_defined():
    # "Without it experts cannot contribute": the voluntary sector network, 2013.
    assert "another listing" in glossary()["ineffective-trial"].meaning


def test_meanings_are_sentences_of_a_length_one_reads():
    for term in glossary().values():
        assert term.meaning.endswith(".")
        assert len(term.meaning) <= 260


def test_a_caveat_is_a_sentence_or_two():
    for entry in caveats().values():
        assert entry.text.endswith(".")
        assert len(entry.text) <= 260


def test_a_caveat_is_given_by_name():
    assert "points change over time" in caveat("snapped-points").lower()


def test_a_slip_in_a_caveats_name_does_not_lose_the_caution():
    with pytest.raises(SourceChanged, match="snapped-points"):
        caveat("snaped-points")
