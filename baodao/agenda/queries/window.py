"""What a community may claim for a member who came to its window, or telephoned."""

from typing import NamedTuple
from uuid import UUID

from baodao.agenda.queries.openings import Home, home_of
from baodao.agenda.queries.suggestions import Fits, fits_of_member
from baodao.agenda.rules.searches import OfferSearch
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.registration.queries.registrations import received_here


class WindowVisit(NamedTuple):
    """Who came, and how each service fits them that they could claim now."""

    person: Person
    home: Home
    fits: Fits


def visit_of(actor: Actor, person_id: UUID, search: OfferSearch) -> WindowVisit:
    """Of a member whom the actor's community has received, and for whom it looks for something.
    Raises `Absent`."""
    received = received_here(actor, Permission.CLAIM_DECIDE).filter(person=person_id).first()
    membership = current().filter(person=person_id).first()
    if received is None or membership is None:
        raise Absent("member")
    home = home_of(received, membership)
    return WindowVisit(membership.person, home, fits_of_member(person_id, home, search))
