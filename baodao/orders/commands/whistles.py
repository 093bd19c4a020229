"""吹哨报到: a community whistles for units or branches, a unit asks its branches (派单); who cannot
come says why; who does not answer is told of."""

from collections.abc import Collection
from uuid import UUID

from baodao.accounts.queries import readers_for
from baodao.agenda.commands.messages import check_free
from baodao.agenda.queries.parties import offer_to_party
from baodao.claims.queries.claims import parties_in_charge
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows, offers
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.orders.models import Whistle
from baodao.orders.queries.receivers import parties_of
from baodao.orders.queries.whistles import (
    check_unanswered,
    overdue,
    whistles_for,
)
from baodao.orders.rules.policies import ANSWER_DAYS
from baodao.orders.rules.whistles import check_chosen
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import ancestor_of, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships_in

UNIT_WHISTLES = "/unit/whistles/"
"""Where a unit reads what its branches answered."""


@command
def whistle(actor: Actor, *, offer_id: UUID, unit_ids: Collection[int]) -> Batch[Whistle]:
    """Ask partner units, or branches of such, to take on an offer with a free place, each once; who
    was asked already is named. Raises `Absent` for a unit that is no partner of the community.
    Cannot be taken back: it is read at once."""
    check_chosen(unit_ids)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    partners = parties_of(row.unit for row in partnerships_in(offer.community))
    units = [unit for unit in partners if unit.pk in set(unit_ids)]
    if len(units) != len(set(unit_ids)):
        raise Absent("unit")
    return _blow(actor, offer, offer.community, units)


@command
def whistle_for_branches(
    actor: Actor, *, offer_id: UUID, unit_id: int, branch_ids: Collection[int]
) -> Batch[Whistle]:
    """A unit asks branches of its own to take on what is offered to it, each once; whoever was
    asked already is named. A whistle for the unit then waits for them. Raises `Absent` for what is
    not offered to the unit, and for a branch that is not the unit's. Cannot be taken back: it is
    read at once."""
    check_chosen(branch_ids)
    rows = parties_in_charge(actor).filter(kind=Kind.UNIT)
    unit = rows.filter(pk=unit_id).first()
    if unit is None:
        raise Absent("unit")
    offer = lock(offer_rows(), offer_to_party(actor, unit, offer_id).pk)
    branches = [one for one in parties_of([unit]) if one.pk in set(branch_ids) and one != unit]
    if len(branches) != len(set(branch_ids)):
        raise Absent("branch")
    return _blow(actor, offer, unit, branches)


def _blow(
    actor: Actor, offer: Offer, sender: Organisation, units: Collection[Organisation]
) -> Batch[Whistle]:
    """Ask these units or branches to take on a locked offer, by the day on which an answer is due:
    of a branch not later than of its unit."""
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_free(offer)
    before = dict(Whistle.objects.filter(offer=offer).values_list("unit", "due_on"))
    days = value_of(ANSWER_DAYS, standing_of(offer.community))
    due_on = workday_after(clock.today(), days)
    if sender.pk in before:
        due_on = max(clock.today(), min(due_on, before[sender.pk]))

    receivers = {*before, *(unit.pk for unit in units)}

    def blow(unit: Organisation) -> Whistle:
        if unit.pk in before:
            raise Refused("whistle.again", gettext_noop("Was whistled for already."))
        if unit.kind == Kind.BRANCH and unit.parent_id in receivers and unit.parent_id != sender.pk:
            raise Refused(
                "whistle.of-unit", gettext_noop("Its unit is asked, and passes it on to branches.")
            )
        return Whistle(
            offer=offer,
            unit=unit,
            sender=sender,
            due_on=due_on,
            blown_at=clock.now(),
            blown_by=actor.name,
        )

    batch = Batch.each(units, blow, lambda unit: unit.whole_name)
    Whistle.objects.bulk_create(batch.done)
    _tell_units(batch.done)
    _note(actor, offer, batch.done)
    return batch


def _note(actor: Actor, offer: Offer, rows: Collection[Whistle]) -> None:
    """In the journal: for units one whistles, to branches one gives."""
    branches = sum(row.unit.kind == Kind.BRANCH for row in rows)
    units = len(rows) - branches
    if units:
        journal.write(actor, "offer.whistled", offer.pk, offer.community_id, count=units)
    if branches:
        journal.write(actor, "offer.given", offer.pk, offer.community_id, count=branches)


def _facts(row: Whistle) -> dict[str, NoticeFact]:
    """What every sentence about a whistle tells."""
    day = month_day(row.due_on, clock.today())
    name = row.unit.name if row.unit.kind == Kind.BRANCH else row.unit.whole_name
    return {"title": row.offer.title, "community": row.sender.name, "day": day, "unit": name}


def _tell_units(rows: Collection[Whistle]) -> None:
    """Who was whistled for or given it; of a branch for which nobody acts, its unit."""
    readers = readers_for(row.unit for row in rows)
    announce(
        Message(
            "order-given" if row.unit.kind == Kind.BRANCH else "whistle-blown",
            organisation_id=readers[row.unit_id],
            about=row.pk,
            facts=_facts(row),
        )
        for row in rows
    )


@command
def decline(actor: Actor, *, whistle_id: UUID, reason: str) -> Whistle:
    """The unit or the branch cannot come, and says why; who asked reads it."""
    why = check_reason(reason)
    row = lock(whistles_for(actor), whistle_id)
    check_unanswered(row)
    row.declined_at, row.reason = clock.now(), why
    row.save(update_fields=["declined_at", "reason"])
    announce([no_of(row, why)])
    scope_id = row.offer.community_id
    journal.write(actor, "offer.whistle-declined", row.offer_id, scope_id, reason=why)
    return row


def no_of(row: Whistle, reason: str) -> Message:
    """What who asked is told of a unit or a branch that cannot come."""
    return Message(
        "whistle-declined",
        organisation_id=row.sender_id,
        about=row.offer_id,
        url=UNIT_WHISTLES if row.sender.kind == Kind.UNIT else "",
        facts={"unit": row.unit.whole_name, "title": row.offer.title, "reason": reason},
    )


@command
def tell_street(actor: Actor, *, whistle_id: UUID) -> bool:  # noqa: ARG001 - the worker, for everybody
    """Tell who asked, once, of a unit or a branch that has not answered in time, and the street of
    what a community asked for; whether there was something to tell."""
    row = overdue().select_for_update(of=("self",), no_key=True).filter(pk=whistle_id).first()
    if row is None:
        return False
    of_unit = row.sender.kind == Kind.UNIT
    street = None if of_unit else ancestor_of(row.sender, Kind.STREET)
    reader_ids = [place.pk for place in (row.sender, street) if place is not None]
    facts = {**_facts(row), "unit": row.unit.whole_name}
    url = UNIT_WHISTLES if of_unit else ""
    kind = "order-overdue" if row.unit.kind == Kind.BRANCH else "whistle-overdue"
    announce(
        Message(kind, organisation_id=one, about=row.pk, facts=facts, url=url) for one in reader_ids
    )
    row.street_told_at = clock.now()
    row.save(update_fields=["street_told_at"])
    return True
