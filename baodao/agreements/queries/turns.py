"""Whose turn it is in agreements, as first pages ask it."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from baodao.agreements.models import (
    Agreement,
    AgreementClause,
    ClauseKeeping,
    ClauseWording,
)
from baodao.agreements.queries.agreements import agreements_in
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.policies import UNITS
from baodao.resources.queries.lists import RECEIVE, WRITE
from baodao.resources.rules.lives import ListSide


class AgreementTurn(NamedTuple):
    """An agreement that waits for one side: with whom, of which year, whether it can be signed, and
    whether the other side says that a clause was `kept`; else there are clauses to agree to."""

    agreement_id: UUID
    partner: str
    year: int
    signable: bool
    kept: bool


def agreement_turns(actor: Actor, place: Organisation) -> Question[list[AgreementTurn]]:
    """The agreements that wait for who acts for a unit or a community, the oldest first."""
    return _TURNS.question(actor, place).then(lambda rows: [AgreementTurn(*row) for row in rows])


def _turns(actor: Actor, place: Organisation) -> QuerySet[Any, tuple[Any, ...]]:
    """Where a clause is open whose last wording the other side proposed, or none is open and the
    own side has not signed; of a signed one, where the other side says that a clause was kept."""
    live = Agreement.objects.filter(state__in=AGREEMENT.live)
    if place.kind in UNITS:
        rows = within(live.filter(unit=place), actor, WRITE, "unit__path")
        other, partner, signer = ListSide.COMMUNITY, "community__name", "unit_signer"
    else:
        here = live.filter(community__in=ids_below(place.path))
        rows = within(here, actor, RECEIVE, "community__path")
        other, partner, signer = ListSide.UNIT, "unit__name", "community_signer"
    last = ClauseWording.objects.filter(clause=OuterRef("pk")).order_by("-proposed_at", "-pk")
    clauses = AgreementClause.objects.filter(agreement=OuterRef("pk")).annotate(
        side=Subquery(last.values("side")[:1]), agreed_at=Subquery(last.values("agreed_at")[:1])
    )
    is_open = clauses.filter(agreed_at=None)
    keepings = ClauseKeeping.objects.filter(clause__agreement=OuterRef("pk"), answered_at=None)
    is_draft, is_signed = Q(state=AgreementState.DRAFT), Q(state=AgreementState.SIGNED)
    rows = rows.annotate(
        signable=is_draft & ~Exists(is_open),
        ours=is_draft & Exists(is_open.filter(side=other)),
        kept=is_signed & Exists(keepings.filter(side=other)),
    )
    rows = rows.filter(Q(ours=True) | Q(kept=True) | Q(signable=True, **{signer: ""}))
    return rows.order_by("drafted_at", "pk").values_list("pk", partner, "year", "signable", "kept")


def open_agreements(actor: Actor, place: Organisation) -> Question[list[str]]:
    """The units of which agreements at and below a place are not signed yet, the oldest first."""
    return _OPEN.question(actor, place)


def _open(actor: Actor, place: Organisation) -> QuerySet[Agreement, str]:
    rows = agreements_in(actor, place).filter(state=AgreementState.DRAFT)
    plain = rows.select_related(None).prefetch_related(None).order_by("drafted_at", "pk")
    return plain.values_list("unit__name", flat=True)


_TURNS, _OPEN = Prepared(_turns), Prepared(_open)
