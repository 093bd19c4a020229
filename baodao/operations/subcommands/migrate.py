"""`baodao migrate`: the schema of this version, and the rights of the application's role; `baodao
distribute`: on a cluster, the tables where their models say."""

import argparse

from django.conf import settings
from django.utils.translation import gettext as _

from baodao.kernel.cluster import distribute, on_coordinator
from baodao.kernel.facts import give_rights
from baodao.kernel.schema import apply_migrations, check_lineage, pending
from baodao.operations.frame import Outcome, Subparsers


def add(subparsers: Subparsers) -> None:
    """`migrate` and `distribute` take no arguments of their own."""
    parser = subparsers.add_parser("migrate", help="bring the database to this version")
    parser.set_defaults(run=run)
    parser = subparsers.add_parser("distribute", help="put the tables on the nodes of a cluster")
    parser.set_defaults(run=run_distribute)


def migrate() -> list[str]:
    """Apply what is pending as the owner, then give the application's role its rights; raises
    `Refused` for a database of other migrations than this version's. On a cluster every table is
    put where it belongs."""
    check_lineage()
    applied = pending()
    with on_coordinator():
        apply_migrations()
    give_rights()
    if settings.CLUSTER:
        distribute()
    return applied


def run(_arguments: argparse.Namespace) -> Outcome:
    """Migrate and say what was applied."""
    applied = migrate()
    text = "\n".join(applied) or _("The database is already at this version.")
    return Outcome(facts={"applied": applied}, text=text)


def run_distribute(_arguments: argparse.Namespace) -> Outcome:
    """Distribute and say which tables moved."""
    moved = distribute()
    text = "\n".join(moved) or _("Every table lies where it belongs.")
    return Outcome(facts={"moved": moved}, text=text)
