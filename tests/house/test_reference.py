"""The reference pages say what the code says."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def load_tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_up_to_date():
    stale = [
        path.name
        for path, text in load_tool("write_reference").pages().items()
        if path.read_text() != text
    ]
    assert stale == [], "Run: .venv/bin/python tools/write_reference.py"
