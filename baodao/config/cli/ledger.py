"""`baodao ledger`: verify the chains of service records, seal them, import from a spreadsheet."""

import argparse
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from baodao.accounts.queries import operator
from baodao.config.cli.frame import DONE, REFUSED, WRONG_USE, Outcome, Subparsers
from baodao.kernel import clock
from baodao.ledger import commands, queries
from baodao.orgs.queries import by_code


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("ledger", help="service records: verify, seal, import")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaf = leaves.add_parser("verify", help="whether every record is what was recorded")
    leaf.add_argument("--community", default="", metavar="CODE", help="one chain only")
    leaf.add_argument(
        "--seals", type=Path, metavar="FOLDER", help="files of seals kept outside; else ours"
    )
    leaf.set_defaults(run=verify)
    leaf = leaves.add_parser("seal", help="sign the chains now, and write the day's file")
    leaf.set_defaults(run=seal)


def verify(arguments: argparse.Namespace) -> Outcome:
    """Walk the chains; exit 1 with the first row that is not what it was."""
    if arguments.seals and not arguments.seals.is_dir():
        return Outcome(WRONG_USE, {}, gettext("There is no such folder."))
    own = Path(settings.SEALS)
    folder = arguments.seals or (own if own.is_dir() else None)
    community = by_code(arguments.community) if arguments.community else None
    verdict = queries.verify(community, folder)
    bad = verdict.first_bad
    facts = {
        "records": verdict.records,
        "seals": verdict.seals,
        "first_bad": asdict(bad) if bad else None,
        "records_per_second": verdict.records_per_second,
    }
    whole = gettext("%(records)s records verified, %(seals)s seals; nothing was changed.")
    return Outcome(REFUSED if bad else DONE, facts, bad.message if bad else whole % facts)


def seal(_: argparse.Namespace) -> Outcome:
    """Seal what has grown since the last time."""
    fresh = commands.seal(operator())
    path = commands.file_seals(clock.today())
    facts = {"seals": len(fresh), "file": str(path)}
    return Outcome(facts=facts, text=gettext("%(seals)s chains sealed: %(file)s") % facts)
