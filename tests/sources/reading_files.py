"""Read one file as a source does, holding it to its word."""

from pathlib import Path

from saferplan.sources.files import open_file
from saferplan.sources.source import Source
from saferplan.store.reading import Reading


def read_one(path: Path, source: Source) -> Reading:
    """The only reading of a file that `source` must recognise; its rows add up."""
    with open_file(path) as file:
        assert source.recognises(file)
        (reading,) = source.read(file)
    assert reading.rows_read == reading.kept.height + reading.refused.height
    return reading
