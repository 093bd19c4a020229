"""`baodao distribute`: the tables of a cluster where their models say."""

import argparse

from django.utils.translation import gettext as _

from baodao.kernel.cluster import distribute
from baodao.operations.frame import Outcome, Subparsers


def add(subparsers: Subparsers) -> None:
    """`distribute` takes no arguments of its own."""
    parser = subparsers.add_parser("distribute", help="put the tables on the nodes of a cluster")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> Outcome:
    """Distribute and say which tables moved."""
    moved = distribute()
    text = "\n".join(moved) or _("Every table lies where it belongs.")
    return Outcome(facts={"moved": moved}, text=text)
