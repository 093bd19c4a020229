"""Groups founded and dissolved, who joins and leaves them."""

from collections.abc import Iterable
from uuid import UUID

from baodao.helpgroups.models import GroupHelper, GroupHousehold, HelpGroup
from baodao.helpgroups.queries.groups import groups, helper_to_steer, helpers_now, own_helpers
from baodao.helpgroups.rules.groups import (
    HelperEnding,
    HelperFacts,
    HelperPart,
    StandEnding,
    check_group_open,
    check_helper,
    check_helper_stays,
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
def join_group(actor: Actor, *, group_id: UUID, helper: HelperFacts) -> GroupHelper:
    """Let somebody into a group: a member who is registered in the community or a contact cadre
    there, who is told; or by name somebody who is none, who reads nothing here."""
    check_helper(helper)
    persons = locked_persons([helper.person_id]) if helper.person_id else []
    group = locked_group(actor, group_id)
    if helper.person_id is None:
        return _joined(actor, group, HelperPart(helper.part), name=helper.name.strip())
    rows = cadres_for(actor, standing_of(group.community))
    if not persons or not rows.filter(person=helper.person_id).exists():
        raise Absent("member")
    [person] = persons
    if GroupHelper.objects.filter(group=group, person=person, ended_at=None).exists():
        raise Refused(
            "help-group.in", gettext_noop("%(name)s is in the group already."), name=person.name
        )
    return _joined(actor, group, HelperPart(helper.part), person=person)


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
    inside = set(helpers_now().filter(group=group).values_list("person", flat=True))
    more = [person for person in persons if person.pk not in inside]
    if not more:
        raise Refused(
            "help-group.team", gettext_noop("Everybody of this team is in the group already.")
        )
    for person in more:
        GroupHelper.objects.filter(group=group, person=person, ended_at=None).update(
            ended_at=clock.now(), ending=HelperEnding.GONE
        )
        _joined(actor, group, HelperPart.HELPER, person=person, team_id=team.pk)
    return group


def _joined(
    actor: Actor,
    group: HelpGroup,
    part: HelperPart,
    *,
    person: Person | None = None,
    name: str = "",
    team_id: int | None = None,
) -> GroupHelper:
    row = GroupHelper.objects.create(
        group=group,
        person=person,
        name="" if person else name,
        team_id=team_id,
        part=part,
        joined_by=actor.name,
    )
    facts: dict[str, journal.Fact] = {"group": group.name, "part": part.words}
    journal.write(actor, "group-helper.joined", row.pk, group.community_id, **facts)
    _tell(group, [row], "help-group-joined")
    return row


def _tell(group: HelpGroup, rows: Iterable[GroupHelper], kind: str) -> None:
    facts = {"group": group.name, "community": standing_of(group.community).name}
    announce(
        [
            Message(kind, person_id=row.person_id, about=row.pk, facts=facts)
            for row in rows
            if row.person_id is not None
        ]
    )


@command
def remove_helper(actor: Actor, *, helper_id: UUID, reason: str) -> GroupHelper:
    """Let somebody go from a group, who is thanked: from this instant they read nothing of its
    households; what they did stays theirs."""
    why = check_reason(reason)
    row = helper_to_steer(actor, helper_id)
    group = locked_group(actor, row.group_id)
    row = GroupHelper.objects.select_for_update(of=("self",)).get(pk=row.pk)
    check_helper_stays(row.ended_at)
    _leave(actor, group, row, HelperEnding.LEFT, why)
    return row


@command
def leave_group(actor: Actor, *, helper_id: UUID) -> GroupHelper:
    """Leave a group oneself: from this instant its households are open to one no longer."""
    row = lock(own_helpers(actor), helper_id)
    _leave(actor, row.group, row, HelperEnding.LEFT, "")
    return row


def _leave(
    actor: Actor, group: HelpGroup, row: GroupHelper, ending: HelperEnding, why: str
) -> None:
    row.ended_at, row.ending, row.reason = clock.now(), ending, why
    row.save(update_fields=["ended_at", "ending", "reason"])
    facts: dict[str, journal.Fact] = {"group": group.name, "reason": why}
    journal.write(actor, "group-helper.left", row.pk, group.community_id, **facts)
    _tell(group, [row], "help-group-left")


@command
def dissolve_group(actor: Actor, *, group_id: UUID, reason: str) -> HelpGroup:
    """Dissolve a group for good: who was in it is thanked, its households wait for another."""
    why = check_reason(reason)
    group = locked_group(actor, group_id)
    helpers = list(helpers_now().filter(group=group).select_for_update(of=("self",)))
    now = clock.now()
    group.ended_at, group.ended_by, group.reason = now, actor.name, why
    group.save(update_fields=["ended_at", "ended_by", "reason"])
    rows = GroupHelper.objects.filter(group=group, ended_at=None)
    rows.update(ended_at=now, ending=HelperEnding.OVER)
    stands = GroupHousehold.objects.filter(group=group, ended_at=None)
    stands.update(ended_at=now, ending=StandEnding.OVER, ended_by=actor.name)
    note_group(actor, "help-group.dissolved", group, reason=why)
    _tell(group, helpers, "help-group-left")
    return group
