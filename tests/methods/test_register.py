"""The methods by name and version."""

from pathlib import Path

import pytest

from saferplan.errors import MethodError
from saferplan.methods import METHODS, cite, registered


def test_every_method_says_what_it_is_and_where_to_check_it():
    for name, method in METHODS.items():
        assert method.name == name
        assert method.version >= 1
        assert method.title
        assert method.source.endswith(".")


def test_a_citation_is_name_and_version():
    assert cite("rates") == "rates/1"


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(MethodError, match="disproportionality"):
        cite("astrology")


def test_no_two_methods_have_one_name():
    folder = Path(registered.__file__).parent
    entries = sum(path.read_text().count("Method(\n") for path in folder.glob("*.py"))
    assert entries == len(METHODS)
