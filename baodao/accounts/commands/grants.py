"""Granting roles and taking them back: with basis and end, and never to oneself."""

from datetime import date
from uuid import UUID

from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import accounts, grants, grants_in_force
from baodao.accounts.rules import check_grant, check_period
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.orgs.commands.contacts import end_contacts
from baodao.orgs.queries import organisations
from baodao.orgs.rules import Kind


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

    The account's row is locked, so that two grants at once cannot break the exclusion of roles.
    """
    place = organisations(actor, Permission.ACCOUNT_GRANT).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    account = lock(accounts(actor), account_id)
    _check_not_own(actor, account)
    grants = list(grants_in_force().filter(account=account))
    check_grant(role, Kind(place.kind), [Role(one.role) for one in grants])
    check_period(until_on, clock.today())
    if any(one.role == role and one.organisation_id == place.pk for one in grants):
        raise Refused("grant.held", gettext_noop("This account holds this role there already."))
    _end_past(account, role, place.pk)
    row = Grant.objects.create(
        account=account,
        role=role,
        organisation=place,
        basis=basis,
        granted_by_id=actor.account_id,
        granted_at=clock.now(),
        until_on=until_on,
    )
    facts = {"role": role.value, "account": account.username, "basis": basis}
    journal.write(actor, "grant.made", row.id, place.pk, **facts, until=str(until_on or ""))
    return row


@command
def revoke(actor: Actor, *, grant_id: UUID, reason: str) -> Grant:
    """Take a grant back; it is gone at the next request of its holder."""
    rows = within(
        grants(actor).filter(revoked_at=None),
        actor,
        Permission.ACCOUNT_GRANT,
        "organisation__path",
    )
    row = lock(rows, grant_id)
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    facts = {"role": str(row.role), "account": row.account.username, "reason": reason}
    journal.write(actor, "grant.revoked", row.id, row.organisation_id, **facts)
    still = grants_in_force().filter(account=row.account_id, organisation=row.organisation_id)
    if not still.exists():
        name, place = row.account.name, row.organisation_id
        end_contacts(actor, name=name, organisation_ids=[place])
    return row


def _check_not_own(actor: Actor, account: Account) -> None:
    if account.pk == actor.account_id:
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
