"""The rows that every app leans on: what was done, and what is being done."""

from saferplan.web.core.models.event import Audience, Event, RecordHead
from saferplan.web.core.models.job import Job

__all__ = ["Audience", "Event", "Job", "RecordHead"]
