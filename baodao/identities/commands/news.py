"""Telling of numbers and entries: what became of them, for those above who speak to people."""

from collections.abc import Iterable
from uuid import UUID

from baodao.identities.models import NumberCheck
from baodao.identities.rules.checks import IdentityEvent, IdentityNews, tell
from baodao.people.models import Membership
from baodao.people.queries.members import unit_of


def tell_units(event: IdentityEvent, rows: Iterable[tuple[UUID, Membership]]) -> None:
    """Let the unit of each membership be told what happened to its member, of which row."""
    units = [(about, row.person.name, unit_of(row.branch)) for about, row in rows]
    tell([IdentityNews(event, about, name, unit.name, unit.pk) for about, name, unit in units])


def tell_askers(
    event: IdentityEvent, checks: Iterable[NumberCheck], membership: Membership
) -> None:
    """Let whoever asked about the number of a member be told what the unit answered."""
    name, unit = membership.person.name, unit_of(membership.branch).name
    tell(
        [
            IdentityNews(event, check.pk, name, unit, account_id=check.asker_account)
            for check in checks
            if check.asker_account
        ]
    )
