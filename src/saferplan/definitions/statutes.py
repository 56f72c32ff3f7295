"""
The Acts and orders that plans cite, with the days between which they were law.

It is a register for reading plans by, not legal advice. An entry that nobody has
checked against its source says so wherever it is shown.
"""

from dataclasses import dataclass
from typing import Literal

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class Statute(Definition):
    """
    title        as it should be cited
    kind         an Act; one provision of an Act; or an order that a court or the
                 police can make under one
    cited_as     how plans write it, without case; spaces also stand for hyphens
    replaced_by  what took its place, if it is no longer law
    note         what a reader should know
    """

    title: str
    kind: Literal["Act", "provision", "order"]
    cited_as: tuple[str, ...]
    replaced_by: str = ""
    note: str = ""


def statutes() -> dict[str, Statute]:
    return load_all("statutes.toml", Statute)
