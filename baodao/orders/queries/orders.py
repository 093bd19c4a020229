"""Orders with their stage: who has each, and since when; and which stand still."""

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import SEATED, ClaimState
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.needs.queries.answers import answers
from baodao.needs.queries.needs import needs, present_since
from baodao.needs.rules.life import NeedState
from baodao.offers.kinds.order.kind import ORDER
from baodao.orders.rules.policies import STILL_DAYS
from baodao.orders.rules.stages import GOING, OrderStage
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.rules.tree import Kind


def orders_in(actor: Actor, place: Organisation) -> QuerySet[Any]:
    """The orders of a place with their `stage`, `since` when, and their `holder`: who has taken
    it on, or is asked to."""
    rows = answers().beside(needs(actor).filter(community__path__startswith=place.path))
    rows = rows.filter(Q(item__isnull=False) | Q(live__offer__kind=ORDER))
    seated = claim_rows().filter(offer=OuterRef("answer_id"), state__in=SEATED)
    first = seated.order_by("claimed_at", "pk")
    name = Coalesce("person__name", _party_name())
    since = Coalesce("seated_at", "claimed_at")
    rows = rows.annotate(
        holder=Subquery(first.annotate(name=name).values("name")[:1]),
        held_as=Subquery(first.values("state")[:1]),
        held_since=Subquery(first.annotate(at=since).values("at")[:1]),
    )
    return rows.annotate(stage=_stage(), since=_since())


def _party_name() -> Case:
    """What the unit or team of a claim is called; a branch with its unit."""
    branch = Concat(F("branch__name"), Value("（"), F("branch__parent__name"), Value("）"))
    of_branch = When(branch__kind=Kind.BRANCH, then=branch)
    return Case(of_branch, default=F("branch__name"), output_field=CharField())


_KEPT = Q(state=NeedState.OPEN, held_as=ClaimState.INVITED)
_TAKEN = Q(state=NeedState.OPEN, held_as__isnull=False)
_RATED = Q(state=NeedState.MET) & ~Q(satisfied="")
_STAGES = (
    (_KEPT, OrderStage.KEPT, "held_since"),
    (_TAKEN, OrderStage.TAKEN, "held_since"),
    (Q(state=NeedState.OPEN), OrderStage.DISPATCHED, "opened_at"),
    (_RATED, OrderStage.RATED, "answered_at"),
    (Q(state=NeedState.MET), OrderStage.DONE, "closed_at"),
    (Q(state__in=(NeedState.UNMET, NeedState.MERGED)), OrderStage.ENDED, "closed_at"),
)
"""The first that holds says at which stage an order is, and since when; else it was asked for, or
came back, when the present stage of its need began."""


def _stage() -> Case:
    whens = [When(condition, then=Value(stage.value)) for condition, stage, _since in _STAGES]
    return Case(*whens, default=Value(OrderStage.ASKED.value), output_field=CharField())


def _since() -> Case:
    whens = [When(condition, then=F(column)) for condition, _stage, column in _STAGES]
    waits = Coalesce(present_since(), "collected_at")
    return Case(*whens, default=waits, output_field=DateTimeField())


def still_orders(actor: Actor, place: Organisation) -> Question[list[UUID]]:
    """The ids of a place's orders that stand still."""
    return _STILL.question(actor, place)


def _still(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = standing_still(orders_in(actor, place)).order_by("pk")
    return rows.values_list("pk", flat=True)


_STILL = Prepared(_still)


def standing_still(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Orders that somebody has to do something about and to which nothing has happened for longer
    than is decided there."""
    return rows.filter(stage__in=GOING, since__lt=days_ago(STILL_DAYS, "community__path"))
