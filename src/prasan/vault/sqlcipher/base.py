"""The embedded database engine: Django's SQLite backend on an encrypted, power-cut safe SQLCipher file."""

import datetime
import decimal
import sys
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.backends.sqlite3.features import DatabaseFeatures as SQLiteFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations as SQLiteOperations
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 (Django's own name for a driver)

from prasan.vault import custody

for name, read in (("date", parse_date), ("time", parse_time), ("datetime", parse_datetime)):
    Database.register_converter(name, base.decoder(read))
Database.register_converter("timestamp", base.decoder(parse_datetime))
Database.register_converter("bool", b"1".__eq__)
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, base.adapt_date)
Database.register_adapter(datetime.datetime, base.adapt_datetime)

# Measured reasons: NORMAL loses acknowledged work at a power cut, mmap widens a known race, temporary
# files and freed pages would otherwise keep clear text. `prasan doctor` asserts each of them.
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
    "legacy_alter_table = OFF",
    # 64 MB a connection: at 100,000 cases a page that is not in here is decrypted again at every reading.
    "cache_size = -65536",
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)


class Cursor(Database.Cursor):
    """Django's parameter style (`%s`) on SQLCipher's cursor; named parameters are not used here."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        return super().execute(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return super().executemany(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"), param_list)


class DatabaseFeatures(SQLiteFeatures):
    """SQLCipher's driver cannot be asked for its limits."""

    max_query_params = 32766


class DatabaseOperations(SQLiteOperations):
    """Queries that are captured (tests, profiling) are told without their values, which may be names."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return sql


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to the encrypted file; the raw key is its first statement."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = Database.connect(**conn_params)
        connection.execute(f"PRAGMA key = \"x'{custody.database_key().hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def get_database_version(self) -> tuple[int, ...]:
        return Database.sqlite_version_info  # type: ignore[no-any-return]
