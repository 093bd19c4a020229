"""Granting roles and taking them back: with basis and end, and never to oneself."""

from datetime import date
from uuid import UUID

from baodao.accounts.commands.accounts import lock_managed
from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import (
    grants_to_confirm,
    grants_to_revoke,
    lapsed_grants,
    places_without,
    standing_grants,
)
from baodao.accounts.rules import check_grant, check_period
from baodao.kernel import clock, journal
from baodao.kernel.actors import check_second
from baodao.kernel.authz import ADMINISTRATORS, Actor, Permission, Role
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.commands.contacts import end_contacts
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import Kind


@command
def grant(
    actor: Actor,
    *,
    account_id: UUID,
    role: Role,
    organisation_id: int,
    basis: str,
    until_on: date | None,
) -> Grant:
    """Give an account a role on an organisation, on the document named in `basis`.

    That of one of the three administrators is proposed only: a second person confirms it, unless
    the operator grants it on the server. The account's row is locked, so that two grants at once
    cannot break the exclusion of roles.
    """
    place = organisations(actor, Permission.ACCOUNT_GRANT).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    check_open(place)
    _check_not_own(actor, account_id)
    account = lock_managed(actor, account_id)
    grants = list(standing_grants().filter(account=account))
    check_grant(role, Kind(place.kind), [Role(one.role) for one in grants])
    check_period(until_on, clock.today())
    if any(one.role == role and one.organisation_id == place.pk for one in grants):
        raise Refused("grant.held", gettext_noop("This account holds this role there already."))
    _end_past(account, role, place.pk)
    waits = role in ADMINISTRATORS and actor.account_id is not None
    row = Grant.objects.create(
        account=account,
        role=role,
        organisation=place,
        basis=basis,
        granted_by_id=actor.account_id,
        granted_at=clock.now(),
        confirmed_at=None if waits else clock.now(),
        until_on=until_on,
    )
    verb = "grant.proposed" if waits else "grant.made"
    facts = {"role": role.value, "account": account.username, "basis": basis}
    journal.write(actor, verb, row.id, place.pk, **facts, until=str(until_on or ""))
    return row


@command
def confirm_grant(actor: Actor, *, grant_id: UUID) -> Grant:
    """Let the role of one of the three administrators hold that somebody else proposed."""
    row = lock(grants_to_confirm(actor), grant_id)
    check_second(actor, row.granted_by_id)
    row.confirmed_by_id, row.confirmed_at = actor.account_id, clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    facts = {"role": str(row.role), "account": row.account.username}
    journal.write(actor, "grant.confirmed", row.id, row.organisation_id, **facts)
    return row


@command
def revoke(actor: Actor, *, grant_id: UUID, reason: str) -> Grant:
    """Take a grant back; it is gone at the next request of its holder."""
    row = lock(grants_to_revoke(actor), grant_id)
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    facts = {"role": str(row.role), "account": row.account.username, "reason": reason}
    journal.write(actor, "grant.revoked", row.id, row.organisation_id, **facts)
    _end_contact(actor, row)
    return row


@command
def end_lapsed_grant(actor: Actor, *, grant_id: UUID) -> bool:
    """End what hung on a grant whose last day is past: nobody is named any more who acts there no
    longer. False when that was done already."""
    row = lapsed_grants().select_for_update(of=("self",), no_key=True).filter(pk=grant_id).first()
    if row is None:
        return False
    row.lapsed_at = clock.now()
    row.save(update_fields=["lapsed_at"])
    facts = {"role": str(row.role), "account": row.account.username, "until": str(row.until_on)}
    journal.write(actor, "grant.lapsed", row.id, row.organisation_id, **facts)
    _end_contact(actor, row)
    return True


def _end_contact(actor: Actor, row: Grant) -> None:
    """Whoever holds nothing there any more is its contact no longer; one of the same name stays."""
    name = row.account.name
    left = places_without(name, [row.organisation_id])
    end_contacts(actor, name=name, organisation_ids=left)


def _check_not_own(actor: Actor, account_id: UUID) -> None:
    if account_id == actor.account_id:
        raise Refused(
            "grant.own",
            gettext_noop("Nobody grants to themselves. Ask another security administrator."),
        )


def _end_past(account: Account, role: Role, organisation_id: int) -> None:
    """A grant past its end date makes room for the same grant anew."""
    past = Grant.objects.filter(
        account=account, role=role, organisation=organisation_id, revoked_at=None
    )
    past.update(revoked_at=clock.now())
