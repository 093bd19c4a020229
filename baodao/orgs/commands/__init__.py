"""Writes to the tree: organisations, their settings, and the national division table."""

from baodao.orgs.commands.divisions import import_divisions, upload_table
from baodao.orgs.commands.organisations import (
    check_empty,
    close,
    create,
    move,
    rename,
    reopen,
    set_contact,
)

__all__ = [
    "check_empty",
    "close",
    "create",
    "import_divisions",
    "move",
    "rename",
    "reopen",
    "set_contact",
    "upload_table",
]
