"""saferplan backup and restore, as typed."""

from datetime import date

import polars as pl
import pytest
from typer.testing import CliRunner

from saferplan.cli.app import app
from saferplan.store import EvidenceStore
from saferplan.store.datasets import DATASETS
from saferplan.store.reading import FileFacts, Reading


@pytest.fixture
def saferplan():
    return lambda *words: CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def loaded(tmp_path):
    schema = pl.from_arrow(DATASETS["front_counter"].schema.empty_table()).schema
    rows = [("mps", date(2026, 1, 1), "Lewisham", -0.02, 51.46)]
    kept = pl.DataFrame(rows, schema=schema, orient="row")
    facts = FileFacts("counters.csv", "3" * 64, 1)
    reading = Reading(
        "mps-front-counters", "front_counter", facts, kept, 1, date(2026, 1, 1)
    )
    EvidenceStore(tmp_path / "store").load([reading], by="test")
    return tmp_path / "store"


def test_there_and_back(saferplan, loaded, tmp_path):
    made = saferplan("backup", tmp_path / "evidence.zip", "--store", loaded)
    assert made.exit_code == 0
    assert ": 1 release in 3 files, " in made.output
    back = saferplan("restore", tmp_path / "evidence.zip", "--store", tmp_path / "new")
    assert back.exit_code == 0
    assert saferplan("releases", "--store", tmp_path / "new").output.count("->") == 1


def test_an_error_is_one_line(saferplan, loaded, tmp_path):
    said = saferplan("restore", tmp_path / "none.zip", "--store", tmp_path / "new")
    assert said.exit_code == 1
    assert said.output.startswith("There is no backup at")
    assert said.output.count("\n") == 1
