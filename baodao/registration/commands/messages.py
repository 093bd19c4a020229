"""To whom a registration's messages go: its member, its community, the unit of that day."""

from collections.abc import Mapping

from baodao.notices.commands.notices import Message, NoticeFact
from baodao.people.queries.members import present_units
from baodao.registration.models import Registration

Facts = Mapping[str, NoticeFact]


def withdrawal(registration: Registration, reason: str) -> dict[str, NoticeFact]:
    """What is said of a letter that is taken back."""
    letter = registration.letter
    return {
        "number": letter.number_text,
        "unit": letter.unit.name,
        "name": registration.person.name,
        "reason": reason,
    }


def to_member(registration: Registration, kind: str, facts: Facts) -> Message:
    """A message to the member."""
    person = registration.person_id
    return Message(kind, person_id=person, about=registration.pk, facts=facts)


def to_community(registration: Registration, kind: str, facts: Facts) -> Message:
    """A message to the community reported to."""
    community = registration.community_id
    return Message(kind, organisation_id=community, about=registration.pk, facts=facts)


def to_unit(registration: Registration, kind: str, facts: Facts) -> list[Message]:
    """A message to the unit whose member the person is now; none when they have left."""
    unit = present_units([registration.person_id]).get(registration.person_id)
    if unit is None:
        return []
    return [Message(kind, organisation_id=unit.pk, about=registration.pk, facts=facts)]
