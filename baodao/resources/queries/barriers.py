"""What keeps something on a list from being claimed, or a claim from being agreed to. Commands
check it under their locks; pages show it in place of a button that would be refused."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.needs.rules.life import NeedState
from baodao.orgs.models import Organisation
from baodao.resources.models import ListClaim, NeedCall, Project
from baodao.resources.queries.claims import Claims, own_claims
from baodao.resources.queries.lists import taken_units
from baodao.resources.rules.lists import (
    BookedTime,
    check_ahead,
    check_ahead_of,
    check_on_list,
    check_once,
    check_takers,
    check_unlent,
)
from baodao.resources.rules.lives import LIST_CLAIM, PROJECT, ListClaimState, ProjectState


def with_barriers(rows: Claims) -> Claims:
    """Claims with what decides whether they can be agreed to: `lent_from` and `lent_until` of what
    is lent at their time, how many units the need wants (`wanted`, None off the list) and how many
    it has (`taken`)."""
    lent = ListClaim.objects.filter(
        resource=OuterRef("resource"),
        state=ListClaimState.AGREED,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    ).order_by("starts_at")
    call = NeedCall.objects.filter(
        need=OuterRef("need"), until=None, need__state__in=(NeedState.SCREENED, NeedState.OPEN)
    )
    return rows.annotate(
        lent_from=Subquery(lent.values("starts_at")[:1]),
        lent_until=Subquery(lent.values("ends_at")[:1]),
        wanted=Subquery(call.values("units")[:1]),
        taken=taken_units(),
    )


def check_agreeable(row: Any) -> None:
    """Refuse to agree to one of `with_barriers` that cannot be any more: its time has begun or is
    lent, what it claims is off the list, or the need has as many units as it wants."""
    if row.resource is not None:
        if not row.resource.is_listed:
            raise row.resource.life.refusal(row.resource.state)
        check_ahead_of(BookedTime(row.starts_at, row.ends_at), clock.now())
        check_unlent(row.lent_from, row.lent_until)
    elif row.project is not None:
        PROJECT.check(row.project.state, ProjectState.OPEN, ProjectState.GOING)
    else:
        check_on_list(row.wanted)
        check_takers(row.wanted, row.taken)


def with_own_claims(calls: QuerySet[Any], unit: Organisation) -> QuerySet[Any]:
    """Needs on a list, each with the state of the unit's own live claim of it (`own_state`)."""
    own = ListClaim.objects.filter(need=OuterRef("need"), unit=unit, resource=None)
    live = own.filter(state__in=LIST_CLAIM.live).values("state")[:1]
    rows: QuerySet[Any] = calls.annotate(own_state=Subquery(live))
    return rows


def check_need(call: Any) -> None:
    """Refuse to claim one of `with_own_claims` again, or one that has as many units as it wants."""
    check_once(call.own_state)
    check_takers(call.units, call.taken)


def check_claimable(project: Project, unit: Organisation) -> None:
    """Refuse to let a unit take part in a project that is over, or in which it takes part or asks
    to already; of a project that a unit proposes, its community."""
    PROJECT.check(project.state, ProjectState.OPEN, ProjectState.GOING)
    own = ListClaim.objects.filter(project=project, unit=unit, state__in=LIST_CLAIM.live)
    check_once(own.values_list("state", flat=True).first())


def check_endable(actor: Actor, row: ListClaim) -> bool:
    """Refuse to take back what is over, and, for the other side, what is not agreed yet. Whether
    the actor's side claimed it."""
    by_claimant = own_claims(actor).filter(pk=row.pk).exists()
    if not by_claimant:
        LIST_CLAIM.check(row.state, ListClaimState.AGREED)
    LIST_CLAIM.move(row.state, ListClaimState.WITHDRAWN)
    if row.state == ListClaimState.AGREED:
        check_ahead(row.ends_at, clock.now())
    return by_claimant
