"""Every value of every row of the database, as one text, to look for words in."""

from django.db import connection


def everything_kept() -> str:
    """All that the tables hold but for people's own accounts and their sessions."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(kept)
