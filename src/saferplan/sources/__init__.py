"""
Publishers' files, read: one module per publisher's series.

A new source is one module with one `SOURCE` and one line in `catalogue.py`.
"""

from saferplan.sources.catalogue import SOURCES, recognise

__all__ = ["SOURCES", "recognise"]
