"""The database's own refusal to change or remove a figure that was approved."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "An approved figure cannot be changed: return a correction"
TABLE = "performance_return"

SQLITE = [
    f"""
    CREATE TRIGGER return_never_{operation} BEFORE {operation} ON {TABLE}
    WHEN OLD.state = 'approved'
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for operation in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_to_change_a_figure() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql
    """,
    f"""
    CREATE TRIGGER return_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW WHEN (OLD.state = 'approved')
    EXECUTE FUNCTION refuse_to_change_a_figure()
    """,
]


def lock_approved(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        editor.execute(statement)


def unlock(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER return_never_UPDATE")
        editor.execute("DROP TRIGGER return_never_DELETE")
    else:
        editor.execute("DROP FUNCTION refuse_to_change_a_figure CASCADE")
