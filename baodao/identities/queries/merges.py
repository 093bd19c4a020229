"""Merges of persons, as the unit sees them whose member is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.identities.models import PersonMerge
from baodao.identities.queries.contests import decidable, opponents
from baodao.identities.queries.entries import IDENTIFYING, OUTLINE, EntryPair, entries
from baodao.identities.rules.merges import UNDOABLE, MergeState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.people.facts import FACTS
from baodao.people.models import Membership, Person
from baodao.people.queries.members import membership_periods, memberships, person_numbered

NAMED = 10


def merges(actor: Actor) -> QuerySet[PersonMerge]:
    """What waits for a second person, and what can still be undone, the newest first: of the
    actor's unit, and of members of two units what the authority above both merges. What was merged
    there is undone there, whatever unit the kept person is in by now."""
    proposed = _decidable(actor, memberships) & Q(state=MergeState.PROPOSED)
    late = Q(state=MergeState.MERGED, decided_at__gt=clock.now() - UNDOABLE)
    merged = (_decidable(actor, memberships) | _decidable(actor, _then)) & late
    rows = PersonMerge.objects.filter(proposed | merged)
    return rows.select_related("kept", "gone").order_by("-proposed_at")


def _decidable(actor: Actor, kept_by: Callable[[Actor, Permission], QuerySet[Membership]]) -> Q:
    """Merges of whose kept person `kept_by` finds a membership where the actor decides."""
    theirs = kept_by(actor, Permission.PERSON_MERGE).filter(person=OuterRef("kept"))
    below = kept_by(actor, Permission.IDENTITY_SETTLE).filter(person=OuterRef("kept"))
    other = membership_periods(actor, Permission.IDENTITY_SETTLE).filter(person=OuterRef("gone"))
    return Q(Exists(theirs), from_above=False) | Q(Exists(below), Exists(other), from_above=True)


def _then(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """Memberships of the instant of the decision."""
    rows = membership_periods(actor, permission).filter(recorded_at__lte=OuterRef("decided_at"))
    return rows.filter(Q(closed_at=None) | Q(closed_at__gt=OuterRef("decided_at")))


def followers_of(person_id: UUID) -> set[UUID]:
    """Who goes on as a person by the merges that stand, over however many steps."""
    found: set[UUID] = set()
    kept = {person_id}
    while kept:
        rows = PersonMerge.objects.filter(kept__in=kept, state=MergeState.MERGED)
        kept = set(rows.values_list("gone", flat=True)) - found
        found |= kept
    return found


@dataclass(frozen=True)
class MergeView:
    """A merge with its two entries."""

    merge: PersonMerge
    pair: EntryPair


def merge_views(actor: Actor) -> list[MergeView]:
    """The merges of the actor's unit, each with its two entries."""
    rows = list(merges(actor))
    members = memberships(actor, Permission.PERSON_MERGE)
    here = set(
        members.filter(person__in=[row.kept_id for row in rows]).values_list("person", flat=True)
    )

    def of(rows: Iterable[PersonMerge]) -> list[Person]:
        return [one for row in rows for one in (row.kept, row.gone)]

    above = entries(of(row for row in rows if row.from_above), IDENTIFYING)
    ours = [row for row in rows if not row.from_above]
    both = above | entries(of(row for row in ours if row.kept_id in here))
    gone = of(row for row in ours if row.kept_id not in here)
    both |= entries(gone, OUTLINE, present=False)
    return [MergeView(row, EntryPair(both[row.kept_id], both[row.gone_id])) for row in rows]


def mergeable(actor: Actor, person_id: UUID, number: str) -> tuple[Membership, Person] | None:
    """A member of whom the actor may decide who they are, and whoever has the volunteer number as
    another: a second member, or the other party of a contest. None where there is no such pair."""
    kept = decidable(actor, Permission.PERSON_MERGE).filter(person=person_id).first()
    gone = person_numbered(number)
    if kept is None or gone is None or gone.pk == person_id:
        return None
    if is_from_above(actor, kept, gone) and gone.pk not in opponents(actor, person_id):
        return None
    return kept, gone


def is_from_above(actor: Actor, kept: Membership, gone: Person) -> bool:
    """Whether the two are not both members of the actor's own unit."""
    own = memberships(actor, Permission.PERSON_MERGE).filter(person__in=[kept.person_id, gone.pk])
    return own.count() < len({kept.person_id, gone.pk})


def pair_of(actor: Actor, person_id: UUID, number: str) -> EntryPair | None:
    """The two entries of a merge before it is proposed; None where there is no such other."""
    pair = mergeable(actor, person_id, number)
    if pair is None:
        return None
    kept, gone = pair
    both = entries([kept.person, gone], IDENTIFYING if is_from_above(actor, *pair) else FACTS)
    return EntryPair(both[kept.person_id], both[gone.pk])


def same_names(actor: Actor, membership: Membership) -> list[Membership]:
    """The actor's other members of the same name, of whom one may be the same person."""
    rows = memberships(actor, Permission.PERSON_MERGE).filter(person__name=membership.person.name)
    rows = rows.exclude(person=membership.person_id).select_related("person", "branch")
    return list(rows.order_by("branch__path", "person__number")[:NAMED])
