"""吹哨报到: a community whistles for units; a unit says why it cannot come; the street is told."""

from collections.abc import Collection
from uuid import UUID

from baodao.agenda.commands.messages import check_free
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.orders.models import Whistle
from baodao.orders.queries.whistles import overdue, unanswered, whistle_rows, whistles_for
from baodao.orders.rules.policies import ANSWER_DAYS
from baodao.orders.rules.whistles import check_chosen
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import ancestor_of, choice_name, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships_in


@command
def whistle(actor: Actor, *, offer_id: UUID, unit_ids: Collection[int]) -> Batch[Whistle]:
    """Ask partner units to take on an offer with a free place, each once; who was asked already is
    named. Raises `Absent` for a unit that is no partner of the community. Cannot be taken back: it
    is read at once."""
    check_chosen(unit_ids)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_free(offer)
    partners = partnerships_in(offer.community).select_related("unit")
    units = [row.unit for row in partners.filter(unit__in=set(unit_ids)).order_by("unit__path")]
    if len(units) != len(set(unit_ids)):
        raise Absent("unit")
    again = set(Whistle.objects.filter(offer=offer).values_list("unit", flat=True))
    days = value_of(ANSWER_DAYS, standing_of(offer.community))
    due_on = workday_after(clock.today(), days)

    def blow(unit: Organisation) -> Whistle:
        if unit.pk in again:
            raise Refused("whistle.again", gettext_noop("Was whistled for already."))
        return Whistle(
            offer=offer, unit=unit, due_on=due_on, blown_at=clock.now(), blown_by=actor.name
        )

    batch = Batch.each(units, blow, choice_name)
    Whistle.objects.bulk_create(batch.done)
    _tell_units(batch.done)
    count = len(batch.done)
    journal.write(actor, "offer.whistled", offer.pk, offer.community_id, count=count)
    return batch


def _facts(row: Whistle) -> dict[str, NoticeFact]:
    """What every sentence about a whistle tells."""
    day = f"{row.due_on.month}月{row.due_on.day}日"
    return {"title": row.offer.title, "community": row.offer.community.name, "day": day}


def _tell_units(rows: Collection[Whistle]) -> None:
    announce(
        [
            Message("whistle-blown", organisation_id=row.unit_id, about=row.pk, facts=_facts(row))
            for row in rows
        ]
    )


@command
def decline(actor: Actor, *, whistle_id: UUID, reason: str) -> Whistle:
    """The unit cannot come, and says why; its community reads it."""
    why = check_reason(reason)
    row = lock(whistles_for(actor), whistle_id)
    if not unanswered(whistle_rows()).filter(pk=row.pk).exists():
        raise Refused("whistle.answered", gettext_noop("It is answered or over already."))
    row.declined_at, row.reason = clock.now(), why
    row.save(update_fields=["declined_at", "reason"])
    community_id = row.offer.community_id
    facts: dict[str, NoticeFact] = {
        "unit": row.unit.name,
        "title": row.offer.title,
        "reason": why,
    }
    announce(
        [Message("whistle-declined", organisation_id=community_id, about=row.offer_id, facts=facts)]
    )
    journal.write(actor, "offer.whistle-declined", row.offer_id, community_id, reason=why)
    return row


@command
def tell_street(actor: Actor, *, whistle_id: UUID) -> bool:  # noqa: ARG001 - the worker, for everybody
    """Tell the street and the community, once, of a unit that has not answered in time; whether
    there was something to tell."""
    row = overdue().select_for_update(of=("self",), no_key=True).filter(pk=whistle_id).first()
    if row is None:
        return False
    community = row.offer.community
    street = ancestor_of(community, Kind.STREET)
    reader_ids = [place.pk for place in (community, street) if place is not None]
    facts = {**_facts(row), "unit": row.unit.name}
    announce(
        [
            Message("whistle-overdue", organisation_id=one, about=row.pk, facts=facts)
            for one in reader_ids
        ]
    )
    row.street_told_at = clock.now()
    row.save(update_fields=["street_told_at"])
    return True
