"""Whether the database is at the version of this program."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

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
