"""How an assessment names the releases it rests on."""

from saferplan.assessment.finding import ReleaseCited
from saferplan.sources import SOURCES
from saferplan.sources.publishers import publisher_name
from saferplan.store import EvidenceStore

MANY = 6  # notes shown; a release of many files has one or two from each


def cited(store: EvidenceStore, release_id: str) -> ReleaseCited:
    """Describe a release so that a reader can find it again."""
    release = store.release(release_id)
    source = next((each for each in SOURCES if each.name == release.source), None)
    return ReleaseCited(
        id=release.id,
        source=release.source,
        title=source.title if source else release.source,
        publisher=publisher_name(release.publisher),
        licence=source.licence if source else "See the publisher",
        published=release.published,
        rows_kept=release.rows_kept,
        rows_quarantined=release.rows_quarantined,
        notes=_most_telling(release.notes),
    )


def _most_telling(notes: tuple[str, ...]) -> tuple[str, ...]:
    if len(notes) <= MANY:
        return notes
    rest = len(notes) - MANY
    return (*notes[:MANY], f"The evidence catalogue has {rest:,} more notes on this.")
