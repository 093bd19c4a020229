"""Where members live: the community to which they report, set for many at once."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.orgs import queries as orgs
from baodao.orgs.rules import Kind
from baodao.people.models import Person
from baodao.people.queries.members import locked_persons, memberships


@command
def set_homes(actor: Actor, *, homes: Mapping[UUID, int]) -> int:
    """Set the home community of members in the actor's scope; returns how many changed.

    Raises `Absent` for somebody out of scope and for what is no open community.
    """
    rows = memberships(actor, Permission.PERSON_EDIT).filter(person__in=homes)
    branches = dict(rows.values_list("person", "branch"))
    open_ones = orgs.places(Kind.COMMUNITY).filter(pk__in=set(homes.values()))
    names = dict(open_ones.values_list("pk", "name"))
    if branches.keys() != homes.keys() or names.keys() != set(homes.values()):
        raise Absent("member or community")
    held = {person.pk: person.home_community_id for person in locked_persons(homes)}
    changed: defaultdict[int, list[UUID]] = defaultdict(list)
    for person, community in homes.items():
        if held[person] != community:
            changed[community].append(person)
    now = clock.now()
    for community, persons in changed.items():
        Person.objects.filter(pk__in=persons).update(home_community=community, changed_at=now)
    journal.write_many(
        actor,
        [
            journal.Act("person.home-set", person, branches[person], {"community": names[at]})
            for at, persons in changed.items()
            for person in persons
        ],
    )
    return sum(map(len, changed.values()))
