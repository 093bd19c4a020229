"""The frame of every `baodao` subcommand: arguments in, database and Django there, Outcome out.

A group module has `add(subparsers)`; each leaf parser names its function with
`parser.set_defaults(run=…)`; that function is `run(arguments) -> Outcome`. One that
needs no database though its group does sets `alone=True` too.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connections
from django.utils import translation

from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.schema import check_schema
from baodao.operations.postgres import Cluster, PostgresError
from baodao.ui.wording import worded

Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"

DONE, REFUSED, WRONG_USE, UNPROVED = 0, 1, 2, 3
"""Exit codes; `UNPROVED`: nothing is wrong, but not everything could be shown to be right."""


@dataclass(frozen=True)
class Outcome:
    """How a subcommand ended: exit code, facts for `--json`, the same in words."""

    code: int = DONE
    facts: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True)
class Command:
    """One subcommand: its module, and what has to be there before that is imported and run.

    That is Django, the database, and in it the tables of this version (`schema`; the web server
    looks at these itself, after its address).
    """

    name: str
    module: str
    help: str
    django: bool = True
    database: bool = True
    schema: bool = True


class Parser(argparse.ArgumentParser):
    """Argparse, with `--json` on every level and in every help text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="print one JSON object instead of words",
        )


def cluster() -> Cluster:
    """The embedded database of these settings, started or not."""
    return Cluster(Path(settings.VAR) / "postgres")


def main(commands: Sequence[Command], arguments: Sequence[str]) -> int:
    """Run the subcommand that `arguments` name; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baodao.config.settings")
    named = next((word for word in arguments if not word.startswith("-")), None)
    command = next((one for one in commands if one.name == named), None)
    if command is None:
        _parser(commands, None).parse_args(arguments)  # ends with the help text or wrong use
        return WRONG_USE
    try:
        if command.django:
            _set_up()
        parsed = _parser(commands, command).parse_args(arguments)
        if getattr(parsed, "alone", False):
            command = replace(command, database=False, schema=False)
        with _database(command):
            if command.schema:
                check_schema()
            outcome = _outcome(parsed)
    except (Refused, Absent) as no:
        outcome = _refusal(no)
    except (PostgresError, ImproperlyConfigured, DatabaseError, InterfaceError) as failure:
        reason = str(failure).strip()
        outcome = _refusal(Refused("database.unavailable", "%(reason)s", reason=reason))
    finally:
        translation.deactivate()
    _print(outcome, as_json="--json" in arguments)
    return outcome.code


def _set_up() -> None:
    django.setup(set_prefix=False)
    translation.activate(_language())


def _language() -> str:
    """Chinese, unless the environment asks for English."""
    language = os.environ.get("BAODAO_LANGUAGE") or os.environ.get("LC_ALL", "")
    return "en" if language.lower().startswith("en") else "zh-hans"


def _parser(commands: Sequence[Command], command: Command | None) -> Parser:
    """All subcommands by name and help; `command` with its module's arguments."""
    parser = Parser(prog="baodao", description="Baodao 报到, for those who run it.")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    module = command.module if command else ""
    for other in commands:
        if other.module != module:
            subparsers.add_parser(other.name, help=other.help)
    if command:
        importlib.import_module(module).add(subparsers)
    return parser


@contextmanager
def _database(command: Command) -> Iterator[None]:
    """The embedded database, if it is the one in use, runs in the block."""
    if not command.database or not settings.EMBEDDED:
        yield
        return
    server = cluster()
    server.start()
    try:
        yield
    finally:
        connections.close_all()
        server.release()


def _outcome(parsed: argparse.Namespace) -> Outcome:
    outcome = parsed.run(parsed)
    if not isinstance(outcome, Outcome):
        raise TypeError(f"{parsed.run.__qualname__} returned {outcome!r}, not an Outcome")
    return outcome


def _refusal(no: Refused | Absent) -> Outcome:
    _set_up()
    if isinstance(no, Absent):
        no = Refused("absent", gettext_noop("Not found: %(what)s."), what=str(no))
    text = worded(no)
    return Outcome(REFUSED, {"refused": {"reason": no.code, "message": text}}, text)


def _print(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.facts, ensure_ascii=False, default=str))
    elif outcome.text:
        stream = sys.stderr if "refused" in outcome.facts else sys.stdout
        print(outcome.text, file=stream)
