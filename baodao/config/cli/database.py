"""`baodao migrate`: the schema of this version, and the rights of the application's role."""

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from baodao.config.cli.frame import Outcome, Subparsers
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.facts import grant_rights


def add(subparsers: Subparsers) -> None:
    """`migrate` takes no arguments of its own."""
    parser = subparsers.add_parser("migrate", help="bring the database to this version")
    parser.set_defaults(run=run)


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
    """Refuses to work on a database that is not at this version, with what to do."""
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


def migrate() -> list[str]:
    """Apply what is pending as the owner, then give the application's role its rights."""
    applied = pending()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    give_rights()
    return applied


def give_rights() -> None:
    """The rights of the application's role, where it is not the owner itself."""
    application = str(settings.DATABASES["default"]["USER"])
    if application != settings.DATABASES["owner"]["USER"]:
        with transaction.atomic(using="owner"):
            grant_rights(application)


def run(_arguments: argparse.Namespace) -> Outcome:
    """Migrate and say what was applied."""
    applied = migrate()
    text = "\n".join(applied) or _("The database is already at this version.")
    return Outcome(facts={"applied": applied}, text=text)
