"""The command line: parse, call, print."""

from saferplan.cli.app import app

__all__ = ["app"]
