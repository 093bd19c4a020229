"""How claims change state, and who comes next when a place is free; under the offer's lock.

Locks are taken in this order: persons, offers, claims. Whoever changes a claim holds its offer, so
that places are counted by one at a time.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.locking import lock_many
from baodao.notices.commands.notices import Message, Told, announce
from baodao.notices.queries.reminders import quiet_in
from baodao.notices.rules import shown_at
from baodao.offers.models import Claim, Offer
from baodao.offers.queries.claims import Claims, claim_rows, thinking_in
from baodao.offers.queries.offers import offer_rows, seated_of
from baodao.offers.rules import ClaimState, move_claim
from baodao.offers.rules.claims import confirm_until
from baodao.offers.rules.offers import is_open, when_words
from baodao.orgs.queries.policies import values_at

MINE = "/me/claims/"
"""Where a member finds the next step of a claim."""

ENDED = frozenset(
    {
        *(ClaimState.DONE, ClaimState.REFUSED, ClaimState.LEFT),
        *(ClaimState.WITHDRAWN, ClaimState.ABSENT),
    }
)


def label_of(claim: Claim) -> str:
    """How a batch names somebody: name and branch, since names repeat."""
    return f"{claim.person.name}（{claim.branch.name}）"


def locked_claims(rows: Claims, claim_ids: Iterable[UUID]) -> tuple[list[Claim], list[Offer]]:
    """These claims with their offers, offers locked first, both by primary key. Raises `Absent`."""
    wanted = set(claim_ids)
    offer_ids = rows.filter(pk__in=wanted).order_by().values_list("offer", flat=True)
    offers = lock_many(offer_rows(), set(offer_ids))
    return lock_many(rows, wanted), offers


def enter(claim: Claim, to: ClaimState, **fields: object) -> None:
    """Put a claim into `to`; refused when its life does not know the move."""
    claim.state = move_claim(claim.state, to)
    changed = {**fields, **({"ended_at": clock.now()} if to in ENDED else {})}
    if to is ClaimState.ACTIVE and claim.seated_at is None:
        changed["seated_at"] = clock.now()
    for name, value in changed.items():
        setattr(claim, name, value)
    claim.save(update_fields=["state", *changed])


def told(claim: Claim, kind: str, **facts: Told) -> Message:
    """A sentence about a claim to its person."""
    return Message(
        kind,
        person_id=claim.person_id,
        about=claim.pk,
        url=MINE,
        facts={"title": claim.offer.title, "community": claim.community.name, **facts},
    )


def act(claim: Claim, verb: str, reason: str = "") -> journal.Act:
    """What the journal says about a claim; the name is in the claim, for who may see it."""
    facts: dict[str, journal.Fact] = {"title": claim.offer.title}
    return journal.Act(
        verb, claim.pk, claim.community_id, facts | ({"reason": reason} if reason else {})
    )


def fill(actor: Actor, offer: Offer) -> list[Claim]:
    """Offer the free places of a locked offer to those who wait, in the order they came.

    An invitation keeps the place. Its time to think counts from when the notice is shown, so
    that a night does not eat it. With no time to ask, the place is given (`confirm_until`).
    """
    now = clock.now()
    if not is_open(offer.state, offer.starts_at, now):
        return []
    free = offer.wanted - seated_of(offer)
    if free <= 0:
        return []
    rows = claim_rows().filter(offer=offer, state=ClaimState.WAITING)
    chosen = list(
        rows.select_for_update(of=("self",), no_key=True).order_by("claimed_at", "pk")[:free]
    )
    values = values_at(offer.community.path)
    shown = shown_at(clock.local(now), quiet_in(values))
    until = confirm_until(shown, offer.starts_at, thinking_in(values))
    messages: list[Message] = []
    for claim in chosen:
        if until is None:
            enter(claim, ClaimState.ACTIVE)
            messages.append(told(claim, "claim-seated"))
        else:
            enter(claim, ClaimState.INVITED, confirm_by=until)
            messages.append(told(claim, "claim-invited", until=when_words(until)))
    verb = "claim.seated" if until is None else "claim.invited"
    journal.write_many(actor, [act(claim, verb) for claim in chosen])
    announce(messages)
    return chosen


def fill_all(actor: Actor, offers: Sequence[Offer]) -> None:
    """The same for several locked offers."""
    for offer in offers:
        fill(actor, offer)
