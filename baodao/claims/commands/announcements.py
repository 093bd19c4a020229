"""What is said about claims: to who claims and who serves, and to readers of the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from baodao.accounts.queries import readers_for
from baodao.claims.models import Claim, Seat
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.notices.commands.notices import Announcement, Message, NoticeFact, announce
from baodao.offers.models import Offer
from baodao.teams.models import TeamLeader
from baodao.teams.queries.teams import leaders_of

MINE = "/me/claims/"
"""Where a member finds the next step of a claim."""

OURS = "/unit/services/"
"""Where a unit or a branch finds the next step of what it claimed."""

TEAMS = "/team/services/"
"""Where a leader finds the next step of what their team claimed."""


def tell(claims: Iterable[Claim], kind: str, **facts: NoticeFact) -> Announcement:
    """One sentence about each of these claims to who claimed, `facts` the same for all."""
    return announce(
        [
            replace(
                message,
                about=claim.pk,
                facts={"title": claim.offer.title, "community": claim.community.name, **facts},
            )
            for claim, message in to_claimants(claims, kind)
        ]
    )


def to_claimants(claims: Iterable[Claim], kind: str) -> list[tuple[Claim, Message]]:
    """Each of these claims with the sentences, still without facts, to who claimed."""
    every = list(claims)
    leaders = leaders_of({claim.team_id for claim in every if claim.team_id})
    units = readers_for({claim.branch for claim in every if claim.unit_id})
    return [
        (claim, message) for claim in every for message in _to_claimant(claim, kind, units, leaders)
    ]


def _to_claimant(
    claim: Claim,
    kind: str,
    units: Mapping[int, int],
    leaders: Mapping[int, Sequence[TeamLeader]],
) -> list[Message]:
    """To the person, to who answers for the unit, or to who leads the team; to its community where
    nobody does."""
    if claim.person_id is not None:
        return [Message(kind, person_id=claim.person_id, url=MINE)]
    if claim.unit_id is not None:
        return [Message(kind, organisation_id=units[claim.unit_id], url=OURS)]
    led_by = [row.registration.person_id for row in leaders.get(claim.team_id or 0, ())]
    if not led_by:
        offer = f"/offers/{claim.offer_id}/"
        return [Message(kind, organisation_id=claim.branch.parent_id, url=offer)]
    return [Message(kind, person_id=one, url=TEAMS) for one in led_by]


def tell_servers(seats: Iterable[Seat], kind: str, **facts: NoticeFact) -> None:
    """One sentence to each person of these seats about the claim by which they serve."""
    announce(
        [
            Message(
                kind,
                person_id=seat.person_id,
                about=seat.claim_id,
                url=MINE,
                facts={"title": seat.claim.offer.title, **facts},
            )
            for seat in seats
        ]
    )


def tell_open(offer: Offer, claims: Iterable[Claim], kind: str) -> None:
    """One sentence to the community of an offer that nobody has any more, about each of the claims
    that were the last."""
    announce(
        [
            Message(
                kind,
                organisation_id=offer.community_id,
                about=offer.pk,
                facts={"title": offer.title, "name": claim.claimant_name},
            )
            for claim in claims
        ]
    )


def note(actor: Actor, claims: Iterable[Claim], verb: str, reason: str = "") -> None:
    """One entry of the journal about each of these claims; names stay in the claims, for who may
    see them."""
    why: dict[str, journal.Fact] = {"reason": reason} if reason else {}
    journal.write_many(
        actor,
        [
            journal.Act(verb, claim.pk, claim.community_id, {"title": claim.offer.title, **why})
            for claim in claims
        ],
    )
