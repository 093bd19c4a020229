"""To whom the messages of a team go, and what the journal keeps of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.days import month_day
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind, about
from baodao.registration.rules.removals import Removals, TeamNotices
from baodao.teams.models import TeamLeader, TeamRequest
from baodao.teams.queries.teams import leaders_of, request_rows, unanswered
from baodao.teams.rules.teams import Passage

NAMED = 3
"""Of several who leave together so many are named."""


def note(actor: Actor, team: Organisation, verb: str) -> None:
    """One entry of the journal about a team; names of members stay in their registrations."""
    journal.write(actor, verb, about(team.pk), team.pk, name=team.name)


def tell(person_ids: Iterable[UUID], kind: str, team: Organisation, **facts: NoticeFact) -> None:
    """One sentence about a team to each of these persons."""
    words = {"team": team.name, **facts}
    announce(Message(kind, person_id=one, facts=words) for one in person_ids)


def tell_leaders(
    team: Organisation, kind: str, row_id: UUID | None = None, **facts: NoticeFact
) -> None:
    """One sentence to who leads a team; to its community where nobody does."""
    words = {"team": team.name, **facts}
    leaders = leaders_of([team.pk]).get(team.pk, [])
    people = [row.registration.person_id for row in leaders]
    _send(team, people, Message(kind, about=row_id, facts=words))


def _send(team: Organisation, people: Sequence[UUID], message: Message) -> None:
    """A message to these persons; to the community of the team where there are none."""
    if people:
        announce(replace(message, person_id=one) for one in people)
    else:
        announce([replace(message, organisation_id=team.parent_id, url="/teams/")])


def tell_of_removals(removals: Removals) -> TeamNotices:
    """Tell who leads these teams whom the community moved out of them: one act, one sentence."""
    leaders = leaders_of(removals)
    sent: dict[int, dict[UUID, UUID]] = {}
    for team_id, names in removals.items():
        for row in leaders.get(team_id, []):
            facts: dict[str, NoticeFact] = {"team": row.team.name, "name": names[0]}
            if len(names) > 1:
                facts = {"team": row.team.name, "count": len(names), "names": _some(names)}
            kind = "team-left-together" if len(names) > 1 else "team-left"
            person_id = row.registration.person_id
            for notice in announce([Message(kind, person_id=person_id, facts=facts)]):
                sent.setdefault(team_id, {})[notice.pk] = person_id
    return sent


def tell_of_returns(returns: Removals, notices: TeamNotices) -> None:
    """Tell those who heard that these had left a team that they stand in it again."""
    teams = {team.pk: team for team in places(Kind.TEAM).filter(pk__in=list(returns))}
    for team_id, names in returns.items():
        people = dict.fromkeys(notices.get(team_id, {}).values())
        tell(people, "team-back", teams[team_id], names=_some(names), count=len(names))


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED])


def ask(row: TeamRequest) -> None:
    """Ask who leads the team to answer a request, or its community; nobody answers their own."""
    leaders = [one.registration.person_id for one in leaders_of([row.team_id]).get(row.team_id, [])]
    people = [one for one in leaders if one != row.registration.person_id]
    _send(row.team, people, _asking(row))


def _asking(row: TeamRequest) -> Message:
    facts: dict[str, NoticeFact] = {"name": row.registration.person.name, "team": row.team.name}
    if row.passage == Passage.JOIN:
        return Message("team-asked", about=row.pk, facts=facts)
    return Message(
        "team-asked-to-leave",
        about=row.pk,
        facts=facts | {"day": month_day(row.leaves_on, clock.today())},
    )


def ask_leader(leader: TeamLeader) -> None:
    """Put every request that waits to who leads the team from now on."""
    rows = unanswered(request_rows()).filter(team=leader.team_id)
    rows = rows.exclude(registration=leader.registration_id)
    person = leader.registration.person_id
    announce(replace(_asking(row), person_id=person) for row in rows.order_by("requested_at", "pk"))


def ask_community(team: Organisation) -> None:
    """Put every request that waits to the community of a team that nobody leads any more."""
    for row in unanswered(request_rows()).filter(team=team).order_by("requested_at", "pk"):
        ask(row)
