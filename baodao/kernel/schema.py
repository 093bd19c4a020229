"""Whether the database is at the version of this program."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

from django.core.management import call_command
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState

from baodao.kernel.errors import Refused, gettext_noop


def pending(alias: str = "owner") -> list[str]:
    """The migrations that this version has and the database has not, in order."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, backwards in plan]


def unknown(alias: str = "default") -> list[str]:
    """The migrations that the database has and this version does not know, by name."""
    loader = MigrationLoader(connections[alias])
    ours = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    return sorted(f"{label}.{name}" for label, name in ours - set(loader.disk_migrations))


def apply_migrations() -> None:
    """Apply what is pending, as the owner."""
    empty = not MigrationLoader(connections["owner"]).applied_migrations
    with _into_nothing() if empty else nullcontext():
        call_command("migrate", database="owner", interactive=False, verbosity=0)


@contextmanager
def _into_nothing() -> Iterator[None]:
    """In an empty database a table that is made stands beside those that are there. For each of
    them Django makes every model anew that is related to it over any number of others, which are
    all there are; but none of them can point yet at one that is only made now."""

    def add_model(state: ProjectState, model: ModelState) -> None:
        if (model.app_label, model.name_lower) in state.models or "apps" not in state.__dict__:
            djangos(state, model)
            return
        apps = state.__dict__.pop("apps")
        djangos(state, model)
        state.__dict__["apps"] = apps
        apps.render_multiple([model])

    djangos = ProjectState.add_model
    ProjectState.add_model = add_model  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = djangos  # type: ignore[method-assign]


def check_lineage(alias: str = "owner") -> None:
    """Refuse a database whose tables are not those of the migrations it notes as applied: an
    earlier version made it, whose migrations were written anew since. Nothing is changed."""
    sign = next(_signs(MigrationExecutor(connections[alias]), _columns(alias)), None)
    if sign is not None:
        raise Refused(
            "schema.earlier",
            gettext_noop(
                "This data was made by an earlier version of Baodao, and this version cannot take "
                "it over (%(sign)s). Nothing was changed. Start with another data folder (the "
                "setting BAODAO_VAR) or another database, or use the version that made it."
            ),
            sign=sign,
        )


def _signs(executor: MigrationExecutor, there: Mapping[str, set[str]]) -> Iterator[str]:
    """What tells that a database is of other migrations: a table that would be made and is there,
    what is applied before that on which it rests, a column that should be there and is not."""
    loader = executor.loader
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    yield from (table for migration, _ in plan for table in _tables(migration) if table in there)
    try:
        loader.check_consistent_history(executor.connection)
    except InconsistentMigrationHistory as disorder:
        yield str(disorder)
        return
    applied = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    for model in loader.project_state(applied).apps.get_models():
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields if model._meta.managed else ():
            if field.column and field.column not in there.get(table, ()):
                yield f"{table}.{field.column}"


def _columns(alias: str) -> dict[str, set[str]]:
    """The columns of each table of the database."""
    columns: defaultdict[str, set[str]] = defaultdict(set)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        for table, column in cursor.fetchall():
            columns[table].add(column)
    return columns


def _tables(migration: Migration) -> list[str]:
    """The tables that a migration makes."""
    creations = [one for one in migration.operations if isinstance(one, CreateModel)]
    named = [(one.options.get("db_table"), one.name_lower) for one in creations]
    return [table or f"{migration.app_label}_{name}" for table, name in named]


def check_schema() -> None:
    """Refuse to work on a database that is not at this version, with what to do."""
    newer, older = unknown(), pending("default")
    if newer:
        raise Refused(
            "schema.newer",
            gettext_noop(
                "The database was brought to a newer version (%(migration)s). Install that "
                "version, or restore the backup made before the upgrade."
            ),
            migration=newer[-1],
        )
    if older:
        raise Refused(
            "schema.older",
            gettext_noop(
                "The database lacks %(count)s migrations of this version. Make a backup, then run "
                "`baodao migrate`."
            ),
            count=len(older),
        )
