"""Where persons live, as far as it is known: what was known before stays, with its time."""

from collections.abc import Iterable
from datetime import datetime

from baodao.orgs.models import Organisation
from baodao.people.models import FormerHome, Person


def former_homes(persons: Iterable[Person], at: datetime) -> list[FormerHome]:
    """Write down of locked persons, whose homes are about to change, which were known until `at`;
    whose home was not known had none."""
    return FormerHome.objects.bulk_create(
        FormerHome(
            person=person,
            community_id=person.home_community_id,
            since=min(person.home_since or person.created_at, at),
            until=at,
        )
        for person in persons
        if person.home_community_id is not None
    )


def move_home(person: Person, community: Organisation | None, at: datetime) -> None:
    """Let a locked person live in another community from `at` on, or in none that is known; whoever
    calls this saves the person."""
    former_homes([person], at)
    person.home_community, person.home_since = community, at
