"""`baodao demo`: an invented city in an empty database, to look around in."""

import argparse

from django.utils.translation import gettext as _

from baodao.demo.commands import SIZES, build
from baodao.operations.frame import Outcome, Subparsers


def add(subparsers: Subparsers) -> None:
    """Seed and size."""
    parser = subparsers.add_parser("demo", help="fill an empty database with an invented city")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another story")
    parser.add_argument(
        "--size", choices=tuple(SIZES), default="small", help="550, 50,000 or 1,000,000 members"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Outcome:
    """Build, saying what is being done."""
    quiet = getattr(arguments, "json", False)
    built = build(arguments.seed, arguments.size, _silent if quiet else _say)
    facts = {"seed": built.seed, "size": built.size, "seconds": round(built.seconds, 1)}
    text = _("The demo city stands after %(seconds)s s.") % {"seconds": facts["seconds"]}
    return Outcome(facts={**facts, **built.counts}, text=text)


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


def _silent(line: str) -> None:
    """With --json one object is printed and nothing else."""
