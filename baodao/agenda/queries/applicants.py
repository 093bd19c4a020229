"""What a community looks at when it decides claims: who can be approved, who not and why, who fits,
and where places do not suffice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from baodao.agenda.queries.suggestions import topics_of
from baodao.agenda.rules.suggestions import Topics, shared
from baodao.claims.models import Claim
from baodao.claims.queries.approvals import Approvals
from baodao.claims.queries.places import standings_of
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.offers.models import Offer
from baodao.orgs.queries.policies import values_by_path
from baodao.people.facts import Fitness
from baodao.people.queries.choices import Lists, lists_by
from baodao.ui.wording import worded

WAITABLE = frozenset({"claim.full", "claim.few", "claim.line"})
"""Why a claim cannot be approved now that can wait for a place."""


@dataclass(frozen=True)
class Applicant:
    """A claim to decide: how many places of its offer are left, why it cannot be approved now
    (in words, empty where it can), whether it could wait, and what makes it fit."""

    claim: Claim
    left: int
    obstacle: str
    may_wait: bool
    match: str

    @property
    def free(self) -> bool:
        """Whether it can be approved."""
        return not self.obstacle


@dataclass(frozen=True)
class Shortage:
    """An offer with more claims to decide than places: how many places would suffice for all."""

    offer: Offer
    applied: int
    enough: int


def applicants(actor: Actor, claims: Sequence[Claim]) -> list[Applicant]:
    """These claims of the actor's scope in their order, each judged as if those before it were
    approved."""
    approvals = Approvals(actor, claims)
    standings = standings_of({claim.offer_id for claim in claims})
    values = values_by_path({claim.offer.community.path for claim in claims})
    lists = {path: lists_by(one) for path, one in values.items()}
    return [
        Applicant(
            claim,
            max(0, claim.offer.places - standings[claim.offer_id].taken),
            worded(refused) if refused else "",
            refused is not None and refused.code in WAITABLE,
            _match(claim, lists[claim.offer.community.path]),
        )
        for claim, refused in _judged(approvals, claims)
    ]


def _judged(
    approvals: Approvals, claims: Sequence[Claim]
) -> Iterator[tuple[Claim, Refused | None]]:
    for claim in claims:
        try:
            approvals.seat(claim)
        except Refused as refused:
            yield claim, refused
        else:
            yield claim, None


def _match(claim: Claim, lists: Lists) -> str:
    """What the claimant wrote about themselves that the offer asks for."""
    if claim.person is None:
        return ""
    skills, text = lists[Fitness.SKILL], claim.offer.specialties
    sought = Topics(skills.within(text), skills.read(text).rest)
    return shared(topics_of(claim.person, Fitness.SKILL, lists), sought, text)


def shortages(rows: Sequence[Applicant]) -> dict[UUID, Shortage]:
    """The offers whose places do not suffice for the claims on this page, by the first claim that
    finds none."""
    by_offer: defaultdict[UUID, list[Applicant]] = defaultdict(list)
    for row in rows:
        by_offer[row.claim.offer_id].append(row)
    short = [group for group in by_offer.values() if any(row.may_wait for row in group)]
    return {
        next(row.claim.pk for row in group if row.may_wait): _shortage(group) for group in short
    }


def _shortage(group: list[Applicant]) -> Shortage:
    offer = group[0].claim.offer
    places = sum(row.claim.places for row in group if row.may_wait or row.free)
    return Shortage(offer, len(group), offer.places - group[0].left + places)
