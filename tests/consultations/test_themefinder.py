"""ThemeFinder's folder: what comes in goes out again as it was."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saferplan.consultations.exporting import without_identifiers
from saferplan.consultations.gathered import Answers, Gathered, Question
from saferplan.consultations.interchange import from_themefinder, to_themefinder
from saferplan.consultations.themefinder import (
    Exchange,
    Part,
    Run,
    read_themefinder,
    write_themefinder,
)
from saferplan.errors import ConsultationError

PUBLISHED = Path(__file__).parents[3] / "shared/data/consultation/themefinder"
THEMES = (
    {"topic_id": "A", "topic_label": "Light", "topic_description": "x", "topic": "y"},
    {"topic_id": "B", "topic_label": "Buses", "topic_description": "x", "topic": "y"},
)
SMALL = Exchange(
    respondents=(
        {"response_id": 7, "demographic_data": {"Ward": "Evelyn"}},
        {"response_id": 9, "demographic_data": {"Ward": "Lee"}, "more": [1]},
    ),
    parts=(
        Part(
            1,
            {"question_number": 1, "question_text": "Why?"},
            (
                {"response_id": 7, "response": "Dark"},
                {"response_id": 9, "response": ""},
            ),
        ),
    ),
    runs=(
        Run(
            "2026-09-02",
            1,
            THEMES,
            {
                "mapping": (
                    {
                        "response_id": 7,
                        "labels": ["B", "A"],
                        "stances": ["POSITIVE"] * 2,
                    },
                ),
                "sentiment": ({"response_id": 7, "position": "AGREE"},),
            },
        ),
    ),
)


@pytest.mark.real_data
@pytest.mark.skipif(not PUBLISHED.exists(), reason="needs ../shared/data")
def test_the_published_folder_comes_out_byte_for_byte(tmp_path):
    folder = PUBLISHED / "gambling_XS"
    found = read_themefinder(folder)
    assert (found.read, len(found.broken)) == (900, 0)
    write_themefinder(found, tmp_path / "again")
    for path in folder.rglob("*.json*"):
        again = tmp_path / "again" / path.relative_to(folder)
        assert again.read_bytes() == path.read_bytes()


def test_what_is_written_is_read_the_same(tmp_path):
    write_themefinder(SMALL, tmp_path / "out")
    assert read_themefinder(tmp_path / "out") == SMALL


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(told=st.dictionaries(st.integers(1, 10**9), WORDS, max_size=6), text=WORDS)
def test_any_words_survive_the_way_out_and_back(told, text, tmp_path_factory):
    lines = tuple({"response_id": who, "response": said} for who, said in told.items())
    people = tuple({"response_id": who, "demographic_data": {}} for who in told)
    made = Exchange(people, (Part(1, {"question_text": text}, lines),))
    folder = tmp_path_factory.mktemp("out")
    write_themefinder(made, folder)
    assert read_themefinder(folder) == made


def test_the_neutral_record_holds_answers_and_the_themes_of_the_last_run():
    older = Run("2026-01-02", 1, THEMES, {"mapping": ()})
    found = from_themefinder(
        Exchange(SMALL.respondents, SMALL.parts, (*SMALL.runs, older)), "gambling"
    )
    assert found.answers[0].said == {
        "Ward": "Evelyn",
        "Part 1": "Dark",
        "Part 1: themes": ("Buses", "Light"),
    }
    assert found.question("Part 1: themes").because == "the run of 2026-09-02"
    assert found.question("Ward").options == ("Evelyn", "Lee")


def test_open_questions_go_out_and_who_somebody_is_stays():
    made = Gathered(
        "x",
        (
            Question("Name", "What is your name?", "about"),
            Question("Ward", "Your ward", "closed", ("Lee",)),
            Question("Why", "Why?", "open"),
        ),
        (
            Answers(
                "ANON-1", 2, {"Name": "Ann Shah", "Ward": "Lee", "Why": "I am Ann Shah"}
            ),
            Answers("ANON-2", 3, {"Ward": "Lee"}),
        ),
    )
    found = to_themefinder(without_identifiers(made))
    assert found.respondents[1] == {
        "response_id": 2,
        "demographic_data": {"Your ward": "Lee"},
    }
    assert found.parts[0].responses == (
        {"response_id": 1, "response": "I am [redacted: name]"},
    )
    assert "Shah" not in str(found)


def test_without_an_open_question_nothing_can_go_out():
    with pytest.raises(ConsultationError, match="no open question"):
        to_themefinder(Gathered("x", (), ()))


def test_broken_lines_are_quarantined_and_the_rest_is_read(tmp_path):
    write_themefinder(SMALL, tmp_path / "out")
    path = tmp_path / "out/inputs/question_part_1/responses.jsonl"
    more = ["{", "[1]", '{"response": "x"}', '{"response_id": 8}']
    more += [json.dumps({"response_id": 7, "response": "again"})]
    path.write_text(path.read_text() + "\n".join(more) + "\n")
    found = read_themefinder(tmp_path / "out")
    assert found.parts == SMALL.parts
    assert [(each.line, each.why) for each in found.broken] == [
        (3, "It is not JSON."),
        (4, "It is no record."),
        (5, "It has no response_id."),
        (6, "It has no response."),
        (7, "response_id 7 came before."),
    ]
    assert found.read == 2 + 2 + 2 + 5


def test_what_is_no_folder_of_theirs_is_refused(tmp_path):
    with pytest.raises(ConsultationError, match="no folder inputs"):
        read_themefinder(tmp_path)
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs/respondents.jsonl").write_text("")
    with pytest.raises(ConsultationError, match="question_part_1"):
        read_themefinder(tmp_path)
    with pytest.raises(ConsultationError, match="not empty"):
        write_themefinder(SMALL, tmp_path)
    away = Exchange((), (), (Run("../../x", 1, (), {}),))
    with pytest.raises(ConsultationError, match="is no day"):
        write_themefinder(away, tmp_path / "new")
