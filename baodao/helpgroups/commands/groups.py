"""Groups founded and dissolved, who joins and leaves them."""

from collections.abc import Iterable
from uuid import UUID

from baodao.helpgroups.models import GroupAide, GroupHousehold, HelpGroup
from baodao.helpgroups.queries.groups import aide_to_steer, aides_now, groups, own_aides
from baodao.helpgroups.rules.groups import (
    AideEnding,
    AideFacts,
    AidePart,
    StandEnding,
    check_aide,
    check_aide_stays,
    check_group_open,
    check_name,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.tree import by_id, standing_of
from baodao.people.models import Person
from baodao.people.queries.members import locked_persons
from baodao.residents.commands.files import community_in
from baodao.residents.queries.files import check_on, grids_in
from baodao.teams.queries.teams import mates, teams_in
from baodao.visits.queries.cadres import cadres_for


@command
def found_group(
    actor: Actor, *, community_id: int, name: str, grid_id: int | None = None
) -> HelpGroup:
    """Found a group in a community where files of households are switched on, of one of its grids
    or of the whole."""
    community = community_in(actor, community_id)
    words = check_name(name)
    if grid_id is not None and not grids_in(actor, community).filter(pk=grid_id).exists():
        raise Absent("grid")
    if HelpGroup.objects.filter(community=community, name=words, ended_at=None).exists():
        raise Refused("help-group.twice", gettext_noop("A group of this name is there already."))
    group = HelpGroup.objects.create(
        community=community, name=words, grid_id=grid_id, founded_by=actor.name
    )
    note_group(actor, "help-group.founded", group)
    return group


def note_group(actor: Actor, verb: str, group: HelpGroup, /, **facts: journal.Fact) -> None:
    """Write down what was done with a group; never who lives in a household."""
    journal.write(actor, verb, group.pk, group.community_id, name=group.name, **facts)


def locked_group(actor: Actor, group_id: UUID) -> HelpGroup:
    """A group that goes on, of a community of the actor's, locked."""
    rows = groups(actor, Permission.HOUSEHOLD_EDIT)
    group: HelpGroup = lock(rows, group_id)
    check_group_open(group.ended_at)
    check_on(standing_of(group.community))
    return group


@command
def join_group(actor: Actor, *, group_id: UUID, aide: AideFacts) -> GroupAide:
    """Let somebody into a group: a member who is registered in the community or a contact cadre
    there, who is told; or by name somebody who is none, who reads nothing here."""
    check_aide(aide)
    persons = locked_persons([aide.person_id]) if aide.person_id else []
    group = locked_group(actor, group_id)
    if aide.person_id is None:
        return _joined(actor, group, AidePart(aide.part), name=aide.name.strip())
    rows = cadres_for(actor, standing_of(group.community))
    if not persons or not rows.filter(person=aide.person_id).exists():
        raise Absent("member")
    [person] = persons
    if GroupAide.objects.filter(group=group, person=person, ended_at=None).exists():
        raise Refused(
            "help-group.in", gettext_noop("%(name)s is in the group already."), name=person.name
        )
    return _joined(actor, group, AidePart(aide.part), person=person)


@command
def join_team(actor: Actor, *, group_id: UUID, team_id: int) -> HelpGroup:
    """Let everybody of a service team of the community into a group, who is not in it yet; each
    stays in it as long as they are in the team."""
    team = by_id(team_id)
    people = sorted({row.person_id for row in mates(team)})
    persons = locked_persons(people)
    group = locked_group(actor, group_id)
    if not teams_in(standing_of(group.community)).filter(pk=team_id).exists():
        raise Absent("team")
    inside = set(aides_now().filter(group=group).values_list("person", flat=True))
    more = [person for person in persons if person.pk not in inside]
    if not more:
        raise Refused(
            "help-group.team", gettext_noop("Everybody of this team is in the group already.")
        )
    for person in more:
        GroupAide.objects.filter(group=group, person=person, ended_at=None).update(
            ended_at=clock.now(), ending=AideEnding.GONE
        )
        _joined(actor, group, AidePart.HELPER, person=person, team_id=team.pk)
    return group


def _joined(
    actor: Actor,
    group: HelpGroup,
    part: AidePart,
    *,
    person: Person | None = None,
    name: str = "",
    team_id: int | None = None,
) -> GroupAide:
    row = GroupAide.objects.create(
        group=group,
        person=person,
        name="" if person else name,
        team_id=team_id,
        part=part,
        joined_by=actor.name,
    )
    facts: dict[str, journal.Fact] = {"group": group.name, "part": part.words}
    journal.write(actor, "group-aide.joined", row.pk, group.community_id, **facts)
    _tell(group, [row], "help-group-joined")
    return row


def _tell(group: HelpGroup, rows: Iterable[GroupAide], kind: str) -> None:
    facts = {"group": group.name, "community": standing_of(group.community).name}
    announce(
        [
            Message(kind, person_id=row.person_id, about=row.pk, facts=facts)
            for row in rows
            if row.person_id is not None
        ]
    )


@command
def remove_aide(actor: Actor, *, aide_id: UUID, reason: str) -> GroupAide:
    """Let somebody go from a group, who is thanked: from this instant they read nothing of its
    households; what they did stays theirs."""
    why = check_reason(reason)
    row = aide_to_steer(actor, aide_id)
    group = locked_group(actor, row.group_id)
    row = GroupAide.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_aide_stays(row.ended_at)
    _leave(actor, group, row, AideEnding.LEFT, why)
    return row


@command
def leave_group(actor: Actor, *, aide_id: UUID) -> GroupAide:
    """Leave a group oneself: from this instant its households are open to one no longer."""
    row = lock(own_aides(actor), aide_id)
    _leave(actor, row.group, row, AideEnding.LEFT, "")
    return row


def _leave(actor: Actor, group: HelpGroup, row: GroupAide, ending: AideEnding, why: str) -> None:
    row.ended_at, row.ending, row.reason = clock.now(), ending, why
    row.save(update_fields=["ended_at", "ending", "reason"])
    facts: dict[str, journal.Fact] = {"group": group.name, "reason": why}
    journal.write(actor, "group-aide.left", row.pk, group.community_id, **facts)
    _tell(group, [row], "help-group-left")


@command
def dissolve_group(actor: Actor, *, group_id: UUID, reason: str) -> HelpGroup:
    """Dissolve a group for good: who was in it is thanked, its households wait for another."""
    why = check_reason(reason)
    group = locked_group(actor, group_id)
    aides = list(aides_now().filter(group=group).select_for_update(of=("self",)))
    now = clock.now()
    group.ended_at, group.ended_by, group.reason = now, actor.name, why
    group.save(update_fields=["ended_at", "ended_by", "reason"])
    rows = GroupAide.objects.filter(group=group, ended_at=None)
    rows.update(ended_at=now, ending=AideEnding.OVER)
    stands = GroupHousehold.objects.filter(group=group, ended_at=None)
    stands.update(ended_at=now, ending=StandEnding.OVER, ended_by=actor.name)
    note_group(actor, "help-group.dissolved", group, reason=why)
    _tell(group, aides, "help-group-left")
    return group
