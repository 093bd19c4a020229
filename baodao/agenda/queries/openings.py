"""What may be claimed by a member, and what nobody claims."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from baodao.agenda.rules.policies import UNTAKEN_DAYS
from baodao.agenda.rules.searches import FindTime, OfferSearch
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.claims import claim_rows
from baodao.claims.queries.seats import held_seats, seats_ever_of
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own
from baodao.ledger.queries.categories import category_words
from baodao.notices.queries.pending import PendingRows
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Offers, counted, offer_rows
from baodao.offers.rules.kinds import Reach, street_of
from baodao.offers.rules.lives import OfferState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.queries.tree import standing_of
from baodao.people.models import Membership
from baodao.people.queries.members import own_membership
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import own_registration
from baodao.registration.rules.states import State
from baodao.ui.wording import word_of

SATURDAY = 6
"""Of the days of an ISO week, which begins with Monday, the first."""
WEEK = timedelta(days=7)


class Home(NamedTuple):
    """Where a member looks for offers: where they are registered, else where they live; with what
    tells who they are."""

    community: Organisation | None
    registration: Registration | None = None
    membership: Membership | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is known by which an offer would fit them but where they live."""
        person = self.membership.person if self.membership else None
        return person is not None and not (person.specialty or person.interests or person.wishes)


def own_community(actor: Actor) -> Home:
    """The actor's."""
    return home_of(own_registration(actor), own_membership(actor))


def home_of(registration: Registration | None, membership: Membership | None) -> Home:
    """That of whose latest registration and present membership these are."""
    if registration is not None and registration.state == State.ACCEPTED:
        return Home(standing_of(registration.community), registration, membership)
    community = membership.person.home_community if membership else None
    return Home(community, membership=membership)


def offers_near(here: str, street: str) -> Offers:
    """What whoever is registered in the community at the path `here`, which lies in the `street`,
    may claim now: all whose reach takes them in."""
    ahead = Q(starts_at=None) | Q(starts_at__gt=clock.now())
    return offer_rows().filter(_near(here, street), ahead, state=OfferState.PUBLISHED)


def _near(here: str, street: str) -> Q:
    """Whose reach takes in who is registered there."""
    paths = {Reach.COMMUNITY: here, Reach.STREET: street}
    near = Q()
    for reach, path in paths.items():
        kinds = [kind for kind in every_kind() if kind.reach is reach]
        near |= Q(kind__in=kinds, community__path__startswith=path)
    return near & Q(community__path__startswith=street)


def claimable(home: Home) -> Offers:
    """What a member may look at and claim; nothing for who has no community."""
    path = home.community.path if home.community else ""
    return offers_near(path, street_of(path)) if path else offer_rows().none()


def offers_told(home: Home) -> Offers:
    """What a member may look at: what they may claim, and how it stands with what they could once,
    to which a poster may still lead."""
    path = home.community.path if home.community else ""
    if not path:
        return offer_rows().none()
    return offer_rows().filter(_near(path, street_of(path)), ~Q(published_at=None))


def search_in(rows: Offers, search: OfferSearch, place: Organisation) -> Offers:
    """Those of `rows` that a search means; kinds of service are called as they are at `place`."""
    if search.kind:
        rows = rows.filter(kind=search.kind)
    if search.words:
        words = category_words(place)
        codes = [code for code in words if search.words in word_of(words, code)]
        texts = ("title", "text", "specialties", "place")
        says = (Q(**{f"{text}__icontains": search.words}) for text in texts)
        rows = rows.filter(reduce(or_, says, Q(category__in=codes)))
    often = Q(kind__in=[kind for kind in every_kind() if kind.often])
    match search.time:
        case "":
            return rows
        case FindTime.STANDING:
            return rows.filter(often)
        case FindTime.WEEKEND:
            return rows.filter(~often, starts_at__iso_week_day__gte=SATURDAY)
        case FindTime.WEEK:
            return rows.filter(starts_at__lt=clock.end_of(clock.today() + WEEK))
    return rows.none()


def service_of(actor: Actor, offer_id: UUID) -> Offer:
    """An offer as a member sees it, `counted`: one that they may claim or could once, or in which
    they have or had a seat. What was for one person or household is `veiled` from who never had
    one, once nobody can claim it: it says whether it was `met`, and nothing of whom it was for.
    Raises `Absent`."""
    if actor.person_id is None:
        raise Absent("offer")
    home = own_community(actor)
    seats = seats_ever_of(actor.person_id).filter(claim__offer=offer_id)
    mine = Q(pk__in=seats.values("claim__offer"))
    reach = Q(pk__in=offers_told(home).filter(pk=offer_id).values("pk"))
    open_now = Q(pk__in=claimable(home).filter(pk=offer_id).values("pk"))
    personal = Q(kind__in=[kind for kind in every_kind() if kind.personal])
    veiled = Case(When(personal & ~mine & ~open_now, then=True), default=False)
    rows = counted(offer_rows().filter(mine | reach)).annotate(veiled=veiled, met=_met())
    offer: Offer | None = rows.first()
    if offer is None:
        raise Absent("offer")
    return offer


def _met() -> Exists:
    """Whether somebody served in an offer that is there for one need, and it is over."""
    kinds = [kind for kind in every_kind() if kind.answers_one]
    served = held_seats().filter(served_on__isnull=False)
    over = served.filter(claim__offer__kind__in=kinds, claim__offer__state=OfferState.CLOSED)
    return Exists(over.filter(claim__offer=OuterRef("pk")))


def without_own(rows: Offers, actor: Actor) -> Offers:
    """Without those in which the actor has a seat already."""
    return rows.exclude(Exists(own(_seats_in_offers(), actor)))


def without_theirs(rows: Offers, person_id: UUID) -> Offers:
    """Without those in which somebody has a seat already."""
    return rows.exclude(Exists(_seats_in_offers().filter(person=person_id)))


def _seats_in_offers() -> QuerySet[Seat]:
    return held_seats().filter(claim__offer=OuterRef("pk"), claim__state__in=CLAIM.live)


def untaken() -> Offers:
    """Published offers for one person that nobody has claimed for longer than is decided there."""
    kinds = [kind for kind in every_kind() if kind.personal]
    rows = offer_rows().filter(kind__in=kinds, state=OfferState.PUBLISHED)
    rows = rows.filter(published_at__lt=days_ago(UNTAKEN_DAYS, "community__path"))
    return rows.exclude(Exists(_live_claims())).order_by("pk")


def _live_claims() -> QuerySet[Claim]:
    return claim_rows().filter(offer=OuterRef("pk"), state__in=CLAIM.live).order_by()


def _untaken_about() -> Offers:
    """For which row a notice to a unit asks: as long as nobody claims it."""
    rows = offer_rows().filter(pk=OuterRef("about"), state=OfferState.PUBLISHED)
    return rows.exclude(Exists(_live_claims()))


PENDING: dict[str, PendingRows] = {"offer-untaken": _untaken_about}
"""For which rows notices ask."""
