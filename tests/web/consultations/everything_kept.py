"""All that is kept and all that is shown, as texts, to look for words in."""

import io
import zipfile

from django.db import connection
from django.urls import reverse


def everything_kept() -> str:
    """All that the tables hold but for people's own accounts and their sessions."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(kept)


# How each address that gives a file is asked for, by the end of its arguments.
KINDS = ("csv", "ods", "xlsx", "docx", "json", "zip", "txt", "pdf")


def every_page(client, arguments):
    """
    Return what this client is shown at every address, by its name: files unpacked.

    arguments  of each address, as access.py makes them. One that ends in the kind of a
               file is asked for in every kind
    """
    pages = {}
    for name, given in arguments.items():
        kinds = KINDS if given[-1:] and given[-1] in KINDS else (None,)
        for kind in kinds:
            place = [*given[:-1], kind] if kind else given
            page = client.get(reverse(name, args=place))
            if page.status_code in (200, 422):
                pages[f"{name} {kind or ''}".strip()] = text_of(page)
    return pages


def text_of(page):
    content = b"".join(page) if page.streaming else page.content
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = [archive.read(each) for each in archive.namelist()]
    return "\n".join(each.decode("utf-8", "replace") for each in inside)
