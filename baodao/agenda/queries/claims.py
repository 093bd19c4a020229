"""What is ahead of a member, a unit or a team by their claims, and what is over."""

from collections.abc import Collection, Iterable
from itertools import chain
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, When
from django.urls import reverse

from baodao.claims.models import Claim
from baodao.claims.queries.claims import (
    NEXT_FIRST,
    Claims,
    claim_rows,
    in_line,
    party_claims,
    with_servers,
)
from baodao.claims.queries.seats import held_seats
from baodao.claims.rules.claims import check_not_begun, leaving
from baodao.claims.rules.lives import CLAIM, SERVING, UNTICKED, ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.scope import own
from baodao.ledger.queries.known_services import KnownService
from baodao.offers.queries.entries import minutes_of
from baodao.offers.rules.offers import has_begun
from baodao.orgs.models import Organisation
from baodao.statements.queries.statements import standing_statements
from baodao.statements.rules.statements import STATEMENT


def own_claims(actor: Actor) -> Claims:
    """The live claims by which the actor serves, their own and their unit's or team's: a place that
    is kept only for a while first, then what begins next, posts after activities. With their
    `place_in_line` where they wait, and whether the actor `may_state` their service: the hours are
    over, and it is neither recorded nor stated; `stated` is what waits for the community's word."""
    mine = in_line(_served(actor, claim_rows()).filter(state__in=CLAIM.live))
    mine = _with_statements(actor, mine, SERVING)
    kept = Q(person__isnull=False, state=ClaimState.INVITED, confirm_by__gte=clock.now())
    lapses = Case(When(kept, then=0), default=1, output_field=IntegerField())
    return mine.order_by(lapses, *NEXT_FIRST)


def most_urgent(claims: Iterable[Claim]) -> Claim | None:
    """Of live claims in their order the one whose step comes first: a place that is kept only for
    a while, else whom one serves alone; None where none has a step."""
    rows = list(claims)
    invitations = [
        row for row in rows if row.person_id and row.state == ClaimState.INVITED and row.in_time
    ]
    alone = (
        row
        for row in rows
        if (row.offer.kind.answers_one and row.state == ClaimState.ACTIVE)
        or (row.offer.kind.pairs and row.state in SERVING)
    )
    return next(chain(invitations, alone), None)


def _served(actor: Actor, rows: Claims) -> Claims:
    """Those in which the actor holds a seat."""
    return rows.filter(pk__in=own(held_seats(), actor).order_by().values("claim"))


def _with_statements(actor: Actor, rows: Claims, states: Collection[ClaimState]) -> Claims:
    """With whether the actor's own service by them is `stated` and waits for the community's word,
    and whether they `may_state` it: in one of these states, the hours over, neither recorded nor
    stated."""
    stated = standing_statements().filter(offer_id=OuterRef("offer"))
    waiting = stated.filter(state__in=STATEMENT.live)
    unserved = held_seats().filter(claim=OuterRef("pk"), served_on=None)
    over = Q(offer__ends_at__lte=clock.now(), state__in=states)
    untold = Exists(own(unserved, actor)) & ~Exists(own(stated, actor))
    rows = rows.annotate(stated=Exists(own(waiting, actor)))
    return rows.annotate(may_state=Case(When(over & untold, then=True), default=False))


def own_count(actor: Actor) -> int:
    """By how many live claims the actor serves."""
    return _OWN.count(actor)


_OWN = Prepared(
    lambda actor: _served(actor, claim_rows()).filter(state__in=CLAIM.live).values_list("pk")
)


def past_claims(actor: Actor) -> Claims:
    """The claims by which the actor served or would have, that have ended; the latest first. Whom
    a closed list does not have as there `may_state` their service, until it is `stated`."""
    ended = _served(actor, claim_rows()).exclude(state__in=CLAIM.live)
    mine = _with_statements(actor, ended, UNTICKED)
    return mine.order_by(F("ended_at").desc(nulls_last=True), "-pk")


def own_claim(actor: Actor, claim_id: UUID) -> Claim:
    """One by which the actor serves; raises `Absent`."""
    return _only(_served(actor, claim_rows()), claim_id)


def party_claim(actor: Actor, claim_id: UUID) -> Claim:
    """One of a unit or a team for which the actor speaks; raises `Absent`."""
    return _only(party_claims(actor), claim_id)


def _only(rows: Claims, claim_id: UUID) -> Claim:
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        raise Absent("claim")
    return claim


def claims_of_party(actor: Actor, place: Organisation) -> Claims:
    """The live claims of a unit with its branches, of one branch or of a team, for which the actor
    speaks, what begins next first, with their `place_in_line`."""
    rows = in_line(party_claims(actor).filter(branch__path__startswith=place.path))
    rows = with_servers(rows.filter(state__in=CLAIM.live))
    return rows.order_by(*NEXT_FIRST)


def known(actor: Actor) -> list[KnownService]:
    """The actor's claims that are over, as services that are known."""
    return [
        KnownService(
            url=reverse("agenda:state", args=[row.pk]),
            title=row.offer.title,
            community=row.community.name,
            starts_at=row.offer.starts_at,
            minutes=minutes_of(row.offer),
        )
        for row in own_claims(actor).filter(Q(may_state=True))
        if row.offer.starts_at
    ]


def check_changeable(claim: Claim) -> None:
    """Refuse to change who serves by what is over or has begun."""
    CLAIM.check(claim.state, *CLAIM.live)
    begun = has_begun(claim.offer.starts_at, clock.now())
    check_not_begun(claim.offer.kind, begun=begun)


def check_leavable(claim: Claim) -> None:
    """Refuse to give up what is over or has begun, and where the community was asked already."""
    CLAIM.check(claim.state, *CLAIM.live)
    begun = has_begun(claim.offer.starts_at, clock.now())
    leaving(claim.offer.kind, claim.state, begun=begun)
