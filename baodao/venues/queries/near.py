"""Where somebody belongs who books: a member where they serve, a unit with its partner."""

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.partnership.queries import partner_community
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State


def home_of_member(actor: Actor) -> Organisation:
    """The community in which the actor is registered now. Raises `Absent`."""
    row = own_registration(actor)
    if row is None or row.state != State.ACCEPTED:
        raise Absent("registration")
    return standing_of(row.community)


def home_of_unit(unit: Organisation) -> Organisation:
    """The partner community of a unit; without one the authority that manages it."""
    return partner_community(unit) or unit.parent or unit
