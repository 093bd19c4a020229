"""The facts of registration's papers at the instant of their issue, for the commands that issue
them: telephones in full. Printing reads what was issued, not these."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.facts import paper_facts
from baodao.people.queries.members import current, unit_of
from baodao.registration.models import Letter, Registration

RECEIVED = "已接收报到。"


def letter_facts(letter: Letter, membership: Membership) -> Mapping[str, object]:
    """What stands on a letter of introduction, and on its tear-off receipt for the window."""
    return {
        **paper_facts(letter.person, membership, full=True),
        **_community_facts(letter.community),
        "number": letter.number_text,
        "workplace": letter.unit.name,
        "unit": letter.unit.name,
        "branch": letter.registration.branch.name,
        "unit_contact": letter.contact_name,
        "unit_phone": letter.contact_phone,
        "issued_on": clock.day_of(letter.issued_at),
    }


def receipt_facts(row: Registration) -> Mapping[str, object]:
    """What a community answers to a unit."""
    return {
        **_community_facts(row.community),
        "number": row.receipt_text,
        "name": row.person.name,
        "unit": row.letter.unit.name,
        "accepted_on": clock.day_of(row.accepted_at),
    }


def card_facts(row: Registration, membership: Membership | None) -> Mapping[str, object]:
    """Everything the scheme knows of a member, for the community that received them."""
    return {
        **paper_facts(row.person, membership, full=True),
        "number": row.receipt_text,
        "community": row.community.name,
        "workplace": unit_of(row.branch).name,
        "branch": row.branch.name,
        **place_facts(row),
        "accepted_on": clock.day_of(row.accepted_at),
        "community_opinion": RECEIVED,
    }


def place_facts(row: Registration) -> Mapping[str, object]:
    """The grid and the team in which the community has put the member."""
    return {"grid": _name(row.grid), "team": _name(row.team)}


def memberships_now(rows: Iterable[Registration | Letter]) -> dict[UUID, Membership]:
    """The present membership of each of these persons who has one."""
    members = current().select_related(None).filter(person__in={row.person_id for row in rows})
    return {one.person_id: one for one in members}


def _community_facts(community: Organisation) -> Mapping[str, object]:
    return {
        "community": community.name,
        "community_contact": community.contact_name,
        "community_phone": community.contact_phone,
    }


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""
