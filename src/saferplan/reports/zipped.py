"""Zip files that are the same bytes for the same contents."""

import io
import zipfile
from collections.abc import Callable, Mapping

# The earliest day that the ZIP format can hold stands in for every clock.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def zip_of(members: Mapping[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    """Zip `members` in their order; those named in `stored` are left uncompressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, contents in members.items():
            facts = zipfile.ZipInfo(name, LONG_AGO)
            facts.compress_type = (
                zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            )
            archive.writestr(facts, contents)
    return file.getvalue()


def same_bytes(
    archive: bytes, changes: Mapping[str, Callable[[bytes], bytes]]
) -> bytes:
    """Zip again without times, each member named in `changes` passed through it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        members = {name: old.read(name) for name in sorted(old.namelist())}
    # Readers look for the list of types first.
    first = "[Content_Types].xml"
    ordered = {first: members.pop(first), **members}
    for name, change in changes.items():
        ordered[name] = change(ordered[name])
    return zip_of(ordered)
