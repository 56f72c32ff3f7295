"""
The database's own refusal to change the record, below anything Python could skip.

Someone who may alter the tables can remove these too; the chain of digests is what
shows it afterwards.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "The record of events cannot be changed"

SQLITE = [
    f"""
    CREATE TRIGGER event_never_{operation} BEFORE {operation} ON core_event
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for operation in ("UPDATE", "DELETE")
]

POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_to_change_the_record() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_record()
    """,
]


def guard_the_record(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        editor.execute(statement)


def stop_guarding(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER event_never_UPDATE")
        editor.execute("DROP TRIGGER event_never_DELETE")
    else:
        editor.execute("DROP FUNCTION refuse_to_change_the_record CASCADE")
