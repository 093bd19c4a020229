"""The list of an activity: who had a place, who was recorded, and whom one may add."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.offers.models import Claim, Offer
from baodao.offers.queries.claims import claims_here
from baodao.offers.rules.lives import SERVING, ClaimState
from baodao.orgs.models import Organisation
from baodao.people.queries.search import matching
from baodao.registration.models import Registration
from baodao.registration.queries import hosted

ON_THE_LIST = (*SERVING, ClaimState.INVITED)
FOUND = 20


@dataclass(frozen=True)
class Roll:
    """Who is expected, how many are recorded already, who waits without a place."""

    expected: tuple[Claim, ...]
    recorded: tuple[Claim, ...]
    waiting: tuple[Claim, ...]


def roll_of(actor: Actor, offer: Offer) -> Roll:
    """The list of an activity that the caller fetched through its scope."""
    rows = claims_here(actor, offer.community).filter(offer=offer)
    held = list(rows.order_by("person__pinyin", "pk"))
    return Roll(
        expected=tuple(row for row in held if row.state in ON_THE_LIST),
        recorded=tuple(row for row in held if row.state == ClaimState.DONE),
        waiting=tuple(row for row in held if row.state == ClaimState.WAITING),
    )


def hosted_found(actor: Actor, community: Organisation, words: str) -> list[Registration]:
    """Members registered in the community whom `words` may mean; none for no words."""
    if not words.strip():
        return []
    rows = hosted(actor, community).filter(matching(words, prefix="person__"))
    return list(rows.order_by("person__pinyin", "pk")[:FOUND])


def hosted_persons(
    actor: Actor, community: Organisation, person_ids: Collection[UUID]
) -> dict[UUID, Registration]:
    """The registrations here of exactly these persons; raises `Absent` when one has none."""
    rows = hosted(actor, community).filter(person__in=set(person_ids))
    found = {row.person_id: row for row in rows}
    if set(person_ids) - found.keys():
        raise Absent("member")
    return found
