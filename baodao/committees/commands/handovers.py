"""What becomes of committees and their members when organisations are reorganised: they go on with
who takes over; meetings and minutes stay as they were."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Q, QuerySet

from baodao.committees.commands.invitations import message_of_call, messages_to_invited
from baodao.committees.models import Committee, CommitteeMember, Invitee, Meeting
from baodao.committees.rules.committees import MeetingState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import announce_handover
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _committees(plan: ReorganisationPlan) -> QuerySet[Committee]:
    return Committee.objects.filter(place__in=plan.hanging, ended_at=None)


def _committee_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s committee goes on with the successor.",
            "%(count)s committees go on with the successor.",
        )
        yield HandoverLine(Fate.GOES, _committees(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop("%(count)s committee ends.", "%(count)s committees end.")
        yield HandoverLine(Fate.ENDS, _committees(plan).count(), words)


def _hand_over_committees(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is not None:
        changes.change(_committees(plan), place_id=plan.heir_id)
        return
    ahead = list(
        Meeting.objects.filter(
            committee__in=_committees(plan), starts_at__gt=plan.at, state=MeetingState.CALLED
        ).order_by("pk")
    )
    changes.move(ahead, MeetingState.CANCELLED, cancelled_at=plan.at, reason=GONE)
    changes.change(_committees(plan), ended_at=plan.at, reason=GONE)
    words = [messages_to_invited(one, "meeting-cancelled", reason=plan.reason) for one in ahead]
    announce_handover(changes, chain.from_iterable(words))


def _members(plan: ReorganisationPlan) -> QuerySet[CommitteeMember]:
    going = Q(until=None) | Q(until__gte=clock.day_of(plan.at))
    rows = CommitteeMember.objects.filter(going, organisation__in=plan.hanging)
    return rows.filter(committee__ended_at=None).select_related("committee")


def _member_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    if plan.heir_id is not None:
        words = ngettext_noop(
            "In %(count)s committee the successor takes its seat.",
            "In %(count)s committees the successor takes its seat.",
        )
        yield HandoverLine(Fate.GOES, _members(plan).count(), words)
    elif plan.ending:
        words = ngettext_noop(
            "%(count)s seat in a committee ends.", "%(count)s seats in committees end."
        )
        yield HandoverLine(Fate.ENDS, _members(plan).count(), words)


def _hand_over_members(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if not plan.ending:
        return
    today = clock.local(plan.at).date()
    for row in list(_members(plan)):
        until = max(row.since, today - timedelta(days=1))
        changes.change(CommitteeMember.objects.filter(pk=row.pk), until=until)
        if plan.heir_id is not None:
            _seat(row, plan.heir_id, plan.at, changes)
        changes.drop(_ahead(row, plan.at))


def _ahead(row: CommitteeMember, at: datetime) -> QuerySet[Invitee]:
    """What a seat is invited to that is still to come."""
    return Invitee.objects.filter(member=row, meeting__starts_at__gt=at)


def _seat(row: CommitteeMember, heir_id: int, at: datetime, changes: UndoList) -> None:
    """The successor sits where its predecessor did, is invited to what is still to come where it
    is not yet, and told so."""
    today = clock.local(at).date()
    going = Q(until=None) | Q(until__gte=today)
    beside = CommitteeMember.objects.filter(going, committee=row.committee, organisation=heir_id)
    heir = beside.exclude(pk=row.pk).first()
    if heir is None:
        heir = CommitteeMember.objects.create(
            committee=row.committee,
            organisation=by_id(heir_id),
            person=row.person,
            office=row.office,
            since=today,
            until=row.until,
            added_at=at,
        )
        changes.create([heir])
    ahead = _ahead(row, at).exclude(meeting__invitees__member__organisation=heir_id)
    called = Meeting.objects.filter(pk__in=ahead.values("meeting"), state=MeetingState.CALLED)
    meetings = list(called.order_by("starts_at", "pk"))
    changes.change(ahead, member_id=heir.pk, name=heir.words)
    announce_handover(changes, [message_of_call(one, heir_id) for one in meetings])


GONE = gettext_noop("It was closed, and nobody took over its work.")
"""The reason kept with what ended so; shown translated."""

HANDOVERS = (
    Handover("committee", _committee_lines, _hand_over_committees, gettext_noop("committees")),
    Handover(
        "committee member", _member_lines, _hand_over_members, gettext_noop("seats in committees")
    ),
    Handover("meeting"),
)
