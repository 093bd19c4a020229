"""Numbers under which two were entered with different names, as the authority above both sees them:
asked of the persons themselves, so that a contest is over with whatever ends it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from baodao.identities.models import NumberCheck
from baodao.identities.queries.checks import standing_checks
from baodao.identities.queries.entries import IDENTIFYING, EntryPair, entries
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import covered
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current, memberships
from baodao.people.queries.numbers import contested_members, entries_like
from baodao.people.queries.relations import going_on_as


@dataclass(frozen=True)
class Contest:
    """A member whose number is contested, and whoever holds it; who was entered twice as whom they
    go on."""

    person: Person
    holder: Person


@dataclass(frozen=True)
class ContestView:
    """A contest with its two entries side by side, whether the holder is a member now, and what the
    units were asked about either, or have answered."""

    contest: Contest
    pair: EntryPair
    holder_is_member: bool
    checks: tuple[NumberCheck | None, NumberCheck | None]

    @property
    def to_be_asked(self) -> bool:
        """Whether a unit of either has not been asked yet."""
        person, holder = self.checks
        return person is None or (holder is None and self.holder_is_member)


def contested(actor: Actor) -> QuerySet[Person]:
    """The members whose number somebody of another name holds, where the actor stands above both
    units, the longest first; of a holder who is no member any more it is the last unit."""
    reach = actor.paths(Permission.IDENTITY_SETTLE)
    rows = covered(contested_members(), reach, "own_path")
    return covered(rows, reach, "holder_path").order_by("contested_at", "pk")


def contest_count(actor: Actor) -> Question[int]:
    """How many are `contested`."""
    return _CONTESTED.number(actor)


_CONTESTED = Prepared(lambda actor: contested(actor).order_by().values_list("pk"))


def contests(actor: Actor) -> list[Contest]:
    """The contests that the actor settles, the longest first."""
    if not actor.may_somewhere(Permission.IDENTITY_SETTLE):
        return []
    return [Contest(person, _holder(person)) for person in contested(actor)]


def contest_views(actor: Actor) -> list[ContestView]:
    """Each contest of the actor's with its two entries."""
    rows = contests(actor)
    both = entries((one for row in rows for one in (row.person, row.holder)), IDENTIFYING)
    present = set(current().filter(person__in=both).values_list("person", flat=True))
    checks = standing_checks(both)
    return [
        ContestView(
            row,
            EntryPair(both[row.person.pk], both[row.holder.pk]),
            row.holder.pk in present,
            (checks.get(row.person.pk), checks.get(row.holder.pk)),
        )
        for row in rows
    ]


def contest_of(actor: Actor, person_id: UUID) -> Contest:
    """The contest of this member's number, which the actor settles; raises `Absent`."""
    for row in contests(actor):
        if row.person.pk == person_id:
            return row
    raise Absent("contest")


def parties(actor: Actor) -> set[UUID]:
    """Both persons of each contest that the actor settles."""
    return {person.pk for row in contests(actor) for person in (row.person, row.holder)}


def opponents(actor: Actor, person_id: UUID) -> set[UUID]:
    """With whom a person stands in contests that the actor settles."""
    pairs = [{row.person.pk, row.holder.pk} for row in contests(actor)]
    return set[UUID]().union(*(pair for pair in pairs if person_id in pair)) - {person_id}


def decidable(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """The present members of whom the actor may decide who they are: those of their own unit, and
    the parties of the contests that they settle."""
    return memberships(actor, permission) | current().filter(person__in=parties(actor))


def member_to_decide(actor: Actor, permission: Permission, person_id: UUID) -> Membership:
    """The present membership of somebody of whom the actor may decide who they are; raises
    `Absent`."""
    row = decidable(actor, permission).filter(person=person_id).first()
    if row is None:
        raise Absent("member")
    return row


def _holder(person: Person) -> Person:
    rows = entries_like(person).filter(contested_at=None).select_related("merged_into")
    return going_on_as(rows[0])
