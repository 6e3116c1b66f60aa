"""Append-only by the database itself: triggers on both engines refuse to change or delete a line."""

from collections.abc import Iterator

TABLES = ("journal_line", "journal_revision", "journal_checkpoint")
SENTENCE = "The journal is append-only."


def sqlite() -> Iterator[str]:
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )


def postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in TABLES:
        yield f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"
        yield (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        )
        yield f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}"
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )


def install(schema_editor: object) -> None:
    """Put the triggers in place on whichever database this is."""
    connection = schema_editor.connection  # type: ignore[attr-defined]
    statements = sqlite() if connection.vendor == "sqlite" else postgresql()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
