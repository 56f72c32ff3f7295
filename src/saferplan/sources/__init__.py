"""
Publishers' files, read: one module per publisher's series.

A new source is one module with one `SOURCE` and one line in `catalogue.py`.
"""

from saferplan.sources.catalogue import SOURCES, recognise
from saferplan.sources.loading import LoadReport, load_paths

__all__ = ["SOURCES", "LoadReport", "load_paths", "recognise"]
