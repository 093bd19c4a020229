"""Claims over the API: who serves where, and what the community decides."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.claims.commands import claims as commands
from baodao.claims.commands import decisions, parties
from baodao.claims.commands.claims import claim_for
from baodao.claims.commands.window import claim_at_window
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claim_rows, party_claims
from baodao.claims.queries.claims import claims as claims_in_scope
from baodao.claims.queries.seats import seats_of
from baodao.claims.rules.lives import ClaimState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, gettext_noop
from baodao.offers.rules.kinds import Exit
from baodao.orgs.queries.tree import by_code
from baodao.people.queries.members import lock_persons, numbered, unit_of
from baodao.ui.api import (
    BEFORE,
    MOST_ROWS,
    ApiRequest,
    BatchAnswer,
    BatchVerdict,
    Code,
    Cursor,
    Ids,
    Page,
    PersonBrief,
    Place,
    Remark,
    VolunteerNumber,
    answers,
    check_unchanged,
    left,
    page_of,
    reading,
    writing,
)

router = Router(tags=[gettext_noop("Claims")])


class ClaimStanding(StrEnum):
    """How a claim stands; that somebody did not come is told to nobody, their claim is over."""

    APPLIED = "applied"
    WAITING = "waiting"
    INVITED = "invited"
    ACTIVE = "active"
    EXIT_REQUESTED = "exit-requested"
    DONE = "done"
    REFUSED = "refused"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


class ClaimRow(Schema):
    """A claim on one offer, from the first word to its end."""

    id: UUID
    state: ClaimStanding = Field(description=gettext_noop("How it stands."))
    offer: UUID
    title: str = Field(description=gettext_noop("What the offer is called."))
    person: PersonBrief | None = Field(
        description=gettext_noop("Who claims for themselves; empty when a unit or a team does.")
    )
    unit: Place
    branch: Place
    community: Place
    claimed_at: datetime
    seated_at: datetime | None
    confirm_by: datetime | None
    decided_at: datetime | None
    reason: str
    served_on: date | None = Field(description=gettext_noop("The last day that was recorded."))
    ended_at: datetime | None


class ClaimWithServers(ClaimRow):
    """A claim, and who serves by it: who claims alone, or those whom a unit or a team sends."""

    persons: list[PersonBrief]


class ClaimPage(Page[ClaimRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtClaims(Schema):
    """Which claims."""

    state: ClaimStanding | None = Field(default=None, description=gettext_noop("How it stands."))
    community: Code | None = Field(default=None, description=gettext_noop("Code of the community."))
    unit: Code | None = Field(
        default=None, description=gettext_noop("Code of the unit or branch, with all below it.")
    )
    offer: UUID | None = None
    person: VolunteerNumber | None = Field(
        default=None, description=gettext_noop("Volunteer number.")
    )


class ClaimAtWindow(Schema):
    """Which offer, for whom."""

    offer: UUID
    person: VolunteerNumber = Field(description=gettext_noop("Volunteer number."))


class ClaimForParty(Schema):
    """Which offer, for which unit, branch or team, and who of it serves."""

    offer: UUID
    party: Code = Field(description=gettext_noop("Code of the unit, of the branch or of the team."))
    persons: Annotated[list[VolunteerNumber], Field(min_length=1, max_length=MOST_ROWS)]


class ServersBefore(Schema):
    """Who serves by a claim."""

    persons: Annotated[list[VolunteerNumber], Field(max_length=MOST_ROWS)]


class ToReseat(Schema):
    """Who serves from now on, all of them, and who served as it was read before."""

    persons: Annotated[list[VolunteerNumber], Field(min_length=1, max_length=MOST_ROWS)]
    before: ServersBefore = Field(description=BEFORE)


class ToLeave(Schema):
    """Why, where the community has to be asked."""

    reason: Remark = ""


class Decision(BatchVerdict):
    """Yes, or no with the reason that each of them reads."""

    claims: Ids


class DecidedClaims(BatchAnswer[ClaimRow]):
    """A batch: whoever could be decided is, the others are named with the reason."""


def _standing(state: str) -> ClaimStanding:
    quiet = ClaimState.LEFT if state == ClaimState.ABSENT else state
    return ClaimStanding(quiet)


def _with_servers(claim: Claim) -> ClaimWithServers:
    seats = seats_of([claim]).get(claim.pk, [])
    people = [claim.person] if claim.person else [seat.person for seat in seats]
    return ClaimWithServers.model_validate({**dict(_row(claim)), "persons": people})


def _of_party(actor: Actor, claim_id: UUID) -> Claim:
    """A claim of a unit, a branch or a team for which the actor speaks. Raises `Absent`."""
    row = party_claims(actor).filter(pk=claim_id).first()
    if row is None:
        raise Absent("claim")
    return row


def _meant(standing: ClaimStanding) -> list[str]:
    return [state for state in ClaimState if _standing(state) is standing]


def _row(row: Claim) -> ClaimRow:
    facts = {
        "id": row.pk,
        "state": _standing(row.state),
        "offer": row.offer_id,
        "title": row.offer.title,
        "unit": unit_of(row.branch),
    }
    same = ClaimRow.model_fields.keys() - facts
    return ClaimRow.model_validate(facts | {name: getattr(row, name) for name in same})


def _outcome(batch: Batch[Claim]) -> DecidedClaims:
    return DecidedClaims(done=[_row(row) for row in batch.done], refused=left(batch.refused))


@router.get("/claims/", response=answers(ClaimPage), summary=gettext_noop("Claims in scope"))
@reading(Permission.CLAIM_READ)
def claims(
    request: ApiRequest, sought: Query[SoughtClaims], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of a community's offers, and of a unit's members wherever they claimed; oldest first."""
    rows = claims_in_scope(request.actor)
    if sought.state is not None:
        rows = rows.filter(state__in=_meant(sought.state))
    if sought.community is not None:
        rows = rows.filter(community=by_code(sought.community))
    if sought.unit is not None:
        rows = rows.filter(branch__path__startswith=by_code(sought.unit).path)
    if sought.offer is not None:
        rows = rows.filter(offer=sought.offer)
    if sought.person is not None:
        rows = rows.filter(person__number=sought.person)
    return page_of(rows, cursor, "id", _row)


@router.post(
    "/claims/",
    response=answers(ClaimRow, writes=True),
    summary=gettext_noop("Claim for a member"),
)
@writing(Permission.CLAIM_DECIDE)
def claim_for_member(request: ApiRequest, body: ClaimAtWindow) -> ClaimRow:
    """The member's own claim, made at the window: the same limits and line, and they are told."""
    person_id = numbered([body.person])[body.person]
    claim = claim_at_window(request.actor, offer_id=body.offer, person_id=person_id)
    return _row(claim_rows().get(pk=claim.pk))


@router.post(
    "/claims/party/",
    response=answers(ClaimRow, writes=True),
    summary=gettext_noop("Claim for a unit, a branch or a team"),
)
@writing(Permission.CLAIM_MAKE)
def claim_for_party(request: ApiRequest, body: ClaimForParty) -> ClaimRow:
    """All of its named members have a place, or all wait; each of them is told."""
    people = numbered(body.persons)
    claim = claim_for(
        request.actor,
        offer_id=body.offer,
        organisation_id=by_code(body.party).pk,
        person_ids=list(people.values()),
    )
    return _row(claim_rows().get(pk=claim.pk))


def _serving(claim: Claim) -> dict[UUID, str]:
    return {one.person_id: one.person.number for one in seats_of([claim]).get(claim.pk, [])}


def _check_as_read(claim: Claim, before: ServersBefore, joining: Collection[UUID]) -> None:
    """Who serves and who shall are locked as the command locks them, before the claim."""
    lock_persons({*_serving(claim), *joining})
    present = ServersBefore(persons=sorted(_serving(claim).values()))
    check_unchanged(ServersBefore(persons=sorted(before.persons)), present)


def _of_party_now(actor: Actor, claim_id: UUID) -> ClaimWithServers:
    """As it stands after an act of who speaks for it."""
    return _with_servers(_of_party(actor, claim_id))


@router.get(
    "/claims/{uuid:claim_id}/",
    response=answers(ClaimWithServers),
    summary=gettext_noop("One claim, with who serves"),
)
@reading(Permission.CLAIM_READ)
def one_claim(request: ApiRequest, claim_id: UUID) -> ClaimWithServers:
    """Absent outside the scope, as if it did not exist."""
    row = claims_in_scope(request.actor).filter(pk=claim_id).first()
    if row is None:
        raise Absent("claim")
    return _with_servers(row)


@router.post(
    "/claims/{uuid:claim_id}/persons/",
    response=answers(ClaimWithServers, writes=True),
    summary=gettext_noop("Change who serves for a unit, a branch or a team"),
)
@writing(Permission.CLAIM_MAKE)
def reseat(request: ApiRequest, claim_id: UUID, body: ToReseat) -> ClaimWithServers:
    """Until its hours begin; who serves now and who need not come any more are told."""
    claim = _of_party(request.actor, claim_id)
    people = list(numbered(body.persons).values())
    _check_as_read(claim, body.before, people)
    parties.reseat(request.actor, claim_id=claim.pk, person_ids=people)
    return _of_party_now(request.actor, claim_id)


@router.post(
    "/claims/{uuid:claim_id}/leave/",
    response=answers(ClaimWithServers, writes=True),
    summary=gettext_noop("Give up a claim of a unit, a branch or a team"),
)
@writing(Permission.CLAIM_MAKE)
def leave(request: ApiRequest, claim_id: UUID, body: ToLeave) -> ClaimWithServers:
    """At once; where leaving needs the community's word, it is asked with the reason."""
    claim = _of_party(request.actor, claim_id)
    if claim.offer.kind.exit is Exit.ASKED and claim.state == ClaimState.ACTIVE:
        commands.request_exit(request.actor, claim_id=claim.pk, reason=body.reason)
    else:
        commands.withdraw_claim(request.actor, claim_id=claim.pk)
    return _of_party_now(request.actor, claim_id)


@router.post(
    "/claims/{uuid:claim_id}/stay/",
    response=answers(ClaimWithServers, writes=True),
    summary=gettext_noop("Take the wish to leave back"),
)
@writing(Permission.CLAIM_MAKE)
def stay(request: ApiRequest, claim_id: UUID) -> ClaimWithServers:
    """While the community has not answered."""
    commands.stay(request.actor, claim_id=_of_party(request.actor, claim_id).pk)
    return _of_party_now(request.actor, claim_id)


@router.post(
    "/claims/{uuid:claim_id}/confirm/",
    response=answers(ClaimWithServers, writes=True),
    summary=gettext_noop("Take places that became free"),
)
@writing(Permission.CLAIM_MAKE)
def confirm(request: ApiRequest, claim_id: UUID) -> ClaimWithServers:
    """By the hour until which they are kept for the unit, the branch or the team."""
    commands.confirm_invitation(request.actor, claim_id=_of_party(request.actor, claim_id).pk)
    return _of_party_now(request.actor, claim_id)


@router.post(
    "/claims/decide/",
    response=answers(DecidedClaims, writes=True),
    summary=gettext_noop("Approve or refuse claims"),
)
@writing(Permission.CLAIM_DECIDE)
def decide_claims(request: ApiRequest, body: Decision) -> DecidedClaims:
    """In the order in which they claimed; for whom no place is left stays as it was."""
    batch = decisions.decide_claims(
        request.actor, claim_ids=body.claims, approve=body.approve, reason=body.reason
    )
    return _outcome(batch)


@router.post(
    "/claims/exits/decide/",
    response=answers(DecidedClaims, writes=True),
    summary=gettext_noop("Let members leave their posts, or not"),
)
@writing(Permission.CLAIM_DECIDE)
def decide_exits(request: ApiRequest, body: Decision) -> DecidedClaims:
    """Of those who asked to leave; a place that becomes free goes to the next who waits."""
    batch = decisions.decide_exits(
        request.actor, claim_ids=body.claims, approve=body.approve, reason=body.reason
    )
    return _outcome(batch)
