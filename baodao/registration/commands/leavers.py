"""What ends of letters and registrations when a person is no longer a member, and stands again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.documents.commands import papers_about, revoke_papers
from baodao.documents.models import Issue
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.people.commands.endings import EndingRows
from baodao.people.rules.departures import Departure, Ending, Obstacles
from baodao.registration.commands.messages import to_community, to_member, withdrawal
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import REGISTRATION, EndReason, State

END_REASONS = {Ending.DIED: EndReason.DIED, Ending.LEFT: EndReason.MOVED}
"""Who moved to another unit goes on where they are registered."""


def _ending(departures: Sequence[Departure]) -> QuerySet[Registration]:
    """The registrations of who died or left, and every letter that no community accepted."""
    gone = [one.person_id for one in departures if one.ending in END_REASONS]
    moved = [one.person_id for one in departures if one.ending is Ending.TRANSFERRED]
    rows = registration_rows().filter(state__in=REGISTRATION.live)
    return rows.filter(Q(person__in=gone) | Q(person__in=moved) & ~Q(state=State.ACCEPTED))


def _let_go(actor: Actor, rows: Sequence[Registration], gone: Mapping[UUID, Departure]) -> None:
    """End registrations and take letters back. The community is told; so is the member, unless
    they died."""
    messages: list[Message] = []
    for row in rows:
        act = _end if row.state == State.ACCEPTED else _withdraw
        messages += act(actor, row, gone[row.person_id])
    announce(messages)


def _end(actor: Actor, row: Registration, departure: Departure) -> list[Message]:
    assert row.accepted_at is not None
    now, why = clock.now(), END_REASONS[departure.ending]
    on = max(departure.on, clock.local(row.accepted_at).date())
    move([row], State.ENDED, now, ended_on=on, ended_at=now, ended_reason=why)
    facts: dict[str, journal.Fact] = {"ended_on": on.isoformat(), "ended_reason": why.words}
    journal.write(actor, "registration.ended", row.pk, row.community_id, **facts)
    community, member = _messages(row, "member-ended", "registration-ended")
    return [community] if departure.ending is Ending.DIED else [community, member]


def _withdraw(actor: Actor, row: Registration, departure: Departure) -> list[Message]:
    was_presented, why = row.state == State.SUBMITTED, departure.ending.words
    move([row], State.WITHDRAWN, clock.now())
    journal.write(actor, "registration.withdrawn", row.pk, row.letter.unit_id, reason=why)
    community, member = _messages(row, "member-withdrawn", "registration-withdrawn", why)
    return [
        *([community] if was_presented else []),
        *([] if departure.ending is Ending.DIED else [member]),
    ]


def _messages(
    row: Registration, community_kind: str, member_kind: str, reason: str = ""
) -> tuple[Message, Message]:
    """The two sentences of these kinds about one registration."""
    facts = {**withdrawal(row, reason), "community": row.community.name}
    return to_community(row, community_kind, facts), to_member(row, member_kind, facts)


def _again(actor: Actor, rows: Sequence[Registration]) -> None:
    """Tell whoever was told of the end that it was a mistake."""
    messages: list[Message] = []
    for row in rows:
        journal.write(actor, "registration.resumed", row.pk, row.community_id)
        community, member = _messages(row, "member-resumed", "registration-resumed")
        if row.state in (State.ACCEPTED, State.SUBMITTED):
            messages.append(community)
        messages.append(member)
    announce(messages)


def _closed(rows: Sequence[Registration]) -> Obstacles:
    """Nobody is received by a community that was closed since."""
    closed = [row for row in rows if row.community.closed_at is not None]
    return {row.person_id: [gettext_noop("the community was closed")] for row in closed}


REGISTRATIONS = EndingRows(
    Registration,
    ("state", "ended_on", "ended_at", "ended_reason"),
    _ending,
    _let_go,
    words=gettext_noop("registrations"),
    again=_again,
    bars=_closed,
)


def _papers(departures: Sequence[Departure]) -> QuerySet[Issue]:
    """The papers of what ends, that verify until now."""
    pairs = _ending(departures).order_by().values_list("pk", "letter")
    return papers_about([one for pair in pairs for one in pair])


def _revoke(_actor: Actor, papers: Sequence[Issue], _gone: Mapping[UUID, Departure]) -> None:
    revoke_papers(papers)


PAPERS = EndingRows(Issue, ("revoked_at",), _papers, _revoke)
"""Ends before the registrations by which its rows are found."""
