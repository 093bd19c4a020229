"""Claims in scope: of a community, of a unit's branches, one's own; and what waits with them."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from baodao.claims.models import Claim, Seat
from baodao.claims.rules.claims import Thinking
from baodao.claims.rules.lives import SEATED, ClaimState
from baodao.claims.rules.policies import HOURS_BEFORE, LEAST_HOURS, THINKING_HOURS
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import PROPOSALS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import PolicyValues, values_at
from baodao.orgs.queries.tree import ids_below, places
from baodao.orgs.rules.tree import Kind
from baodao.teams.queries.teams import led_teams

Claims = QuerySet[Claim]
LINE = (Coalesce("decided_at", "claimed_at"), "claimed_at", "pk")
"""The order of a waiting list: since when a claim may have a place, which where the community has
the word is its answer."""

NEXT_FIRST = (F("offer__starts_at").asc(nulls_last=True), "claimed_at", "pk")
"""The order of live claims: what begins next, then what has no hours, the longest first."""

COMMUNITY_SIDE = frozenset({Permission.CLAIM_DECIDE, Permission.RECORD_CREATE})


def not_begun(prefix: str) -> Q:
    """Offers, found by `prefix`, without hours or that begin later."""
    starts_at = f"{prefix}starts_at"
    return Q(**{starts_at: None}) | Q(**{f"{starts_at}__gt": clock.now()})


def numbers_of(claim_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of who claims for themselves, for the journal."""
    rows = Claim.objects.filter(pk__in=claim_ids, person__isnull=False)
    return dict(rows.values_list("pk", "person__number"))


def claim_rows() -> Claims:
    """Every claim with what pages show, for this slice."""
    rows = Claim.objects.select_related(
        "person", "branch__parent", "community", "offer__community", "offer__organiser"
    )
    seats = Seat.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return rows.annotate(last_served=Subquery(seats.annotate(last=Max("served_on")).values("last")))


def claims(actor: Actor, permission: Permission = Permission.CLAIM_READ) -> Claims:
    """Claims on which the actor holds `permission`: by the community; reading by the branch too."""
    if permission in COMMUNITY_SIDE:
        return within(claim_rows(), actor, permission, "community__path")
    return within(claim_rows(), actor, permission, "community__path", "branch__path")


def with_servers(rows: Claims) -> Claims:
    """With the seats that each holds, by the name of their person, as its `held`."""
    seats = Seat.objects.filter(until=None).select_related("person", "branch__parent")
    by_name = seats.order_by("person__pinyin", "pk")
    return rows.prefetch_related(Prefetch("seats", by_name, to_attr="held"))


def claims_here(actor: Actor, community: Organisation) -> Claims:
    """Claims in one community, for those who read there as its community."""
    here = within(claim_rows(), actor, Permission.CLAIM_READ, "community__path")
    return with_servers(here.filter(community__in=ids_below(community.path)))


def claims_of_unit(actor: Actor, place: Organisation) -> Claims:
    """What the members of a unit or branch claimed, wherever it was."""
    ours = within(claim_rows(), actor, Permission.CLAIM_READ, "branch__path")
    return with_servers(ours.filter(branch__path__startswith=place.path))


def claims_on(actor: Actor, offer: Offer) -> Claims:
    """Who claimed an offer: those with a place first, then in the order they came."""
    rows = claims_here(actor, offer.community).filter(offer=offer)
    order = [*SEATED, ClaimState.APPLIED, ClaimState.WAITING]
    ranks = [When(state=state, then=Value(place)) for place, state in enumerate(order)]
    rank = Case(*ranks, default=Value(len(order)), output_field=IntegerField())
    return in_line(rows).order_by(rank, F("place_in_line").asc(nulls_last=True), "claimed_at", "pk")


def in_line(rows: Claims) -> Claims:
    """With the `place_in_line` of each that waits, from 1; of others None."""
    since = LINE[0]
    line = Claim.objects.filter(offer=OuterRef("offer"), state=ClaimState.WAITING)
    ahead = Q(since__lt=OuterRef("since"))
    ahead |= Q(since=OuterRef("since"), claimed_at__lt=OuterRef("claimed_at"))
    ahead |= Q(since=OuterRef("since"), claimed_at=OuterRef("claimed_at"), pk__lt=OuterRef("pk"))
    number = line.annotate(since=since).filter(ahead).order_by().values("offer")
    count = Coalesce(Subquery(number.annotate(count=Count("pk")).values("count")), 0) + 1
    waiting = When(state=ClaimState.WAITING, then=count)
    place = Case(waiting, default=None, output_field=IntegerField())
    return rows.annotate(since=since, place_in_line=place)


def numbers_in_line(claims: Iterable[Claim]) -> dict[UUID, int]:
    """At which place each of these claims waits, from 1; those that do not wait are left out."""
    rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims], state=ClaimState.WAITING)
    places = in_line(rows).values("pk", place=F("place_in_line"))
    return {row["pk"]: row["place"] for row in places}


def claims_to_decide(actor: Actor, community: Organisation) -> Claims:
    """What waits for the community's approval, the longest waiting first; what waits with its offer
    is accepted with it."""
    waiting = claims_here(actor, community).filter(state=ClaimState.APPLIED)
    waiting = waiting.exclude(offer__state__in=PROPOSALS)
    return waiting.order_by("claimed_at", "pk")


def exits_to_decide(actor: Actor, community: Organisation) -> Claims:
    """Who asked to leave a post, the longest waiting first."""
    asking = claims_here(actor, community).filter(state=ClaimState.EXIT_REQUESTED)
    return asking.order_by("exit_requested_at", "pk")


def parties_in_charge(actor: Actor) -> QuerySet[Organisation]:
    """The open units, branches and teams for which the actor may claim: by a right there, or
    because they lead the team."""
    rows = places(Kind.UNIT) | places(Kind.BRANCH) | places(Kind.TEAM)
    return within(rows, actor, Permission.CLAIM_MAKE, "path") | led_teams(actor)


def window_teams(actor: Actor) -> QuerySet[Organisation]:
    """The open teams for which the actor may claim at the window of their community."""
    return within(places(Kind.TEAM), actor, Permission.CLAIM_DECIDE, "path")


def claims_in_charge(actor: Actor) -> Claims:
    """The claims for which the actor speaks: their own, and those of units, branches and teams for
    which they may claim."""
    return own(claim_rows(), actor) | party_claims(actor)


def party_claims(actor: Actor) -> Claims:
    """The claims of units, branches and teams for which the actor speaks."""
    theirs = within(claim_rows(), actor, Permission.CLAIM_MAKE, "branch__path")
    led = claim_rows().filter(team__in=led_teams(actor).order_by().values("pk"))
    return theirs.filter(person=None) | led


def most_of(kind: OfferKind, values: PolicyValues) -> int | None:
    """How many live claims of a kind a member may hold where these values hold; None if any."""
    return None if kind.most is None else values.of(kind.most)


def most_at(path: str, kind: OfferKind) -> int | None:
    """How many live claims of a kind a member registered at this path may hold; None if any."""
    return None if kind.most is None else values_at(path).of(kind.most)


def thinking_in(values: PolicyValues) -> Thinking:
    """How long an invitation holds, of what holds in a community."""
    return Thinking(
        time=timedelta(hours=values.of(THINKING_HOURS)),
        before=timedelta(hours=values.of(HOURS_BEFORE)),
        least=timedelta(hours=values.of(LEAST_HOURS)),
    )


def overdue_claims() -> Claims:
    """Invitations whose time is up, for the worker; in what has begun they stay on its list."""
    rows = claim_rows().filter(not_begun("offer__"), state=ClaimState.INVITED)
    return rows.filter(confirm_by__lt=clock.now())


def overdue_invitations() -> QuerySet[Offer]:
    """Offers with an invitation whose time is up, for the worker."""
    return offer_rows().filter(pk__in=overdue_claims().order_by().values("offer")).order_by("pk")


def _invited() -> QuerySet[Claim]:
    return Claim.objects.filter(pk=OuterRef("about"), state=ClaimState.INVITED)


PENDING: dict[str, PendingRows] = dict.fromkeys(
    ("claim-assigned", "claim-assigned-kept", "claim-invited", "claim-kept"), _invited
)
"""For which rows notices ask."""
