"""The second wall, on PostgreSQL: row-level security on every scoped table, generated from the managers."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from .system import SYSTEM_ROLE

CASES = "SELECT case_id FROM access_caseaccess WHERE user_id = {user} AND until > {at}"
PEOPLE = "SELECT person_id FROM access_personaccess WHERE user_id = {user} AND until > {at}"
DESKS = "SELECT desk_id FROM access_deskaccess WHERE user_id = {user} AND until > {at}"
LEADS = f"SELECT id FROM leads_lead WHERE desk_id IN ({DESKS})"
INTAKES = f"SELECT id FROM identification_intake WHERE desk_id IN ({DESKS})"
CONDITIONS = {
    "case": f"id IN ({CASES})",
    "in_case": f"case_id IN ({CASES})",
    "person": f"id IN ({PEOPLE})",
    "of_person": f"person_id IN ({PEOPLE})",
    "lead": f"desk_id IN ({DESKS})",
    "of_lead": f"lead_id IN ({LEADS})",
    "of_intake": f"intake_id IN ({INTAKES})",
}
VIEWER = "NULLIF(current_setting('prasan.viewer', true), '')::bigint"
AT = "NULLIF(current_setting('prasan.at', true), '')::timestamptz"


def scoped_models() -> dict[type[models.Model], str]:
    """Every model with a scoped manager, and which scope it has."""
    return {
        model: model._default_manager.scope_kind
        for model in apps.get_models()
        if hasattr(model._default_manager, "scope_kind")
    }


def statements(application_role: str) -> Iterator[str]:
    """Roles, grants and policies, idempotent; run as the owner of the tables.

    The application role sees a row only through the viewer that `@allow` told the transaction about; new
    rows may be written by an act (the act's `check` is the wall there). The system role, taken with SET
    ROLE inside `system_read` alone, sees all.
    """
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SYSTEM_ROLE}') "
        f"THEN CREATE ROLE {SYSTEM_ROLE} NOLOGIN; END IF; END $$"
    )
    yield (
        f"DO $$ BEGIN IF NOT pg_has_role('{application_role}', '{SYSTEM_ROLE}', 'MEMBER') "
        f'THEN GRANT {SYSTEM_ROLE} TO "{application_role}"; END IF; END $$'
    )
    for role in (f'"{application_role}"', SYSTEM_ROLE):
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    for model, kind in scoped_models().items():
        table = model._meta.db_table
        sees = CONDITIONS[kind].format(user=VIEWER, at=AT)
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        for name in ("viewer_reads", "viewer_changes", "act_writes", "system"):
            yield f'DROP POLICY IF EXISTS {name} ON "{table}"'
        role = f'"{application_role}"'
        yield f'CREATE POLICY viewer_reads ON "{table}" FOR SELECT TO {role} USING ({sees})'
        yield (
            f'CREATE POLICY viewer_changes ON "{table}" FOR UPDATE TO {role} '
            f"USING ({sees}) WITH CHECK (true)"
        )
        yield f'CREATE POLICY act_writes ON "{table}" FOR INSERT TO {role} WITH CHECK (true)'
        yield f'CREATE POLICY system ON "{table}" TO {SYSTEM_ROLE} USING (true) WITH CHECK (true)'


def install(application_role: str) -> int:  # pragma: no cover - postgresql
    """Run the statements on the current connection; returns how many tables stand behind the wall."""
    with connection.cursor() as cursor:
        for statement in statements(application_role):
            cursor.execute(statement)
    return len(scoped_models())


def inherits(application_role: str) -> bool:  # pragma: no cover - postgresql
    """Whether the application role would have the system role's sight all the time: it must be NOINHERIT."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(%s, %s, 'USAGE')", [application_role, SYSTEM_ROLE])
        return bool(cursor.fetchone()[0])


def open_tables() -> list[str]:  # pragma: no cover - postgresql
    """Scoped tables without forced row-level security: `doctor` refuses them."""
    tables = [model._meta.db_table for model in scoped_models()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            [tables],
        )
        return sorted(row[0] for row in cursor.fetchall())
