"""A member's copy of their facts, memberships and registrations, and who has read their numbers."""

from collections.abc import Iterable

from django.utils.translation import gettext

from baodao.kernel import clock, crypto, journal
from baodao.kernel.authz import Actor
from baodao.kernel.models import JournalEntry
from baodao.people.models import Person
from baodao.people.queries.own import own_memberships
from baodao.people.rules.identity import masked_id
from baodao.people.rules.phones import masked_phone
from baodao.registration.queries.exemptions import own_exemptions
from baodao.registration.queries.registrations import own_registrations
from baodao.registration.queries.timelines import timeline
from baodao.registration.tables.lists import number_of, receipt_of
from baodao.registration.tables.words import word

Row = dict[str, object]
Copy = dict[str, list[Row]]

READING = ("person.unmasked", "paper.printed")
"""Journal verbs that tell of somebody reading a number in full, on a page or on a paper."""


def copied(actor: Actor) -> Copy:
    """Every kind of row that is about the actor, in the reader's language.

    The identity number and telephone stay masked: a lost phone must not give them away. The unit
    shows them in full.
    """
    memberships = list(own_memberships(actor))
    held = list(own_registrations(actor))
    person = memberships[0].person if memberships else held[0].person if held else None
    return {
        gettext("Personal facts"): [_facts(person)] if person else [],
        gettext("Memberships"): [
            {
                gettext("Branch"): row.branch.name,
                gettext("Standing"): word(row.standing, "standing"),
                gettext("Kind of member"): word(row.grade, "grade"),
                gettext("From"): row.from_on,
                gettext("Until"): row.to_on,
            }
            for row in memberships
        ],
        gettext("Registrations"): [
            {
                gettext("Letter"): number_of(row),
                gettext("Community"): row.community.name,
                gettext("State"): word(row.state, "state"),
                gettext("Receipt"): receipt_of(row),
                gettext("What happened"): "；".join(
                    f"{clock.local(item.at):%Y-%m-%d %H:%M} {item.sentence}"
                    for item in timeline(actor, row)
                ),
            }
            for row in held
        ],
        gettext("Exemptions and delays"): [
            {
                gettext("Reason"): word(row.reason, "exemption"),
                gettext("Evidence"): row.evidence,
                gettext("State"): word(row.state, "exemption-state"),
                gettext("From"): row.from_on,
                gettext("Until"): row.to_on,
            }
            for row in own_exemptions(actor)
        ],
    }


def _facts(person: Person) -> Row:
    ring = crypto.ring()
    phone = ring.unseal(bytes(person.phone_sealed), "phone") if person.phone_sealed else ""
    return {
        gettext("Volunteer number"): person.number,
        gettext("Name"): person.name,
        gettext("Sex"): gettext("male") if person.sex == "m" else gettext("female"),
        gettext("Born"): person.born_on,
        gettext("ID number"): masked_id(ring.unseal(bytes(person.id_sealed), "id-number")),
        gettext("Telephone"): masked_phone(phone) if phone else "",
        gettext("Joined the Party"): person.joined_on,
        gettext("Ethnic group"): person.ethnicity,
        gettext("Education"): person.education,
        gettext("Position"): person.position,
        gettext("Professional specialty"): person.specialty,
        gettext("Interests"): person.interests,
        gettext("Wish to serve"): person.wishes,
        gettext("Free times"): person.free_times,
        gettext("Home address"): person.address,
        gettext("Community where you live"): (
            person.home_community.name if person.home_community else ""
        ),
    }


def readings(actor: Actor) -> Iterable[JournalEntry]:
    """Who has read a number of the actor's in full, the latest first."""
    if actor.person_id is None:
        return []
    papers = own_registrations(actor).values_list("pk", flat=True)
    return journal.timeline(actor.person_id, *papers).filter(verb__in=READING).reverse()
