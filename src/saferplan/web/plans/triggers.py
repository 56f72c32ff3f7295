"""The database's own refusal to change what was put before people."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[object, BaseDatabaseSchemaEditor], None]


def guard(table: str, columns: str, refusal: str, *, when: str = "") -> Step:
    """
    Have the database refuse to change these columns of a table.

    when  of which rows, as a condition on OLD; otherwise of all
    """
    condition = f"WHEN ({when}) " if when else ""
    name = f"{table}_never_changed"

    def step(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} "
                f"{condition}BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
            return
        editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$ LANGUAGE plpgsql"
        )
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION {name}()"
        )

    return step


def stop_guarding(table: str) -> Step:
    name = f"{table}_never_changed"

    def step(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER {name}")
        else:
            editor.execute(f"DROP FUNCTION {name} CASCADE")

    return step
