"""Visits: written down once, withdrawn, made a need of; contacts reminded of what is due."""

from datetime import date
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.scope import own
from baodao.needs.commands.requests import collect_for
from baodao.needs.models import Need
from baodao.needs.rules.requests import NeedFacts, NeedSource
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import last_membership, lock_persons
from baodao.people.queries.periods import branches_on
from baodao.residents.queries.entries import household_names
from baodao.residents.queries.files import filed_household
from baodao.visits.models import (
    ContactPoint,
    ContactReminder,
    ContactVisit,
    HouseholdNeed,
    VisitNeed,
)
from baodao.visits.queries.contacts import contact_to_remind, own_contacts_ever
from baodao.visits.queries.visits import bounds_of, visit_rows, visit_to_use
from baodao.visits.rules.contacts import period_of
from baodao.visits.rules.visits import VisitWords, check_standing, check_unchanged, check_words


@command
def note_visit(
    actor: Actor, *, visit_id: UUID, contact_id: UUID, visit: VisitWords
) -> ContactVisit:
    """Write a visit down, once however often it arrives under its id: of a day on which the actor
    was the contact, also when that is over by now. Raises `Absent` for what they never were the
    contact of; refused where the words tell who lives in a household."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    contact = own_contacts_ever(actor).filter(pk=contact_id).first()
    if contact is None:
        raise Absent("contact")
    words = visit.clean
    before = ContactVisit.objects.filter(pk=visit_id).first()
    if before is not None:
        check_unchanged(
            (
                before.contact_id,
                before.on,
                before.seen,
                before.heard,
                before.explained,
                before.done,
            ),
            (contact.pk, words.on, *words.texts),
        )
        return before
    check_words(words, bounds_of(contact, on_server=True))
    check_nameless(words.texts, household_names(contact.household_id), SEALED)
    return _kept(actor, visit_id, contact, words)


def _kept(actor: Actor, visit_id: UUID, contact: ContactPoint, words: VisitWords) -> ContactVisit:
    branches = branches_on([contact.person_id], words.on)
    branch_id = branches.get(contact.person_id)
    seen, heard, explained, done = words.texts
    row = ContactVisit.objects.create(
        id=visit_id,
        contact=contact,
        person_id=contact.person_id,
        community=community_of(contact, words.on),
        branch_id=branch_id or last_membership(contact.person_id).branch_id,
        on=words.on,
        seen=seen,
        heard=heard,
        explained=explained,
        done=done,
        noted_at=clock.now(),
    )
    facts: dict[str, journal.Fact] = {"title": contact.words, "visited_on": row.on.isoformat()}
    journal.write(actor, "visit.noted", row.pk, row.community_id, **facts)
    return row


def community_of(contact: ContactPoint, day: date) -> Organisation:
    """The community that looked after a contact point on a day."""
    place = contact.place
    if place.kind == Kind.GRID and place.parent is not None:
        place = place.parent
    return standing_of(place, day)


@command
def withdraw_visit(actor: Actor, *, visit_id: UUID) -> ContactVisit:
    """Take back one's own visit; it counts no more. What was made of it stays."""
    visit = lock(own(visit_rows(), actor), visit_id)
    check_standing(visit.withdrawn_at)
    visit.withdrawn_at = clock.now()
    visit.save(update_fields=["withdrawn_at"])
    facts: dict[str, journal.Fact] = {"visited_on": visit.on.isoformat()}
    journal.write(actor, "visit.withdrawn", visit.pk, visit.community_id, **facts)
    return visit


@command
def make_need(actor: Actor, *, visit_id: UUID, facts: NeedFacts) -> Need:
    """Make a need of a visit, for the community to screen, as who visited or who screens needs
    there. Who asked is not kept: the community knows the household."""
    visit = visit_to_use(actor, visit_id)
    check_nameless([facts.text, facts.place], household_names(visit.contact.household_id), SEALED)
    plain = NeedFacts(facts.text, facts.category, facts.place, facts.urgency, NeedSource.VISIT)
    need = collect_for(actor, standing_of(visit.community), plain)
    VisitNeed.objects.create(need=need, visit_id=visit.pk)
    journal.write(actor, "visit.need-made", visit.pk, visit.community_id, code=need.code)
    return need


@command
def make_household_need(actor: Actor, *, file_id: UUID, facts: NeedFacts) -> Need:
    """Write a need down for a household with a file; a wish, a pairing or a problem is made of it
    as of any need. Who it is for stands in the file alone."""
    file = filed_household(actor, file_id)
    check_nameless([facts.text, facts.place], household_names(file.entry_id), SEALED)
    plain = NeedFacts(facts.text, facts.category, facts.place, facts.urgency, NeedSource.VISIT)
    need = collect_for(actor, standing_of(file.community), plain)
    HouseholdNeed.objects.create(need=need, file_id=file.pk)
    facts_of_act: dict[str, journal.Fact] = {"number": file.number, "code": need.code}
    journal.write(actor, "household.need-made", file.pk, file.community_id, **facts_of_act)
    return need


@command
def remind_contact(actor: Actor, *, contact_id: UUID) -> int:  # noqa: ARG001 - the worker, for everybody
    """Remind a contact, once in a week or month, of the visits that are due in it; how many are
    told. Who turned reminders off or had enough of them is not."""
    row = ContactPoint.objects.filter(pk=contact_id).values_list("person", flat=True).first()
    if row is None:
        return 0
    lock_persons([row])
    contact = contact_to_remind(contact_id)
    if contact is None:
        return 0
    first, last = period_of(contact.kind, clock.today())
    if ContactReminder.objects.filter(contact=contact.pk, first_on=first).exists():
        return 0
    reminder = ContactReminder.objects.create(
        contact_id=contact.pk, first_on=first, last_on=last, wish=contact.wish
    )
    facts = {"title": contact.words, "day": month_day(last, clock.today())}
    message = Message("visit-due", person_id=contact.person_id, about=reminder.pk, facts=facts)
    return len(announce([message]))


def check_usable(visit: ContactVisit, text: str) -> None:
    """Refuse words made of a visit that tell who lives in its household, for the slice above that
    makes something of it."""
    if not text.strip():
        raise Refused("visit.words", gettext_noop("Say in a few words what it is about."))
    check_nameless([text], household_names(visit.contact.household_id), SEALED)
