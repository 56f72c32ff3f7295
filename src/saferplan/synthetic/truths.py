"""What is true of the invented borough because it was planted: for tests to find."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Place:
    code: str
    name: str


@dataclass(frozen=True)
class Change:
    """
    A change in a category of recorded crime from one month on.

    times  how many times what it was before, in expectation
    """

    category: str
    since: date
    times: float


@dataclass(frozen=True)
class Revision:
    """A month that a later release put right: offences before and after."""

    month: date
    category: str
    before: int
    after: int


@dataclass(frozen=True)
class Answer:
    """A measure of the survey: the share who agreed in the year before and the last."""

    measure: str
    before: float
    after: float


@dataclass(frozen=True)
class Truths:
    """
    What was planted.

    vulnerable_ward    its Vulnerable Localities Index is over 200, no other ward's is
    quiet_ward         nothing changes there, and `never_in_quiet` never happen there:
                       its rows are missing from the files because they are zero
    missing_month      the force sent no street-level crime for it
    revised            recorded crime of the borough, as two releases had it
    closed_counter     the front counter on the list of 2025 and not that of 2026
    only_recording     a rise, everywhere, because a recording rule changed;
                       `steady` (harm and injury) did not move with it
    only_searches      a rise in the borough alone: officers searched more
    real_fall          a fall in the borough alone
    stop_ratios        searches per resident against White residents, by group
    found              the share of searches that find something, in every group
    concentrated       the few LSOAs that hold `concentrated_share` of the offences of
                       the last twelve months
    small_rise         a change of answers that chance can explain
    real_fall_of_trust one that it cannot
    """

    seed: int
    borough: Place
    vulnerable_ward: Place
    quiet_ward: Place
    never_in_quiet: tuple[str, ...]
    missing_month: date
    revised: Revision
    closed_counter: str
    only_recording: Change
    steady: tuple[str, ...]
    only_searches: Change
    real_fall: Change
    stop_ratios: dict[str, float]
    found: float
    concentrated: tuple[str, ...]
    concentrated_share: float
    small_rise: Answer
    real_fall_of_trust: Answer

    def write(self, path: Path) -> None:
        """Write them as JSON, for a person to read."""
        text = json.dumps(asdict(self), indent=2, default=str, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
