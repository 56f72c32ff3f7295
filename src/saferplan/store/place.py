"""Where the evidence store is, when nobody says."""

import os
from pathlib import Path

from platformdirs import user_data_path


def default_place() -> Path:
    """
    Return the folder of this person's evidence store.

    It is what the environment calls SAFERPLAN_STORE; failing that, a folder among
    this person's own data. It need not be there yet.
    """
    named = os.environ.get("SAFERPLAN_STORE")
    if named:
        return Path(named).expanduser()
    return user_data_path("saferplan", appauthor=False) / "store"
