"""需求清单, 项目清单: a community wants units for a need; projects proposed, carried out, done."""

from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.needs.models import Need
from baodao.needs.queries.needs import needs
from baodao.needs.rules.life import NEED, NeedState
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partnerships_in
from baodao.resources.commands.claims import end_claims
from baodao.resources.models import ListClaim, NeedCall, Project, ProjectOffer
from baodao.resources.queries.claims import activities_to_add
from baodao.resources.queries.lists import RECEIVE, WRITE, partner_of, projects_to_keep
from baodao.resources.rules.lists import ProjectFacts, check_project, check_units
from baodao.resources.rules.lives import LIST_CLAIM, PROJECT, ListClaimState, ProjectState


@command
def publish_need(actor: Actor, *, need_id: UUID, units: int = 1) -> NeedCall:
    """Put a need on the list for units, or say anew how many are wanted; partner units are told
    the first time."""
    check_units(units)
    need = _need(actor, need_id)
    NEED.check(need.state, NeedState.SCREENED, NeedState.OPEN)
    row = NeedCall.objects.filter(need=need, until=None).first()
    if row is not None:
        row.units = units
        row.save(update_fields=["units"])
        return row
    row = NeedCall.objects.create(need=need, units=units)
    community = standing_of(need.community)
    journal.write(actor, "need.on-list", need.pk, community.pk, count=units)
    announce(
        Message(
            "need-on-list",
            organisation_id=one.unit_id,
            about=need.pk,
            facts={"community": community.name},
        )
        for one in partnerships_in(community)
    )
    return row


def _need(actor: Actor, need_id: UUID) -> Need:
    """The need, locked, for who screens needs of its community and receives its units."""
    rows = needs(actor, Permission.NEED_SCREEN)
    return lock(within(rows, actor, RECEIVE, "community__path"), need_id)


@command
def withdraw_need(actor: Actor, *, need_id: UUID) -> NeedCall:
    """Take a need off the list; what was agreed stays, who waits for an answer is told."""
    need = _need(actor, need_id)
    row = NeedCall.objects.filter(need=need, until=None).first()
    if row is None:
        raise Absent("need")
    row.until = clock.now()
    row.save(update_fields=["until"])
    waiting = ListClaim.objects.filter(need=need, resource=None, state=ListClaimState.OPEN)
    end_claims(waiting, OFF_LIST)
    journal.write(actor, "need.off-list", need.pk, need.community_id)
    return row


@command
def propose_project(
    actor: Actor, *, organisation_id: int, year: int, facts: ProjectFacts
) -> Project:
    """A unit proposes a project to its partner community, or a community to its partner units."""
    check_project(facts, year, clock.today())
    place = _proposer(actor, organisation_id)
    unit = place if place.kind == Kind.UNIT else None
    row = Project.objects.create(
        community=partner_of(place) if unit else place,
        unit=unit,
        year=year,
        title=facts.title.strip(),
        text=facts.text.strip(),
        activities=facts.activities,
    )
    journal.write(actor, "project.proposed", row.pk, row.community_id, title=row.title)
    _tell_partners(row)
    return row


def _proposer(actor: Actor, organisation_id: int) -> Organisation:
    """The open unit or community for which the actor may propose. Raises `Absent`."""
    rows = organisations_anywhere().filter(closed_at=None)
    units = within(rows.filter(kind=Kind.UNIT), actor, WRITE, "path")
    here = within(rows.filter(kind=Kind.COMMUNITY), actor, RECEIVE, "path")
    place = (units | here).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    return place


def _tell_partners(row: Project) -> None:
    readers = [row.community_id]
    if row.unit is None:
        readers = [one.unit_id for one in partnerships_in(row.community)]
    facts = {"name": row.proposer.name, "title": row.title, "year": str(row.year)}
    announce(
        Message("project-proposed", organisation_id=one, about=row.pk, facts=facts)
        for one in readers
    )


@command
def add_activity(actor: Actor, *, project_id: UUID, offer_id: UUID) -> ProjectOffer:
    """Let an offer of the community count for a project; each counts for one. Raises `Absent` for
    an offer that is of others."""
    row = lock(projects_to_keep(actor), project_id)
    PROJECT.check(row.state, ProjectState.GOING)
    offer = lock(activities_to_add(row), offer_id)
    journal.write(actor, "project.activity", row.pk, row.community_id, title=offer.title)
    return ProjectOffer.objects.create(project=row, offer=offer)


@command
def close_project(actor: Actor, *, project_id: UUID) -> Project:
    """What the project was for is done; what was served in it stays counted."""
    row = lock(projects_to_keep(actor), project_id)
    now = clock.now()
    move([row], ProjectState.DONE, now, ended_at=now)
    journal.write(actor, "project.done", row.pk, row.community_id, title=row.title)
    return row


@command
def withdraw_project(actor: Actor, *, project_id: UUID, reason: str) -> Project:
    """Give a project up; whoever claimed it is told why."""
    why = check_reason(reason)
    row = lock(projects_to_keep(actor), project_id)
    now = clock.now()
    move([row], ProjectState.WITHDRAWN, now, ended_at=now, reason=why)
    end_claims(ListClaim.objects.filter(project=row, state__in=LIST_CLAIM.live), why)
    journal.write(actor, "project.withdrawn", row.pk, row.community_id, title=row.title, reason=why)
    return row


OFF_LIST = gettext_noop("The community has taken the need off its list.")
"""The reason kept with what waited for an answer; shown translated."""
