"""What the register says of a method."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """One way to a number. `source` is where a reader can check it."""

    name: str
    version: int
    title: str
    source: str
