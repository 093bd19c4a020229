"""Cadres made the contact of places and households, handing over, the end; who lives there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.notices.commands.notices import Message, announce
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.queries.tree import by_id, check_open, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.pairings.queries.households import paired_households
from baodao.people.models import Person
from baodao.people.queries.members import locked_persons
from baodao.residents.commands.entries import entry_in, forget_entries, write_entry
from baodao.residents.queries.entries import household_names
from baodao.residents.queries.files import filed_household
from baodao.residents.rules.entries import HouseholdEntry, check_entry_complete
from baodao.visits.models import ContactPoint
from baodao.visits.queries.cadres import cadres_for
from baodao.visits.queries.contacts import (
    assigner_of,
    contacts_to_steer,
    follower_of,
    household_to_read,
    may_assign,
    own_contact,
    places_to_assign,
)
from baodao.visits.rules.contacts import (
    KINDS_OF_PLACES,
    ContactEnding,
    ContactKind,
    ContactTerm,
    HouseholdRef,
    check_going_on,
    check_term,
    check_title,
    check_unfollowed,
)


@dataclass(frozen=True)
class Takeover:
    """Who is the contact from which day on, and why another one was until then."""

    person_id: UUID
    term: ContactTerm
    reason: str


@command
def assign_contact(
    actor: Actor, *, assigner_id: int, person_id: UUID, place_id: int, term: ContactTerm
) -> ContactPoint:
    """Make a cadre the contact of a community or a grid, as the authority acts for itself. Raises
    `Absent` for a place or a cadre that is not within its reach."""
    assigner = _assigner(actor, assigner_id)
    place = places_to_assign(actor, assigner).filter(pk=place_id).first()
    if place is None:
        raise Absent("organisation")
    person = _cadre(actor, assigner, person_id)
    _check_single(person, place=place, household=None)
    contact = ContactPoint(kind=KINDS_OF_PLACES[Kind(place.kind)], place=place)
    return _begun(actor, contact, assigner, person, term)


@command
def entrust_household(
    actor: Actor,
    *,
    community_id: int,
    person_id: UUID,
    household: HouseholdRef,
    entry: HouseholdEntry | None,
    term: ContactTerm,
) -> ContactPoint:
    """Make a cadre the contact of a household: of one that a pairing has, or of one of which the
    entry is sealed here. Raises `Absent` for a household of another community."""
    community = _assigner(actor, community_id)
    if community.kind != Kind.COMMUNITY:
        raise Absent("organisation")
    person = _cadre(actor, community, person_id)
    title = check_title(household.title)
    household_id = _household(actor, community, household, entry)
    check_nameless([title], household_names(household_id), SEALED)
    _check_single(person, place=community, household=household_id)
    contact = ContactPoint(
        kind=ContactKind.HOUSEHOLD, place=community, household_id=household_id, title=title
    )
    return _begun(actor, contact, community, person, term)


def _assigner(actor: Actor, organisation_id: int) -> Organisation:
    assigner = by_id(organisation_id)
    if not may_assign(actor, assigner):
        raise Absent("organisation")
    check_open(assigner)
    return assigner


def _cadre(actor: Actor, assigner: Organisation, person_id: UUID) -> Person:
    """A member who has not retired, locked."""
    persons = locked_persons([person_id])
    if not persons or not cadres_for(actor, assigner).filter(person=person_id).exists():
        raise Absent("member")
    return persons[0]


def _household(
    actor: Actor, community: Organisation, household: HouseholdRef, entry: HouseholdEntry | None
) -> UUID:
    if household.household_id is not None:
        rows = paired_households(actor, community).filter(household=household.household_id)
        if not rows.exists():
            raise Absent("household")
        return household.household_id
    if entry is None:
        raise Refused("contact.nobody", gettext_noop("Write down who lives in the household."))
    check_entry_complete(entry)
    return write_entry(actor, ids.new_id(), entry).pk


def _check_single(person: Person, *, place: Organisation, household: UUID | None) -> None:
    """Refuse to make somebody twice the contact of one thing."""
    rows = ContactPoint.objects.filter(person=person, place=place, ended_at=None)
    if rows.filter(household=household).exists():
        raise Refused(
            "contact.twice", gettext_noop("%(name)s is the contact already."), name=person.name
        )


def _begun(
    actor: Actor,
    contact: ContactPoint,
    assigner: Organisation,
    person: Person,
    term: ContactTerm,
) -> ContactPoint:
    """Keep a new contact point and tell the cadre."""
    check_term(term, clock.today())
    contact.person, contact.assigner = person, assigner
    contact.since, contact.until = term.since, term.until
    contact.assigned_at, contact.assigned_by = clock.now(), actor.name
    contact.save(force_insert=True)
    verb = "contact.taken-over" if contact.follows_id else "contact.assigned"
    facts: dict[str, journal.Fact] = {"title": contact.words}
    journal.write(actor, verb, contact.pk, contact.place_id, **facts)
    announce([_message(contact, "contact-assigned")])
    return contact


def _message(contact: ContactPoint, kind: str) -> Message:
    since = contact.since
    facts = {
        "title": contact.words,
        "assigner": contact.assigner.name,
        "day": month_day(since, clock.today()),
    }
    return Message(kind, person_id=contact.person_id, about=contact.pk, facts=facts)


@command
def entrust_filed_household(
    actor: Actor, *, file_id: UUID, person_id: UUID, title: str, term: ContactTerm
) -> ContactPoint:
    """Make a cadre the contact of a household that has a file, whose entry it is. Raises `Absent`
    for a file of another community."""
    file = filed_household(actor, file_id)
    community = _assigner(actor, standing_of(file.community).pk)
    person = _cadre(actor, community, person_id)
    words = check_title(title)
    check_nameless([words], household_names(file.entry_id), SEALED)
    _check_single(person, place=community, household=file.entry_id)
    contact = ContactPoint(
        kind=ContactKind.HOUSEHOLD, place=community, household_id=file.entry_id, title=words
    )
    return _begun(actor, contact, community, person, term)


@command
def hand_contact_over(actor: Actor, *, contact_id: UUID, takeover: Takeover) -> ContactPoint:
    """Let another cadre be the contact from a day on; who was until then reads nothing of a
    household from this instant on. Also of one whose cadre is gone."""
    why = check_reason(takeover.reason)
    contact = _to_steer(actor, contact_id)
    check_unfollowed(followed=follower_of(contact) is not None)
    place = standing_of(contact.place)
    check_open(place)
    assigner = assigner_of(contact)
    person = _cadre(actor, assigner, takeover.person_id)
    if contact.ended_at is None:
        if contact.person_id == person.pk:
            raise Refused(
                "contact.twice", gettext_noop("%(name)s is the contact already."), name=person.name
            )
        _end(actor, contact, ContactEnding.HANDED_OVER, why)
    _check_single(person, place=place, household=contact.household_id)
    follower = ContactPoint(
        kind=contact.kind,
        place=place,
        household_id=contact.household_id,
        title=contact.title,
        follows=contact,
    )
    return _begun(actor, follower, assigner, person, takeover.term)


@command
def end_contact(actor: Actor, *, contact_id: UUID, reason: str) -> ContactPoint:
    """End it for good; the visits stay, and the cadre is told and thanked."""
    why = check_reason(reason)
    contact = _to_steer(actor, contact_id)
    check_going_on(contact.ended_at)
    _end(actor, contact, ContactEnding.ENDED, why)
    return contact


def _to_steer(actor: Actor, contact_id: UUID) -> ContactPoint:
    row = contacts_to_steer(actor).filter(pk=contact_id).first()
    if row is None:
        raise Absent("contact")
    locked_persons([row.person_id])
    return lock(contacts_to_steer(actor), contact_id)


def _end(actor: Actor, contact: ContactPoint, ending: ContactEnding, why: str) -> None:
    ended_columns(contact, ending, clock.today())
    contact.ended_by, contact.reason = actor.name, why
    contact.save(update_fields=["ended_at", "ending", "until", "ended_by", "reason"])
    facts: dict[str, journal.Fact] = {"title": contact.words, "reason": why}
    journal.write(actor, "contact.ended", contact.pk, contact.place_id, **facts)
    announce([_message(contact, "contact-ended")])


def ended_columns(contact: ContactPoint, ending: ContactEnding, on: date) -> None:
    """How a row looks that is over as of a day: what is written down now ends its rights now."""
    last = on if contact.until is None else min(contact.until, on)
    contact.until, contact.ended_at = max(contact.since, last), clock.now()
    contact.ending = ending


@command
def close_expired(actor: Actor) -> int:
    """End the contacts whose last day is over; how many. Anybody may: the day was set before."""
    rows = ContactPoint.objects.filter(ended_at=None, until__lt=clock.today())
    expired = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for contact in expired:
        contact.ended_at, contact.ending = clock.now(), ContactEnding.ENDED
        contact.save(update_fields=["ended_at", "ending"])
    acts = [journal.Act("contact.ended", row.pk, row.place_id, {}) for row in expired]
    journal.write_many(actor, acts)
    return len(expired)


@command
def read_contact_household(actor: Actor, *, contact_id: UUID) -> HouseholdEntry:
    """Who lives there, in clear, for who is the contact now; that they read it stands in the
    journal. Raises `Absent` for anybody else, and once it is over."""
    contact = own_contact(actor, contact_id)
    if contact.kind != ContactKind.HOUSEHOLD:
        raise Absent("household")
    entry = entry_in(contact.household)
    facts: dict[str, journal.Fact] = {"title": contact.words}
    journal.write(actor, "contact.household-read", contact.pk, contact.place_id, **facts)
    return entry


@command
def unmask_contact_household(actor: Actor, *, contact_id: UUID, reason: str) -> HouseholdEntry:
    """Who lives there, in clear, for who looks after the community; why stands in the journal."""
    words = check_purpose(reason)
    contact = household_to_read(actor, contact_id)
    entry = entry_in(contact.household)
    journal.write(actor, "contact.household-unmasked", contact.pk, contact.place_id, reason=words)
    return entry


@command
def forget_contact_households(actor: Actor) -> int:
    """Delete who lived in households to which nobody is a contact since long ago, unless a file or
    a pairing has the entry; how many. Anybody may: what may be kept is not decided by who asks."""
    over = ContactPoint.objects.filter(
        household__isnull=False, ended_at__lt=days_ago(KEPT_DAYS, "place__path")
    )
    rows = list(over.order_by("pk"))
    gone = forget_entries({row.household_id for row in rows if row.household_id})
    acts = list(_forgotten(row for row in rows if row.household_id in gone))
    journal.write_many(actor, acts)
    return len(acts)


def _forgotten(rows: Iterable[ContactPoint]) -> Iterable[journal.Act]:
    known: set[UUID] = set()
    for row in rows:
        if row.household_id is not None and row.household_id not in known:
            known.add(row.household_id)
            facts: dict[str, journal.Fact] = {"title": row.title}
            yield journal.Act("household.forgotten", row.household_id, row.place_id, facts)
