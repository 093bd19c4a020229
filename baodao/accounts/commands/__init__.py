"""Writes of accounts: people who sign in, what they are granted, switches, and tokens."""

from baodao.accounts.commands.accounts import (
    OneTime,
    account_for,
    change_preferences,
    create_account,
    create_member_accounts,
    renew_password,
    set_active,
)
from baodao.accounts.commands.grants import grant, revoke
from baodao.accounts.commands.switches import confirm_switch, end_switch, propose_switch
from baodao.accounts.commands.tokens import (
    Made,
    TokenRequest,
    create_token,
    note_use,
    revoke_token,
)

__all__ = [
    "Made",
    "OneTime",
    "TokenRequest",
    "account_for",
    "change_preferences",
    "confirm_switch",
    "create_account",
    "create_member_accounts",
    "create_token",
    "end_switch",
    "grant",
    "note_use",
    "propose_switch",
    "renew_password",
    "revoke",
    "revoke_token",
    "set_active",
]
