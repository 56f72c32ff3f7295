"""How much one request may bring. What is too much is read past and never kept."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MOST_FILES = 200
MOST_GIGABYTES = 2
MOST_BYTES = MOST_GIGABYTES * 1024**3


class WithinLimits(FileUploadHandler):
    """
    Counts bytes as they arrive, before the handlers after it put any on the disk.

    A request that brings too many ends up without files, and `brought_too_much`.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            assert self.request is not None, "Django hands over the request"
            self.request.META["BROUGHT_TOO_MUCH"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None  # the next handler keeps it


def brought_too_much(request: HttpRequest) -> bool:
    return "BROUGHT_TOO_MUCH" in request.META
