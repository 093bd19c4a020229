"""Series over the API: published once, read with their dates, changed, decided, ended."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.locks import lock
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.rules.offers import MOST_PLACES, OfferFacts
from baodao.orgs.queries.tree import by_code
from baodao.series.commands import series as commands
from baodao.series.commands.dates import decide_date
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.queries.series import dates_of, one_series, series_in, series_of
from baodao.series.rules.rhythms import SeriesRhythm
from baodao.series.rules.series import SeriesFacts, on_day
from baodao.ui.api import (
    BEFORE,
    ApiRequest,
    Code,
    Cursor,
    Day,
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

router = Router(tags=[gettext_noop("Series")])


class SeriesRow(Schema):
    """系列活动: what it says of its dates, how it returns, and until when."""

    id: UUID
    community: Place
    organiser: Place
    title: str
    category: str
    places: int = Field(description=gettext_noop("People wanted on each date."))
    place: str
    text: str
    rhythm: SeriesRhythm
    first_on: date
    until_on: date
    begins: time
    ends: time
    ended_at: datetime | None


class SeriesPage(Page[SeriesRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtSeries(Schema):
    """Which series."""

    community: Code = Field(description=gettext_noop("Code of the community."))


class SeriesDateRow(Schema):
    """一期: one date of a series, its activity, or that it does not take place."""

    id: UUID
    on: date
    offer: UUID | None = Field(description=gettext_noop("The activity of that day."))
    off_at: datetime | None = Field(
        description=gettext_noop("When it was said that it does not take place.")
    )


class SeriesDatePage(Page[SeriesDateRow]):
    """Some rows of a list, in an order that does not change."""


class SeriesWords(Schema):
    """What is said of every date, and until when."""

    title: Words
    category: Keyword
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    begins: time
    ends: time
    until_on: Day
    text: Text = ""
    place: Spot = ""
    specialties: Spot = ""
    bring: Spot = ""
    approval: bool = False
    organiser: Code | None = Field(
        default=None, description=gettext_noop("Code of who organises; else the community.")
    )


class SeriesChange(SeriesWords):
    """What is said from now on, and as it was read before."""

    before: SeriesWords = Field(description=BEFORE)


class NewSeries(SeriesWords):
    """The first day says with the rhythm on which days it returns."""

    community: Code = Field(description=gettext_noop("Code of the community."))
    rhythm: SeriesRhythm
    first_on: Day


class DateAnswer(Schema):
    """Whether a date on a holiday takes place."""

    takes_place: bool


class EndOfSeries(Schema):
    """Why it ends: who claimed dates to come reads it."""

    reason: Remark


def _row(row: ActivitySeries) -> SeriesRow:
    return SeriesRow.model_validate({name: getattr(row, name) for name in SeriesRow.model_fields})


def _date(row: SeriesDate) -> SeriesDateRow:
    return SeriesDateRow(id=row.pk, on=row.on, offer=row.offer_id, off_at=row.off_at)


def _present(row: ActivitySeries) -> SeriesWords:
    """What is said now, in the shape in which it is put right."""
    facts = {name: getattr(row, name) for name in SeriesWords.model_fields}
    return SeriesWords.model_validate({**facts, "organiser": row.organiser.code})


def _whole(before: SeriesWords, row: ActivitySeries) -> SeriesWords:
    """As it was read, with the community where no organiser is named."""
    return before.model_copy(update={"organiser": before.organiser or row.community.code})


OWN = ("before", "begins", "ends", "until_on", "organiser", "community", "rhythm", "first_on")


def _facts(body: SeriesWords, rhythm: str, first_on: date) -> SeriesFacts:
    words = body.model_dump(exclude=set(OWN))
    organiser_id = by_code(body.organiser).pk if body.organiser else None
    facts = OfferFacts(kind=ACTIVITY, organiser_id=organiser_id, **words)
    begins, ends = (
        at.replace(second=0, microsecond=0, tzinfo=None) for at in (body.begins, body.ends)
    )
    offer = on_day(facts, first_on, begins, ends)
    return SeriesFacts(offer, rhythm, body.until_on, first_on, begins, ends)


@router.get("/series/", response=answers(SeriesPage), summary=gettext_noop("Series in scope"))
@reading(Permission.OFFER_READ)
def series(
    request: ApiRequest, sought: Query[SoughtSeries], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one community, those too that have ended."""
    rows = series_of(request.actor, by_code(sought.community)).order_by()
    return page_of(rows, cursor, "id", _row)


@router.get(
    "/series/{uuid:series_id}/dates/",
    response=answers(SeriesDatePage),
    summary=gettext_noop("Dates of a series"),
)
@reading(Permission.OFFER_READ)
def dates(request: ApiRequest, series_id: UUID, cursor: Query[Cursor]) -> dict[str, object]:
    """Each with its activity; without one it waits for a word, or does not take place."""
    rows = dates_of(one_series(request.actor, series_id)).order_by()
    return page_of(rows, cursor, "id", _date)


@router.post(
    "/series/",
    response=answers(SeriesRow, writes=True),
    summary=gettext_noop("Publish a series"),
)
@writing(Permission.OFFER_EDIT)
def publish(request: ApiRequest, body: NewSeries) -> SeriesRow:
    """Its dates are offered to members at once; one on a holiday waits for a word."""
    facts = _facts(body, body.rhythm, body.first_on)
    community = by_code(body.community)
    return _row(commands.publish_series(request.actor, community_id=community.pk, facts=facts))


@router.post(
    "/series/{uuid:series_id}/",
    response=answers(SeriesRow, writes=True),
    summary=gettext_noop("Change a series"),
)
@writing(Permission.OFFER_EDIT)
def edit(request: ApiRequest, series_id: UUID, body: SeriesChange) -> SeriesRow:
    """It holds for the dates to come that nobody changed by hand."""
    commands.lock_servers(request.actor, series_id)
    present = lock(series_in(request.actor, Permission.OFFER_EDIT), series_id)
    check_unchanged(_whole(body.before, present), _present(present))
    facts = _facts(body, present.rhythm, present.first_on)
    return _row(commands.edit_series(request.actor, series_id=series_id, facts=facts))


@router.post(
    "/series/{uuid:series_id}/end/",
    response=answers(SeriesRow, writes=True),
    summary=gettext_noop("End a series"),
)
@writing(Permission.OFFER_EDIT)
def end(request: ApiRequest, series_id: UUID, body: EndOfSeries) -> SeriesRow:
    """The dates to come are cancelled; who claimed them reads why."""
    return _row(commands.end_series(request.actor, series_id=series_id, reason=body.reason))


@router.post(
    "/series/dates/{uuid:date_id}/decide/",
    response=answers(SeriesDateRow, writes=True),
    summary=gettext_noop("Decide whether a date takes place"),
)
@writing(Permission.OFFER_EDIT)
def decide(request: ApiRequest, date_id: UUID, body: DateAnswer) -> SeriesDateRow:
    """Of a date on a holiday."""
    return _date(decide_date(request.actor, date_id=date_id, takes_place=body.takes_place))
