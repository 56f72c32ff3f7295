"""The standards of service that the public has been promised, and by whom."""

from dataclasses import dataclass
from typing import Literal

from saferplan.definitions.definition import Definition, load_all


@dataclass(frozen=True, kw_only=True)
class Standard(Definition):
    """
    promise    in the words a resident would use
    level      the areas that it is made to, each
    threshold  met at this or better, in `unit`
    better     which way is better
    life_days  how many days after it was seen an observation says nothing any more
    """

    title: str
    promise: str
    level: Literal["ward", "borough"]
    threshold: int | float
    unit: str
    better: Literal["up", "down"]
    life_days: int

    def is_met_by(self, value: float) -> bool:
        if self.better == "up":
            return value >= self.threshold
        return value <= self.threshold


def standards() -> dict[str, Standard]:
    """The standards by name, in the order of the file."""
    return load_all("standards.toml", Standard)
