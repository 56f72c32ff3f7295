"""The evidence store: releases, provenance, quarantine, the query engine."""

from saferplan.store.evidence import EvidenceStore
from saferplan.store.place import default_place
from saferplan.store.slices import slice_names

__all__ = ["EvidenceStore", "default_place", "slice_names"]
