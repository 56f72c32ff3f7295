"""What was asked of a service and what came back, kept word for word."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asked:
    """
    One answer that was asked about.

    row     its id
    themes  what the service gave it; None where nothing that came can be used
    tries   how often it was asked
    reply   the last reply, word for word
    reason  why it cannot be used; empty if it can
    """

    row: Any
    themes: tuple[str, ...] | None
    tries: int
    reply: str
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """One run through the answers: by which model, where, with which code frame."""

    model: str
    base_url: str
    frame: tuple[str, ...]
    asked: tuple[Asked, ...]


def keep_in(folder: Path, run: Run) -> Path:
    """Write a run to a file of its own, and return it. No key is in a run."""
    told = asdict(run) | {"kept_at": datetime.now(UTC).isoformat(timespec="seconds")}
    text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(text.encode()).hexdigest()[:12]
    file = folder / f"run-{told['kept_at'].replace(':', '')[:17]}-{name}.json"
    file.write_text(text, encoding="utf-8")
    return file
