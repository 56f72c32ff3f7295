"""saferplan check methods: what the tests told, by method, and what is amiss."""

import pytest
from typer.testing import CliRunner

from saferplan.cli import app
from saferplan.cli import check as verb
from saferplan.errors import SourceChanged, SourceMissing

TESTS = """
import pytest

@pytest.mark.published("rates")
@pytest.mark.second_road("rates", "counts")
def test_right():
    print("{not for us}")

@pytest.mark.property_of("rates")
@pytest.mark.parametrize("number", [1, 2])
def test_right_for_one(number):
    assert number == 1, "two is not one"

@pytest.mark.published("counts")
def test_of_a_file():
    pytest.skip("the file is not here")

def test_of_an_edge():
    raise AssertionError("it is not marked, so it is not run")
"""


@pytest.fixture(autouse=True)
def _outside_django(monkeypatch):
    """A folder of tests made here knows no settings of the site."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "tests/methods"
    folder.mkdir(parents=True)
    (folder / "test_made.py").write_text(TESTS)
    return tmp_path


@pytest.fixture
def told(checkout):
    return list(verb.run_tests(checkout))


def test_each_marked_test_tells_its_methods_and_how_it_came_out(told):
    assert told[0] == {"tests": 4}
    outcomes = [(each["test"].split("::")[1], each["outcome"]) for each in told[1:]]
    assert outcomes == [
        ("test_right", "passed"),
        ("test_right_for_one[1]", "passed"),
        ("test_right_for_one[2]", "failed"),
        ("test_of_a_file", "skipped"),
    ]
    assert told[1]["second_road"] == ["rates", "counts"]


def test_two_at_once_tell_the_same(told, checkout):
    def essence(each):
        return {key: each[key] for key in each if key != "seconds"}

    at_once = [essence(each) for each in verb.run_tests(checkout, at_once=2)]
    assert len([each for each in at_once if "test" in each]) == 4
    assert all(essence(each) in at_once for each in told)


def test_checks_add_up_by_method(told):
    checks = verb.checks_by_method(told[1:])
    table = verb.table_of(checks, {"rates": "2 s CPU"}).set_index("method")
    assert table.loc["rates", ["published", "second_road", "properties"]].tolist() == [
        "1 of 1",
        "1 of 1",
        "1 of 2",
    ]
    assert table.loc["rates", "benchmark"] == "2 s CPU"
    assert table.loc["counts", "published"] == "0 of 1"


def test_a_kind_that_lacks_a_failure_and_a_skip_are_each_told(told):
    results = told[1:]
    wrong = verb.problems(verb.checks_by_method(results), results)
    assert "counts lacks a property." in wrong
    assert any("[2] failed: AssertionError: two is not one" in each for each in wrong)
    assert any("skipped: the file is not here" in each for each in wrong)
    assert not any(each.startswith("rates lacks") for each in wrong)


def test_a_name_that_is_no_method_is_told(told):
    results = [{**told[1], "published": ["astrology"]}]
    wrong = verb.problems(verb.checks_by_method(results), results)
    assert "A test names astrology, and no method is called that." in wrong


def test_tests_that_cannot_be_read_have_failed(tmp_path):
    (tmp_path / "tests/methods").mkdir(parents=True)
    (tmp_path / "tests/methods/test_made.py").write_text("import nothing_of_the_kind")
    told = [each for each in verb.run_tests(tmp_path) if "test" in each]
    assert told[0]["outcome"] == "failed"
    assert "nothing_of_the_kind" in told[0]["why"]


def test_where_no_test_is_marked_it_says_that_none_ran(tmp_path):
    (tmp_path / "tests/methods").mkdir(parents=True)
    with pytest.raises(SourceChanged, match="did not run"):
        list(verb.run_tests(tmp_path))


def test_without_a_checkout_it_says_where_the_checks_are(tmp_path, monkeypatch):
    monkeypatch.setattr(verb, "CHECKOUT", tmp_path)
    with pytest.raises(SourceMissing, match="checkout"):
        verb.checkout()
    result = CliRunner().invoke(app, ["check", "methods"])
    assert result.exit_code == 1
    assert "checkout" in result.output


@pytest.mark.parametrize(("kinds", "code"), [(["published"], 1), (list(verb.KINDS), 0)])
def test_it_leaves_with_one_unless_every_method_has_every_kind(
    monkeypatch, kinds, code
):
    from saferplan.methods import METHODS

    one = {"test": "t.py::test_all", "outcome": "passed", "why": "", "seconds": 0.1}
    one |= {kind: list(METHODS) for kind in kinds}
    monkeypatch.setattr(verb, "run_tests", lambda *_, **__: iter([{"tests": 1}, one]))
    result = CliRunner().invoke(app, ["check", "methods"])
    assert result.exit_code == code
    assert "1 checks: 1 passed, 0 failed, 0 skipped." in result.output
    assert ("rates lacks a second road, a property." in result.output) == bool(code)


def test_what_was_measured_is_read_by_method(tmp_path):
    file = tmp_path / "benchmarks.csv"
    file.write_text(
        "method,what,figure,unit,times\nrates,one,2.0,s CPU,120\n"
        ",a page,60,a second,\nrates,two,7,MiB added,\n"
    )
    assert verb.read_benchmarks(file) == {
        "rates": "120 times less than the peer; 7 MiB added"
    }
    assert verb.read_benchmarks(tmp_path / "none.csv") == {}
