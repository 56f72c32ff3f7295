"""What is wrong with a plan, found by general rules."""

from datetime import date

from saferplan.definitions import statutes

HEADER = "\tActions\tTime frame\tCompleted"


def flags(plan, kind):
    return [flag for flag in plan.flags if flag.kind == kind]


def test_a_table_for_other_years_than_its_report(read):
    table = f"Shop theft\n{HEADER}\nDeter\tVisit shops\tMay 31\t✓\n"
    late = read(f"Report\tSafer Ambridge Plan 32-33\n\nAmbridge Plan 31-32\n\n{table}")
    (flag,) = flags(late, "year mismatch")
    assert "Safer Ambridge Plan 32-33" in flag.text
    right = read(f"Report\tSafer Ambridge Plan 31-32\n\nAmbridge Plan 31/32\n\n{table}")
    assert flags(right, "year mismatch") == []


def test_actions_due_when_the_plan_is_over(read):
    plan = read(
        f"Ambridge Plan 31-32\n\nTheft\n{HEADER}\n"
        "Deter\tVisit shops\tMarch 32\t✓\n\tMark goods\tApril 32\t\n"
    )
    (flag,) = flags(plan, "due outside the plan’s years")
    assert flag.about == ("1.1.2",)


MISHEADED = f"""Priorities
- Bicycle theft
- Noisy parties
- Fly tipping

Bicycle theft

Music late at night, parties and what neighbours can do about them.

{HEADER}
Deter\tWrite to hosts of noisy parties\tMay 31\t

Bicycle theft and scooters

Taking a bicycle, whole or in pieces, from a street or a shed.

{HEADER}
Deter\tMark every frame\tMay 31\t
"""


def test_a_strand_under_the_heading_of_another(read):
    (flag,) = flags(read(MISHEADED), "mis-headed strand")
    assert flag.about == ("strand 1",)
    assert "“Noisy parties”" in flag.text


def test_strands_under_their_own_headings_are_left_alone(read):
    plan = read(
        MISHEADED.replace("\nBicycle theft\n\nMusic", "\nNoisy parties\n\nMusic")
    )
    assert flags(plan, "mis-headed strand") == []


def test_actions_that_two_strands_share(read):
    def strand(title, words):
        return f"{title}\n{HEADER}\nDeter\t{words}\tMay 31\t\n\n"

    plan = read(
        strand("Shop theft", "Town wide campaign “Look Twice” with posters in markets")
        + strand(
            "Street theft", "Town wide campaign “Look Twice” with posters on buses"
        )
        + strand("Noise", "Town wide survey of markets")
    )
    (overlap,) = plan.overlaps
    assert (overlap.kind, overlap.actions) == ("duplicate", ("1.1.1", "2.1.1"))
    assert "twice" in overlap.shared_words


def test_the_same_words_twice_are_found_in_one_strand_too(table):
    plan = table("Deter\tVisit shops\tMay 31\t", "\tVisit  shops\tMay 31\t")
    assert plan.overlaps[0].actions == ("1.1.1", "1.1.2")


def test_law_is_checked_on_the_day_of_the_document_or_the_one_given(read):
    text = (
        "Date: 3 May 2018\nUnder the Data Protection Act 1998\n\n"
        f"Theft\n{HEADER}\nDeter\tVisit\tMay 18\t\n"
    )
    assert flags(read(text), "repealed Act") == []
    (flag,) = flags(read(text, on=date(2018, 6, 1)), "repealed Act")
    assert "Data Protection Act 2018" in flag.text
    assert "confirmed by the text of the source" in flag.text


def test_an_order_must_be_law_when_the_action_is_due(read):
    def due(month):
        words = "Make more use of Sexual Harm Prevention Orders"
        return read(f"Harm\n{HEADER}\nDeter\t{words}\t{month}\t\n")

    (flag,) = flags(due("Feb 15"), "order not yet in force")
    assert flag.about == ("1.1.1",)
    assert flags(due("March 15"), "order not yet in force") == []


def test_an_act_without_the_word_act(read):
    plan = read(
        "The Crime and Disorder 1998 asks it.\n\n"
        f"Theft\n{HEADER}\nDeter\tVisit\tMay 31\t\n"
    )
    assert "Crime and Disorder Act 1998 is meant" in flags(plan, "Act miscited")[0].text


def test_a_statute_that_ended_says_what_took_its_place():
    for statute in statutes().values():
        assert bool(statute.replaced_by) == bool(statute.in_force_to), statute.name
        assert statute.cited_as
