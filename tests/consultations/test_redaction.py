"""What may identify somebody is suggested, and what is taken out is gone."""

import time

import pytest
from consultations.seeded_identifiers import PLAIN, TRAPS, texts
from hypothesis import given
from hypothesis import strategies as st

from saferplan.consultations.redaction import (
    Redaction,
    counted,
    find_again,
    redact,
    suggest_redactions,
)
from saferplan.errors import ConsultationError

STRUCTURED = 2_000
NAMED = 2_000


def told(text, **options):
    return [
        (text[each.start : each.end], each.kind)
        for each in suggest_redactions(text, **options)
    ]


def measured(sown):
    """Seeds wholly covered, seeds in all, suggestions on a seed, suggestions in all."""
    covered = seeds = right = suggested = 0
    for each in sown:
        found = suggest_redactions(each.text)
        taken = {at for run in found for at in range(run.start, run.end)}
        for seed in each.seeds:
            letters = range(seed.start, seed.end)
            covered += all(at in taken or not each.text[at].isalnum() for at in letters)
        seeds += len(each.seeds)
        suggested += len(found)
        right += sum(
            any(run.start < seed.end and seed.start < run.end for seed in each.seeds)
            for run in found
        )
    return covered / seeds, right / suggested


def test_structured_identifiers_are_found_in_2_000_texts_and_traps_are_left():
    recall, precision = measured(texts(STRUCTURED, names=False, seed=20))
    assert recall >= 0.99
    assert precision >= 0.98


def test_names_are_flagged_in_2_000_texts_of_which_a_third_are_in_no_list():
    recall, precision = measured(texts(NAMED, names=True, seed=21))
    assert recall >= 0.95
    assert precision >= 0.95


@pytest.mark.parametrize("sentence", TRAPS + PLAIN)
def test_what_only_looks_like_an_identifier_is_left(sentence):
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to ada dot obi at example dot org please", "e-mail"),
        ("+44 (0)20 7946 0018", "telephone"),
        ("0 7 7 0 0 9 0 0 1 2 3", "telephone"),
        ("Call us on 8314 9569", "telephone"),
        ("s e 1 3 was fine but S E 1 3 6 L G", "postcode"),
        ("se13 6lg", "postcode"),
        ("QQ 12 34 56 C is no real one; AB123456C is", "National Insurance number"),
        ("plate LB63 XYZ", "vehicle mark"),
        ("his reg was PC 123", "vehicle mark"),
        ("4111 1111 1111 1111", "card number"),
        ("DOB 3rd March 1968", "date of birth"),
        ("born in 1968", "date of birth"),
        ("from 192.168.10.24", "IP address"),
        ("2001:db8:0:1:1:1:1:1", "IP address"),
        ("I am @dee_n_ward", "social handle"),
        ("my insta is dee_ward99", "social handle"),
        ("linkedin.com/in/somebody-9", "web profile"),
        ("Flat 3, Hawthorn House", "address"),
        ("number 14 acacia road", "address"),
        ("NHS number 943 476 5919", "NHS number"),
        ("thanks, dave", "name"),
        ("OKAFOR, Chidi", "name"),
        ("Cllr Obi Executive Member for safety", "name"),
        ("sarah jones told me", "name"),
        ("I SPOKE TO SARAH JONES", "name"),
    ],
)
def test_each_kind_is_told_in_the_forms_people_write(text, found):
    assert found in [kind for _words, kind in told(text)]


def test_a_name_said_once_in_full_is_found_again_alone():
    text = "Mr Okonjo-Baptiste came. Then Okonjo-Baptiste rang."
    assert [words for words, _kind in told(text)].count("Okonjo-Baptiste") == 2


def test_only_what_is_sure_can_be_asked_for():
    text = "Grant Featherly rang Mrs Obi."
    assert len(told(text)) == 2
    assert [words for words, _kind in told(text, least="sure")] == ["Obi"]


def test_taking_out_leaves_the_rest_and_a_log_without_the_words():
    text = "Ring Ann Shah on 020 7946 0018."
    found = redact(text, suggest_redactions(text))
    assert found.text == "Ring [redacted: name] on [redacted: telephone]."
    assert [line.kind for line in found.log] == ["name", "telephone"]
    assert "Ann" not in str(found.log)
    assert "7946" not in str(found.log)
    for line in found.log:
        assert found.text[line.at :].startswith(f"[redacted: {line.kind}]")


def test_what_a_person_chose_names_the_run_it_lies_over():
    runs = [Redaction(0, 8, "name", rule="a rule"), Redaction(4, 12, "third party")]
    found = redact("Ann Shah and her son", runs)
    assert found.text == "[redacted: third party] her son"
    assert len(found.log) == 1


def test_marks_are_not_suggested_again():
    text = redact("Ring Ann Shah.", suggest_redactions("Ring Ann Shah.")).text
    assert suggest_redactions(text) == ()


def test_the_same_words_are_found_in_a_history_however_they_are_written():
    earlier = "First ANN\n shah wrote; Annabel Shahid did not."
    runs = find_again(earlier, ["Ann Shah"], "name")
    assert redact(earlier, runs).text == (
        "First [redacted: name] wrote; Annabel Shahid did not."
    )


def test_a_run_that_is_not_in_the_text_is_refused():
    with pytest.raises(ConsultationError, match="choose the words again"):
        redact("short", [Redaction(3, 30, "name")])
    with pytest.raises(ConsultationError, match="without a bracket"):
        redact("short", [Redaction(0, 3, "a]b")])


def test_kinds_are_counted_the_commonest_first():
    text = "Ann Shah and Priya Patel, SE13 6LG"
    assert counted(suggest_redactions(text)) == {"name": 2, "postcode": 1}


@given(
    text=st.text(min_size=1, max_size=200),
    runs=st.lists(st.tuples(st.integers(0, 199), st.integers(1, 60)), max_size=8),
)
def test_nothing_taken_out_survives_and_all_else_is_as_it_was(text, runs):
    chosen = [
        Redaction(start, min(len(text), start + length), "x")
        for start, length in runs
        if start < len(text)
    ]
    found = redact(text, chosen)
    taken = {at for run in chosen for at in range(run.start, run.end)}
    kept = "".join(letter for at, letter in enumerate(text) if at not in taken)
    pieces, at = [], 0
    for line in found.log:
        pieces.append(found.text[at : line.at])
        at = line.at + len("[redacted: x]")
    assert "".join([*pieces, found.text[at:]]) == kept
    assert sum(line.length for line in found.log) == len(taken)


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_asked(text):
    found = suggest_redactions(text)
    assert all(0 <= run.start < run.end <= len(text) for run in found)
    assert all(
        one.end <= other.start for one, other in zip(found, found[1:], strict=False)
    )


LONG = [
    *("a", "1", "1 ", "a-", "Aa-", "a.", "1.1.", " ", "\n", "!#$", "x at ", "Aa "),
    *("a dot ", "thanks ", "14 Aa ", "AB12 CD ", "07700 9", "my son ", "Dear "),
]


@pytest.mark.parametrize("piece", LONG)
def test_a_text_made_to_take_for_ever_does_not(piece):
    # A pattern whose cost grows as the square took 20 seconds on some of these.
    before = time.process_time()
    suggest_redactions((piece * 20_000)[:20_000])
    assert time.process_time() - before < 5


def test_no_seed_survives_in_the_text_that_comes_back():
    for each in texts(500, names=False, seed=22):
        left = redact(each.text, suggest_redactions(each.text)).text
        for seed in each.seeds:
            assert each.text[seed.start : seed.end] not in left
