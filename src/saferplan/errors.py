"""
Every error we raise on purpose.

    SaferplanError
    ├── SourceError          a publisher's file is not what we expect
    │   ├── SourceMissing    it is not there
    │   ├── SourceChanged    it is there, but its shape has changed
    │   ├── SourceUnknown    no source recognises it
    │   └── SourceUnsafe     reading it could harm this machine, so we stopped
    ├── StoreError           the evidence store cannot do what was asked
    ├── AreaError            a code, name or roll-up that the geography does not allow
    ├── MethodError          the numbers cannot answer the question
    ├── PlanError            a file cannot be read as a plan
    ├── ResponseError        a file cannot be read as what somebody said of a draft
    ├── ConsultationError    a consultation cannot be read, timed or answered like this
    ├── ReportError          a report cannot be written where it was asked for
    └── NotAllowed           this person may not do this; the message says why

A `SaferplanError` message is written for the person at the keyboard: what happened, to
what, and what to do next. Anything else that escapes is a bug, and should look
like one.
"""


class SaferplanError(Exception):
    """Base of all of them; catch this at the edges (the command line, a view)."""


class SourceError(SaferplanError):
    """A publisher's file is not what we expect."""


class SourceMissing(SourceError):
    """The file is not there."""


class SourceChanged(SourceError):
    """The file is there, but its shape has changed."""


class SourceUnknown(SourceError):
    """No source recognises the file."""


class SourceUnsafe(SourceError):
    """Reading the file could harm this machine (a zip bomb, a huge field)."""


class StoreError(SaferplanError):
    """The evidence store cannot do what was asked."""


class AreaError(SaferplanError):
    """A code, name or roll-up that the geography does not allow."""


class MethodError(SaferplanError):
    """The numbers cannot answer the question; the message says what would be needed."""


class PlanError(SaferplanError):
    """A file cannot be read as a plan; the message says what it is and what to do."""


class ConsultationError(SaferplanError):
    """What a consultation was given cannot be read, timed, redacted or answered so."""


class ResponseError(SaferplanError):
    """A file cannot be read as an answer to a draft; the message says what to do."""


class ReportError(SaferplanError):
    """A report cannot be written where it was asked for; the message says why."""


class NotAllowed(SaferplanError):
    """This person may not do this; the message says why."""
