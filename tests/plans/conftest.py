"""Plans that nobody wrote: small documents, one quirk each."""

import pytest

from saferplan.plans import document_of, plan_of

HEADER = "\tActions\tTime frame\tCompleted"


@pytest.fixture
def read():
    """Read a text as if it were a file of that name."""

    def reading(text, name="plan.txt", on=None):
        return plan_of(document_of(text.encode(), name), on=on)

    return reading


@pytest.fixture
def table(read):
    """Read a table's rows, under one heading and the usual columns."""

    def reading(*rows, header=HEADER):
        return read("\n".join(["Shop theft", "", header, *rows, ""]))

    return reading
