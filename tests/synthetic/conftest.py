"""The demonstration borough, written once for all the tests of this folder."""

from types import SimpleNamespace

import pytest

from saferplan.synthetic import write_borough


@pytest.fixture(scope="session")
def borough(tmp_path_factory):
    """Its folder and what is planted in it."""
    folder = tmp_path_factory.mktemp("demonstration") / "borough"
    return SimpleNamespace(folder=folder, truths=write_borough(folder))
