"""Who said that they can come and fits a post, and what became of a call-up."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from baodao.callups.models import CallPost, CallUp, Summons
from baodao.callups.queries.audience import words_of
from baodao.callups.queries.callups import CALL_UP, post_rows, summonses
from baodao.callups.rules.callups import Readiness
from baodao.claims.queries.seats import every_seat
from baodao.claims.rules.lives import CLAIM, SEATED, SERVING, ClaimState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import records, totals_of
from baodao.ledger.rules.durations import hours_figure
from baodao.offers.queries.offers import counted, offer_rows
from baodao.offers.rules.kinds import reach_of
from baodao.orgs.queries.tree import standing_of
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State


def willing_for(actor: Actor, post: CallPost) -> QuerySet[Any]:
    """Who can come at the hours of a post and has nothing else then, of members who are registered
    within its reach today: who knows what it is best served by first (`fits`), then who lives in
    its community, then who answered first; with the service team (`squad`) in which they stand."""
    free = near_of(actor, post).filter(_said_to_serve(post), ~Exists(_busy(post)))
    return free.filter(answer=Readiness.CAN)


def near_of(actor: Actor, post: CallPost) -> QuerySet[Any]:
    """Whoever its call-up called and is registered within the reach of a post today, whatever they
    answered, in the order and with the words of `willing_for`."""
    offer = post.offer
    here = standing_of(offer.community)
    registered = registration_rows().filter(person=OuterRef("person"), state=State.ACCEPTED)
    near = registered.filter(community__path__startswith=reach_of(offer.kind.reach, here.path))
    near = within(near, actor, CALL_UP, "community__path")
    rows = summonses(actor).filter(Exists(near), call=post.call_id)
    words = [Q(person__specialty__contains=one) for one in words_of(offer.specialties)]
    fits = Case(*(When(word, then=Value(True)) for word in words), default=Value(False))
    neighbours = registered.filter(community=here)
    return rows.annotate(
        fits=Cast(fits, BooleanField()),
        lives_here=Exists(neighbours),
        squad=Subquery(registered.values("team__name")[:1]),
    ).order_by("-fits", "-lives_here", "answered_at", "pk")


def seated_outside(actor: Actor, post: CallPost) -> QuerySet[Any]:
    """Who has a place in a post whose hours what they said does not cover, as after it was moved;
    by name."""
    seats = every_seat().filter(
        claim__offer=post.offer_id,
        claim__state__in=CLAIM.live,
        person=OuterRef("person"),
        until=None,
    )
    rows = summonses(actor).filter(Exists(seats), call=post.call_id, answer=Readiness.CAN)
    return rows.exclude(_said_to_serve(post)).order_by("person__pinyin", "pk")


def _said_to_serve(post: CallPost) -> Q:
    """Whose hours reach over the whole of a post: `covers`, of many."""
    offer = post.offer
    to_the_end = Q(free_until=None) | Q(free_until__gte=offer.ends_at)
    return to_the_end & Q(free_from__lte=offer.starts_at)


def squads_in(rows: QuerySet[Any]) -> list[str]:
    """The service teams of these, by name."""
    teams = rows.exclude(squad=None).order_by("squad").values_list("squad", flat=True)
    return list(teams.distinct())


def _busy(post: CallPost) -> QuerySet[Any]:
    """Places that somebody has at the hours of a post, and whatever they claimed of it."""
    hours = Q(
        claim__state__in=SEATED,
        claim__offer__starts_at__lt=post.offer.ends_at,
        claim__offer__ends_at__gt=post.offer.starts_at,
    )
    same = Q(claim__offer=post.offer_id, claim__state__in=CLAIM.live)
    return every_seat().filter(hours | same, person=OuterRef("person"), until=None)


def posts_taken(summons: Summons) -> list[CallPost]:
    """The posts of the call-up in which who was summoned has a place or waits for one, the soonest
    first."""
    seats = every_seat().filter(person=summons.person_id, claim__state__in=CLAIM.live, until=None)
    rows = post_rows().filter(
        Exists(seats.filter(claim__offer=OuterRef("pk"))), call=summons.call_id
    )
    return list(rows.order_by("offer__starts_at", "pk"))


def posts_of(call: CallUp) -> QuerySet[Any]:
    """The activities that are posts of a call-up, with how many places are taken, the soonest
    first."""
    return counted(offer_rows().filter(call_post__call=call)).order_by("starts_at", "pk")


@dataclass(frozen=True)
class CallOutcome:
    """What became of a call-up, beside the answers: how many people had a place, how many
    came and for how long."""

    placed: int = 0
    comers: int = 0
    minutes: int = 0

    @property
    def hours(self) -> str:
        """As figures are written."""
        return hours_figure(self.minutes)


def outcome_of(actor: Actor, call: CallUp) -> CallOutcome:
    """Of the posts in the actor's scope, counted from seats and service records. Who had a place
    and did not come is a number alone."""
    totals = totals_of(records_of(actor, call))
    placed = seats_in(actor, call).order_by().values("person").distinct().count()
    return CallOutcome(placed, totals.persons, totals.minutes)


def records_of(actor: Actor, call: CallUp) -> QuerySet[ServiceRecord]:
    """The service records of the posts of a call-up, as far as in scope."""
    offer_ids = list(CallPost.objects.filter(call=call).values_list("offer", flat=True))
    return records(actor).filter(offer_id__in=offer_ids)


def seats_in(actor: Actor, call: CallUp) -> QuerySet[Any]:
    """The places that somebody has, or had when it began or was called off, in the posts of a
    call-up: standing down takes nobody's place out of what was."""
    kept = Q(claim__state__in=(*SERVING, ClaimState.DONE, ClaimState.ABSENT))
    until_the_end = Q(claim__ended_at__gte=F("claim__offer__ended_at"))
    called_off = Q(claim__state=ClaimState.LEFT) & until_the_end
    rows = every_seat().filter(kept | called_off, claim__offer__call_post__call=call)
    return within(rows.filter(until=None), actor, Permission.CLAIM_READ, "claim__community__path")
