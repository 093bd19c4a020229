"""Offers over the API: drafted, published, moved and ended by the community."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.locks import lock
from baodao.offers.api.shapes import KindCode, Particulars
from baodao.offers.commands import hours
from baodao.offers.commands import offers as commands
from baodao.offers.models import Offer
from baodao.offers.queries.offers import counted, offer_of, with_particulars
from baodao.offers.queries.offers import offers as offers_in_scope
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import MOST_PLACES, OfferFacts
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import (
    BEFORE,
    MOST_ROWS,
    NO_CONTROLS,
    ApiRequest,
    Code,
    Cursor,
    Hour,
    Keyword,
    Page,
    Place,
    Remark,
    Spot,
    Text,
    Words,
    answers,
    check_unchanged,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Offers")])
V = TypeVar("V", bound=Callable[..., Any])
EDIT = Permission.OFFER_EDIT
OWN = gettext_noop("What only its kind has, by the names of the columns.")


class OfferRow(Schema):
    """What a community offers, of one of the kinds."""

    id: UUID
    kind: KindCode
    state: OfferState = Field(description=gettext_noop("How it stands."))
    community: Place
    organiser: Place
    title: str
    text: str
    category: str = Field(description=gettext_noop("Code of the kind of service."))
    place: str
    schedule: str = Field(description=gettext_noop("When what has no hours serves, in words."))
    specialties: str
    bring: str = Field(description=gettext_noop("What those who come bring along."))
    approval: bool = Field(description=gettext_noop("Claims wait for the community's word."))
    places: int = Field(description=gettext_noop("How many places there are."))
    taken: int = Field(description=gettext_noop("How many of them are taken."))
    starts_at: datetime | None
    ends_at: datetime | None
    published_at: datetime | None
    recorded_at: datetime | None
    ended_at: datetime | None
    ended_reason: str
    particulars: Particulars = Field(description=OWN)


class OfferPage(Page[OfferRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtOffers(Schema):
    """Which offers."""

    kind: KindCode | None = None
    state: OfferState | None = Field(default=None, description=gettext_noop("How it stands."))
    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))


class Facts(Schema):
    """What is offered: its hours, or the words that say when, as its kind has it."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=NO_CONTROLS)]
    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    places: int = Field(
        ge=1, le=MOST_PLACES, description=gettext_noop("How many places there are.")
    )
    text: Text = ""
    place: Spot = ""
    schedule: Spot = Field(
        default="", description=gettext_noop("When what has no hours serves, in words.")
    )
    specialties: Spot = ""
    bring: Spot = Field(default="", description=gettext_noop("What those who come bring along."))
    approval: bool = Field(
        default=False, description=gettext_noop("Claims wait for the community's word.")
    )
    starts_at: Hour | None = None
    ends_at: Hour | None = None
    organiser: Code | None = Field(
        default=None,
        description=gettext_noop("Code of a team of the community; empty: the community itself."),
    )
    particulars: Particulars = Field(default={}, description=OWN)


class ToDraft(Facts):
    """Where, and of which kind: neither changes afterwards."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    kind: KindCode


class ToEdit(Facts):
    """What is offered from now on, and as it was read before."""

    before: Facts = Field(description=BEFORE)


class Hours(Schema):
    """From when until when an offer with hours is."""

    starts_at: Hour
    ends_at: Hour


class ToMove(Hours):
    """The new hours of an offer that has some, and as they were read before."""

    before: Hours = Field(description=BEFORE)


class ToCloseOffer(Schema):
    """The reason, where there is one to tell, and which needs were met."""

    reason: Remark = ""
    met: Annotated[list[UUID], Field(max_length=MOST_ROWS)] = Field(
        default=[], description=gettext_noop("The needs that were met by it.")
    )


class ToCancel(Schema):
    """The reason, which everybody who had claimed reads."""

    reason: Words


def offer_row(row: Any) -> OfferRow:
    """An offer with the numbers of `queries.offers.counted`."""
    return OfferRow.model_validate(row)


def _now(actor: Actor, offer_id: UUID) -> OfferRow:
    """As it stands after an act of the same actor."""
    return offer_row(offer_of(actor, offer_id, EDIT))


def _facts(body: Facts, kind: OfferKind) -> OfferFacts:
    typed = body.model_dump(exclude={"before", "community", "kind", "organiser"})
    organiser = by_code(body.organiser).pk if body.organiser else None
    return OfferFacts(**typed, kind=kind, organiser_id=organiser)


def _present(row: Offer) -> Facts:
    """What is offered now, in the shape in which it is put right."""
    facts = {name: getattr(row, name) for name in Facts.model_fields}
    return Facts.model_validate({**facts, "organiser": row.organiser.code})


def _whole(before: Facts, row: Offer) -> Facts:
    """As it was read, with the community where no organiser is named."""
    return before.model_copy(update={"organiser": before.organiser or row.community.code})


@router.get("/offers/", response=answers(OfferPage), summary=gettext_noop("Offers in scope"))
@reading(Permission.OFFER_READ)
def offers(
    request: ApiRequest, sought: Query[SoughtOffers], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of the communities in scope, drafts too, the oldest first."""
    rows = offers_in_scope(request.actor)
    if sought.kind is not None:
        rows = rows.filter(kind=sought.kind)
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    return page_of(counted(with_particulars(rows)), cursor, "id", offer_row)


@router.post(
    "/offers/", response=answers(OfferRow, writes=True), summary=gettext_noop("Draft an offer")
)
@writing(EDIT)
def draft(request: ApiRequest, body: ToDraft) -> OfferRow:
    """Nobody but the community sees it until it is published."""
    community = by_code(body.community)
    row = commands.draft(request.actor, community_id=community.pk, facts=_facts(body, body.kind))
    return _now(request.actor, row.pk)


def _act(verb: str, summary: str) -> Callable[[V], V]:
    """An act on one offer for who may edit it; the view answers with it as it stands then."""
    address = f"/offers/{{uuid:offer_id}}/{verb}/"
    post = router.post(address, response=answers(OfferRow, writes=True), summary=summary)

    def register(view: V) -> V:
        return post(writing(EDIT)(view))

    return register


@_act("edit", gettext_noop("Edit an offer"))
def edit(request: ApiRequest, offer_id: UUID, body: ToEdit) -> OfferRow:
    """As it should stand from now on; a published one keeps its hours and how it is approved."""
    row = lock(offers_in_scope(request.actor, EDIT), offer_id)
    check_unchanged(_whole(body.before, row), _present(row))
    commands.edit(request.actor, offer_id=offer_id, facts=_facts(body, row.kind))
    return _now(request.actor, offer_id)


@_act("publish", gettext_noop("Publish an offer"))
def publish(request: ApiRequest, offer_id: UUID) -> OfferRow:
    """Members can claim it from now on; the needs it answers are open."""
    commands.publish(request.actor, offer_id=offer_id)
    return _now(request.actor, offer_id)


@_act("reschedule", gettext_noop("Move an offer"))
def reschedule(request: ApiRequest, offer_id: UUID, body: ToMove) -> OfferRow:
    """Everybody with a live claim is told the old and the new time."""
    row = lock(offers_in_scope(request.actor, EDIT), offer_id)
    if row.starts_at is not None:
        check_unchanged(body.before, Hours.model_validate(row))
    hours.reschedule(
        request.actor, offer_id=offer_id, starts_at=body.starts_at, ends_at=body.ends_at
    )
    return _now(request.actor, offer_id)


@_act("close", gettext_noop("Close an offer"))
def close(request: ApiRequest, offer_id: UUID, body: ToCloseOffer) -> OfferRow:
    """What has no list, or nobody on it; one with people on its list is closed by its roll."""
    commands.close(request.actor, offer_id=offer_id, reason=body.reason, met_ids=body.met)
    return _now(request.actor, offer_id)


@_act("cancel", gettext_noop("Cancel an offer"))
def cancel(request: ApiRequest, offer_id: UUID, body: ToCancel) -> OfferRow:
    """Everybody with a live claim is told why; its needs wait for another."""
    commands.cancel(request.actor, offer_id=offer_id, reason=body.reason)
    return _now(request.actor, offer_id)
