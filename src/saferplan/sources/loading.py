"""
From files to releases: read all, put in order, load, and say what became of each.

Files are read first and loaded after, so that publications can be taken oldest first
and two that speak of the same month never fall into one release.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl

from saferplan.errors import SaferplanError
from saferplan.plurals import plural
from saferplan.sources.archives import MEGABYTE, Limits
from saferplan.sources.catalogue import recognise
from saferplan.sources.files import BadFile, Progress, cannot_read, open_files
from saferplan.sources.source import Source, SourceFile
from saferplan.sources.workbook import hidden_sheets
from saferplan.store import EvidenceStore, slice_names
from saferplan.store.reading import Reading
from saferplan.store.release import Release, SliceChange

# Asked whether months already loaded may be replaced; told what would change.
Confirm = Callable[[list[SliceChange]], bool]

# Bytes of rows kept in memory between reading and loading; more wait on the disk.
MOST_IN_MEMORY = 300 * MEGABYTE


@dataclass(frozen=True)
class KnownFile:
    """
    A file that added nothing, and why not.

    release  the one that holds its bytes; or, where only its rows were known, the
             account of this load, which was not kept (`changed` is False)
    """

    name: str
    release: Release


@dataclass
class LoadReport:
    """
    What became of every file of one call.

    releases       what was loaded, in order; each with its counts of rows
    already_known  files that changed nothing, because the store has them
    unrecognised   files that no source knows, or with nothing in them, and why
    refused        files that could not be taken, and why; nothing of them was kept
    repeated       files that are the same, byte for byte, as one before them
    """

    releases: list[Release] = field(default_factory=list)
    already_known: list[KnownFile] = field(default_factory=list)
    unrecognised: list[BadFile] = field(default_factory=list)
    refused: list[BadFile] = field(default_factory=list)
    repeated: list[BadFile] = field(default_factory=list)
    # The files the person named, rather than found in a folder or an archive.
    named: frozenset[str] = frozenset()

    @property
    def exit_code(self) -> int:
        """
        0 if every file was taken or was known; 1 if one was refused.

        A stray file in a folder is no error; one that the person named is.
        """
        strays = {bad.name for bad in self.unrecognised}
        return int(bool(self.refused or strays & self.named))

    def lines(self) -> list[str]:
        """The report in plain English, one line for each thing that happened."""
        return [
            *(line for release in self.releases for line in release_lines(release)),
            *known_lines(self.already_known),
            *(f"Repeated: {bad.why}" for bad in self.repeated),
            *(f"Not recognised: {bad.why}" for bad in self.unrecognised),
            *(f"Refused: {bad.why}" for bad in self.refused),
        ]


@dataclass(frozen=True)
class Held:
    """A reading that waits for its turn, in memory or on the disk."""

    reading: Reading
    slices: frozenset[str]
    on_disk: Path | None

    def back(self) -> Reading:
        if self.on_disk is None:
            return self.reading
        return replace(self.reading, kept=pl.read_ipc(self.on_disk))


def load_paths(
    paths: Iterable[Path],
    store: EvidenceStore,
    *,
    by: str,
    published: date | None = None,
    force: str = "",
    progress: Progress | None = None,
    confirm: Confirm | None = None,
    limits: Limits | None = None,
) -> LoadReport:
    """
    Load every file at or under `paths` that a source knows.

    by         who loads them; kept with each release
    published  when the publisher put these files out, where the files do not say
    force      the police force, as data.police.uk writes it, for files that do not say
    progress   told of each file: its name, how many of those found are done, how many
               there are
    confirm    asked before months already in the store are replaced; without it they
               are replaced

    One release is made for each source and dataset; more, where files share a month,
    and then the older publication goes first. A file that is bad in any way is named
    in the report and does not stop the others.
    """
    paths = list(paths)
    report = LoadReport(named=frozenset(p.name for p in paths if not p.is_dir()))
    with tempfile.TemporaryDirectory(prefix="saferplan-") as folder:
        waiting = _Waiting(Path(folder), store, report)
        for file in open_files(paths, limits, progress):
            if isinstance(file, BadFile):
                (report.unrecognised if file.stray else report.refused).append(file)
                continue
            waiting.take(replace(file, force=force), published)
        for batch in waiting.batches():
            _load(batch, store, report, by, confirm)
    return report


def read_file(file: SourceFile, source: Source) -> list[Reading]:
    """
    The readings of one file, with at least one row kept.

    Raises SourceError with one sentence if the file cannot be taken at all.
    """
    readings = [with_hidden_sheets(file, reading) for reading in source.read(file)]
    if any(len(reading.kept) for reading in readings):
        return [r for r in readings if len(r.kept) or len(r.refused)]
    refused = [r.refused.row(0, named=True) for r in readings if len(r.refused)]
    if not refused:
        return []
    first = min(refused, key=lambda row: row["line"])
    rows = sum(reading.rows_read for reading in readings)
    raise SaferplanError(
        f"{file.facts.name}: not one of its {rows:,} rows could be taken. The first, "
        f"on line {first['line']}: {first['reason']}. Its columns may have moved: "
        f"compare it with an earlier file of {source.title}."
    )


def with_hidden_sheets(file: SourceFile, reading: Reading) -> Reading:
    """The reading, with a note of what whoever opens its workbook would not see."""
    hidden = hidden_sheets(file) if file.kind == "xlsx" else ()
    if not hidden:
        return reading
    name = file.facts.name
    note = f"{name} holds sheets hidden from view: {', '.join(map(short, hidden))}."
    return replace(reading, notes=(*reading.notes, note))


class _Waiting:
    """Everything read and not yet loaded."""

    def __init__(self, folder: Path, store: EvidenceStore, report: LoadReport):
        self.folder = folder
        self.report = report
        self.held: dict[tuple[str, str], list[Held]] = defaultdict(list)
        self.numbers = count()
        self.bytes = 0
        self.known: dict[str, dict[str, Release]] = defaultdict(dict)
        for release in store.releases():
            for file in release.files:
                self.known[file.sha256].setdefault(release.dataset, release)
        self.seen: dict[str, str] = {}

    def take(self, file: SourceFile, published: date | None) -> None:
        """Read a file and hold what it says, or report why not."""
        name, sha256 = file.facts.name, file.facts.sha256
        source = recognise(file)
        if source is None:
            self.report.unrecognised.append(BadFile(name, _stranger(file), stray=True))
        elif sha256 in self.seen:
            why = f"{name} is the same, byte for byte, as {self.seen[sha256]}."
            self.report.repeated.append(BadFile(name, why))
        elif self.known[sha256].keys() >= set(source.datasets):
            release = next(iter(self.known[sha256].values()))
            self.report.already_known.append(KnownFile(name, release))
        else:
            self.seen[sha256] = name
            for reading in self._readings(file, source):
                if published:
                    reading = replace(reading, published=published)
                self.held[reading.source, reading.dataset].append(self._hold(reading))

    def _readings(self, file: SourceFile, source: Source) -> list[Reading]:
        name = file.facts.name
        try:
            readings = read_file(file, source)
        except SaferplanError as error:
            self.report.refused.append(BadFile(name, str(error)))
            return []
        except OSError as error:
            self.report.refused.append(BadFile(name, cannot_read(name, error)))
            return []
        if not readings:
            why = f"{name} has a header and no rows: nothing to load."
            self.report.unrecognised.append(BadFile(name, why, stray=True))
        return readings

    def _hold(self, reading: Reading) -> Held:
        slices = frozenset(slice_names(reading))
        size = int(reading.kept.estimated_size())
        if self.bytes + size <= MOST_IN_MEMORY:
            self.bytes += size
            return Held(reading, slices, None)
        place = self.folder / f"waiting-{next(self.numbers)}.arrow"
        reading.kept.write_ipc(place)
        return Held(replace(reading, kept=reading.kept.clear()), slices, place)

    def batches(self) -> Iterator[list[Held]]:
        """
        What to load together: oldest publication first, no slice twice in one.

        A reading goes into the first batch after every older one of the same slices.
        """
        for key in sorted(self.held):
            batches: dict[int, list[Held]] = defaultdict(list)
            turn_of: dict[str, int] = {}
            for held in sorted(self.held[key], key=_age):
                turn = 1 + max(
                    (turn_of.get(name, 0) for name in held.slices), default=0
                )
                turn_of.update(dict.fromkeys(held.slices, turn))
                batches[turn].append(held)
            yield from batches.values()


def _age(held: Held) -> tuple[date, str]:
    return held.reading.published, held.reading.file.name


def _load(
    batch: list[Held],
    store: EvidenceStore,
    report: LoadReport,
    by: str,
    confirm: Confirm | None,
) -> None:
    try:
        readings = (held.back() for held in batch)
        release = store.load(readings, by=by, confirm=confirm)
    except SaferplanError as error:
        names = dict.fromkeys(held.reading.file.name for held in batch)
        report.refused += [BadFile(name, f"{name}: {error}") for name in names]
        return
    if release.changed:
        report.releases.append(release)
    else:
        report.already_known += [KnownFile(f.name, release) for f in release.files]


def _stranger(file: SourceFile) -> str:
    """Why no source takes this file, with what it has, so that a person can tell."""
    name = file.facts.name
    if file.header:
        shown = ", ".join(short(column) or "(no name)" for column in file.header[:6])
        more = f" and {len(file.header) - 6} more" if len(file.header) > 6 else ""
        return f"{name}: no source knows a table with the columns {shown}{more}."
    if file.sheets:
        shown = ", ".join(short(sheet) for sheet in file.sheets[:6])
        return f"{name}: no source knows a {file.kind} with the sheets {shown}."
    return f"{name}: no source knows this {file.kind} file."


def short(name: str) -> str:
    """A name from a file, fit to stand in a sentence."""
    words = " ".join(name.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def release_lines(release: Release) -> list[str]:
    """
    One release: its files and rows, the slices it revised, and its notes.

    Rows read = kept + quarantined + already known, and the line shows it.
    """
    return [
        f"{sum_of_rows(release)} (release {release.id})",
        *(
            f"  quarantined: {plural(n, 'row')}, {why}"
            for why, n in release.reasons.items()
        ),
        *revision_lines(release.revisions),
        *(f"  note: {note}" for note in release.notes),
    ]


def sum_of_rows(release: Release) -> str:
    """What was read of a release's files, and the sum that it must come to."""
    return (
        f"{release.dataset} from {release.source}, "
        f"{plural(len(release.files), 'file')}: "
        f"{plural(release.rows_read, 'row')} read = {release.rows_kept:,} kept + "
        f"{release.rows_quarantined:,} quarantined + "
        f"{release.rows_known:,} already known"
    )


def revision_lines(revisions: Iterable[SliceChange]) -> list[str]:
    """What changed in slices that were already loaded: a line for each run of them."""
    series: dict[str, list[SliceChange]] = defaultdict(list)
    for change in revisions:
        series[change.slice.rpartition(".")[0]].append(change)
    lines = []
    for name, changes in sorted(series.items()):
        parts = sorted(change.slice.rpartition(".")[2] for change in changes)
        which = parts[0] if len(parts) == 1 else plural(len(parts), "part")
        span = "" if len(parts) == 1 else f" from {parts[0]} to {parts[-1]}"
        lines.append(
            f"  revised: {name}, {which}{span}: "
            f"{plural(sum(change.rows_before for change in changes), 'row')} before, "
            f"{sum(change.rows_after for change in changes):,} now "
            f"({sum(change.rows_added for change in changes):,} new, "
            f"{sum(change.rows_removed for change in changes):,} gone)"
        )
    return lines


def known_lines(known: list[KnownFile]) -> list[str]:
    """Files known already, counted by the release that holds them, and why."""
    by_release: dict[str, list[KnownFile]] = defaultdict(list)
    for file in known:
        by_release[file.release.id].append(file)
    lines = []
    for files in by_release.values():
        release = files[0].release
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        why = (
            f"release {release.id}, loaded by {release.loaded_by} on "
            f"{release.loaded_at:%-d %B %Y}"
            if release.changed
            else sum_of_rows(release)
        )
        lines.append(f"Already known: {files[0].name}{more} ({why}); nothing added.")
    return lines
