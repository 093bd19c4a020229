"""What becomes of members and homes when a branch or a community is reorganised."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.people.models import Membership, Person
from baodao.people.queries.members import lock_persons


def _members(plan: ReorganisationPlan) -> QuerySet[Membership]:
    return Membership.objects.filter(branch__in=plan.ending, closed_at=None)


def members_of(plan: ReorganisationPlan) -> list[UUID]:
    """The persons whose membership went to the successor's branch."""
    rows = Membership.objects.filter(branch__in=plan.ending, closed_at=plan.at)
    return list(rows.values_list("person", flat=True))


def _member_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s member goes to the successor's branch.",
            "%(count)s members go to the successor's branch.",
        )
        yield HandoverLine(Fate.GOES, _members(plan).count(), words)
    else:
        words = ngettext_noop(
            "%(count)s member belongs to it still. Transfer them to another branch, or say that "
            "they left, first.",
            "%(count)s members belong to it still. Transfer them to another branch, or say that "
            "they left, first.",
        )
        yield HandoverLine(Fate.STANDS, _members(plan).count(), words)


def _hand_members_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Each membership ends, and one with the same facts begins in the successor's branch."""
    rows = list(_members(plan).select_for_update(of=("self",), no_key=True).order_by("pk"))
    if plan.heir_id is None or not rows:
        return
    lock_persons([row.person_id for row in rows])
    today = clock.day_of(plan.at)
    assert today is not None
    last_day = max([today, *(row.from_on for row in rows)])
    ended = Membership.objects.filter(pk__in=[row.pk for row in rows])
    changes.change(ended, closed_at=plan.at, to_on=last_day)
    changes.create(
        Membership.objects.bulk_create(
            [
                Membership(
                    person_id=row.person_id,
                    branch_id=plan.heir_id,
                    standing=row.standing,
                    grade=row.grade,
                    lives_in_city=row.lives_in_city,
                    from_on=last_day,
                    recorded_at=plan.at,
                )
                for row in rows
            ],
            batch_size=5_000,
        )
    )


def _homes(plan: ReorganisationPlan) -> QuerySet[Person]:
    return Person.objects.filter(home_community__in=plan.ending)


def _home_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s person who lives there is told to live in the successor.",
        "%(count)s people who live there are told to live in the successor.",
    )
    if plan.heir_id is not None:
        yield HandoverLine(Fate.GOES, _homes(plan).count(), words)


def _hand_homes_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_homes(plan), home_community_id=plan.heir_id)


HANDOVERS = (
    Handover("membership", _member_lines, _hand_members_over),
    Handover("home", _home_lines, _hand_homes_over),
)
