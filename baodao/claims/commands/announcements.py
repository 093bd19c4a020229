"""What is said about claims: to who claims and who serves, and to readers of the journal."""

from collections.abc import Iterable

from baodao.claims.models import Claim, Seat
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.notices.commands.notices import Announcement, Message, NoticeFact, announce

MINE = "/me/claims/"
"""Where a member finds the next step of a claim."""

OURS = "/unit/services/"
"""Where a unit finds the next step of what it claimed."""


def tell(claims: Iterable[Claim], kind: str, **facts: NoticeFact) -> Announcement:
    """One sentence about each of these claims to who claimed, `facts` the same for all."""
    return announce(
        [
            Message(
                kind,
                person_id=claim.person_id,
                organisation_id=None if claim.person_id else claim.branch_id,
                about=claim.pk,
                url=MINE if claim.person_id else OURS,
                facts={"title": claim.offer.title, "community": claim.community.name, **facts},
            )
            for claim in claims
        ]
    )


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
