"""The demonstration borough's evidence: made once, loaded once."""

import shutil
from collections.abc import Callable
from pathlib import Path

FILES = Path("var/demonstration")


def make_evidence(say: Callable[[str], None]) -> None:
    """Write the invented publishers' files and load them, unless that was done."""
    done = FILES / "loaded"
    if done.exists():
        return
    # Slow to import, and not needed the second time.
    from saferplan.sources import load_paths
    from saferplan.store import EvidenceStore, default_place
    from saferplan.synthetic import write_borough

    say("Making the demonstration borough")
    shutil.rmtree(FILES, ignore_errors=True)
    write_borough(FILES)
    say("Loading its files")
    report = load_paths([FILES], EvidenceStore(default_place()), by="demonstration")
    for refused in report.refused:
        say(f"  {refused}")
    done.touch()
