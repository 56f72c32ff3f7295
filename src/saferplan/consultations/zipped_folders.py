"""Unpacking a folder that somebody sends as a zip, without trusting it."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from saferplan.errors import ConsultationError

MEGABYTE = 1_000_000
LARGEST_UNPACKED = 400 * MEGABYTE
MOST_FILES = 2_000
MOST_TIMES_LARGER = 200  # answers pack to a twentieth; what packs to less is no text
SMALL = 10 * MEGABYTE


def unpack(content: bytes, folder: Path, *, name: str) -> Path:
    """
    Unpack a zip into `folder`, and return where its `inputs` are: there, or one below.

    Raises ConsultationError if it is damaged, locked, far too large or holds too many
    files, or a name in it leads out of the folder. Nothing is unpacked then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            check_sizes(members, name, packed=len(content))
            for each in members:
                check_name(each.filename, name)
            written = 0
            for each in members:
                written = write(archive, each, folder, name, written)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise ConsultationError(
            f"{name} is no zip that we can open: it is damaged, or has a password. Zip "
            f"the folder with inputs and outputs again."
        ) from None
    return top_of(folder)


def check_sizes(members: list[zipfile.ZipInfo], name: str, *, packed: int) -> None:
    if len(members) > MOST_FILES:
        raise ConsultationError(
            f"{name} holds {len(members):,} files; a question or two have a dozen. Zip "
            f"only the folder with inputs and outputs."
        )
    unpacked = sum(each.file_size for each in members)
    swells = unpacked > SMALL and unpacked > MOST_TIMES_LARGER * packed
    if unpacked > LARGEST_UNPACKED or swells:
        raise ConsultationError(
            f"{name} unpacks to {unpacked // MEGABYTE:,} MB, far more than answers do. "
            f"It was not opened."
        )


def check_name(member: str, name: str) -> None:
    """
    >>> check_name("inputs/respondents.jsonl", "run.zip")
    """
    path = PurePosixPath(member.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member or "\0" in member:
        raise ConsultationError(
            f"{name} holds a file that would be put elsewhere ({member!r}). It was not "
            f"opened."
        )


def write(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    folder: Path,
    name: str,
    written: int,
) -> int:
    """Write one file, and return how many bytes there are now; a size may be a lie."""
    place = folder.joinpath(*PurePosixPath(member.filename.replace("\\", "/")).parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as packed, place.open("wb") as kept:
        while chunk := packed.read(MEGABYTE):
            written += len(chunk)
            if written > LARGEST_UNPACKED:
                raise ConsultationError(f"{name} unpacks to more than it says.")
            kept.write(chunk)
    return written


def top_of(folder: Path) -> Path:
    """The folder with `inputs`: zips often hold one folder that holds the rest."""
    if (folder / "inputs").is_dir():
        return folder
    below = [each for each in folder.iterdir() if (each / "inputs").is_dir()]
    return below[0] if len(below) == 1 else folder
