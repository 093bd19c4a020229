"""What a claimant does with a claim: claim, confirm, give up, ask to leave, stay after all."""

from collections.abc import Collection, Sequence
from uuid import UUID

from baodao.claims.commands.announcements import note, tell, tell_open, tell_servers
from baodao.claims.commands.seats import end_claims, locked, locked_claims, move_claims, vacate
from baodao.claims.commands.waiting_list import fill
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import (
    claim_rows,
    claims_in_charge,
    most_at,
    overdue_claims,
    parties_in_charge,
)
from baodao.claims.queries.openings import OpenOffer, has_line, locked_opening, standing_of
from baodao.claims.queries.places import seated_of
from baodao.claims.queries.seats import (
    Seats,
    Server,
    departed_seats,
    servers,
    servers_of,
    taken_by,
)
from baodao.claims.rules.claims import (
    Taken,
    check_anew,
    check_claimant,
    check_exit,
    check_free,
    check_in_time,
    check_not_begun,
    check_party,
    check_party_once,
    check_room_for,
    departed,
    first_state,
    leaving,
)
from baodao.claims.rules.lives import CLAIM, ClaimState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock, lock_many
from baodao.offers.models import Offer
from baodao.offers.queries.names import check_untelling
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.offers import has_begun, is_open
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community
from baodao.people.queries.members import lock_persons

NOT_CONFIRMED = gettext_noop("The place was not confirmed in time.")
"""The reason kept with a lapsed claim; shown translated."""

DEPARTED = gettext_noop("The registration in the community has ended.")
"""The reason kept with the claims of who moved on; shown translated."""

LEFT_TEAM = gettext_noop("Nobody of the team serves any more.")
"""The reason kept with the claims of a team whose servers have left it; shown translated."""


class LineGone(Exception):
    """Whoever waited is gone meanwhile, and there is a place: it is taken under the offer's lock
    alone."""


def claim(actor: Actor, *, offer_id: UUID) -> Claim:
    """The actor wants to serve: a place at once, the waiting list, or the community's approval.

    Anybody registered within the reach of the offer may. What an offer is best served by never
    excludes anybody. Where others wait already, who comes joins them beside all who come at the
    same time; only for a place the offer is locked alone.
    """
    try:
        return _claim(actor, offer_id=offer_id, alone=not has_line(offer_id))
    except LineGone:
        return _claim(actor, offer_id=offer_id, alone=True)


@command
def _claim(actor: Actor, *, offer_id: UUID, alone: bool) -> Claim:
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    people = servers([actor.person_id])
    if not people:
        raise Refused(
            "claim.not-registered",
            gettext_noop("Report in first; once a community has received you, you can claim."),
        )
    claim = Claim(offer_id=offer_id, person_id=actor.person_id, branch_id=people[0].branch_id)
    return enter_line(actor, claim, people, alone=alone)


@command
def claim_for(
    actor: Actor, *, offer_id: UUID, organisation_id: int, person_ids: Collection[UUID]
) -> Claim:
    """A unit, a branch of one or a team claims: one claim with a seat for each of these of its
    people.

    All of them have a place, or all wait. A unit and its branches serve in the reach of its partner
    community with members who are registered anywhere; others serve where they are registered.
    Raises `Absent` for who is not theirs or not registered.
    """
    place = parties_in_charge(actor).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    lock_persons(person_ids)
    people = people_of(place, person_ids)
    side = {"team" if place.kind == Kind.TEAM else "unit": place}
    claim = Claim(offer_id=offer_id, branch=place, **side)
    enter_line(actor, claim, people, alone=True)
    seats = claim.seats.select_related("claim__offer")
    tell_servers(seats, "claim-seat-given", name=claim.claimant_name)
    return claim


def people_of(place: Organisation, person_ids: Collection[UUID]) -> list[Server]:
    """These locked persons as they serve for a unit or a team. Raises `Absent` for who is not
    theirs or not registered."""
    people = [one for one in servers(person_ids) if one.belongs_to(place)]
    if len(people) != len(set(person_ids)):
        raise Absent("member")
    partner = partner_community(place)
    return [one.sent_to(partner.path) if partner else one for one in people]


def enter_line(
    actor: Actor,
    claim: Claim,
    people: Sequence[Server],
    *,
    alone: bool,
    verb: str = "claim.made",
) -> Claim:
    """Keep a claim of these locked people, with their seats, where it stands in its offer's line;
    the journal has it under `verb`.

    The offer's lock is what two hundred wait for: what concerns the people alone is read and
    written before it (foreign keys are looked at when the transaction ends), and under it no more
    is done than to count, to decide and to write.
    """
    taken = taken_by([one.person_id for one in people])
    Seat.objects.bulk_create(
        [Seat(claim=claim, person_id=one.person_id, branch_id=one.branch_id) for one in people]
    )
    opening = locked_opening(claim.offer_id, claim.branch_id, alone=alone)
    check_claimant(opening.kind, claim.claimant_kind)
    check_party(len(people), opening.places)
    for one in people:
        check_server(claim.offer_id, opening, one, taken[one.person_id])
    if claim.person_id is None:
        same = claim_rows().filter(offer=claim.offer_id, unit=claim.unit_id, team=claim.team_id)
        holds = same.filter(state__in=CLAIM.live).exists()
        check_party_once(holds=holds, name=claim.claimant_name)
    seated, waiting = standing_of(claim.offer_id)
    claim.community_id, claim.places = opening.community_id, len(people)
    claim.state = first_state(
        approval=opening.approval,
        free=opening.places - seated,
        places=claim.places,
        waiting=waiting,
    )
    if claim.state == ClaimState.ACTIVE and not alone:
        raise LineGone
    claim.claimed_at = clock.now()
    claim.seated_at = claim.claimed_at if claim.state == ClaimState.ACTIVE else None
    claim.save(force_insert=True)
    journal.write(actor, verb, claim.pk, opening.community_id, title=opening.title)
    return claim


def check_server(
    offer_id: UUID, opening: OpenOffer, server: Server, taken: Sequence[Taken]
) -> None:
    """The offer is there for who it reaches; they do not serve in it yet, and have room for it."""
    if not server.in_reach(opening.kind.reach, opening.path):
        raise Absent("offer")
    check_anew(offer_id, taken)
    most = most_at(server.path, opening.kind)
    check_room_for(opening.kind, (opening.starts_at, opening.ends_at), taken, most)


def _in_charge(actor: Actor, claim_id: UUID) -> tuple[Claim, Offer]:
    """A claim for which the actor speaks, and its offer, both locked."""
    rows, offers = locked_claims(claims_in_charge(actor), [claim_id])
    return rows[0], offers[0]


def _check_free(claim: Claim, offer: Offer) -> None:
    """Refuse a place to a claim of which somebody has another at the same hours meanwhile."""
    people = servers_of([claim])[claim.pk]
    for taken in taken_by(people).values():
        check_free((offer.starts_at, offer.ends_at), taken, offer.pk)


@command
def confirm_invitation(actor: Actor, *, claim_id: UUID) -> Claim:
    """Take the place that became free, until the hour to which it is kept."""
    row, offer = _in_charge(actor, claim_id)
    CLAIM.check(row.state, ClaimState.INVITED)
    check_in_time(row.confirm_by, clock.now())
    if departed_seats().filter(claim=row).exists():
        raise departed()
    if not is_open(offer.state, offer.starts_at, clock.now()):
        raise Refused("claim.too-late", gettext_noop("The activity has begun already."))
    _check_free(row, offer)
    move_claims([row], ClaimState.ACTIVE, confirm_by=None)
    note(actor, [row], "claim.confirmed")
    return row


@command
def withdraw_claim(actor: Actor, *, claim_id: UUID) -> Claim:
    """Give up a claim where nobody need be asked; a freed place goes to the next at once."""
    row, offer = _in_charge(actor, claim_id)
    to = leaving(offer.kind, row.state, begun=has_begun(offer.starts_at, clock.now()))
    move_claims([row], to, confirm_by=None)
    note(actor, [row], "claim.left" if to is ClaimState.LEFT else "claim.withdrawn")
    fill(actor, offer)
    tell_if_alone(offer, [row], "claim-given-back")
    return row


def tell_if_alone(offer: Offer, claims: Sequence[Claim], kind: str) -> None:
    """Somebody waits for an offer for one person: the community is told that nobody comes now."""
    if offer.kind.personal and not seated_of(offer):
        tell_open(offer, claims, kind)


@command
def request_exit(actor: Actor, *, claim_id: UUID, reason: str) -> Claim:
    """Ask the community to be let go; until it answers the place is held."""
    why = check_reason(reason)
    row, offer = _in_charge(actor, claim_id)
    check_exit(offer.kind)
    check_untelling(offer, why)
    check_not_begun(offer.kind, begun=has_begun(offer.starts_at, clock.now()))
    move_claims([row], ClaimState.EXIT_REQUESTED, reason=why, exit_requested_at=clock.now())
    note(actor, [row], "claim.exit-requested", why)
    return row


@command
def stay(actor: Actor, *, claim_id: UUID) -> Claim:
    """Take back the wish to leave, as long as the community has not answered it."""
    row, _ = _in_charge(actor, claim_id)
    CLAIM.check(row.state, ClaimState.EXIT_REQUESTED)
    move_claims([row], ClaimState.ACTIVE, reason="")
    note(actor, [row], "claim.exit-taken-back")
    return row


@command
def end_departed(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """Whoever's registration is out of the offer's reach serves in it no more; a claim that nobody
    serves by any more ends. The places go on."""
    offer = lock(offer_rows(), offer_id)
    return _vacate(actor, offer, departed_seats().filter(claim__offer=offer), DEPARTED)


def end_seats_of_team(actor: Actor, person_ids: Collection[UUID]) -> None:
    """Who left their team serves for it no more, from now on; who has a place in what has begun
    stays on its list. The places go on."""
    rows = departed_seats().filter(person__in=person_ids, claim__team__isnull=False)
    offer_ids = set(rows.order_by().values_list("claim__offer", flat=True))
    for offer in lock_many(offer_rows(), offer_ids):
        _vacate(actor, offer, rows.filter(claim__offer=offer), LEFT_TEAM)


def _vacate(actor: Actor, offer: Offer, departed: Seats, reason: str) -> list[Claim]:
    """End these seats of a locked offer; returns the claims that nobody serves by any more."""
    seats = list(departed)
    rows = locked(claim_rows().filter(pk__in=[seat.claim_id for seat in seats]))
    ended = vacate(rows, seats)
    end_claims(ended, confirm_by=None, reason=reason)
    note(actor, ended, "claim.left")
    tell(ended, "claim-ended")
    fill(actor, offer)
    return ended


@command
def lapse_invitations(actor: Actor, *, offer_id: UUID) -> list[Claim]:
    """Let invitations whose time is up go, and ask the next; asked again it finds nothing."""
    offer = lock(offer_rows(), offer_id)
    late = locked(overdue_claims().filter(offer=offer))
    if not late:
        return []
    move_claims(late, ClaimState.WITHDRAWN, reason=NOT_CONFIRMED)
    note(actor, late, "claim.lapsed")
    tell(late, "claim-lapsed")
    fill(actor, offer)
    tell_if_alone(offer, late, "claim-unconfirmed")
    return late
