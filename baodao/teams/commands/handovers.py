"""What becomes of what is kept of teams when the tree changes: it stays with the team, which hangs
below who takes over. Of a team that goes elsewhere without its members, or is closed, nobody is
leader any more and who asked to join it is answered; who asked to leave it is out. Undone, they
lead and ask again."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

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
from baodao.teams.models import TeamLeader, TeamRequest
from baodao.teams.queries.teams import past_leadership, request_rows, waiting
from baodao.teams.rules.teams import Passage, RequestState


def _requests(plan: ReorganisationPlan) -> QuerySet[TeamRequest]:
    """Requests that wait for teams which close or go to another community than who asks."""
    teams = [*plan.ending, *plan.elsewhere]
    return waiting(request_rows()).filter(team__in=teams).order_by("pk")


def _request_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s request to join a team comes to nothing; who asked is told.",
        "%(count)s requests to join a team come to nothing; who asked is told.",
    )
    joining = _requests(plan).filter(passage=Passage.JOIN)
    yield HandoverLine(Fate.ENDS, joining.count(), words)


def _lapse_requests(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    rows = list(_requests(plan).select_for_update(of=("self",), no_key=True))
    changes.move(rows, RequestState.LAPSED, decided_at=plan.at)
    joining = (row for row in rows if row.passage == Passage.JOIN)
    announce_handover(changes, (_to(row, "team-lapsed") for row in joining))


def _leaders(plan: ReorganisationPlan) -> QuerySet[TeamLeader]:
    """Of teams that close, and of who stands in their team no longer by this act."""
    closing = Q(team__in=plan.ending)
    rows = TeamLeader.objects.filter(until=None).select_related("team", "registration")
    taken_out = Q(pk__in=past_leadership().order_by(), registration__stages__since=plan.at)
    return rows.filter(closing | taken_out).order_by("pk")


def _relieve(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """They lead from this instant on no more, and those of a team that goes on are told."""
    leaders = list(_leaders(plan))
    changes.change(TeamLeader.objects.filter(pk__in=[row.pk for row in leaders]), until=plan.at)
    gone = (row for row in leaders if row.team_id in plan.elsewhere)
    announce_handover(changes, (_to(row, "team-leader-relieved") for row in gone))


def _to(row: TeamLeader | TeamRequest, kind: str) -> Message:
    return Message(kind, person_id=row.registration.person_id, facts={"team": row.team.name})


HANDOVERS = (
    Handover("team profile"),
    Handover("team leader", act=_relieve, words=gettext_noop("leaders of teams")),
    Handover("team request", _request_lines, _lapse_requests),
)
