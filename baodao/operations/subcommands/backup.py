"""`baodao backup` and `baodao restore`: the whole database in one file, and back from it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from baodao.kernel import clock, signatures
from baodao.operations.backups.archive import Reader
from baodao.operations.backups.dump import back_up
from baodao.operations.backups.restoration import refuse_unless_fit, restore
from baodao.operations.city import note
from baodao.operations.frame import Outcome, Subparsers
from baodao.ui.wording import instant_words


def add(subparsers: Subparsers) -> None:
    """Their arguments; `restore` without `--into-empty` only looks."""
    backup = subparsers.add_parser("backup", help="the whole database in one file")
    folder = Path(settings.VAR) / "backups"
    backup.add_argument(
        "--out", type=Path, metavar="FOLDER", default=folder, help=f"where to ({folder})"
    )
    backup.set_defaults(run=run_backup)
    back = subparsers.add_parser(
        "restore", help="look whether a backup is whole and fits here; with --into-empty restore it"
    )
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument(
        "--into-empty", action="store_true", help="fill the database, which must be empty"
    )
    back.add_argument(
        "--keys-lost",
        action="store_true",
        help="restore without the keys of the backup: sealed numbers stay unreadable, and its "
        "signature is not looked at",
    )
    back.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> Outcome:
    """Write one file while everybody works, and say what is not in it."""
    backup = back_up(arguments.out.absolute(), _tell)
    note("backup.made", file=str(backup.path), rows=backup.rows)
    apart = _apart()
    facts = {
        "file": str(backup.path),
        "bytes": backup.size,
        "tables": len(backup.manifest["tables"]),
        "rows": backup.rows,
        "made_at": backup.manifest["made_at"],
        "not_in_it": apart,
    }
    lines = [
        _("%(file)s: %(rows)s rows of %(tables)s tables, %(size).1f MB.")
        % {**facts, "size": backup.size / 1e6},
        _(
            "The keys are not in it. Without them nobody can read the identity numbers, telephones "
            "and second steps in it, not even you. Copy them to another place than the backups:"
        ),
        *(f"  {place}" for place in apart),
    ]
    return Outcome(facts=facts, text="\n".join(lines))


def _apart() -> list[str]:
    """What nobody can make again and what must not lie beside a backup: the keys of numbers and of
    seals (their folder, where it is ours alone) and the folder of seals, wherever they are."""
    keys, seals = Path(settings.KEY_FILE), Path(settings.SEALS)
    own = keys.parent == Path(settings.VAR) / "keys"
    places = [keys.parent] if own else [keys, signatures.key_file()]
    kept = [place for place in (*places, seals) if place == keys or place.exists()]
    return [str(place) for place in kept]


def run_restore(arguments: argparse.Namespace) -> Outcome:
    """Read the whole file and compare; only then, and only if asked, fill the database."""
    with Reader(arguments.file, keys_lost=arguments.keys_lost) as backup:
        refuse_unless_fit(backup, keys_lost=arguments.keys_lost)
        if arguments.into_empty:
            restore(backup, _tell)
            note("backup.restored", file=str(arguments.file), of=backup.manifest["made_at"])
        facts = _facts(backup.manifest) | {
            "restored": arguments.into_empty,
            "signed": not arguments.keys_lost,
        }
    sentence = (
        _("Restored and compared: %(rows)s rows of %(tables)s tables, as of %(made)s.")
        if arguments.into_empty
        else _(
            "The file is whole and fits this database: %(rows)s rows of %(tables)s tables, as of "
            "%(made)s. Nothing was changed; --into-empty restores it."
        )
    )
    made_at = parse_datetime(str(facts["made_at"])) or clock.now()
    text = sentence % {**facts, "made": instant_words(made_at)}
    if arguments.keys_lost:
        text += "\n" + _("Its signature was not looked at: nobody can tell who wrote this file.")
    return Outcome(facts=facts, text=text)


def _facts(manifest: dict[str, Any]) -> dict[str, object]:
    return {
        "made_at": manifest["made_at"],
        "database": manifest["database"],
        "baodao": manifest["baodao"],
        "tables": len(manifest["tables"]),
        "rows": sum(table["rows"] for table in manifest["tables"]),
    }


def _tell(table: str) -> None:
    """Progress for those who look; on standard error, so that --json stays one object."""
    if sys.stderr.isatty():
        print(f"  {table}", file=sys.stderr)
