"""What a community does with its teams: makes and describes them, names who leads them."""

from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows
from baodao.teams.commands.messages import ask_community, ask_leader, note, tell
from baodao.teams.models import TeamLeader, TeamProfile
from baodao.teams.queries.teams import leadership, led_teams, mates, over_since, past_leadership
from baodao.teams.rules.teams import Bond, check_about, check_leader


def locked_team(actor: Actor, team_id: int, *, led: bool = False) -> Organisation:
    """An open team of the actor's community, locked; with `led` one that they lead, too. Raises
    `Absent`."""
    rows = within(places(Kind.TEAM), actor, Permission.REGISTRATION_PLACE, "path")
    if led:
        rows = rows | led_teams(actor)
    return lock(rows.select_related("parent"), team_id)


def set_profile(team: Organisation, bond: str, about: str) -> None:
    """Write what a team is of, and what it says about itself."""
    if bond not in set(Bond):
        raise Absent("bond")
    TeamProfile.objects.update_or_create(
        team=team, defaults={"bond": bond, "about": check_about(about)}
    )


@command
def create_team(
    actor: Actor, *, community_id: int, name: str, bond: str, about: str = ""
) -> Organisation:
    """Add a service team to a community of the actor."""
    team = organisations.create(actor, kind=Kind.TEAM, name=name, parent_id=community_id)
    set_profile(team, bond, about)
    return team


@command
def edit_team(actor: Actor, *, team_id: int, bond: str, about: str) -> Organisation:
    """Write anew what a team is of and says about itself: by the community, or who leads it."""
    team = locked_team(actor, team_id, led=True)
    set_profile(team, bond, about)
    note(actor, team, "team.edited")
    return team


@command
def name_leader(actor: Actor, *, team_id: int, registration_id: UUID) -> TeamLeader:
    """Let a member of the team lead it, beside who does already; they are told. Raises `Absent` for
    who is not registered in the community."""
    team = locked_team(actor, team_id)
    rows = within(registration_rows(), actor, Permission.REGISTRATION_PLACE, "community__path")
    registration = lock(rows, registration_id)
    leads = leadership().filter(team=team, registration=registration).exists()
    member = mates(team).filter(pk=registration.pk).exists()
    check_leader(member=member, leads=leads)
    close_leaderships(actor, registration)
    row = TeamLeader.objects.create(team=team, registration=registration, named_by=actor.name)
    note(actor, team, "team.leader-named")
    community = registration.community.name
    tell([registration.person_id], "team-leader", team, community=community)
    ask_leader(row)
    return row


@command
def relieve_leader(actor: Actor, *, leader_id: UUID) -> TeamLeader:
    """Let somebody lead a team no longer; they stay a member, and are told."""
    rows = within(leadership(), actor, Permission.REGISTRATION_PLACE, "team__path")
    row = lock(rows, leader_id)
    row.until = clock.now()
    row.save(update_fields=["until"])
    note(actor, row.team, "team.leader-relieved")
    tell([row.registration.person_id], "team-leader-relieved", row.team)
    if not leadership().filter(team=row.team).exists():
        ask_community(row.team)
    return row


@command
def end_leadership(actor: Actor, *, leader_id: UUID) -> TeamLeader:
    """Write down that the membership by which somebody led a team is over; where nobody leads it
    any more, the community is asked to name another."""
    row = lock(past_leadership(), leader_id)
    _close(actor, row)
    return row


def close_leaderships(actor: Actor, registration: Registration) -> None:
    """Do what `end_leadership` does for all that a locked registration leads no longer: where it
    was out of the team meanwhile, it leads it no longer either."""
    rows = TeamLeader.objects.filter(registration=registration, until=None)
    for row in rows.select_related("team__parent").order_by("pk"):
        if over_since(row) is not None:
            _close(actor, row)


def _close(actor: Actor, row: TeamLeader) -> None:
    row.until = over_since(row) or clock.now()
    row.save(update_fields=["until"])
    team = row.team
    note(actor, team, "team.leader-relieved")
    if team.closed_at is not None or leadership().filter(team=team).exists():
        return
    if mates(team).exists():
        facts = {"team": team.name}
        announce(
            [Message("team-leaderless", organisation_id=team.parent_id, about=row.pk, facts=facts)]
        )
    ask_community(team)
