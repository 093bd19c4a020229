"""The `baodao` command: one tuple of subcommands, each in its module of `subcommands/`."""

import sys
from collections.abc import Sequence

from baodao.operations import frame
from baodao.operations.frame import Command

HERE = "baodao.operations.subcommands"
COMMANDS = (
    Command(
        "run",
        f"{HERE}.run",
        "database, demo, server and worker in one",
        django=False,
        schema=False,
    ),
    Command("serve", f"{HERE}.server", "the web server", schema=False),
    Command("worker", f"{HERE}.worker", "the worker for background jobs"),
    Command("migrate", f"{HERE}.migrate", "bring the database to this version", schema=False),
    Command(
        "distribute", f"{HERE}.migrate", "put the tables on the nodes of a cluster", schema=False
    ),
    Command("backup", f"{HERE}.backup", "the whole database in one file", schema=False),
    Command(
        "restore",
        f"{HERE}.backup",
        "look at such a file, or fill an empty database from it",
        schema=False,
    ),
    Command(
        "doctor", f"{HERE}.doctor", "what is in order, what is not, and what to do", schema=False
    ),
    Command("administrators", f"{HERE}.administrators", "the three first administrators"),
    Command("demo", f"{HERE}.demo", "fill an empty database with an invented city"),
    Command("divisions", f"{HERE}.divisions", "import the national division table"),
    Command("holidays", f"{HERE}.holidays", "public holidays, and a table of one's own"),
    Command("roster", f"{HERE}.roster", "import a unit's roster from a spreadsheet"),
    Command("registration", f"{HERE}.registration", "registration in batches"),
    Command("ledger", f"{HERE}.ledger", "service records: verify, seal, import"),
    Command("forms", f"{HERE}.forms", "render official forms", database=False, schema=False),
    Command("figures", f"{HERE}.figures", "official tables as of a date"),
    Command("policy", f"{HERE}.policy", "policies as texts: check, explain, simulate"),
    Command("keys", f"{HERE}.keys", "rotate the keys of encrypted columns"),
    Command("compliance", f"{HERE}.compliance", "the state of the built-in rules, for inspectors"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 done, 1 refused with the reason, 2 wrong use."""
    return frame.main(COMMANDS, sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
