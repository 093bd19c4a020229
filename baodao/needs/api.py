"""Needs over the API: what is asked and what became of it, never who asked.

What residents do themselves is not here.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.locks import lock
from baodao.needs import models
from baodao.needs.commands import needs as commands
from baodao.needs.commands.menu import end_item, publish_item
from baodao.needs.commands.requests import collect as take_down
from baodao.needs.queries.answers import answers as answers_of
from baodao.needs.queries.menu import item_on_menu, menu_of
from baodao.needs.queries.needs import need_of, partner_needs
from baodao.needs.queries.needs import needs as needs_in_scope
from baodao.needs.rules.life import AskerWord, NeedState
from baodao.needs.rules.menu import ABOUT, MOST_WEEKLY, SCHEDULE, SERVED_BY, TITLE, MenuFacts
from baodao.needs.rules.requests import NeedFacts, NeedSource, Urgency
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import (
    BEFORE,
    ApiRequest,
    Code,
    Cursor,
    Keyword,
    Page,
    Place,
    Remark,
    Spot,
    Text,
    answers,
    check_unchanged,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Needs")])
V = TypeVar("V", bound=Callable[..., Any])


class NeedRow(Schema):
    """What somebody asked for; name and telephone of who asked stay on the pages."""

    id: UUID
    state: NeedState = Field(description=gettext_noop("How it stands."))
    community: Place
    item: UUID | None = Field(description=gettext_noop("What of the menu was ordered."))
    unit: Place | None = Field(description=gettext_noop("The unit, when a unit asked."))
    source: NeedSource
    category: str = Field(description=gettext_noop("Code of the kind of service."))
    urgency: Urgency
    text: str
    place: str
    offer: UUID | None = Field(description=gettext_noop("The offer that answers it."))
    merged_into: UUID | None = Field(
        description=gettext_noop("The need it was merged into, which tells how it goes on.")
    )
    collected_at: datetime
    screened_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    reason: str = Field(description=gettext_noop("Why it was closed."))
    satisfied: AskerWord | None = Field(
        description=gettext_noop("The word of who asked, once it was met.")
    )


class NeedPage(Page[NeedRow]):
    """Some rows of a list, in an order that does not change."""


class NeedWithCode(NeedRow):
    """The need, and the code by which who asked finds it again: hand it to them alone."""

    code: str = Field(description=gettext_noop("Whoever knows it reads and answers as the asker."))


class SoughtNeeds(Schema):
    """Which needs."""

    state: NeedState | None = Field(default=None, description=gettext_noop("How it stands."))
    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))


class ToCollect(Schema):
    """What was asked at the window, on a visit or in the grid; no names, no numbers."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    text: Text = Field(
        default="",
        description=gettext_noop("What is needed, without names; beside an order a note."),
    )
    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    place: Spot = ""
    urgency: Urgency = Urgency.NORMAL
    source: NeedSource = NeedSource.WINDOW
    item: UUID | None = Field(
        default=None, description=gettext_noop("What of the menu is ordered; it says the kind.")
    )


class MenuRow(Schema):
    """What residents of a community order, and how much of it this week."""

    id: UUID
    community: Place
    provider: Place = Field(
        description=gettext_noop("The community, or a partner unit or a team of it.")
    )
    title: str
    category: str = Field(description=gettext_noop("Code of the kind of service."))
    schedule: str
    served_by: str
    text: str
    weekly: int = Field(description=gettext_noop("Orders in a week, at most"))
    ordered: int = Field(description=gettext_noop("Orders of this week."))


class MenuPage(Page[MenuRow]):
    """Some rows of a list, in an order that does not change."""


class MenuEnd(Schema):
    """What was taken off a menu, and when."""

    id: UUID
    ended_at: datetime


class SoughtMenu(Schema):
    """Whose menu."""

    community: Code = Field(description=gettext_noop("Code of the community."))


class ToPutOnMenu(Schema):
    """What a community, or a partner unit of it, serves residents when they order it."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    unit: Code | None = Field(
        default=None,
        description=gettext_noop("Code of the unit that serves it; left out, the community does."),
    )
    title: Annotated[Spot, Field(min_length=1, max_length=TITLE)]
    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    schedule: Annotated[Spot, Field(min_length=1, max_length=SCHEDULE)] = Field(
        description=gettext_noop("When, and how often")
    )
    weekly: Annotated[int, Field(ge=1, le=MOST_WEEKLY)] = Field(
        description=gettext_noop("Orders in a week, at most")
    )
    served_by: Annotated[Spot, Field(max_length=SERVED_BY)] = ""
    text: Annotated[Text, Field(max_length=ABOUT)] = ""


class About(Schema):
    """What it is about, how soon and where, as it should stand from now on."""

    category: Keyword = Field(description=gettext_noop("Code of the kind of service."))
    urgency: Urgency
    place: Spot


class ToCorrect(About):
    """What it is about from now on, and as it was read before."""

    before: About = Field(description=BEFORE)


class ToMerge(Schema):
    """The need that asks the same and goes on."""

    into: UUID


class ToCloseNeed(Schema):
    """Met, or not met with the reason that who asked reads."""

    met: bool
    reason: Remark = ""


def _facts(row: models.Need) -> dict[str, object]:
    return {
        "id": row.pk,
        "state": NeedState(row.state),
        "community": row.community,
        "item": row.item_id,
        "unit": row.unit,
        "source": NeedSource(row.source),
        "category": row.category,
        "urgency": Urgency(row.urgency),
        "text": row.text,
        "place": row.place,
        "offer": row.answer_id,
        "merged_into": row.merged_into_id,
        "collected_at": row.collected_at,
        "screened_at": row.screened_at,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "reason": row.why,
        "satisfied": AskerWord(row.satisfied) if row.satisfied else None,
    }


def _row(row: models.Need) -> NeedRow:
    return NeedRow.model_validate(_facts(row))


def _now(actor: Actor, need_id: UUID) -> NeedRow:
    """As it stands after an act of the same actor."""
    return _row(need_of(actor, Permission.NEED_SCREEN, need_id))


@router.get("/needs/", response=answers(NeedPage), summary=gettext_noop("Needs in scope"))
@reading(Permission.NEED_READ)
def needs(
    request: ApiRequest, sought: Query[SoughtNeeds], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of the communities in scope, the oldest first."""
    rows = needs_in_scope(request.actor)
    if sought.state is not None:
        rows = rows.filter(state=sought.state)
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    return page_of(answers_of().beside(rows), cursor, "id", _row)


class SoughtPartnerNeeds(Schema):
    """For which unit."""

    unit: Code = Field(description=gettext_noop("Code of the unit."))


@router.get(
    "/needs/partner/",
    response=answers(NeedPage),
    summary=gettext_noop("Needs with which a unit may help"),
)
@reading(Permission.NEED_READ)
def partner(
    request: ApiRequest, sought: Query[SoughtPartnerNeeds], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of its partner community, once they were screened, the oldest first."""
    rows = partner_needs(request.actor, by_code(sought.unit))
    return page_of(answers_of().beside(rows), cursor, "id", _row)


@router.get("/needs/{uuid:need_id}/", response=answers(NeedRow), summary=gettext_noop("One need"))
@reading(Permission.NEED_READ)
def need(request: ApiRequest, need_id: UUID) -> NeedRow:
    """Absent outside the scope, as if it did not exist."""
    return _row(need_of(request.actor, Permission.NEED_READ, need_id))


@router.post(
    "/needs/", response=answers(NeedWithCode, writes=True), summary=gettext_noop("Take a need down")
)
@writing(Permission.NEED_COLLECT)
def collect(request: ApiRequest, body: ToCollect) -> NeedWithCode:
    """For a community, as its worker does at the window."""
    words = (body.text, body.category, body.place, body.urgency, body.source)
    facts = NeedFacts(*words, item_id=body.item)
    row = take_down(request.actor, community_id=by_code(body.community).pk, facts=facts)
    need = need_of(request.actor, Permission.NEED_COLLECT, row.pk)
    return NeedWithCode.model_validate({**_facts(need), "code": need.code})


def _act(verb: str, summary: str) -> Callable[[V], V]:
    """An act on one need for who looks after it; the view answers with it as it stands then."""
    address = f"/needs/{{uuid:need_id}}/{verb}/"
    post = router.post(address, response=answers(NeedRow, writes=True), summary=summary)

    def register(view: V) -> V:
        return post(writing(Permission.NEED_SCREEN)(view))

    return register


def _check_as_read(actor: Actor, need_id: UUID, body: ToCorrect) -> None:
    row = lock(needs_in_scope(actor, Permission.NEED_SCREEN), need_id)
    check_unchanged(body.before, About.model_validate(row))


@_act("screen", gettext_noop("Take a need on"))
def screen(request: ApiRequest, need_id: UUID, body: ToCorrect) -> NeedRow:
    """With what it is about, how soon and where put right; it waits for an offer then."""
    _check_as_read(request.actor, need_id, body)
    commands.screen(request.actor, need_id=need_id, **body.model_dump(exclude={"before"}))
    return _now(request.actor, need_id)


@_act("correct", gettext_noop("Put a need right"))
def correct(request: ApiRequest, need_id: UUID, body: ToCorrect) -> NeedRow:
    """What one that was taken on is about; the journal keeps what stood there."""
    _check_as_read(request.actor, need_id, body)
    commands.edit(request.actor, need_id=need_id, **body.model_dump(exclude={"before"}))
    return _now(request.actor, need_id)


@_act("merge", gettext_noop("Merge a need into another"))
def merge(request: ApiRequest, need_id: UUID, body: ToMerge) -> NeedRow:
    """The same was asked twice: answers with the need that goes on, which both follow."""
    commands.merge(request.actor, need_id=need_id, into_id=body.into)
    return _now(request.actor, body.into)


@_act("close", gettext_noop("Close a need"))
def close_need(request: ApiRequest, need_id: UUID, body: ToCloseNeed) -> NeedRow:
    """As met, or as not met with the reason."""
    commands.close_need(request.actor, need_id=need_id, **body.model_dump())
    return _now(request.actor, need_id)


@_act("reopen", gettext_noop("Reopen a need"))
def reopen(request: ApiRequest, need_id: UUID) -> NeedRow:
    """A closed one waits for an offer again."""
    commands.reopen(request.actor, need_id=need_id)
    return _now(request.actor, need_id)


@router.get("/menu/", response=answers(MenuPage), summary=gettext_noop("Menu of a community"))
@reading(Permission.NEED_READ)
def menu(
    request: ApiRequest,  # noqa: ARG001 - a menu hangs on the notice board
    sought: Query[SoughtMenu],
    cursor: Query[Cursor],
) -> dict[str, object]:
    """What residents can order there, for all to read."""
    return page_of(menu_of(by_code(sought.community)), cursor, "id", MenuRow.model_validate)


@router.post(
    "/menu/", response=answers(MenuRow, writes=True), summary=gettext_noop("Put on the menu")
)
@writing(Permission.OFFER_EDIT, Permission.CLAIM_MAKE)
def put_on_menu(request: ApiRequest, body: ToPutOnMenu) -> MenuRow:
    """Residents order it at once; a unit serves in its partner community alone, which is told."""
    community = by_code(body.community)
    provider = by_code(body.unit) if body.unit else community
    facts = MenuFacts(**body.model_dump(exclude={"community", "unit"}))
    item = publish_item(request.actor, provider_id=provider.pk, facts=facts)
    return MenuRow.model_validate(item_on_menu(community, item.pk))


@router.post(
    "/menu/{uuid:item_id}/end/",
    response=answers(MenuEnd, writes=True),
    summary=gettext_noop("Take off the menu"),
)
@writing(Permission.OFFER_EDIT, Permission.CLAIM_MAKE)
def take_off_menu(request: ApiRequest, item_id: UUID) -> MenuEnd:
    """Who ordered it before is served all the same."""
    return MenuEnd.model_validate(end_item(request.actor, item_id=item_id))
