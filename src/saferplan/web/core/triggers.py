"""
The database's own refusal to change what stands, below anything Python could skip.

Someone who may alter the tables can remove it too; of the record of events, the chain
of digests is what shows it afterwards. SQLite drops a table's triggers where a later
migration rebuilds the table: such a migration must guard it again.
"""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[object, BaseDatabaseSchemaEditor], None]


def guard(
    table: str,
    refusal: str,
    *,
    columns: str = "",
    when: str = "",
    deleting: bool = False,
) -> Step:
    """
    Have the database refuse to change a table's rows.

    columns   which of them, as SQL lists them; otherwise all
    when      of which rows, as a condition on OLD; otherwise of all
    deleting  whether it refuses to delete them, too
    """
    condition = f"WHEN ({when}) " if when else ""
    update = f"UPDATE OF {columns}" if columns else "UPDATE"
    events = {changed(table): update}
    if deleting:
        events[deleted(table)] = "DELETE"

    def step(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for name, event in events.items():
                editor.execute(on_sqlite(name, event, table, refusal, condition))
            return
        function = f"refuse_{table}"
        editor.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$ LANGUAGE plpgsql"
        )
        for name, event in events.items():
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW {condition}EXECUTE FUNCTION {function}()"
            )

    return step


def on_sqlite(
    name: str, event: str, table: str, refusal: str, condition: str = ""
) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"{condition}BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def stop_guarding(table: str) -> Step:
    def step(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for name in (changed(table), deleted(table)):
                editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            editor.execute(f"DROP FUNCTION refuse_{table} CASCADE")

    return step


def changed(table: str) -> str:
    return f"{table}_never_changed"


def deleted(table: str) -> str:
    return f"{table}_never_deleted"
