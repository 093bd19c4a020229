"""Writes of accounts: people who sign in, what they are granted, and switches."""

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

__all__ = [
    "OneTime",
    "account_for",
    "change_preferences",
    "confirm_switch",
    "create_account",
    "create_member_accounts",
    "end_switch",
    "grant",
    "propose_switch",
    "renew_password",
    "revoke",
    "set_active",
]
