"""What a member may tick: what they took on, posts and series of where they are; what is ticked to
begin with."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from baodao.agenda.queries.claims import own_claims
from baodao.agenda.queries.openings import Home, claimable, own_community
from baodao.agenda.queries.suggestions import every_fit, in_order
from baodao.agenda.rules.searches import OfferSearch
from baodao.claims.rules.lives import SERVING, ClaimState
from baodao.commitments.models import Commitment, CommitmentItem
from baodao.commitments.queries.commitments import own_commitments
from baodao.commitments.rules.commitments import SERVICES
from baodao.commitments.rules.policies import TIMES
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.choice_lists import ChoiceList
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.offers.rules.lives import OfferState
from baodao.orgs.queries.policies import value_of, values_at
from baodao.people.facts import Fitness
from baodao.people.queries.choices import lists_by
from baodao.people.queries.facts import texts_of
from baodao.series.models import ActivitySeries
from baodao.series.queries.series import series_by_offer, series_with

PROPOSED = 12
"""So many posts are proposed, those that fit best; the page of services has all."""


class Tickable(NamedTuple):
    """An offer or a series, and the day since when it is the member's own; `claim` is how one of
    it stands by which they have no place yet, in words."""

    row: Offer | ActivitySeries
    since: date | None = None
    claim: str = ""


Tickables = Mapping[UUID, Tickable]


class CommitmentChoices(NamedTuple):
    """What may be ticked: what the member took on, and what else there is."""

    own: Tickables
    others: Tickables

    @property
    def every(self) -> dict[UUID, Tickable]:
        """All of it, by id."""
        return {**self.others, **self.own}


def choices_of(actor: Actor) -> CommitmentChoices:
    """What the actor may tick now; what they ticked before as far as it is still there."""
    own, pending = _own(actor)
    home = own_community(actor)
    others = _posts(actor, home) | _series(home) | _before(actor) | pending
    return CommitmentChoices(own, {key: one for key, one in others.items() if key not in own})


def _own(actor: Actor) -> tuple[dict[UUID, Tickable], dict[UUID, Tickable]]:
    """What the actor took on, and what they claimed and have no place in yet: of a series not every
    date, but the series."""
    claims = list(own_claims(actor))
    dates = series_by_offer(claim.offer_id for claim in claims)
    own: dict[UUID, Tickable] = {}
    pending: dict[UUID, Tickable] = {}
    for claim in claims:
        row = dates.get(claim.offer_id, claim.offer)
        if claim.state in SERVING:
            own.setdefault(row.pk, Tickable(row, clock.day_of(claim.seated_at)))
        elif claim.state != ClaimState.INVITED:  # to what one was only asked, one said nothing yet
            pending.setdefault(row.pk, Tickable(row, claim=claim.get_state_display()))
    return own, pending


def _posts(actor: Actor, home: Home) -> dict[UUID, Tickable]:
    fits = every_fit(actor, home, OfferSearch(kind=POST.code)).weighed
    return {fit.offer.pk: Tickable(fit.offer) for fit in sorted(fits, key=in_order)[:PROPOSED]}


def _series(home: Home) -> dict[UUID, Tickable]:
    return {row.pk: Tickable(row) for row in series_with(claimable(home))}


def _before(actor: Actor) -> dict[UUID, Tickable]:
    """What the actor ticked last: of this year all of it, of an earlier one what goes on."""
    last = own_commitments(actor).first()
    if last is None:
        return {}
    rows = list(last.items.all())
    if last.year < clock.today().year:
        return {row.pk: Tickable(row) for row in filter(goes_on, map(_ticked, rows))}
    return {_ticked(item).pk: Tickable(_ticked(item), item.claimed_on) for item in rows}


def _ticked(item: CommitmentItem) -> Offer | ActivitySeries:
    row = item.offer or item.series
    assert row is not None
    return row


def goes_on(row: Offer | ActivitySeries) -> bool:
    """Whether there is more of it to come."""
    if isinstance(row, Offer):
        return row.state == OfferState.PUBLISHED
    return row.ended_at is None and row.until_on >= clock.today()


def _was(row: Offer | ActivitySeries, now: datetime) -> bool:
    """Whether its hours are over: one promises what is to come."""
    return isinstance(row, Offer) and row.ends_at is not None and row.ends_at <= now


def skills_where(home: Home) -> ChoiceList:
    """The words of what one can do, as they are where a member is."""
    assert home.community is not None
    return lists_by(values_at(home.community.path))[Fitness.SKILL]


def to_begin_with(actor: Actor, home: Home, choices: CommitmentChoices) -> dict[str, object]:
    """What the form is filled in with: what the actor said last, else what is known of them."""
    last = own_commitments(actor).first()
    if last is None:
        pending = [key for key, one in choices.others.items() if one.claim]
        now = clock.now()
        own = [key for key, one in choices.own.items() if not _was(one.row, now)]
        return _known(home) | {"own": own, "others": pending}
    before = {_ticked(item).pk for item in last.items.all()}
    new_year = last.year < clock.today().year
    return {
        "own": list(choices.own if new_year else before & choices.own.keys()),
        "others": list(before & choices.others.keys()),
        "services": last.services,
        "times": last.times,
        "hours": last.hours,
        "words": last.words,
        "agrees": not new_year and _stands(last) and last.agreed,
    }


def _stands(last: Commitment) -> bool:
    return last.until is None and last.registration.ended_at is None


def _known(home: Home) -> dict[str, object]:
    assert home.community is not None
    assert home.membership is not None
    skills: Iterable[str] = filter(None, texts_of(home.membership.person, Fitness.SKILL))
    times = value_of(TIMES, home.community)
    return {"services": "、".join(skills)[:SERVICES], "times": times or None}
