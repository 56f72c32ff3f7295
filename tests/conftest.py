"""How all tests run: on nobody's own evidence, and with properties tried alike."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

# Whoever runs them may have a store of their own, and no test may read or change it.
os.environ["SAFERPLAN_STORE"] = str(
    Path(tempfile.gettempdir()) / f"saferplan-tests-{os.getuid()}" / "no store"
)

# A busy machine is no fault of the code. New examples are for people at work to find.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
    max_examples=50,
)
settings.load_profile("ours")
