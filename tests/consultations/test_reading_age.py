"""Long sentences and long words are harder to read, by the published formula."""

import pytest

from saferplan.consultations.reading_age import reading_age, syllables
from saferplan.errors import ConsultationError


def test_it_is_the_published_formula_on_counts_made_by_hand():
    # 25 sentences of 5 words; 6 syllables in each ("open" has two).
    text = "We keep the street open. " * 25
    assert reading_age(text) == round(0.39 * 5 + 11.8 * 6 / 5 - 15.59 + 5, 1)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("the", 1), ("crime", 1), ("burglary", 3), ("partnership", 3)),
        *(("reduce", 2), ("violence", 3), ("agreed", 2), ("wanted", 2), ("table", 2)),
    ],
)
def test_syllables_of_words_that_plans_use(word, count):
    assert syllables(word) == count


def test_longer_sentences_and_longer_words_are_harder():
    plain = "We will keep the shop open at night. " * 20
    joined = "We will keep the shop open at night and " * 20
    heavy = "We will maintain operational availability of facilities overnight. " * 20
    assert reading_age(plain) < reading_age(joined)
    assert reading_age(plain) < reading_age(heavy)


def test_a_line_of_a_list_ends_a_sentence():
    lines = "keep the counters open\n" * 30
    assert reading_age(lines) == reading_age(lines.replace("\n", ".\n"))


def test_a_few_words_tell_nothing():
    with pytest.raises(ConsultationError, match="This text has 3 words"):
        reading_age("Only three words.")
