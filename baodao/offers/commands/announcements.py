"""What is said about claims: to their people in notices, to the readers of the journal."""

from collections.abc import Iterable

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.notices.commands.notices import Message, Told, announce
from baodao.offers.models import Claim

MINE = "/me/claims/"
"""Where a member finds the next step of a claim."""


def tell(claims: Iterable[Claim], kind: str, **facts: Told) -> None:
    """One sentence about each of these claims to its person, `facts` the same for all."""
    announce(
        [
            Message(
                kind,
                person_id=claim.person_id,
                about=claim.pk,
                url=MINE,
                facts={"title": claim.offer.title, "community": claim.community.name, **facts},
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
