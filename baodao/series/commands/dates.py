"""The dates of a series: made ahead, decided, and written anew with it."""

from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.kernel.workdays import special_day
from baodao.notices.commands.notices import Message, announce
from baodao.offers.commands import offers as activities
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts, check_ahead
from baodao.orgs.models import Organisation
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.queries.series import (
    cut_dates,
    dates_to_decide,
    day_note,
    days_to_write,
    running,
    series_in,
)
from baodao.series.rules.series import check_open, check_question, on_day

WORDS = ("title", "text", "category", "place", "specialties", "bring", "places", "approval")


@command
def extend_series(actor: Actor, *, series_id: UUID) -> list[SeriesDate]:
    """Make the dates of a series as far ahead as is decided; asked again it makes no more."""
    return write_ahead(actor, lock(running(), series_id))


def write_ahead(actor: Actor, series: ActivitySeries) -> list[SeriesDate]:
    """Make what is missing of the dates ahead of a locked series. A day on which there is a holiday
    waits for the community's word, which is told of the first such day."""
    for row in cut_dates(series):
        row.offer = _publish(actor, series, row.on)
        row.revision = 0
        row.save()
    dates = [_write(actor, series, on) for on in days_to_write(series)]
    questions = [row for row in dates if not row.settled]
    if questions:
        _ask(series, questions[0].on)
    return dates


def _write(actor: Actor, series: ActivitySeries, on: date) -> SeriesDate:
    row = SeriesDate(series=series, on=on)
    if not day_note(on):
        row.offer = _publish(actor, series, on)
    row.save()
    return row


def _publish(actor: Actor, series: ActivitySeries, on: date) -> Offer:
    """The activity of one day."""
    facts = facts_of(series, on)
    check_ahead(facts.starts_at, clock.now())
    community, organiser = address_of(series)
    offer = Offer(
        community=community,
        organiser=organiser,
        kind=ACTIVITY,
        created_by=series.published_by,
        created_at=clock.now(),
    )
    return activities.publish_prepared(actor, offer, facts)


def facts_of(series: ActivitySeries, on: date) -> OfferFacts:
    """What a series says of the activity of one day."""
    words = {name: getattr(series, name) for name in WORDS}
    _community, organiser = address_of(series)
    facts = OfferFacts(kind=ACTIVITY, organiser_id=organiser.pk, **words)
    return on_day(facts, on, series.begins, series.ends)


def address_of(series: ActivitySeries) -> tuple[Organisation, Organisation]:
    """The community that offers the dates of a series now, and who organises them."""
    return activities.address_of(series.community, series.organiser)


def forget_questions(series: ActivitySeries) -> None:
    """Let no day behind the last one of a locked series wait for a word; made longer again, it is
    asked about anew."""
    series.dates.filter(on__gt=series.until_on, offer=None, off_at=None).delete()


def _ask(series: ActivitySeries, on: date) -> None:
    facts = {"title": series.title, "day": month_day(on, clock.today()), "why": special_day(on)}
    announce(
        [
            Message(
                "series-question",
                organisation_id=series.community_id,
                about=series.pk,
                facts=facts,
            )
        ]
    )


@command
def decide_date(actor: Actor, *, date_id: UUID, takes_place: bool) -> SeriesDate:
    """Say of a date on a holiday whether it takes place: then it is offered like the others."""
    question = dates_to_decide(actor).filter(pk=date_id).first()
    if question is None:
        raise Absent("date")
    series = lock(series_in(actor, Permission.OFFER_EDIT), question.series_id)
    row = lock(dates_to_decide(actor), date_id)
    row.series = series
    check_open(ended=series.ended_at is not None)
    check_question(settled=row.settled)
    if takes_place:
        row.offer = _publish(actor, series, row.on)
    else:
        row.off_at = clock.now()
    row.save()
    verb = "series.date-on" if takes_place else "series.date-off"
    facts = {"title": row.series.title, "day": row.on.isoformat()}
    journal.write(actor, verb, row.series_id, row.series.community_id, **facts)
    return row
