"""
The evidence store: every dataset, what it was on any day, and where it came from.

    store = EvidenceStore(default_place())
    release = store.load(readings, by="analyst")
    store.table("recorded_crime")
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ibis.expr.types as ir
import polars as pl
from filelock import FileLock, Timeout

from saferplan.errors import StoreError
from saferplan.store.commit import commit, prepare_table, sync_data
from saferplan.store.datasets import DATASETS, Dataset
from saferplan.store.disk import disk_errors
from saferplan.store.engine import Engine, named_engine
from saferplan.store.faults import faultpoint
from saferplan.store.loading import Confirm, Load, start_load
from saferplan.store.log import Log
from saferplan.store.quarantine import read_quarantine
from saferplan.store.reading import Reading
from saferplan.store.record import Record
from saferplan.store.release import Release, SliceChange
from saferplan.store.slices import polars_schema
from saferplan.store.sweep import sweep

AsOf = str | int | datetime


class EvidenceStore:
    """
    The evidence in one folder.

    Many may read at once, from any number of processes, and none waits for a load. One
    load runs at a time; another waits its turn.
    """

    def __init__(
        self, place: Path, *, engine: str | Engine = "duckdb", patience: float = 600
    ) -> None:
        """
        place     the folder; made if it is not there
        engine    duckdb, spark, or one made with limits of its own
        patience  how many seconds to wait for another person's load to end

        What a load that was killed has left behind is removed now, unless someone
        is loading, who will have removed it already.
        """
        self.place = Path(place).expanduser().absolute()
        self._patience = patience
        self._engine_wanted = engine
        self._engine: Engine | None = None
        self._logs = {name: Log(self.place / name) for name in DATASETS}
        with disk_errors(self.place):
            self.place.mkdir(parents=True, exist_ok=True)
        # Not being allowed to write is no reason not to read.
        with suppress(StoreError, OSError), self._alone(patience=0):
            self._sweep()

    # Loading

    def load(
        self,
        readings: Iterable[Reading],
        *,
        by: str,
        confirm: Confirm | None = None,
    ) -> Release:
        """
        Take in `readings`, all of one source and dataset, as one release.

        by       who loads them; kept with the release
        confirm  asked, before anything is kept, whether the slices that would be
                 replaced may be; not asked when there are none

        `readings` may be a generator: each is let go before the next is made. Files
        that speak of the same slice belong in loads of their own, older publication
        first; `slice_names` tells which those are.

        Where every row is known already, nothing is written, and the release says so
        (`changed` is False).

        Raises StoreError if a reading breaks its word, two readings claim a slice,
        `confirm` says no, another load does not end, or the disk refuses. Whatever is
        raised, here or by the generator, nothing of the load is kept.
        """
        with self._alone(self._patience):
            faultpoint("lock taken")
            with disk_errors(self.place):
                self._sweep()
            faultpoint("swept")
            load = self._judged(readings, keep=True)
            try:
                release = self._kept(load, by, confirm)
            except BaseException:
                forget(load)
                raise
        faultpoint("done")
        return release

    def compare(self, readings: Iterable[Reading]) -> list[SliceChange]:
        """
        Return what loading `readings` would change, changing nothing.

        One per slice that would be new (no rows before) or replaced; none at all
        means that every row is known. Raises StoreError as `load` does.
        """
        return self._judged(readings, keep=False).changes

    def _judged(self, readings: Iterable[Reading], *, keep: bool) -> Load:
        load: Load | None = None
        try:
            for reading in readings:
                # Only our own dealings with the disk: a publisher's file that cannot
                # be read is for whoever reads it to explain.
                with disk_errors(self.place):
                    load = load or self._start(reading, keep=keep)
                    load.take(reading)
                del reading  # before the next is made: they are large
        except BaseException:
            if load:
                forget(load)
            raise
        if load is None:
            raise StoreError("There is nothing to load: no file was read.")
        return load

    def _start(self, reading: Reading, *, keep: bool) -> Load:
        return start_load(reading, self._log(reading.dataset), keep=keep)

    def _kept(self, load: Load, by: str, confirm: Confirm | None) -> Release:
        faultpoint("difference known")
        log = self._log(load.dataset.name)
        if not load.is_news:
            return load.record(by=by, at=self._now(), version=log.version()).release
        if confirm and load.revisions and not confirm(load.revisions):
            raise StoreError("Nothing was loaded: the changes were not accepted.")
        with disk_errors(self.place):
            sync_data(load.written, self.place)
            table = prepare_table(load.folder, load.dataset)
            record = load.record(by=by, at=self._now(), version=table.version() + 1)
            commit(
                table,
                load.folder,
                load.dataset,
                record,
                added=list(load.added.values()),
                removed=load.replaced,
            )
        return record.release

    def _now(self) -> datetime:
        """The time, but always later than that of the last load, whatever the clock."""
        now = datetime.now(UTC)
        times = [release.loaded_at for release in self.releases()]
        return max([now, *(time + timedelta(microseconds=1) for time in times)])

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        """Hold the right to write. The system takes it back from a dead process."""
        lock = FileLock(self.place / ".lock", timeout=patience)
        with disk_errors(self.place):
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreError(
                    f"Someone else has been loading into {self.place} for the last "
                    f"{patience:.0f} seconds. Try again when that load has ended."
                ) from error
        try:
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        for log in self._logs.values():
            sweep(log)

    # Asking

    def table(self, dataset: str, as_of: AsOf | None = None) -> ir.Table:
        """
        Return `dataset` as an Ibis table, with the columns of its schema.

        as_of  a release's id, a moment, or a version of this table: the rows as they
               were right after it. A release of another dataset counts as the moment
               it was loaded. By default the rows are those of now, and stay so,
               whatever is loaded later.

        Nothing loaded is no rows. Raises StoreError for what the store does not have.
        """
        wanted = self._dataset(dataset)
        version = self._version(wanted, as_of)
        log = self._log(dataset)
        if version == 0:
            return self.engine.read(f"{dataset}_0", [], wanted.schema)
        return self.engine.read(
            log.name(version),
            log.files(version),
            wanted.schema,
            mixed=log.is_mixed(version),
        )

    @property
    def engine(self) -> Engine:
        """What answers questions; started when first needed."""
        if self._engine is None:
            wanted = self._engine_wanted
            self._engine = named_engine(wanted) if isinstance(wanted, str) else wanted
        return self._engine

    def releases(self, dataset: str | None = None) -> list[Release]:
        """Return every release, or those of one dataset, oldest first."""
        return [record.release for record in self._records(dataset)]

    def release(self, release_id: str) -> Release:
        """Return one release; StoreError if the store has none of that id."""
        return self._record(release_id).release

    def knows(self, sha256: str, dataset: str | None = None) -> Release | None:
        """
        Return the release that a file of these bytes was loaded in, if it was.

        A file may feed several datasets, each in a release of its own: ask of one.
        """
        return next(
            (
                release
                for release in self.releases(dataset)
                if any(file.sha256 == sha256 for file in release.files)
            ),
            None,
        )

    def slices(self, dataset: str, as_of: AsOf | None = None) -> pl.DataFrame:
        """
        Return the slices of `dataset`, in order of name, and whence each came.

        Columns: slice, those of `slice_by`, release, source, loaded_at, published
        (the newest publication known to say the same), rows.
        """
        wanted = self._dataset(dataset)
        version = self._version(wanted, as_of)
        held = self._log(dataset).slices(version)
        releases = {release.id: release for release in self.releases(dataset)}
        kinds = polars_schema(wanted)
        rows = [
            (
                name,
                *slice.record.key,
                slice.release_id,
                releases[slice.release_id].source,
                releases[slice.release_id].loaded_at,
                slice.record.published,
                slice.record.rows,
            )
            for name, slice in sorted(held.items())
        ]
        return pl.DataFrame(
            rows,
            schema={
                "slice": pl.String,
                **{column: kinds[column] for column in wanted.slice_by},
                "release": pl.String,
                "source": pl.String,
                "loaded_at": pl.Datetime("us", "UTC"),
                "published": pl.Date,
                "rows": pl.Int64,
            },
            orient="row",
        )

    def quarantine(self, release_id: str) -> pl.DataFrame:
        """Return the rows a release refused: release, file, line, reason, text."""
        record = self._record(release_id)
        folder = self.place / record.release.dataset
        return read_quarantine(release_id, [folder / n for n in record.quarantine])

    # Finding

    def _dataset(self, name: str) -> Dataset:
        if name not in DATASETS:
            raise StoreError(
                f"There is no dataset called {name}. There are: {', '.join(DATASETS)}."
            )
        return DATASETS[name]

    def _log(self, dataset: str) -> Log:
        return self._logs[self._dataset(dataset).name]

    def _records(self, dataset: str | None = None) -> list[Record]:
        logs = [self._log(dataset)] if dataset else self._logs.values()
        records = [record for log in logs for record in log.records()]
        return sorted(records, key=lambda record: record.release.loaded_at)

    def _record(self, release_id: str) -> Record:
        for record in self._records():
            if record.release.id == release_id:
                return record
        raise StoreError(
            f"There is no release {release_id} in {self.place}. `saferplan "
            f"releases` and the evidence catalogue list those there are."
        )

    def _version(self, dataset: Dataset, as_of: AsOf | None) -> int:
        """Return the version of the table to read; 0 has no rows."""
        log = self._log(dataset.name)
        if as_of is None:
            return log.version()
        if isinstance(as_of, int):
            if as_of not in {entry.version for entry in log.entries()}:
                raise StoreError(f"{dataset.name} has no version {as_of}.")
            return as_of
        if isinstance(as_of, str):
            as_of = self.release(as_of).loaded_at
        elif as_of.tzinfo is None:
            raise StoreError("Say in which time zone: a moment has to have one.")
        past = [
            r.table_version for r in self.releases(dataset.name) if r.loaded_at <= as_of
        ]
        return past[-1] if past else 0


def forget(load: Load) -> None:
    """Remove what a failed load has written; no commit names it."""
    for path in load.written:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # other slices' files, or the table's, are in it
            path.parent.rmdir()
