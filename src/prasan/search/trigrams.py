"""The trigram index under each table of documents: FTS5 on the embedded database, pg_trgm on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

TABLES = ("search_casedocument", "search_deskdocument")


def sqlite(table: str) -> Iterator[str]:
    """An external-content FTS5 table that the database itself keeps in step with its documents.

    `secure-delete` makes a deleted word leave the file at the next truncating checkpoint.
    """
    fts = f"{table}_fts"
    gone = f"INSERT INTO {fts}({fts}, rowid, text) VALUES ('delete', old.id, old.text);"
    come = f"INSERT INTO {fts}(rowid, text) VALUES (new.id, new.text);"
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} "
        f"USING fts5(text, content='{table}', content_rowid='id', tokenize='trigram')"
    )
    yield f"INSERT INTO {fts}({fts}, rank) VALUES ('secure-delete', 1)"
    yield f"CREATE TRIGGER IF NOT EXISTS {fts}_come AFTER INSERT ON {table} BEGIN {come} END"
    yield f"CREATE TRIGGER IF NOT EXISTS {fts}_gone AFTER DELETE ON {table} BEGIN {gone} END"
    yield f"CREATE TRIGGER IF NOT EXISTS {fts}_changed AFTER UPDATE ON {table} BEGIN {gone} {come} END"
    yield f"INSERT INTO {fts}({fts}) VALUES ('rebuild')"


def postgresql(table: str) -> Iterator[str]:
    """A GIN index on the upper-cased text, which is what Django's `icontains` compares."""
    yield "CREATE EXTENSION IF NOT EXISTS pg_trgm"
    yield f'CREATE INDEX IF NOT EXISTS {table}_trigrams ON {table} USING gin (UPPER("text"::text) gin_trgm_ops)'


def removal(vendor: str, table: str) -> Iterator[str]:
    if vendor == "sqlite":
        for name in ("come", "gone", "changed"):
            yield f"DROP TRIGGER IF EXISTS {table}_fts_{name}"
        yield f"DROP TABLE IF EXISTS {table}_fts"
    else:
        yield f"DROP INDEX IF EXISTS {table}_trigrams"


def _run(schema_editor: Any, statements: Iterator[str]) -> None:
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install(schema_editor: Any) -> None:
    """Put the index in place on whichever database this is."""
    build = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for table in TABLES:
        _run(schema_editor, build(table))


def remove(schema_editor: Any) -> None:
    """Take the index away; the documents stay."""
    for table in TABLES:
        _run(schema_editor, removal(schema_editor.connection.vendor, table))
