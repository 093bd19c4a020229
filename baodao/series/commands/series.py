"""Series: published once, changed for the dates to come, ended."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from baodao.claims.commands.announcements import to_claimants
from baodao.claims.queries.claims import claim_rows
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.ledger.queries.categories import categories_of
from baodao.notices.commands.notices import Message, announce
from baodao.offers.commands import hours
from baodao.offers.commands import offers as activities
from baodao.offers.queries.claims import SeatsChanged, offer_claims
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.offers import check_ahead, check_facts, check_near
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open as check_organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import lock_persons
from baodao.series.commands.dates import (
    WORDS,
    address_of,
    facts_of,
    forget_questions,
    write_ahead,
)
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.queries.series import OVER, ahead, one_series, series_in
from baodao.series.rules.series import SeriesFacts, check_approval, check_open, check_series

EDIT = Permission.OFFER_EDIT
NEWS = ("title", "text", "place", "bring")
"""What those who claimed are told of when it changes; of hours they are told date by date."""


@command
def publish_series(actor: Actor, *, community_id: int, facts: SeriesFacts) -> ActivitySeries:
    """Offer activities that return, to the members of the community at once; those further ahead
    are made night by night."""
    community = lock(organisations(actor, EDIT).filter(kind=Kind.COMMUNITY), community_id)
    check_organisation(community)
    check_near(facts.offer.starts_at, clock.now())
    check_ahead(facts.offer.starts_at, clock.now())
    series = ActivitySeries(
        community=community,
        rhythm=facts.rhythm,
        first_on=facts.on,
        published_at=clock.now(),
        published_by=actor.name,
    )
    _fill_in(actor, series, facts)
    series.save(force_insert=True)
    journal.write(actor, "series.published", series.pk, community.pk, title=series.title)
    write_ahead(actor, series)
    return series


def _fill_in(actor: Actor, series: ActivitySeries, facts: SeriesFacts) -> None:
    """Check what is said of a series, and take it over."""
    facts = replace(facts, rhythm=series.rhythm, on=series.first_on)
    check_facts(facts.offer, categories_of(series.community, series.category))
    check_series(facts)
    for name in WORDS:
        value = getattr(facts.offer, name)
        setattr(series, name, value.strip() if isinstance(value, str) else value)
    series.organiser = _organiser(actor, series, facts.offer.organiser_id)
    series.until_on, series.begins, series.ends = facts.until_on, facts.begins, facts.ends


def _organiser(actor: Actor, series: ActivitySeries, organiser_id: int | None) -> Organisation:
    present = series.organiser if series.organiser_id else None
    return activities.organiser_of(actor, series.community, organiser_id, present)


def edit_series(actor: Actor, *, series_id: UUID, facts: SeriesFacts) -> ActivitySeries:
    """Change what is said of a series, from the next date that has not begun. Dates that somebody
    changed by hand stay as they are; who claimed one that changes is told once. A later last day
    makes more dates, an earlier one cancels those behind it."""
    while True:
        try:
            return _edit(actor, series_id=series_id, facts=facts)
        except SeatsChanged:
            continue


@command
def _edit(actor: Actor, *, series_id: UUID, facts: SeriesFacts) -> ActivitySeries:
    locked = lock_servers(actor, series_id)
    series = lock(series_in(actor, EDIT), series_id)
    check_open(ended=series.ended_at is not None)
    dates = _locked_ahead(series, locked)
    before = {name: getattr(series, name) for name in NEWS}
    written = [row for row in dates if not row.by_hand]
    check_approval(series.approval, facts.offer.approval)
    _fill_in(actor, series, facts)
    series.save()
    late = [row for row in dates if row.on > series.until_on]
    for row in late:
        _cancel(actor, row, OVER)
    forget_questions(series)
    changed = [row for row in written if row not in late]
    _check_places(changed, series.places)
    for row in changed:
        _rewrite(actor, series, row)
    if before != {name: getattr(series, name) for name in NEWS}:
        _tell(series, changed)
    journal.write(
        actor, "series.edited", series.pk, series.community_id, title=series.title,
        count=len(changed),
    )  # fmt: skip
    write_ahead(actor, series)
    return series


def lock_servers(actor: Actor, series_id: UUID) -> set[UUID]:
    """Lock who serves in the dates to come of a series, before it and its dates are locked."""
    offers = [row.offer for row in ahead(one_series(actor, series_id, EDIT)) if row.offer]
    persons = {one for offer in offers for one in offer_claims().servers(offer)}
    lock_persons(persons)
    return persons


def _locked_ahead(series: ActivitySeries, locked: set[UUID]) -> list[SeriesDate]:
    """The dates to come, with their activities locked. Raises `SeatsChanged` where somebody serves
    who is not `locked`."""
    dates = {row.offer_id: row for row in ahead(series) if row.offer_id}
    for offer in lock_many(offer_rows(), dates):
        dates[offer.pk].offer = offer
        if not offer_claims().servers(offer) <= locked:
            raise SeatsChanged
    return list(dates.values())


def _check_places(dates: Sequence[SeriesDate], places: int) -> None:
    """Refuse fewer places than are taken on one of these dates, by its day."""
    for row in dates:
        assert row.offer is not None
        if places < (taken := offer_claims().taken(row.offer)):
            raise Refused(
                "series.fewer",
                gettext_noop("On %(day)s %(taken)s places are taken; keep at least as many."),
                day=month_day(row.on, clock.today()),
                taken=taken,
            )


def _rewrite(actor: Actor, series: ActivitySeries, row: SeriesDate) -> None:
    """Let the activity of a date say what the series says now."""
    assert row.offer is not None
    facts = facts_of(series, row.on)
    if address_of(series) == activities.address_of(row.offer.community, row.offer.organiser):
        facts = replace(facts, organiser_id=row.offer.organiser_id)
    assert facts.starts_at is not None
    assert facts.ends_at is not None
    offer = activities.edit(actor, offer_id=row.offer.pk, facts=facts)
    if (offer.starts_at, offer.ends_at) != (facts.starts_at, facts.ends_at):
        times = {"starts_at": facts.starts_at, "ends_at": facts.ends_at}
        offer = hours.reschedule(actor, offer_id=offer.pk, **times)
    row.revision = offer.revision
    row.save(update_fields=["revision"])


def _cancel(actor: Actor, row: SeriesDate, why: str) -> None:
    assert row.offer_id is not None
    offer = activities.cancel(actor, offer_id=row.offer_id, reason=why)
    row.revision = offer.revision
    row.save(update_fields=["revision"])


def _tell(series: ActivitySeries, dates: Sequence[SeriesDate]) -> None:
    """One sentence to everybody who claimed one of these dates, however many."""
    facts = {"title": series.title, "community": series.community.name}
    rows = claim_rows().filter(offer__date__in=dates, state__in=CLAIM.live).order_by("claimed_at")
    messages: dict[tuple[UUID | None, int | None], Message] = {}
    for _claim, message in to_claimants(rows, "claim-series-changed"):
        messages.setdefault((message.person_id, message.organisation_id), message)
    announce(replace(message, about=series.pk, facts=facts) for message in messages.values())


def end_series(actor: Actor, *, series_id: UUID, reason: str) -> ActivitySeries:
    """No date more: those to come are cancelled, and who claimed them reads why. What has been
    stays."""
    while True:
        try:
            return _end(actor, series_id=series_id, reason=reason)
        except SeatsChanged:
            continue


@command
def _end(actor: Actor, *, series_id: UUID, reason: str) -> ActivitySeries:
    why = check_reason(reason)
    locked = lock_servers(actor, series_id)
    series = lock(series_in(actor, EDIT), series_id)
    check_open(ended=series.ended_at is not None)
    for row in _locked_ahead(series, locked):
        _cancel(actor, row, why)
    series.ended_at, series.ended_reason = clock.now(), why
    series.save(update_fields=["ended_at", "ended_reason"])
    journal.write(
        actor, "series.ended", series.pk, series.community_id, title=series.title, reason=why
    )
    return series
