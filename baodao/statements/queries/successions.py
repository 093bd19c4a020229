"""Which communities one stands for, person by person: after a split each successor for whom it
received."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import F

from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import communities_inside
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import Reform
from baodao.registration.queries.registrations import registration_rows


@dataclass(frozen=True)
class Reception:
    """A member of a community that was split, received at `at` by a successor of it that is not
    the first; `path` is that of the split one."""

    path: str
    successor_id: int
    at: datetime


@dataclass(frozen=True)
class Successions:
    """For some persons, who took over from which communities: `inside` are those that hang, closed,
    below who took over, by id.

    What a community did it stands for itself, and whoever took over stands for it from then on: the
    first successor for everybody whom no other one of the split has received.
    """

    inside: Mapping[int, Organisation]
    receptions: Mapping[UUID, Sequence[Reception]]

    @classmethod
    def of(cls, person_ids: Collection[UUID]) -> Self:
        """Read for these persons; the caller may see them."""
        inside = communities_inside()
        return cls(inside, _receptions(person_ids) if inside else {})

    def stood_for(self, community: Organisation, person_id: UUID, at: datetime) -> frozenset[int]:
        """The ids of the communities whose services of a person are the community's own at `at`."""
        ids = {community.pk, *self._below(community.path, at)}
        for one in self.receptions.get(person_id, ()):
            if one.at > at:
                continue
            if one.successor_id in ids:
                ids |= self._below(one.path, at)
            else:
                ids -= self._below(one.path, at)
        return frozenset(ids)

    def root(self, community: Organisation) -> Organisation:
        """The community itself, or the one below which it hangs by now."""
        row = community
        while row.pk in self.inside:
            above = self.inside[row.pk].parent
            assert above is not None
            row = above
        return row

    def places_of(self, person_id: UUID) -> list[Organisation]:
        """The successors that received somebody from a community that was split."""
        return [by_id(one.successor_id) for one in self.receptions.get(person_id, ())]

    def standing(self, community: Organisation, person_id: UUID, at: datetime) -> Organisation:
        """Who stands at `at` for what a person did in a community."""
        for one in self.receptions.get(person_id, ()):
            if one.at <= at and community.path.startswith(one.path):
                return self.root(by_id(one.successor_id))
        return self.root(community)

    def _below(self, path: str, at: datetime) -> set[int]:
        rows = (row for row in self.inside.values() if row.path.startswith(path))
        return {row.pk for row in rows if row.closed_at is not None and row.closed_at <= at}


def _receptions(person_ids: Collection[UUID]) -> dict[UUID, list[Reception]]:
    rows = (
        registration_rows()
        .filter(
            person__in=person_ids,
            accepted_at__isnull=False,
            moved_from__community__successors__successor=F("community"),
            moved_from__community__successors__how=Reform.SPLIT,
        )
        .exclude(moved_from__community__path__startswith=F("community__path"))
    )
    columns = ("person", "moved_from__community__path", "community", "accepted_at")
    receptions: defaultdict[UUID, list[Reception]] = defaultdict(list)
    for person_id, path, successor_id, at in rows.order_by("accepted_at").values_list(*columns):
        receptions[person_id].append(Reception(path, successor_id, at))
    return dict(receptions)
