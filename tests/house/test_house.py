"""The house rules, each with a planted fault that shows that its guard can fail."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

from prasan.access.middleware import declared_for
from prasan.access.scoping import PATHS
from prasan.access.table import ACTS, PARTITIONS
from prasan.accounts.rules import DISCIPLINES
from prasan.conf.settings import APPS

SOURCE = Path(__file__).parents[2] / "src" / "prasan"
CLASSES = {"open", "case", "person", "place_now", "source", "privileged", "file", "secret", "staff"}
OURS = [m for m in apps.get_models() if m.__module__.startswith("prasan.")]
DISCIPLINE_ROOMS = ("leads", "investigation", "identification", "care", "justice", "training", "policy", "impact")
# Models that no viewer's scope filters, each with the reason why it needs none.
PUBLIC = {
    "vault.WrappedKey": "keys; no page reads them", "vault.Escrow": "keys; no page reads them",
    "journal.Line": "read through desk.queries and checking only", "journal.Revision": "sealed",
    "journal.Head": "one row", "journal.Checkpoint": "hashes",
    "facts.Fact": "no name, keyed pseudonyms", "facts.Tally": "counts", "facts.Reconciliation": "codes",
    "access.CaseAccess": "the wall itself", "access.PersonAccess": "the wall itself",
    "access.Desk": "names of desks", "access.DeskAccess": "the wall itself", "access.Draft": "own rows only, sealed",
    "accounts.Agency": "organisations", "accounts.Staff": "staff pages", "accounts.HeldDiscipline": "staff pages",
    "accounts.Invitation": "staff pages", "accounts.FactorReset": "staff pages",
    "people.NameIndexVersion": "one number", "cases.CaseNumber": "a counter",
    "search.Progress": "one number: how far the journal was read",
    "linkage.Observable": "keyed tokens without a value",
    "identification.NrmReport": "the typed parts of a province's report; no person in it",
    "identification.FormVersion": "questions, no answers", "identification.Refusal": "a count that names nobody",
    "cases.OwnRows": "digests of pack files, and who stands for them",
    "cases.Holiday": "days off", "cases.CalendarFeed": "own rows only, hashes",
    "cases.Handover": "orphaned cases, in codes, for two people",
}  # fmt: skip
ORGANISATION = {"training", "policy", "impact", "exchange"}


def python_files() -> Iterator[Path]:
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            yield path


def product_files() -> Iterator[Path]:
    return (p for p in python_files() if "tests" not in p.parts)


def routes(patterns: list | None = None, prefix: str = "") -> Iterator[tuple[str, str, object]]:
    """(address, name, view) of every route."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.name or "", entry.callback


def act_of(name: str, view: object) -> str:
    return getattr(view, "act", "") or declared_for(name)


# allauth's own ways that stay shut (sign-up, mail, reset): the middleware answers 403, because no act stands for them.
SHUT = re.compile(r"^account/[\^]?(signup|email|confirm-email|password/reset|password/set|inactive|reauthenticate|"
                  r"login/code|phone|verify|social|2fa/|login|logout|password/change|sessions)")  # fmt: skip


def test_every_route_declares_its_act():
    missing = [path for path, name, view in routes() if act_of(name, view) not in ACTS and not SHUT.match(path)]
    assert missing == [], "give these views an @allow(...) of the table"


def test_a_route_without_an_act_is_noticed():
    assert act_of("nobody-declared-this", object()) not in ACTS


def test_every_field_says_how_sensitive_it_is():
    unclassed = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if getattr(getattr(model, "Sensitivity", None), field.name, None) not in CLASSES
    ]
    assert [f for f in unclassed if not f.endswith(".id")] == []


def test_sealed_columns_are_of_a_sealed_class_and_sealed_classes_lie_in_sealed_columns():
    wrong = []
    for model in OURS:
        for field in model._meta.concrete_fields:
            level = getattr(model.Sensitivity, field.name, "case")
            binary = isinstance(field, models.BinaryField)
            if level in {"person", "place_now", "source", "privileged"} and not binary and field.name != "token":
                wrong.append(f"{model._meta.label}.{field.name} is {level} in clear")
    assert wrong == []


def test_every_model_is_scoped_or_listed_with_its_reason():
    loose = [
        m._meta.label
        for m in OURS
        if not hasattr(m._default_manager, "scope_kind")
        and m._meta.label not in PUBLIC
        and m._meta.app_label not in ORGANISATION
    ]
    assert loose == []
    assert set(PATHS) >= {m._default_manager.scope_kind for m in OURS if hasattr(m._default_manager, "scope_kind")}


def test_foreign_keys_from_a_discipline_to_the_kernel_have_no_way_back():
    kernel = {"cases", "people", "access", "accounts", "facts", "journal", "vault"}
    knots = [
        f"{m._meta.label}.{f.name}"
        for m in OURS
        if m._meta.app_label in DISCIPLINE_ROOMS
        for f in m._meta.concrete_fields
        if f.is_relation and f.related_model._meta.app_label in kernel and f.remote_field.related_name != "+"
    ]
    assert knots == []


def test_nothing_with_history_is_deleted_in_cascade():
    cascading = [
        f"{m._meta.label}.{f.name}"
        for m in OURS
        for f in m._meta.concrete_fields
        if f.is_relation and f.remote_field.on_delete is models.CASCADE
    ]
    assert cascading == []


def non_blank(path: Path) -> int:
    return sum(1 for line in path.read_text().splitlines() if line.strip())


def test_files_and_functions_keep_their_size():
    long_files = {str(p.relative_to(SOURCE)): non_blank(p) for p in product_files() if non_blank(p) > 400}
    long_functions = [
        f"{path.relative_to(SOURCE)}:{node.name}"
        for path in product_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 60
    ]
    assert (long_files, long_functions) == ({}, [])


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "common", "manager", "service", "core"}
    assert [str(p) for p in python_files() if p.stem in empty] == []


def test_every_module_says_why_it_exists():
    silent = [
        str(p.relative_to(SOURCE))
        for p in product_files()
        if p.read_text().strip() and not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert silent == []


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_rules_and_plain_never_import_django():
    guilty = [
        str(p.relative_to(SOURCE))
        for p in product_files()
        if (p.name == "rules.py" or {"rules", "plain"} & set(p.relative_to(SOURCE).parts))
        and any(name.split(".")[0] == "django" for name in imports_of(p))
    ]
    assert guilty == []


def test_only_actions_write_the_journal_and_the_facts():
    watched = {"prasan.journal", "prasan.facts"}
    guilty = [
        str(p.relative_to(SOURCE))
        for p in product_files()
        if p.stem in {"views", "forms", "models"} and p.relative_to(SOURCE).parts[0] in (*DISCIPLINE_ROOMS, "cases", "people")
        and watched & set(imports_of(p))
    ]
    assert guilty == []


def test_crypto_is_imported_by_the_vault_alone():
    crypto = {"tink", "pyrage", "cryptography", "sqlcipher3"}
    guilty = [
        str(p.relative_to(SOURCE))
        for p in product_files()
        if "vault" not in p.relative_to(SOURCE).parts and crypto & {n.split(".")[0] for n in imports_of(p)}
    ]
    assert guilty == []


def test_scopes_are_opened_and_switched_off_in_access_alone():
    word = re.compile(r"scopes_disabled|with_scope|django_scopes")
    guilty = [
        str(p.relative_to(SOURCE))
        for p in product_files()
        if word.search(p.read_text()) and p.relative_to(SOURCE).parts[:2] not in {("access", "scoping.py"), ("access", "system.py")}
    ]
    assert guilty == []


def test_templates_carry_no_inline_style_or_script():
    bad = re.compile(r'\sstyle="|\son[a-z]+="|<script(?![^>]*nonce)|\|safe\b')
    guilty = [
        str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.html") if bad.search(p.read_text())
    ]
    assert guilty == []
    assert bad.search('<p style="x">')
    assert bad.search('<a onclick="x">')


def test_each_app_has_one_migration_head_and_none_is_missing(db):
    loader = MigrationLoader(None)
    for app in APPS:
        assert len(loader.graph.leaf_nodes(app)) <= 1, app
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_table_of_acts_names_only_known_disciplines_and_scopes():
    for code, act in ACTS.items():
        assert act.scope in {"case", "intake", "organisation", "self", "public"}, code
        assert act.disciplines <= set(DISCIPLINES) | {"*"}, code
    assert set(PARTITIONS) == {"shared", "investigation", "care", "legal"}


def test_administration_gives_no_act_on_a_case():
    for code, act in ACTS.items():
        if act.scope in {"case", "intake"}:
            assert "administrator" not in act.disciplines, code


def test_no_django_admin_is_mounted():
    assert not any("admin" in path for path, _name, _view in routes())


@pytest.mark.parametrize("name", ["exists", "count", "first", "all", "filter", "in_bulk", "exclude", "values_list", "get"])
def test_every_reader_of_a_scoped_manager_raises_outside_a_scope(name, db):
    from django_scopes.exceptions import ScopeError

    from prasan.cases.models import Case

    def read():
        reader = getattr(Case.objects, name)
        return list(reader([1]) if name == "in_bulk" else reader())

    with pytest.raises(ScopeError):
        read()


@pytest.mark.xdist_group("house")
def test_tests_that_share_an_instance_are_kept_together(request):
    """A silent break between the runner and its plugin once founded every shared instance in every process."""
    if request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@house")
