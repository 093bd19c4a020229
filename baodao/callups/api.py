"""Call-ups over the API: prepared, sent, read with their numbers, filled, stood down; supplies."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.callups.commands import callups as commands
from baodao.callups.commands import posts
from baodao.callups.commands.supplies import add_supply, counter_supply
from baodao.callups.models import CallPost, CallUp, SupplyEntry
from baodao.callups.queries.callups import calls_at, numbers_of, one_call, one_post
from baodao.callups.queries.supplies import supply_rows
from baodao.callups.queries.willing import outcome_of
from baodao.callups.rules.callups import CallFacts, CallStage
from baodao.callups.rules.supplies import MOST, SupplyFacts, SupplySide
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.offers.api.offers import OfferRow, offer_row
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.queries.offers import counted, offer_rows
from baodao.offers.rules.offers import MOST_PLACES, OfferFacts
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import (
    MOST_ROWS,
    ApiRequest,
    Code,
    Cursor,
    Hour,
    Keyword,
    Left,
    Page,
    Place,
    Remark,
    Spot,
    answers,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Emergency call-ups")])
CALL_UP = Permission.CALLUP_CALL


class CallRow(Schema):
    """应急集结: what it says and at which stage it is."""

    id: UUID
    caller: Place
    title: str
    reason: str
    task: str
    spot: str
    starts_at: datetime
    stage: CallStage
    called_at: datetime | None
    ended_at: datetime | None
    ended_reason: str


class CallPage(Page[CallRow]):
    """Some rows of a list, in an order that does not change."""


class CallNumbersRow(Schema):
    """集结情况: how many were called, what they answered, how many had a place and came."""

    called: int
    able: int
    unable: int = Field(description=gettext_noop("A number alone: who that is, is told nobody."))
    unreached: int = Field(description=gettext_noop("Without an account that opens."))
    spoken: int = Field(description=gettext_noop("Of those, spoken to by telephone."))
    missed: int = Field(description=gettext_noop("Of those, not reached by telephone either."))
    placed: int
    came: int
    minutes: int


class SoughtCalls(Schema):
    """Which call-ups."""

    place: Code = Field(description=gettext_noop("Code of the community or the place above."))


class NewCall(Schema):
    """What it says, and whom it calls; without targets everybody in the place."""

    caller: Code = Field(description=gettext_noop("Code of the street or the community."))
    title: Annotated[Spot, Field(min_length=1, max_length=30)]
    reason: Annotated[Remark, Field(min_length=1)]
    task: Annotated[Remark, Field(min_length=1)]
    spot: Annotated[Spot, Field(min_length=1)]
    starts_at: Hour
    skills: Spot = ""
    targets: Annotated[list[Code], Field(max_length=MOST_ROWS)] = Field(
        default=[], description=gettext_noop("Codes of communities, grids and units.")
    )


class CallAgain(Schema):
    another: bool = Field(
        default=False,
        description=gettext_noop("Whether it is sent beside one with the same words that goes on."),
    )


class WhyOver(Schema):
    """Why it is stood down: everybody who was called reads it."""

    reason: Remark


class NewCallPost(Schema):
    """A shift in a community, with its places."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    title: Annotated[Spot, Field(min_length=1, max_length=60)]
    category: Keyword = Field(
        "", description=gettext_noop("Left out, the usual one for what the call-up says.")
    )
    starts_at: Hour
    ends_at: Hour
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    place: Spot = ""
    specialties: Spot = ""
    bring: Spot = ""


class CallPostRow(Schema):
    """应急岗位: a shift of a call-up, which is an activity."""

    offer: OfferRow


class SeatedRow(Schema):
    """The shift as it stands now, how many were placed, and who was not, with the reason."""

    offer: OfferRow
    placed: int
    refused: list[Left]


class SupplyRow(Schema):
    """A line of the supply ledger; it never changes."""

    id: UUID
    side: SupplySide
    item: str
    unit: str
    amount: Decimal = Field(description=gettext_noop("Never negative; the side says which way."))
    party: str
    remark: str
    at: datetime
    written_by: str
    corrects: UUID | None = Field(description=gettext_noop("The line that this one takes back."))


class SupplyPage(Page[SupplyRow]):
    """Some rows of a list, in an order that does not change."""


class SupplyWritten(Schema):
    """The line that was written."""

    line: SupplyRow


class NewSupply(Schema):
    """What came in or went out."""

    side: SupplySide
    item: Annotated[Spot, Field(min_length=1, max_length=30)]
    unit: Annotated[Spot, Field(min_length=1, max_length=10)]
    amount: Annotated[Decimal, Field(gt=0, le=MOST, decimal_places=1)]
    party: Annotated[Spot, Field(min_length=1, max_length=60)] = Field(
        description=gettext_noop("From whom it came, or to whom it went.")
    )
    remark: Remark = ""


class WhyCountered(Schema):
    """Why a line is taken back; it stays in the ledger."""

    reason: Annotated[Remark, Field(min_length=1)]


def _supply(row: SupplyEntry) -> SupplyRow:
    side = SupplySide.IN if row.amount > 0 else SupplySide.OUT
    own = {"side": side, "amount": abs(row.amount), "corrects": row.corrects_id}
    names = SupplyRow.model_fields.keys() - own.keys()
    return SupplyRow.model_validate({name: getattr(row, name) for name in names} | own)


def _row(row: CallUp) -> CallRow:
    return CallRow.model_validate({name: getattr(row, name) for name in CallRow.model_fields})


def _offer(post: CallPost) -> OfferRow:
    return offer_row(counted(offer_rows()).get(pk=post.pk))


@router.get("/callups/", response=answers(CallPage), summary=gettext_noop("Call-ups in scope"))
@reading(Permission.OFFER_READ)
def callups(
    request: ApiRequest, sought: Query[SoughtCalls], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one place, of those below it, and what was sent from above."""
    rows = calls_at(request.actor, by_code(sought.place)).order_by()
    return page_of(rows, cursor, "id", _row)


@router.get(
    "/callups/{uuid:callup_id}/numbers/",
    response=answers(CallNumbersRow),
    summary=gettext_noop("What became of a call-up"),
)
@reading(Permission.OFFER_READ)
def numbers(request: ApiRequest, callup_id: UUID) -> CallNumbersRow:
    """As far as the communities are in scope."""
    call = one_call(request.actor, callup_id)
    counts, outcome = numbers_of(request.actor, call), outcome_of(request.actor, call)
    return CallNumbersRow(
        called=counts.people,
        able=counts.able,
        unable=counts.unable,
        unreached=counts.unreached,
        spoken=counts.spoken,
        missed=counts.missed,
        placed=outcome.placed,
        came=outcome.comers,
        minutes=outcome.minutes,
    )


@router.post(
    "/callups/",
    response=answers(CallRow, writes=True),
    summary=gettext_noop("Prepare a call-up"),
)
@writing(CALL_UP)
def draft(request: ApiRequest, body: NewCall) -> CallRow:
    """Nobody is told before it is sent."""
    words = body.model_dump(exclude={"caller", "targets"})
    facts = CallFacts(target_ids=[by_code(code).pk for code in body.targets], **words)
    caller = by_code(body.caller)
    return _row(commands.draft_call(request.actor, caller_id=caller.pk, facts=facts))


@router.post(
    "/callups/{uuid:callup_id}/send/",
    response=answers(CallRow, writes=True),
    summary=gettext_noop("Send a call-up"),
)
@writing(CALL_UP)
def send(request: ApiRequest, callup_id: UUID, body: CallAgain | None = None) -> CallRow:
    """Everybody whom it calls is told at once, whatever the hour, each of them once. Refused while
    one with the same words goes on there, unless it is said to be another."""
    another = body is not None and body.another
    return _row(commands.send_call(request.actor, call_id=callup_id, another=another))


@router.post(
    "/callups/{uuid:callup_id}/stand-down/",
    response=answers(CallRow, writes=True),
    summary=gettext_noop("Stand a call-up down"),
)
@writing(CALL_UP)
def stand_down(request: ApiRequest, callup_id: UUID, body: WhyOver) -> CallRow:
    """Shifts that have not begun are called off; everybody who was called is told."""
    return _row(commands.stand_down(request.actor, call_id=callup_id, reason=body.reason))


@router.post(
    "/callups/{uuid:callup_id}/posts/",
    response=answers(CallPostRow, writes=True),
    summary=gettext_noop("Open a post of a call-up"),
)
@writing(CALL_UP)
def publish_post(request: ApiRequest, callup_id: UUID, body: NewCallPost) -> CallPostRow:
    """A shift is an activity of its community."""
    facts = OfferFacts(kind=ACTIVITY, **body.model_dump(exclude={"community"}))
    community = by_code(body.community)
    post = posts.publish_post(
        request.actor, call_id=callup_id, community_id=community.pk, facts=facts
    )
    return CallPostRow(offer=_offer(post))


@router.post(
    "/callups/posts/{uuid:callup_post_id}/fill/",
    response=answers(SeatedRow, writes=True),
    summary=gettext_noop("Place who can come"),
)
@writing(CALL_UP)
def fill(request: ApiRequest, callup_post_id: UUID) -> SeatedRow:
    """Whom the shift fits best, as many as there are places left."""
    batch = posts.seat_best(request.actor, post_id=callup_post_id)
    offer = _offer(one_post(request.actor, callup_post_id))
    return SeatedRow(offer=offer, placed=len(batch.done), refused=left(batch.refused))


@router.get(
    "/callups/{uuid:callup_id}/supplies/",
    response=answers(SupplyPage),
    summary=gettext_noop("Supplies of a call-up"),
)
@reading(Permission.OFFER_READ)
def supplies(request: ApiRequest, callup_id: UUID, cursor: Query[Cursor]) -> dict[str, object]:
    """Every line of the ledger, in the order of writing."""
    call = one_call(request.actor, callup_id)
    return page_of(supply_rows(call), cursor, "id", _supply)


@router.post(
    "/callups/{uuid:callup_id}/supplies/",
    response=answers(SupplyWritten, writes=True),
    summary=gettext_noop("Write down supplies"),
)
@writing(CALL_UP)
def write_supply(request: ApiRequest, callup_id: UUID, body: NewSupply) -> SupplyWritten:
    """Nothing goes out that is not there."""
    facts = SupplyFacts(**body.model_dump())
    return SupplyWritten(line=_supply(add_supply(request.actor, call_id=callup_id, facts=facts)))


@router.post(
    "/callups/supplies/{uuid:supply_id}/counter/",
    response=answers(SupplyWritten, writes=True),
    summary=gettext_noop("Take a line of supplies back"),
)
@writing(CALL_UP)
def take_supply_back(request: ApiRequest, supply_id: UUID, body: WhyCountered) -> SupplyWritten:
    """By a counter entry; both stay in the ledger."""
    entry = counter_supply(request.actor, entry_id=supply_id, reason=body.reason)
    return SupplyWritten(line=_supply(entry))
