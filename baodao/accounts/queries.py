"""Who the actor is, and the accounts and grants an administrator may see."""

from datetime import date

from django.db.models import Q, QuerySet

from baodao.accounts.models import Account, Grant
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.authz import Grant as HeldGrant
from baodao.kernel.scope import within


def grants_in_force(on: date | None = None) -> QuerySet[Grant]:
    """Grants not revoked and not past their end date."""
    day = on or clock.today()
    return Grant.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day), revoked_at=None, account__is_active=True
    )


def actor_of(account: Account) -> Actor:
    """The account with everything it was granted, wherever."""
    grants = grants_in_force().filter(account=account).select_related("organisation")
    held = tuple(HeldGrant(Role(grant.role), grant.organisation.path) for grant in grants)
    return Actor(account.id, account.person_id, account.name, held)


def operator(name: str = "operator") -> Actor:
    """Who acts when the `baodao` command is run on the server: everything, everywhere."""
    return Actor(None, None, name, (HeldGrant(Role.OPERATOR, ""),))


def accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts the actor may look at: those with a grant in scope, and members in scope."""
    scoped = within(
        Account.objects.all(),
        actor,
        Permission.ACCOUNT_READ,
        "grants__organisation__path",
        "person__memberships__branch__path",
    )
    return scoped.distinct()
