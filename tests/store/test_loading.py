"""What a load keeps, replaces, knows already and refuses."""

CRIME = "recorded_crime"
JANUARY = ("E09000023", "2024-01", 10)
FEBRUARY = ("E09000023", "2024-02", 12)


def test_a_load_keeps_the_rows_and_says_where_they_came_from(store, reading, counts):
    release = store.load([reading(JANUARY, FEBRUARY)], by="analyst")

    assert counts(store.table(CRIME)) == [JANUARY, FEBRUARY]
    assert store.releases() == [release]
    assert (release.rows_read, release.rows_kept, release.rows_known) == (2, 2, 0)
    assert (release.loaded_by, release.publisher) == ("analyst", "mps")
