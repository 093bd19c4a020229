"""What becomes of letters and registrations when a community is reorganised."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from baodao.documents.queries import papers_about
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.notices.commands.notices import Message, announce_handover
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)
from baodao.registration.commands.messages import to_member, to_unit, withdrawal
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import EndReason, State

WAITING = (State.ISSUED, State.SUBMITTED, State.RETURNED)


def _here(plan: ReorganisationPlan, *states: State) -> QuerySet[Registration]:
    rows = registration_rows().filter(community__in=plan.hanging, state__in=states)
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _letter_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _here(plan, *WAITING).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s letter that was not received yet goes to the successor.",
            "%(count)s letters that were not received yet go to the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s letter that was not received yet is withdrawn; its unit is told.",
            "%(count)s letters that were not received yet are withdrawn; their units are told.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _hand_letters_over(actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Where another takes over they are addressed to it from this instant on; until then, and on
    paper, to the community for which they were written. Else they are withdrawn."""
    rows = list(_here(plan, *WAITING))
    if plan.heir_id is not None:
        changes.turn(rows, community_id=plan.heir_id)
        return
    changes.move(rows, State.WITHDRAWN)
    _close_papers(rows, plan, changes)
    journal.write_many(
        actor,
        [
            journal.Act(
                "registration.withdrawn", row.pk, row.letter.unit_id, {"reason": plan.reason}
            )
            for row in rows
        ],
    )
    messages = []
    for row in rows:
        facts = withdrawal(row, plan.reason)
        messages.append(to_member(row, "registration-withdrawn", facts))
        messages += to_unit(row, "member-letter-withdrawn", facts)
    announce_handover(changes, messages)


def _registration_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _here(plan, State.ACCEPTED).count()
    if plan.heir_id is None:
        words = ngettext_noop(
            "%(count)s registered member is registered no longer; they and their unit are told.",
            "%(count)s registered members are registered no longer; they and their units are told.",
        )
        yield HandoverLine(Fate.ENDS, count, words)
    else:
        words = ngettext_noop(
            "%(count)s registered member goes on in the successor; receipts stay valid.",
            "%(count)s registered members go on in the successor; receipts stay valid.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    words = ngettext_noop(
        "%(count)s registered member is taken out of a grid or team that goes to another "
        "community. Transfer them to that community if they go along.",
        "%(count)s registered members are taken out of a grid or team that goes to another "
        "community. Transfer them to that community if they go along.",
    )
    yield HandoverLine(Fate.ENDS, _placed_elsewhere(plan).count(), words)


def _placed_elsewhere(plan: ReorganisationPlan) -> QuerySet[Registration]:
    """Registered members whose grid or team goes to another community than they do."""
    rows = Registration.objects.filter(Q(grid__in=plan.elsewhere) | Q(team__in=plan.elsewhere))
    return rows.filter(state=State.ACCEPTED)


def _take_out(plan: ReorganisationPlan, changes: UndoList) -> None:
    """Out of the grid that goes elsewhere, or the team; they stay in the other of the two."""
    rows = _placed_elsewhere(plan).order_by("pk")
    locked = list(rows.select_for_update(of=("self",), no_key=True))
    changes.change(rows.filter(grid__in=plan.elsewhere), grid_id=None)
    changes.turn([row for row in locked if row.team_id in plan.elsewhere], team_id=None)


def _hand_registrations_over(actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Where another takes over they stay as they are: the community they were received by hangs
    below its successor. Else they end on the day."""
    _take_out(plan, changes)
    rows = list(_here(plan, State.ACCEPTED))
    if plan.heir_id is not None:
        _tell_of_successor(rows, plan, changes)
        return
    today, why = clock.day_of(plan.at), EndReason.REVOKED
    changes.move(rows, State.ENDED, ended_on=today, ended_at=plan.at, ended_reason=why)
    _close_papers(rows, plan, changes)
    facts: dict[str, journal.Fact] = {"ended_on": str(today), "ended_reason": why.words}
    facts["reason"] = plan.reason
    journal.write_many(
        actor,
        [journal.Act("registration.ended", row.pk, row.community_id, facts) for row in rows],
    )
    messages = []
    for row in rows:
        names = {"name": row.person.name, "community": row.community.name}
        messages.append(to_member(row, "registration-ended", names))
        messages += to_unit(row, "member-ended", names)
    announce_handover(changes, messages)


def _tell_of_successor(
    rows: Sequence[Registration], plan: ReorganisationPlan, changes: UndoList
) -> None:
    announce_handover(
        changes,
        (
            Message(
                "community-succeeded",
                person_id=row.person_id,
                about=row.pk,
                facts={"community": plan.name, "target": plan.target},
            )
            for row in rows
        ),
    )


def _close_papers(
    rows: Sequence[Registration], plan: ReorganisationPlan, changes: UndoList
) -> None:
    """The papers about them verify no longer."""
    changes.change(papers_about([row.pk for row in rows]), revoked_at=plan.at)


HANDOVERS = (
    Handover("letter", _letter_lines, _hand_letters_over, gettext_noop("letters of introduction")),
    Handover(
        "registration", _registration_lines, _hand_registrations_over, gettext_noop("registrations")
    ),
    Handover("registration stage"),
)
