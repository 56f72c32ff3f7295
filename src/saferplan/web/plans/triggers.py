"""The database's own refusal to change what a version said."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "What a version of a plan said cannot be changed"

SQLITE = f"""
    CREATE TRIGGER version_never_changed
    BEFORE UPDATE OF plan_id, number, body, digest, "on", at ON plans_version
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_to_change_a_version() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER version_never_changed
    BEFORE UPDATE OF plan_id, number, body, digest, "on", at ON plans_version
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_version()
    """,
]


def guard_versions(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for statement in {"sqlite": [SQLITE], "postgresql": POSTGRESQL}[vendor]:
        editor.execute(statement)


def stop_guarding(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER version_never_changed")
    else:
        editor.execute("DROP FUNCTION refuse_to_change_a_version CASCADE")
