"""What becomes of members and homes when a branch or a community is reorganised."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop, ngettext_noop
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    Reform,
    ReorganisationPlan,
    UndoList,
)
from baodao.people.commands.homes import former_homes
from baodao.people.commands.news import tell_of_transfers
from baodao.people.models import Membership, Person, UnitTransfer
from baodao.people.queries.members import lock_persons, locked_persons
from baodao.people.rules.departures import Ending
from baodao.people.rules.transfers import TransferState


def _members(plan: ReorganisationPlan) -> QuerySet[Membership]:
    return Membership.objects.filter(branch__in=plan.hanging, closed_at=None)


def members_of(plan: ReorganisationPlan) -> list[UUID]:
    """The persons whose membership went to the successor's branch, or whose branch is moved."""
    if plan.reform is Reform.MOVED:
        rows = Membership.objects.filter(branch=plan.organisation_id, closed_at=None)
    else:
        rows = Membership.objects.filter(branch__in=plan.hanging, closed_at=plan.at)
    return list(rows.values_list("person", flat=True))


def members_below(plan: ReorganisationPlan) -> list[tuple[UUID, int]]:
    """The members of a unit that others take over, each with the successor of their branch; read
    before its branches go there."""
    if plan.heir_id is None or plan.organisation_id not in plan.ending:
        return []
    rows = Membership.objects.filter(branch__parent=plan.organisation_id, closed_at=None)
    heirs = plan.aim.shares
    pairs = rows.order_by("person").values_list("person", "branch")
    return [(person_id, heirs.get(branch_id, plan.heir_id)) for person_id, branch_id in pairs]


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
    if plan.heir_id is None:
        return
    lock_persons(set(_members(plan).values_list("person", flat=True)))
    rows = list(_members(plan).select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not rows:
        return
    _check_still(rows, plan)
    today = clock.day_of(plan.at)
    assert today is not None
    ending = "" if _same_unit(plan) else Ending.TRANSFERRED
    last_day = max([today, *(row.from_on for row in rows)])
    ended = Membership.objects.filter(pk__in=[row.pk for row in rows])
    changes.change(ended, closed_at=plan.at, to_on=last_day, ending=ending)
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


def _check_still(rows: Sequence[Membership], plan: ReorganisationPlan) -> None:
    """Refuse to end what began after the instant of the act, while it waited for a member."""
    if any(row.recorded_at > plan.at for row in rows):
        raise Refused(
            "reorganisation.meanwhile",
            gettext_noop("One of its members was changed at this moment. Send it once more."),
        )


def _same_unit(plan: ReorganisationPlan) -> bool:
    """Whether the successor is a branch of the same unit."""
    assert plan.heir_id is not None
    return by_id(plan.heir_id).parent_id == by_id(plan.organisation_id).parent_id


def _incoming(plan: ReorganisationPlan) -> QuerySet[UnitTransfer]:
    """Members of other units whom a unit that ends was asked to take in."""
    rows = UnitTransfer.objects.select_related("person", "from_branch__parent", "unit")
    return rows.filter(unit__in=plan.hanging, state=TransferState.PROPOSED)


def _transfer_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s member who is to be taken in waits for the successor.",
            "%(count)s members who are to be taken in wait for the successor.",
        )
        yield HandoverLine(Fate.GOES, _incoming(plan).count(), words)
    else:
        words = ngettext_noop(
            "%(count)s member who was to be taken in stays where they are.",
            "%(count)s members who were to be taken in stay where they are.",
        )
        yield HandoverLine(Fate.ENDS, _incoming(plan).count(), words)


def _hand_transfers_over(actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """They wait for the successor, which is told of each; else they are declined, and the unit
    that proposed them is told."""
    rows = list(_incoming(plan).select_for_update(of=("self",), no_key=True).order_by("pk"))
    if plan.heir_id is None:
        decision = {"decided_at": plan.at, "decided_by": actor.name, "reason": plan.reason}
        changes.move(rows, TransferState.DECLINED, **decision)
    else:
        changes.turn(rows, unit_id=plan.heir_id)
    tell_of_transfers(rows)


def _homes(plan: ReorganisationPlan) -> QuerySet[Person]:
    return Person.objects.filter(home_community__in=plan.hanging)


def _home_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s person who lives there is told to live in the successor.",
        "%(count)s people who live there are told to live in the successor.",
    )
    if plan.heir_id is not None:
        yield HandoverLine(Fate.GOES, _homes(plan).count(), words)


def _hand_homes_over(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        persons = locked_persons(_homes(plan).values_list("pk", flat=True))
        changes.create(former_homes(persons, plan.at))
        changes.change(_homes(plan), home_community_id=plan.heir_id, home_since=plan.at)


HANDOVERS = (
    Handover(
        "membership",
        _member_lines,
        _hand_members_over,
        gettext_noop("periods of members in branches"),
    ),
    Handover("unit transfer", _transfer_lines, _hand_transfers_over),
    Handover("former home"),
    Handover("person", _home_lines, _hand_homes_over, gettext_noop("people who live there")),
)
