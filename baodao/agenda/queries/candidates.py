"""邀请会的人: whom of a community's members an offer fits, for whoever looks for people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from baodao.agenda.queries.suggestions import (
    place_words_by,
    sought_of,
    wisher_of,
    words_of_another,
)
from baodao.agenda.rules.suggestions import knows, reasons_for, weight_of
from baodao.claims.queries.claims import most_of
from baodao.claims.queries.seats import held_seats, taken_by
from baodao.claims.rules.claims import Taken, check_assignable
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.notices.queries.notices import notice_counts, persons_told
from baodao.notices.queries.pending import PendingRows
from baodao.notices.queries.reach import Silence, unreached
from baodao.notices.rules.catalogue import KINDS
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.offers.rules.lives import OfferState
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import with_belonging
from baodao.people.queries.search import matching
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import accepted_in
from baodao.registration.rules.states import State
from baodao.talents.queries.fits import FittingTalent, fitting_talents

INVITATION = "offer-fits-you"
"""The kind of notice by which somebody is asked."""

LISTED, WEIGHED = 20, 2_000
"""Of the members, the best fitting of those that are weighed; others are found by name."""

LATELY = timedelta(days=90)
"""In which time it counts how often somebody was asked."""

BEFORE = gettext_noop("Was asked already.")


@dataclass(frozen=True)
class FittingMember:
    """A member registered here, and why the offer fits them, in the reader's words; how much the
    `strongest` of the reasons counts, whether they know about it, how many `invitations` to serve
    here they had lately, how many places they hold (`in_hand`), and why they are not asked, a
    message id; empty where they can be."""

    registration: Registration
    reasons: tuple[str, ...]
    weight: int
    strongest: int
    knows: bool
    invitations: int
    in_hand: int
    obstacle: str

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        """Of those whom the same sort of reason speaks for, the least asked first, then whom it
        fits best, then who has least in hand."""
        apart = (-self.strongest, self.invitations, -self.weight, self.in_hand)
        return *apart, self.registration.person.pinyin


@dataclass(frozen=True)
class Candidates:
    """Whom one may ask: as many as a page shows, how many there are, and the `others` who are
    ticked and not among these; and whom of all of them a reminder does not reach, with why."""

    members: list[FittingMember]
    count: int
    others: list[FittingMember]
    unreached: Mapping[UUID, Silence]

    @property
    def tells_nobody(self) -> bool:
        """Whether an invitation reaches none of those on the page who could be asked."""
        rows = [row for row in (*self.members, *self.others) if not row.obstacle]
        return bool(rows) and not any(self.tells(row) for row in rows)

    def tells(self, member: FittingMember) -> bool:
        """Whether an invitation reaches them, at the latest when they sign in."""
        return _distance(member, self.unreached) < 2


def candidates(
    actor: Actor, offer: Offer, words: str = "", *, ticked: Collection[UUID] = ()
) -> Candidates:
    """Whom an offer in scope fits, the least asked first. Left out are who was asked about it
    already, and who is busy at its hours or holds as many of its kind as one may. Of those for whom
    the same sort of reason speaks, whom a reminder reaches stand before whom it reaches on signing
    in, those before whom nobody may remind now, and who has no account last; on the page, whom it
    reaches stand first of all. By `words` everybody is found, with why they are not asked. Whoever
    is `ticked` stays, whatever is searched for."""
    rows = people_to_ask(actor, offer)
    if words:
        namesakes = rows.filter(matching(words, prefix="person__"))
        fitting = _weighed(offer, namesakes.order_by("person__pinyin", "pk"))
        count = namesakes.count()
    else:
        every = _weighed(offer, _telling(rows))
        fitting = [one for one in every if one.weight and not one.obstacle]
        count = len(fitting)
    topic = KINDS[INVITATION].topic
    silent = unreached([one.registration.person_id for one in fitting], topic)
    listed = sorted(fitting, key=lambda one: (-one.strongest, _distance(one, silent)))[:LISTED]
    listed.sort(key=lambda one: _distance(one, silent) > 0)
    kept = set(ticked) - {one.registration.person_id for one in listed}
    others = _weighed(offer, rows.filter(person__in=kept)) if kept else []
    if others:
        silent |= unreached([one.registration.person_id for one in others], topic)
    return Candidates(listed, count, others, silent)


def _distance(member: FittingMember, silent: Mapping[UUID, Silence]) -> int:
    """0 for whom a reminder reaches, 1 for whom it does on signing in, 2 for who signs in and is
    not reminded now, 3 for who has no account."""
    silence = silent.get(member.registration.person_id)
    if silence is None:
        return 0
    return 1 if silence.later else 2 if silence.signs_in else 3


def _telling(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Who says what they know before those who do not, and of each the newest."""
    silent = Case(When(person__specialty="", then=1), default=0)
    return rows.order_by(silent, "-pk")


def _weighed(offer: Offer, rows: QuerySet[Registration]) -> list[FittingMember]:
    """These members, as many as are weighed, in their turn to be asked."""
    listed = list(with_belonging(rows)[:WEIGHED])
    values, here = values_at(offer.community.path), standing_of(offer.community)
    place_words = place_words_by(values)
    sought = sought_of(offer, place_words, 0, short=False)
    most = most_of(offer.kind, values)
    busy, again = taken_by([row.person_id for row in listed]), persons_told(INVITATION, offer.pk)
    others = offer_rows().filter(community=offer.community_id)
    invitations = notice_counts(INVITATION, others, clock.now() - LATELY)
    fitting = []
    for row in listed:
        reasons = reasons_for(wisher_of(row.person, here, row.grid, place_words.lists), sought)
        obstacle = BEFORE if row.person_id in again else _obstacle(offer, busy[row.person_id], most)
        strongest = reasons[0].weight if reasons else 0
        fitting.append(
            FittingMember(
                registration=row,
                reasons=words_of_another(reasons),
                weight=weight_of(reasons),
                strongest=strongest,
                invitations=invitations[row.person_id],
                in_hand=len(busy[row.person_id]),
                knows=knows(reasons),
                obstacle=obstacle,
            )
        )
    return sorted(fitting, key=lambda one: one.rank)


def _obstacle(offer: Offer, busy: Sequence[Taken], most: int | None) -> str:
    """Why somebody whose seats take this of their time is not asked, as a message id that tells
    nothing of what they do elsewhere."""
    try:
        check_assignable(offer.kind, (offer.starts_at, offer.ends_at), busy, most, offer.pk)
    except Refused as refused:
        return refused.message
    return ""


def members_here(
    actor: Actor, offer: Offer, person_ids: Collection[UUID] | None = None
) -> QuerySet[Registration]:
    """Members, of these persons or all, who are registered in the community of an offer."""
    rows = accepted_in(actor, standing_of(offer.community)).filter(state=State.ACCEPTED)
    return rows if person_ids is None else rows.filter(person__in=person_ids)


def _fitting_offers() -> QuerySet[Offer]:
    """For who was asked: the offer while it may be claimed and they have not."""
    claimed = held_seats().filter(
        claim__offer=OuterRef("pk"),
        claim__state__in=CLAIM.live,
        person=OuterRef(OuterRef("person")),
    )
    ahead = Q(starts_at=None) | Q(starts_at__gt=clock.now())
    rows = offer_rows().filter(ahead, pk=OuterRef("about"), state=OfferState.PUBLISHED)
    return rows.exclude(Exists(claimed))


PENDING: dict[str, PendingRows] = {INVITATION: _fitting_offers}
"""For which rows notices ask."""


def people_to_ask(
    actor: Actor, offer: Offer, person_ids: Collection[UUID] | None = None
) -> QuerySet[Registration]:
    """Those of `members_here` who have no live claim in it."""
    seats = held_seats().filter(
        person=OuterRef("person"), claim__offer=offer, claim__state__in=CLAIM.live
    )
    return members_here(actor, offer, person_ids).filter(~Exists(seats))


def talents_to_ask(actor: Actor, offer: Offer) -> Sequence[FittingTalent]:
    """Residents of the list of talents whom an offer fits, for who keeps that list: the community
    calls them, nothing is sent."""
    return fitting_talents(actor, offer.community, offer.title, offer.specialties)
