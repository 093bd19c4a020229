"""双向认领: claimed from one list by the other side, answered, put off to another time, taken back.

Order of locks: what is claimed (the resource, the need's place on the list, the project), then the
claim.
"""

from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import require_unit
from baodao.resources.models import ListClaim, NeedCall, Project, Resource
from baodao.resources.queries.barriers import (
    check_agreeable,
    check_claimable,
    check_endable,
    check_need,
    with_barriers,
    with_own_claims,
)
from baodao.resources.queries.claims import (
    Claims,
    claim_of,
    claim_rows,
    claims_to_answer,
    claims_to_end,
    own_claims,
)
from baodao.resources.queries.lists import (
    RECEIVE,
    WRITE,
    needs_in,
    partner_of,
    project_rows,
    projects_in,
    resources_reaching,
)
from baodao.resources.rules.lists import (
    BookedTime,
    check_booked,
    check_unlent,
    when_of,
)
from baodao.resources.rules.lives import (
    LIST_CLAIM,
    ListClaimState,
    ListSide,
    ProjectState,
)


@command
def claim_resource(
    actor: Actor,
    *,
    community_id: int,
    resource_id: UUID,
    time: BookedTime,
    words: str = "",
    need_id: UUID | None = None,
) -> ListClaim:
    """A community asks for a resource for a time, perhaps for a need on its list. Raises `Absent`
    for what does not reach it; refused where it is lent at that time."""
    community = _community(actor, community_id)
    resource = lock(resources_reaching(community), resource_id)
    check_booked(time, clock.now())
    _check_free(resource, time)
    if need_id is not None and not needs_in(actor, community).filter(need=need_id).exists():
        raise Absent("need")
    row = ListClaim.objects.create(
        unit=resource.unit,
        community=community,
        side=ListSide.COMMUNITY,
        resource=resource,
        need_id=need_id,
        words=words.strip(),
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        claimed_by=actor.name,
    )
    return _ask(actor, row)


def _community(actor: Actor, community_id: int) -> Organisation:
    row = within(places(Kind.COMMUNITY), actor, RECEIVE, "path").filter(pk=community_id).first()
    if row is None:
        raise Absent("community")
    return row


@command
def claim_need(actor: Actor, *, unit_id: int, need_id: UUID, words: str = "") -> ListClaim:
    """A unit wants to help with a need on the list of its partner community, alone or with other
    units. Raises `Absent` for another need; refused where it has as many as it wants."""
    unit = require_unit(actor, WRITE, unit_id)
    _lock_call(need_id)
    call = with_own_claims(needs_in(actor, unit), unit).filter(need=need_id).first()
    if call is None:
        raise Absent("need")
    check_need(call)
    row = ListClaim.objects.create(
        unit=unit,
        community=partner_of(unit),
        side=ListSide.UNIT,
        need=call.need,
        words=words.strip(),
        claimed_by=actor.name,
    )
    return _ask(actor, row)


@command
def claim_project(
    actor: Actor, *, organisation_id: int, project_id: UUID, words: str = ""
) -> ListClaim:
    """A unit wants to take part in a project of its partner community, or a community in one that
    a unit proposes to it."""
    project = lock(project_rows(), project_id)
    if project.unit is None:
        unit, side = require_unit(actor, WRITE, organisation_id), ListSide.UNIT
        if not projects_in(actor, unit).filter(pk=project.pk).exists():
            raise Absent("project")
    else:
        unit, side = project.unit, ListSide.COMMUNITY
        if _community(actor, organisation_id) != project.community:
            raise Absent("project")
    check_claimable(project, unit)
    row = ListClaim.objects.create(
        unit=unit,
        community=project.community,
        side=side,
        project=project,
        words=words.strip(),
        claimed_by=actor.name,
    )
    return _ask(actor, row)


def _lock_call(need_id: UUID) -> None:
    """Hold the need's place on the list, where it has one, so that its units are counted once."""
    call = NeedCall.objects.filter(need=need_id, until=None).first()
    if call is not None:
        lock(NeedCall.objects.all(), call.pk)


def _check_free(resource: Resource, time: BookedTime) -> None:
    """Refuse a time at which a locked resource is lent."""
    rows = ListClaim.objects.filter(
        resource=resource,
        state=ListClaimState.AGREED,
        starts_at__lt=time.ends_at,
        ends_at__gt=time.starts_at,
    )
    lent = rows.order_by("starts_at").first()
    if lent is not None:
        check_unlent(lent.starts_at, lent.ends_at)


def _ask(actor: Actor, row: ListClaim) -> ListClaim:
    _write(actor, row, "list-claim.claimed")
    _tell(row, "list-claimed", row.other, row.claimant)
    return row


@command
def accept_claim(actor: Actor, *, list_claim_id: UUID) -> ListClaim:
    """The other side agrees: a resource is lent at that time, a need or a project has one more
    unit. Refused where somebody else was first."""
    row = _with_subject(claims_to_answer(actor), list_claim_id)
    LIST_CLAIM.check(row.state, ListClaimState.OPEN)
    _agree(actor, row)
    _tell(row, "list-agreed", row.claimant, row.other)
    return row


@command
def propose_time(actor: Actor, *, list_claim_id: UUID, time: BookedTime) -> ListClaim:
    """The unit can lend it at another time, at which it is free; who claimed says whether."""
    row = _with_subject(claims_to_answer(actor), list_claim_id)
    if row.resource is None:
        raise Absent("resource")
    check_booked(time, clock.now())
    _check_free(row.resource, time)
    hours = {"starts_at": time.starts_at, "ends_at": time.ends_at}
    move([row], ListClaimState.OTHER_TIME, clock.now(), **_answer(actor), **hours)
    _write(actor, row, "list-claim.other-time")
    _tell(row, "list-other-time", row.claimant, row.other)
    return row


@command
def confirm_time(actor: Actor, *, list_claim_id: UUID) -> ListClaim:
    """Whoever claimed takes the other time that was proposed."""
    row = _with_subject(own_claims(actor), list_claim_id)
    LIST_CLAIM.check(row.state, ListClaimState.OTHER_TIME)
    _agree(actor, row)
    _tell(row, "list-agreed", row.other, row.claimant)
    return row


@command
def decline_claim(actor: Actor, *, list_claim_id: UUID, reason: str) -> ListClaim:
    """The other side cannot, and says why."""
    why = check_reason(reason)
    row = _with_subject(claims_to_answer(actor), list_claim_id)
    move([row], ListClaimState.DECLINED, clock.now(), reason=why, **_answer(actor))
    _write(actor, row, "list-claim.declined", reason=why)
    _tell(row, "list-declined", row.claimant, row.other, reason=why)
    return row


@command
def withdraw_claim(actor: Actor, *, list_claim_id: UUID, reason: str) -> ListClaim:
    """Whoever claimed takes it back, or either side what was agreed, with a reason; what is over
    stays."""
    why = check_reason(reason)
    row = _with_subject(claims_to_end(actor), list_claim_id)
    by_claimant, now = check_endable(actor, row), clock.now()
    move([row], ListClaimState.WITHDRAWN, now, reason=why, ended_at=now)
    _reopen(row)
    _write(actor, row, "list-claim.withdrawn", reason=why)
    sides = (row.other, row.claimant) if by_claimant else (row.claimant, row.other)
    _tell(row, "list-withdrawn", *sides, reason=why)
    return row


def end_claims(rows: QuerySet[ListClaim], reason: str) -> None:
    """End these live claims with what they hang on, and tell both sides; what was lent and is over
    stays as it was. For commands that hold what is claimed."""
    now = clock.now()
    ahead = rows.exclude(state=ListClaimState.AGREED, ends_at__lte=now)
    locked = list(ahead.select_for_update(of=("self",), no_key=True).order_by("pk"))
    move(locked, ListClaimState.ENDED, now, ended_at=now, reason=reason)
    for row in claim_rows().filter(pk__in=[one.pk for one in locked]).order_by("pk"):
        _tell(row, "list-ended", row.unit, row.community, reason=reason)
        _tell(row, "list-ended", row.community, row.unit, reason=reason)


def end_contact(actor: Actor, unit_id: int) -> None:  # noqa: ARG001 - the contact's own command checked
    """A unit ended its contact with its community: what is ahead between them ends too."""
    end_claims(ListClaim.objects.filter(unit=unit_id, state__in=LIST_CLAIM.live), APART)


APART = gettext_noop("The unit has ended its contact with the community.")
"""The reason kept with what ended; shown translated."""


def _with_subject(rows: Claims, list_claim_id: UUID) -> ListClaim:
    """A claim of these, locked behind what it claims. Raises `Absent`."""
    claim = claim_of(rows, list_claim_id)
    if claim.resource_id is not None:
        lock(Resource.objects.all(), claim.resource_id)
    elif claim.project_id is not None:
        lock(Project.objects.all(), claim.project_id)
    return lock(rows, list_claim_id)


def _answer(actor: Actor) -> dict[str, object]:
    return {"answered_at": clock.now(), "answered_by": actor.name}


def _agree(actor: Actor, row: ListClaim) -> None:
    """Both sides want it: it holds, as far as it still can."""
    if row.need_id is not None and row.resource is None:
        _lock_call(row.need_id)
    check_agreeable(with_barriers(claim_rows()).get(pk=row.pk))
    if row.project is not None and row.project.state == ProjectState.OPEN:
        move([row.project], ProjectState.GOING, clock.now())
    now = clock.now()
    move([row], ListClaimState.AGREED, now, agreed_at=now, **_answer(actor))
    _write(actor, row, "list-claim.agreed")


def _reopen(row: ListClaim) -> None:
    """A project that nobody takes part in any more waits to be claimed again."""
    project = row.project
    if project is None or project.state != ProjectState.GOING:
        return
    if not ListClaim.objects.filter(project=project, state=ListClaimState.AGREED).exists():
        move([project], ProjectState.OPEN, clock.now())


def _write(actor: Actor, row: ListClaim, verb: str, **reason: str) -> None:
    facts = {"unit": row.unit.name, "community": row.community.name, "title": row.title}
    journal.write(actor, verb, row.pk, row.community_id, **facts, **reason)


def _tell(
    row: ListClaim, kind: str, reader: Organisation, other: Organisation, **reason: str
) -> None:
    when = when_of(row.starts_at, row.ends_at)
    facts = {"name": other.name, "title": row.title, "when": f"（{when}）" if when else ""}
    announce([Message(kind, organisation_id=reader.pk, about=row.pk, facts=facts | reason)])
