"""Tables as they are found: shared cells, page breaks, ticks, and what is missing."""

import pytest


def states(plan):
    return [action.state for action in plan.actions]


def test_as_many_ticks_as_actions_belong_to_them_in_order(table):
    plan = table(
        "Deter\t<p>Visit shops</p> <p>Mark goods</p>\t<p>May 31</p>\t<p>✓</p> <p></p>"
    )
    assert states(plan) == ["done", "open"]


def test_one_tick_beside_two_actions_is_asked_and_never_guessed(table):
    plan = table("Deter\t<p>Visit shops</p> <p>Mark goods</p>\tMay 31\t✓")
    assert states(plan) == ["ambiguous"] * 2
    first, second = plan.questions
    assert (first.action, first.beside) == ("1.1.1", ("1.1.2",))
    assert second.why == "One tick is beside 2 actions."
    assert plan.actions[0].time.shared


def test_an_empty_cell_beside_many_actions_leaves_them_all_open(table):
    plan = table("Deter\t<p>Visit shops</p> <p>Mark goods</p>\tMay 31\t")
    assert states(plan) == ["open"] * 2


@pytest.mark.parametrize("tick", "✓✔√☑✅")
def test_each_tick_people_use_is_a_tick(table, tick):
    assert states(table(f"Deter\tVisit shops\tMay 31\t{tick}")) == ["done"]


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("Completed", "done"),
        ("Done June 31", "done"),
        ("✓ completed", "done"),
        ("✓ in two wards", "partly"),
        ("partly", "partly"),
        ("✗", "open"),
        ("Not started", "open"),
        ("Green", "ambiguous"),
        ("In progress", "ambiguous"),
        ("tbc", "ambiguous"),
    ],
)
def test_words_for_a_tick(table, printed, state):
    assert states(table(f"Deter\tVisit shops\tMay 31\t{printed}")) == [state]


def test_a_theme_is_carried_over_a_page_break(table):
    plan = table(
        "Deter\tVisit shops\tMay 31\t✓",
        "",
        "\tMark goods\tMay 31\t",
        "Detect\tShare pictures\tMay 31\t",
    )
    assert [action.theme for action in plan.actions] == [1, 1, 2]
    assert plan.themes == ("Deter", "Detect")


def test_themes_that_differ_in_a_number_alone_are_two(table):
    plan = table("Phase 1\tVisit shops\tMay 31\t✓", "Phase 2\tMark goods\tMay 31\t✓")
    assert plan.themes == ("Phase 1", "Phase 2")
    assert [action.theme for action in plan.actions] == [1, 2]


def test_lettered_parts_are_one_action_even_over_a_page_break(table):
    plan = table(
        "Deter\t<p>We will use:</p> <p>a) tags</p> <p>b) guards</p>\tMay 31\t✓",
        "",
        "\t<p>c) mirrors</p>\t\t",
    )
    (action,) = plan.actions
    assert action.parts == ("a) tags", "b) guards", "c) mirrors")
    assert action.state == "done"
    assert len(action.ranges) == 4


def test_a_table_whose_heading_is_printed_again_on_the_next_page_goes_on(read):
    header = "Theme\tActions\tBy when\tStatus"
    plan = read(
        f"Shop theft\n{header}\nDeter\tVisit shops\tMay 31\tDone\n\n"
        f"{header}\n\tMark goods\tMay 31\tDone\n"
    )
    assert [(a.strand, a.theme) for a in plan.actions] == [(1, 1), (1, 1)]


def test_strands_are_told_from_what_stands_above_and_below_their_headings(read):
    header = "\tActions\tTimeframe\tCompleted"
    plan = read(
        "Safer Borsetshire Plan 31-32\n\nFor everybody:\n- fairness\n\n"
        "THEFT\nShop theft\n\nTaking goods from shops and from stalls.\n\n"
        f"What will be done?\n\n{header}\nDeter\tVisit shops\tMay 31\t✓\n\n"
        f"Bicycle theft :\n\n- Such as:\n- e-bikes\n\nWhat will be done?\n\n{header}\n"
        "Deter\tMark frames\tMay 31\t\n"
    )
    first, second = plan.strands
    assert plan.title == "Safer Borsetshire Plan 31-32"
    assert plan.years == (2031, 2032)
    assert (first.title, first.under) == ("Shop theft", ("THEFT",))
    assert first.scope[0].startswith("Taking goods")
    assert (second.title, second.scope) == ("Bicycle theft", ("Such as:", "e-bikes"))


def test_columns_we_do_not_know_are_kept_under_their_own_heading(read):
    plan = read(
        "Shop theft\nActions\tLead\tBy when\tStatus\tNotes\n"
        "Visit shops\tTown warden\t2031-05-01\tDone\tThirty so far\n"
    )
    assert plan.actions[0].other == {"lead": "Town warden", "Notes": "Thirty so far"}
    assert "an owner" not in plan.flags[-1].text


def test_a_table_without_a_column_for_what_is_done_asks_about_every_action(read):
    plan = read("Shop theft\nActions\tTime frame\nVisit shops\tMay 31\n")
    assert states(plan) == ["ambiguous"]
    assert "no column" in plan.questions[0].why


def test_a_table_without_a_column_for_time_marks_every_action(read):
    plan = read("Shop theft\nActions\tCompleted\nVisit shops\t✓\n")
    assert "no column for a time frame" in plan.actions[0].marks[0]
    assert states(plan) == ["done"]


def test_a_row_too_short_is_kept_and_marked(table):
    plan = table("Deter\tVisit shops")
    assert plan.actions[0].marks[0] == "Its row has 2 cells too few."
    assert "ends before the column" in plan.questions[0].why


def test_words_beyond_the_last_column_are_kept(table):
    plan = table("Deter\tVisit shops\tMay 31\t✓\tsee note")
    assert plan.actions[0].other == {"beyond the last column": "see note"}


def test_a_line_among_the_rows_that_is_no_row_is_kept_apart(table):
    plan = table("Deter\tVisit shops\tMay 31\t✓", "Page 4 of 9", "\tMark\tMay 31\t✓")
    assert plan.not_placed == ("Page 4 of 9",)
    assert "not placed" in {passage.kind for passage in plan.passages}


def test_a_tick_without_an_action_is_kept_apart(table):
    plan = table("Deter\tVisit shops\tMay 31\t✓", "Detect\t\tMay 31\t✓")
    assert len(plan.actions) == 1
    assert plan.not_placed == ("Detect May 31 ✓",)


def test_ranges_lead_back_to_the_words(read):
    text = "Theft\nActions\tTime frame\tCompleted\n<p>Visit &amp; talk</p>\tMay 31\t✓\n"
    (action,) = read(text).actions
    (start, end), *_ = action.ranges
    assert action.text == "Visit & talk"
    assert text[start:end] == "Visit &amp; talk"
    assert [text[a:b] for a, b in action.time.ranges] == ["May 31"]
    assert [text[a:b] for a, b in action.tick_ranges] == ["✓"]


def test_the_passages_are_the_whole_text(table, read):
    text = "Note\n\nTheft\nActions\tTime frame\tCompleted\n<p>a</p>\tMay 31\t✓\nEnd."
    passages = read(text).passages
    assert "".join(text[p.start : p.end] for p in passages) == text
    assert passages[-1].kind == "outside the plan"
