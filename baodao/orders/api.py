"""Orders over the API: at which stage each is, sent to members and units, whistles answered."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.agenda.commands.messages import MOST
from baodao.kernel.authz import Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import gettext_noop
from baodao.offers.models import Offer
from baodao.orders.commands import dispatch as commands
from baodao.orders.commands.dispatch import Dispatch, OrderWords
from baodao.orders.commands.whistles import decline as decline_whistle
from baodao.orders.commands.whistles import whistle_for_branches
from baodao.orders.models import Whistle
from baodao.orders.queries.orders import orders_in
from baodao.orders.queries.whistles import state_of, whistle_rows, whistles_for, whistles_in
from baodao.orders.rules.stages import OrderStage, Road
from baodao.orders.rules.whistles import WhistleState
from baodao.orgs.queries.tree import by_code
from baodao.people.queries.members import numbered
from baodao.ui.api import (
    ApiRequest,
    BatchAnswer,
    Code,
    Cursor,
    Left,
    Page,
    Place,
    Spot,
    Text,
    VolunteerNumber,
    Words,
    answers,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Orders")])
MOST_UNITS = 20
"""Units that are whistled for at a time."""


class OrderRow(Schema):
    """An order of a resident: its need, and at which stage it is since when."""

    id: UUID = Field(description=gettext_noop("The need that was ordered."))
    item: UUID | None = Field(description=gettext_noop("What of the menu was ordered."))
    stage: OrderStage
    since: datetime
    community: Place
    offer: UUID | None = Field(description=gettext_noop("The offer that answers it."))


class OrderPage(Page[OrderRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtOrders(Schema):
    """Which orders."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    stage: OrderStage | None = None


class SoughtWhistles(Schema):
    """Which whistles."""

    community: Code = Field(description=gettext_noop("Code of the community."))


class SoughtUnitWhistles(Schema):
    """For which unit or branch."""

    unit: Code = Field(description=gettext_noop("Code of the unit or branch, with all below it."))


class WhistleRefusal(Schema):
    """Why nobody can come, for who asked."""

    reason: Words


class ToSend(Schema):
    """By which road it goes, and to whom."""

    road: Road
    persons: Annotated[list[VolunteerNumber], Field(max_length=MOST)] = []
    units: Annotated[list[Code], Field(max_length=MOST_UNITS)] = []


class ToDispatch(ToSend):
    """The words that members read, without names and numbers, and to whom it goes."""

    title: Words
    schedule: Spot = ""
    text: Text = ""


class SentOrder(Schema):
    """The offer that was sent, and whom it did not reach."""

    offer: UUID
    refused: list[Left]


class ToBranches(Schema):
    """Which unit, and which branches of it."""

    unit: Code = Field(description=gettext_noop("Code of the unit."))
    branches: Annotated[list[Code], Field(min_length=1, max_length=MOST_UNITS)]


class WhistleRow(Schema):
    """A unit or a branch that was whistled for, by whom, and how it answered."""

    id: UUID
    offer: UUID
    unit: Place
    sender: Place = Field(description=gettext_noop("The community, or the unit of the branch."))
    state: WhistleState
    blown_at: datetime
    due_on: date
    reason: str = Field(description=gettext_noop("Why nobody can come."))


class AskedBranches(BatchAnswer[WhistleRow]):
    """A batch: whoever could be asked is, the others are named with the reason."""


class WhistlePage(Page[WhistleRow]):
    """Some rows of a list, in an order that does not change."""


def _order(row: Any) -> OrderRow:
    facts = {"item": row.item_id, "offer": row.answer_id}
    same = OrderRow.model_fields.keys() - facts
    return OrderRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _whistle(row: Whistle) -> WhistleRow:
    facts = {"offer": row.offer_id, "state": state_of(row)}
    same = WhistleRow.model_fields.keys() - facts
    return WhistleRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _to(body: ToSend) -> Dispatch:
    units = [by_code(code).pk for code in dict.fromkeys(body.units)]
    persons = numbered(body.persons) if body.persons else {}
    return Dispatch(body.road, list(persons.values()), units)


def _sent(batch: Batch[Offer]) -> SentOrder:
    return SentOrder(offer=batch.done[0].pk, refused=left(batch.refused))


@router.get("/orders/", response=answers(OrderPage), summary=gettext_noop("Orders in scope"))
@reading(Permission.NEED_READ)
def orders(
    request: ApiRequest, sought: Query[SoughtOrders], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one community, the oldest first."""
    rows = orders_in(request.actor, by_code(sought.community))
    if sought.stage is not None:
        rows = rows.filter(stage=sought.stage)
    return page_of(rows, cursor, "id", _order)


@router.post(
    "/needs/{uuid:need_id}/dispatch/",
    response=answers(SentOrder, writes=True),
    summary=gettext_noop("Dispatch an order"),
)
@writing(Permission.OFFER_EDIT)
def dispatch(request: ApiRequest, need_id: UUID, body: ToDispatch) -> SentOrder:
    """A need that waits is offered as an order, and sent on its road: all of it, or nothing."""
    words = OrderWords(body.title, body.schedule, body.text)
    batch = commands.send_order(request.actor, need_id=need_id, words=words, to=_to(body))
    return _sent(batch)


@router.post(
    "/offers/{uuid:offer_id}/send/",
    response=answers(SentOrder, writes=True),
    summary=gettext_noop("Send an order on"),
)
@writing(Permission.OFFER_EDIT)
def send(request: ApiRequest, offer_id: UUID, body: ToSend) -> SentOrder:
    """To a few members, to one by name, or to units that are whistled for."""
    return _sent(commands.send_on(request.actor, offer_id=offer_id, to=_to(body)))


@router.get("/whistles/", response=answers(WhistlePage), summary=gettext_noop("Whistles in scope"))
@reading(Permission.OFFER_READ)
def whistles(
    request: ApiRequest, sought: Query[SoughtWhistles], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one community, the oldest first, with the answers of the units."""
    rows = whistles_in(request.actor, by_code(sought.community)).order_by()
    return page_of(rows, cursor, "id", _whistle)


@router.get(
    "/whistles/unit/",
    response=answers(WhistlePage),
    summary=gettext_noop("Whistles for a unit and its branches"),
)
@reading(Permission.CLAIM_MAKE)
def whistles_of_unit(
    request: ApiRequest, sought: Query[SoughtUnitWhistles], cursor: Query[Cursor]
) -> dict[str, object]:
    """With the day by which each waits for the answer; who comes is claimed for, as elsewhere."""
    unit = by_code(sought.unit)
    rows = whistles_for(request.actor).filter(unit__path__startswith=unit.path).order_by()
    return page_of(rows, cursor, "id", _whistle)


@router.post(
    "/whistles/{uuid:whistle_id}/decline/",
    response=answers(WhistleRow, writes=True),
    summary=gettext_noop("Answer a whistle: nobody can come"),
)
@writing(Permission.CLAIM_MAKE)
def decline(request: ApiRequest, whistle_id: UUID, body: WhistleRefusal) -> WhistleRow:
    """Who asked reads the reason and may ask others."""
    row = decline_whistle(request.actor, whistle_id=whistle_id, reason=body.reason)
    return _whistle(whistle_rows().get(pk=row.pk))


@router.post(
    "/offers/{uuid:offer_id}/branches/",
    response=answers(AskedBranches, writes=True),
    summary=gettext_noop("Give an offer to branches"),
)
@writing(Permission.CLAIM_MAKE)
def to_branches(request: ApiRequest, offer_id: UUID, body: ToBranches) -> AskedBranches:
    """A unit asks branches of its own to take on what is offered to it; each is told."""
    ids = [by_code(code).pk for code in dict.fromkeys(body.branches)]
    unit_id = by_code(body.unit).pk
    batch = whistle_for_branches(request.actor, offer_id=offer_id, unit_id=unit_id, branch_ids=ids)
    rows = whistle_rows().filter(pk__in=[row.pk for row in batch.done]).order_by("pk")
    return AskedBranches(done=[_whistle(row) for row in rows], refused=left(batch.refused))
