"""
What every definition carries, and how a file of them is read.

A definition is data, not code: an analyst can read, argue with and change one. Each
says where it comes from, when it held, and how far that was confirmed; one that nobody
has checked says so wherever it is shown.
"""

import tomllib
import types
import typing
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from saferplan.errors import SourceChanged

FOLDER = Path(__file__).parent / "data"
NOT_CHECKED = "not yet checked"
Confirmed = Literal["", "text", "secondary", "not confirmed"]
CONFIRMED: dict[Confirmed, str] = {
    "": NOT_CHECKED,
    "text": "confirmed by the text of the source",
    "secondary": "confirmed by a secondary source",
    "not confirmed": "not confirmed",
}


@dataclass(frozen=True, kw_only=True)
class Definition:
    """
    One thing we hold to be so.

    name           how code and findings refer to it
    source         where a reader can check it
    in_force_from  the first day it held; None where that is not known or always
    in_force_to    the last day it held; None while it still does
    checked_by     the role that compared it with its source; "" if nobody has yet
    confirmed      what bears it out: "text", words of the source itself were read;
                   "secondary", somebody else who tells of it; "not confirmed", nothing
                   that could be found; "" if nobody has looked
    confirmed_on   the day somebody looked
    confirmed_at   what was read, and where
    unseen         what of it was not seen there, or why nothing was
    """

    name: str
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    checked_by: str = ""
    confirmed: Confirmed = ""
    confirmed_on: date | None = None
    confirmed_at: str = ""
    unseen: str = ""

    @property
    def standing(self) -> str:
        """How far it is borne out: "checked by legal officer", "not confirmed"."""
        if self.checked_by:
            return f"checked by {self.checked_by}"
        day = self.confirmed_on
        when = f", {day.day} {day:%B %Y}" if day else ""
        return f"{CONFIRMED[self.confirmed]}{when}"

    @property
    def grounds(self) -> str:
        """Its standing in sentences: what was read, and what is still to be checked."""
        read = f" ({self.confirmed_at})" if self.confirmed_at else ""
        sentence = f"{self.standing[0].upper()}{self.standing[1:]}{read}."
        if not self.unseen:
            return sentence
        lead = "" if self.confirmed == "not confirmed" else "Still to check: "
        rest = self.unseen if not lead else self.unseen[0].lower() + self.unseen[1:]
        return f"{sentence} {lead}{rest}"

    def in_force_on(self, day: date) -> bool:
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )


Kind = TypeVar("Kind", bound=Definition)


def load(path: Path, kind: type[Kind]) -> dict[str, Kind]:
    """
    Return the definitions in a TOML file by name, in the order of the file.

    The file has a table per definition, named after it; what a table called `all`
    says goes for each that does not say otherwise.

    Raises SourceChanged, naming the file and the entry, for a key that is missing,
    unknown or of the wrong kind, or dates the wrong way round.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SourceChanged(f"{path.name} is not TOML we can read: {error}.") from None
    shared = entries.pop("all", {})
    return {
        name: build(kind, {"name": name, **shared, **entry}, f"{path.name}, {name}")
        for name, entry in entries.items()
    }


@cache
def load_all(file: str, kind: type[Kind]) -> dict[str, Kind]:
    """The definitions that come with Saferplan, read once."""
    return load(FOLDER / file, kind)


def build(kind: type[Kind], entry: dict[str, Any], where: str) -> Kind:
    known = {field.name: field for field in fields(kind)}
    if strange := sorted(entry.keys() - known.keys()):
        raise SourceChanged(
            f"{where}: unknown {', '.join(strange)}. It may have: {', '.join(known)}."
        )
    needed = {
        name
        for name, field in known.items()
        if field.default is MISSING and field.default_factory is MISSING
    }
    if lacking := sorted(needed - entry.keys()):
        raise SourceChanged(f"{where}: needs {', '.join(lacking)}.")
    wanted = typing.get_type_hints(kind)
    given = {name: frozen(value) for name, value in entry.items()}
    for name, value in given.items():
        if not fits(value, wanted[name]):
            raise SourceChanged(
                f"{where}: {name} should be {words_for(wanted[name])}, "
                f"and {value!r} is not."
            )
    if not given["source"]:
        raise SourceChanged(f"{where}: source is empty. Say where a reader can check.")
    start, end = given.get("in_force_from"), given.get("in_force_to")
    if start and end and end < start:
        raise SourceChanged(
            f"{where}: in force from {start} to {end}, before it began."
        )
    if complaint := unconfirmed(given):
        raise SourceChanged(f"{where}: {complaint}")
    return kind(**given)


def unconfirmed(given: dict[str, Any]) -> str:
    """What an entry lacks to be as well confirmed as it says; "" if nothing."""
    state = given.get("confirmed", "")
    if state and not given.get("confirmed_on"):
        return "say on which day it was looked at, in confirmed_on."
    if state in ("text", "secondary") and not given.get("confirmed_at"):
        return "say what confirms it and where that can be read, in confirmed_at."
    if state == "not confirmed" and not given.get("unseen"):
        return "say why it could not be confirmed, in unseen."
    return ""


def frozen(value: Any) -> Any:
    """Lists as tuples, all the way down, so that a definition cannot be changed."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return value


def fits(value: Any, wanted: Any) -> bool:
    origin, inside = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (types.UnionType, typing.Union):
        return any(fits(value, each) for each in inside)
    if origin is typing.Literal:
        return value in inside
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(item, inside[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(
            fits(item, inside[1]) for item in value.values()
        )
    if wanted is int and isinstance(value, bool):
        return False
    return isinstance(value, wanted)


def words_for(wanted: Any) -> str:
    if typing.get_origin(wanted) is typing.Literal:
        return f"one of {', '.join(map(str, typing.get_args(wanted)))}"
    return str(getattr(wanted, "__name__", wanted)).replace("typing.", "")
