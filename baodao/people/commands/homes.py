"""Where persons live, as far as it is known: what was known before stays, with its time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.people.models import FormerHome, Person
from baodao.people.queries.members import locked_persons


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


def move_homes(homes: Mapping[UUID, int], at: datetime) -> dict[int, list[UUID]]:
    """Let persons live in these communities from `at` on; returns who of them lived elsewhere, by
    the community they live in now."""
    moving = [one for one in locked_persons(homes) if one.home_community_id != homes[one.pk]]
    movers: defaultdict[int, list[UUID]] = defaultdict(list)
    for person in moving:
        movers[homes[person.pk]].append(person.pk)
    former_homes(moving, at)
    for community, some in movers.items():
        rows = Person.objects.filter(pk__in=some)
        rows.update(home_community=community, home_since=at, changed_at=at)
    return movers


def take_home_back(
    person: Person, community: Organisation | None, since: datetime | None, at: datetime
) -> None:
    """Let a locked person live where they did before an act of the instant `at`, as if it had never
    been, or in the community that took over from that one since; whoever calls this saves the
    person."""
    person.former_homes.filter(until__gte=at).delete()
    person.home_community, person.home_since = community, since
    if community is None or community.closed_at is None or community.closed_at < at:
        return
    if (heir := standing_of(community)) != community:
        move_home(person, heir, community.closed_at)
