"""A person who was entered twice becomes one: all that hangs on the mistaken entry follows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from baodao.identities.commands.news import tell_units
from baodao.identities.models import PersonMerge
from baodao.identities.queries.contests import decidable
from baodao.identities.queries.merges import followers_of, is_from_above, mergeable, merges
from baodao.identities.rules.checks import IdentityEvent
from baodao.identities.rules.corrections import check_evidence
from baodao.identities.rules.merges import STEPS, MergeState, check_alike
from baodao.kernel import clock, journal
from baodao.kernel.actors import check_second
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import is_double, lock
from baodao.kernel.stages import move
from baodao.orgs.queries.tree import check_open, standing_of
from baodao.people.commands.departures import close, open_again
from baodao.people.commands.endings import EndingRows
from baodao.people.commands.leavers import withdraw_transfers
from baodao.people.commands.numbers import go_on_as, take_number
from baodao.people.models import Membership, Person
from baodao.people.queries.members import (
    current,
    last_membership,
    lock_persons,
    memberships,
    unit_of,
)
from baodao.people.queries.numbers import entries_like
from baodao.people.rules.departures import Departure, Ending, Obstacles
from baodao.people.rules.relations import RELATIONS, PersonRelation

Json = dict[str, Any]


@command
def propose_merge(
    actor: Actor,
    *,
    person_id: UUID,
    number: str,
    reason: str,
    evidence: str,
    number_wrong: bool = False,
) -> PersonMerge:
    """Say that a member was entered once more under another volunteer number; a second account
    confirms it. Both are members in the actor's reach: of two units the one transfers first, or
    the authority above both merges them, where they stand under one number.
    `number_wrong`: the ID number of the other entry is a mistake."""
    why, source = check_reason(reason), check_evidence(evidence)
    if not decidable(actor, Permission.PERSON_MERGE).filter(person=person_id).exists():
        raise Absent("person")
    pair = mergeable(actor, person_id, number)
    if pair is None:
        raise Refused(
            "merge.unknown",
            gettext_noop(
                "No other member of your unit has this volunteer number. A member of another unit "
                "is transferred to yours first."
            ),
        )
    kept, gone = pair
    check_alike(alike=_alike(kept.person, gone), number_wrong=number_wrong)
    lock_persons([kept.person_id, gone.pk])
    standing = (MergeState.PROPOSED, MergeState.MERGED)
    if PersonMerge.objects.filter(gone=gone, state__in=standing).exists():
        raise PersonMerge.life.refusal(MergeState.PROPOSED)
    merge = PersonMerge.objects.create(
        kept=kept.person,
        gone=gone,
        reason=why,
        evidence=source,
        number_wrong=number_wrong,
        from_above=is_from_above(actor, kept, gone),
        proposed_by=actor.name,
        proposed_account=actor.account_id,
    )
    _note(actor, merge, kept, "person.merge-proposed")
    return merge


@command
def confirm_merge(actor: Actor, *, merge_id: UUID) -> PersonMerge:
    """Merge the two, by another account than the one that proposed it; raises `Refused` where both
    have what a person has once, such as a registration."""
    merge, kept = _locked(actor, merge_id, MergeState.PROPOSED)
    check_second(actor, merge.proposed_account)
    check_alike(alike=_alike(kept.person, merge.gone), number_wrong=merge.number_wrong)
    withdraw_transfers([merge.gone_id])
    holder = entries_like(kept.person).filter(pk=merge.gone_id, contested_at=None).exists()
    ended = _end(actor, merge)
    merge.notes = {
        "membership": str(ended.pk) if ended else None,
        "holder": holder,
        **_hand_over(actor, merge),
    }
    merge.save(update_fields=["notes"])
    go_on_as([merge.gone_id, *followers_of(merge.gone_id)], merge.kept_id)
    if holder:
        take_number(kept.person)
    _decide(actor, merge, MergeState.MERGED)
    _note(actor, merge, kept, "person.merged")
    _tell(merge, {IdentityEvent.MERGED_HERE: kept, IdentityEvent.MERGED_AWAY: ended})
    return merge


@command
def decline_merge(actor: Actor, *, merge_id: UUID) -> PersonMerge:
    """Leave the two as they are; who proposed the merge may take it back so, too."""
    merge, kept = _locked(actor, merge_id, MergeState.PROPOSED)
    _decide(actor, merge, MergeState.DECLINED)
    _note(actor, merge, kept, "person.merge-declined")
    return merge


@command
def undo_merge(actor: Actor, *, merge_id: UUID) -> PersonMerge:
    """Make two of one again, within thirty days: what was handed over goes back. It is undone where
    it was done, also of a person who is in another unit by now, which is told."""
    merge = _locked_row(actor, merge_id, MergeState.MERGED)
    kept = last_membership(merge.kept_id)
    go_on_as([merge.gone_id], None)
    go_on_as(followers_of(merge.gone_id), merge.gone_id)
    if merge.notes["holder"]:
        take_number(merge.gone)
    for relation in RELATIONS:
        rows = _rows(relation).filter(pk__in=merge.notes["rows"].get(relation.model, []))
        rows.update(**{f"{relation.column}_id": merge.gone_id})
    for step in STEPS:
        step.hand_back(actor, merge.kept_id, merge.gone_id, merge.notes["steps"][step.key])
    if merge.notes["membership"]:
        _open_again(actor, merge, merge.gone.memberships.get(pk=merge.notes["membership"]))
    _decide(actor, merge, MergeState.UNDONE)
    again = current().filter(person=merge.gone_id).first()
    _note(actor, merge, kept, "person.merge-undone", *([again] if again else []))
    _tell(merge, {IdentityEvent.PARTED_HERE: kept, IdentityEvent.PARTED_AWAY: again})
    if not merge.from_above and not actor.may(merge.permission, kept.branch.path):
        tell_units(IdentityEvent.PARTED_BEFORE, [(merge.pk, kept)])
    return merge


def _tell(merge: PersonMerge, units: Mapping[IdentityEvent, Membership | None]) -> None:
    """Let the units be told of what the authority above decided about their members."""
    for event, membership in units.items() if merge.from_above else ():
        if membership is not None:
            tell_units(event, [(merge.pk, membership)])


def _end(actor: Actor, merge: PersonMerge) -> Membership | None:
    """End the membership of the entry that goes, which the actor must reach. Only of two whom the
    authority above merges one may be nobody's member."""
    row = current().filter(person=merge.gone_id).first()
    if row is None and merge.from_above:
        return None
    if row is None or not actor.may(merge.permission, row.branch.path):
        raise Refused("merge.moved", gettext_noop("The other entry is no member of yours now."))
    close(lock(current(), row.pk), clock.today(), Ending.MERGED)
    return row


def _alike(one: Person, other: Person) -> bool:
    return (one.sex, one.born_on) == (other.sex, other.born_on)


def _locked(actor: Actor, merge_id: UUID, state: MergeState) -> tuple[PersonMerge, Membership]:
    """A merge of the actor's unit in this state, its persons locked, and the kept membership."""
    merge = _locked_row(actor, merge_id, state)
    kept = memberships(actor, merge.permission).filter(person=merge.kept_id).first()
    if kept is None:
        raise Absent("merge")
    return merge, kept


def _locked_row(actor: Actor, merge_id: UUID, state: MergeState) -> PersonMerge:
    row = merges(actor).filter(pk=merge_id).first()
    if row is None:
        raise Absent("merge")
    lock_persons([row.kept_id, row.gone_id])
    merge = lock(merges(actor), merge_id)
    merge.life.check(merge.state, state)
    return merge


def _hand_over(actor: Actor, merge: PersonMerge) -> Json:
    """Let all that hangs on the mistaken entry name the other; what was handed over."""
    steps = {one.key: one.hand_over(actor, merge.kept_id, merge.gone_id) for one in STEPS}
    rows = {one.model: _rename(one, merge) for one in RELATIONS if one.moves}
    return {"rows": rows, "steps": steps}


def _rename(relation: PersonRelation, merge: PersonMerge) -> list[str]:
    column = f"{relation.column}_id"
    rows = _rows(relation).filter(**{column: merge.gone_id})
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    try:
        with transaction.atomic():
            rows.update(**{column: merge.kept_id})
    except IntegrityError as error:
        if not is_double(error):
            raise
        raise Refused(
            "merge.conflict",
            gettext_noop("Both entries have %(what)s of which a person has one. End one of them."),
            what=gettext(relation.words),
        ) from error
    return keys


def _rows(relation: PersonRelation) -> Any:
    return apps.get_model(relation.model)._base_manager.all()


def _open_again(actor: Actor, merge: PersonMerge, before: Membership) -> None:
    """Where they were, or in the branch that took over from it; refused where none did, and where
    the actor keeps nobody: whoever took the other in since opens nothing in the unit of before."""
    branch = standing_of(before.branch)
    check_open(branch)
    if not actor.may(merge.permission, branch.path):
        raise Refused(
            "merge.moved",
            gettext_noop(
                "The member belongs to your unit only since the merge, and the other entry stood "
                "in their unit of before. Take a second person in as a new member instead."
            ),
        )
    open_again(
        before.person,
        branch=branch,
        standing=before.standing,
        grade=before.grade,
        lives_in_city=before.lives_in_city,
        from_on=max(before.from_on, before.to_on or date.min),
    )


def _decide(actor: Actor, merge: PersonMerge, to: MergeState) -> None:
    by = {"decided_by": actor.name, "decided_account": actor.account_id}
    move([merge], to, clock.now(), decided_at=clock.now(), **by)


def _note(
    actor: Actor, merge: PersonMerge, kept: Membership, verb: str, *others: Membership
) -> None:
    """One entry about the kept person, where they belong and in the units of the others."""
    facts: dict[str, journal.Fact] = {
        "number": merge.gone.number,
        "reason": merge.reason,
        "evidence": merge.evidence,
    }
    places = {unit_of(one.branch): one.branch_id for one in (*others, kept)}.values()
    journal.write_many(
        actor, [journal.Act(verb, merge.kept_id, place, dict(facts)) for place in places]
    )


def _waiting(departures: Sequence[Departure]) -> QuerySet[PersonMerge]:
    gone = [one.person_id for one in departures]
    rows = PersonMerge.objects.filter(Q(kept__in=gone) | Q(gone__in=gone))
    return rows.filter(state=MergeState.PROPOSED)


def _let_go(actor: Actor, rows: Sequence[PersonMerge], _gone: Mapping[UUID, Departure]) -> None:
    """What waits for a second person of the unit waits no more: nobody there could decide it."""
    for merge in rows:
        _decide(actor, merge, MergeState.DECLINED)


def _proposed_anew(rows: Sequence[PersonMerge]) -> Obstacles:
    standing = (MergeState.PROPOSED, MergeState.MERGED)
    others = PersonMerge.objects.filter(gone__in=[row.gone_id for row in rows], state__in=standing)
    anew = set(others.values_list("gone", flat=True))
    return {row.kept_id: [MERGES] for row in rows if row.gone_id in anew}


MERGES = gettext_noop("merges of double entries")
PROPOSALS = EndingRows(
    PersonMerge,
    ("state", "decided_at", "decided_by", "decided_account"),
    _waiting,
    _let_go,
    words=MERGES,
    person="kept_id",
    bars=_proposed_anew,
)
