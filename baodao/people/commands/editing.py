"""Correcting one person by hand: facts of the person, and their place and standing in the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel import clock, crypto, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.pinyin import name_reading
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.people.rules.names import bigrams, is_name
from baodao.people.rules.phones import phone_of

TEXTS = ("position", "specialty", "interests", "address", "ethnicity", "education")


@dataclass(frozen=True)
class Place:
    """Where and how somebody stands in their unit."""

    branch: Organisation
    standing: str
    grade: str
    lives_in_city: bool


@command
def edit_person(
    actor: Actor,
    *,
    person_id: UUID,
    name: str,
    joined_on: date | None,
    facts: Mapping[str, str],
    place: Place,
) -> Person:
    """Write what the unit says of a member; `facts` hold `TEXTS` and `phone` ("" keeps it).

    The identity number is never changed here. A change of `place` closes the membership and opens
    another, so that tables of earlier days stay. The journal names what changed, not what it says.
    """
    membership = memberships(actor, Permission.PERSON_EDIT).filter(person=person_id).first()
    if membership is None or not actor.may(Permission.PERSON_EDIT, place.branch.path):
        raise Absent("person")
    person = lock(Person.objects.all(), person_id)
    if not is_name(name):
        raise Refused(
            "person.name", gettext_noop("“%(name)s” is not a name as people have it."), name=name
        )
    changed = _told(person, name, joined_on, facts)
    if changed:
        person.changed_at = clock.now()
        person.save()
    changed += _moved(membership, place)
    if changed:
        journal.write(actor, "person.edited", person.pk, place.branch.pk, fields=sorted(changed))
    return person


def _told(person: Person, name: str, joined_on: date | None, facts: Mapping[str, str]) -> list[str]:
    told: dict[str, object] = {field: facts.get(field, "").strip() for field in TEXTS}
    told |= {"name": name, "joined_on": joined_on}
    if name != person.name:
        person.pinyin, person.initials = name_reading(name)
        person.name_bigrams = bigrams(name)
    changed = [field for field, value in told.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, told[field])
    if facts.get("phone"):
        changed += _phoned(person, facts["phone"])
    return changed


def _phoned(person: Person, text: str) -> list[str]:
    phone = phone_of(text)
    if not phone:
        raise Refused(
            "person.phone", gettext_noop("“%(phone)s” is no telephone number."), phone=text
        )
    ring = crypto.ring()
    blind = ring.blind(phone, "phone")
    if person.phone_blind is not None and bytes(person.phone_blind) == blind:
        return []
    person.phone_sealed = ring.seal(phone, "phone")
    person.phone_blind = blind
    person.phone_tail_blind = ring.blind(phone[-4:], "phone-tail")
    return ["phone"]


def _moved(membership: Membership, place: Place) -> list[str]:
    told: dict[str, object] = {
        "branch_id": place.branch.pk,
        "standing": place.standing,
        "grade": place.grade,
        "lives_in_city": place.lives_in_city,
    }
    changed = [field for field, value in told.items() if getattr(membership, field) != value]
    if changed:
        held = lock(Membership.objects.filter(closed_at=None), membership.pk)
        now, today = clock.now(), clock.today()
        held.closed_at, held.to_on = now, max(held.from_on, today)
        held.save(update_fields=["closed_at", "to_on"])
        Membership.objects.create(person_id=held.person_id, from_on=today, recorded_at=now, **told)
    return ["branch" if field == "branch_id" else field for field in changed]
