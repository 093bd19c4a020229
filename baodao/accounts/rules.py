"""Roles and who may hold them, one-time passwords, the switches there are, when a session ends."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from baodao.kernel.authz import ADMINISTRATORS, Role
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules import Kind

ROLE_NAMES: dict[Role, str] = {
    Role.AUDIT_ADMINISTRATOR: gettext_noop("audit administrator"),
    Role.BRANCH_SECRETARY: gettext_noop("branch secretary"),
    Role.COMMUNITY_SECRETARY: gettext_noop("community secretary"),
    Role.COMMUNITY_WORKER: gettext_noop("community worker"),
    Role.OPERATOR: gettext_noop("operator"),
    Role.SECURITY_ADMINISTRATOR: gettext_noop("security administrator"),
    Role.SUPERVISOR: gettext_noop("supervisor"),
    Role.SYSTEM_ADMINISTRATOR: gettext_noop("system administrator"),
    Role.UNIT_CLERK: gettext_noop("unit clerk"),
    Role.UNIT_SECRETARY: gettext_noop("unit secretary"),
}

_AUTHORITIES = frozenset({Kind.CITY, Kind.DISTRICT, Kind.STREET})
ROLE_PLACES: dict[Role, frozenset[Kind]] = {
    Role.BRANCH_SECRETARY: frozenset({Kind.BRANCH}),
    Role.COMMUNITY_SECRETARY: frozenset({Kind.COMMUNITY}),
    Role.COMMUNITY_WORKER: frozenset({Kind.COMMUNITY}),
    Role.SUPERVISOR: _AUTHORITIES,
    Role.UNIT_CLERK: frozenset({Kind.UNIT}),
    Role.UNIT_SECRETARY: frozenset({Kind.UNIT}),
} | dict.fromkeys(ADMINISTRATORS, frozenset({Kind.CITY, Kind.DISTRICT}))
"""On which kinds of organisation a role is granted; the operator's is never granted."""

PLACE_NAMES: dict[Kind, str] = {
    Kind.BRANCH: gettext_noop("branch"),
    Kind.CITY: gettext_noop("city"),
    Kind.COMMUNITY: gettext_noop("community"),
    Kind.DISTRICT: gettext_noop("district"),
    Kind.STREET: gettext_noop("street"),
    Kind.UNIT: gettext_noop("unit"),
}

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,59}")
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No letters or digits that are taken for others when read aloud or from paper."""

ONE_TIME_DAYS = 14
MOST_ACCOUNTS = 200


@dataclass(frozen=True)
class Feature:
    """What a switch turns on, in words, and why it is off by default."""

    name: str
    meaning: str


SWITCHES: dict[str, Feature] = {
    "unit-order": Feature(
        gettext_noop("Order units by their rate"),
        gettext_noop(
            "Supervisors may sort the units in the overview by rate. Off, units stand in the order "
            "of the tree: figures are totals, not an order from best to worst."
        ),
    ),
    "recording-organisation": Feature(
        gettext_noop("Recording organisation"),
        gettext_noop(
            "Sheets of a person's records may be called certificates, because this site is itself "
            "an organisation that records voluntary service."
        ),
    ),
}
LONGEST_SWITCH_DAYS = 366


def check_username(username: str) -> str:
    """The name to sign in with, lower case; refused unless plain."""
    if not USERNAME.fullmatch(username):
        raise Refused(
            "account.username",
            gettext_noop(
                "A name to sign in with has 3 to 60 letters, digits, points, hyphens or "
                "underscores and begins with a letter or digit."
            ),
        )
    return username.lower()


def one_time_password() -> str:
    """Twelve characters in three groups, about 59 random bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def check_grant(role: Role, kind: Kind, held: Collection[Role]) -> None:
    """Refuse a role on the wrong kind of organisation, or beside one that excludes it."""
    if kind not in ROLE_PLACES.get(role, frozenset()):
        raise Refused(
            "grant.wrong-place",
            gettext_noop("The role “%(role)s” is not granted on a %(kind)s."),
            role=ROLE_NAMES[role],
            kind=PLACE_NAMES.get(kind, kind.value),
        )
    administrator = (set(held) & ADMINISTRATORS) - {role}
    if administrator or (role in ADMINISTRATORS and set(held) - {role}):
        raise Refused(
            "grant.excluded",
            gettext_noop(
                "Each of the three administrators holds this one role and no other. Use another "
                "account, or end the other role (%(held)s) first."
            ),
            held=ROLE_NAMES[next(iter(administrator or set(held)))],
        )


def check_period(until_on: date | None, today: date) -> None:
    """Refuse an end date that has passed."""
    if until_on is not None and until_on < today:
        raise Refused("grant.ended", gettext_noop("The end date has passed already."))


def check_switch(key: str, ends_on: date, today: date) -> None:
    """Refuse a switch that is not known, has ended, or would stay on for more than a year."""
    if key not in SWITCHES:
        raise Refused("switch.unknown", gettext_noop("There is no switch “%(key)s”."), key=key)
    if not today <= ends_on or (ends_on - today).days > LONGEST_SWITCH_DAYS:
        raise Refused(
            "switch.period",
            gettext_noop("A switch ends on a day from today to a year from now."),
        )
