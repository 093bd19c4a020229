"""Offers that fit a member, with the reasons in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, Least, RowNumber

from baodao.agenda.queries.openings import (
    Home,
    claimable,
    offers_near,
    own_community,
    search_in,
    without_own,
    without_theirs,
)
from baodao.agenda.rules.policies import UNTAKEN_DAYS
from baodao.agenda.rules.searches import OfferSearch
from baodao.agenda.rules.suggestions import (
    OF_ANOTHER,
    Reason,
    Sought,
    Topics,
    Wisher,
    reasons_for,
    weight_of,
)
from baodao.agenda.rules.times import slots_in
from baodao.claims.queries.claims import most_of
from baodao.claims.queries.places import taken_places
from baodao.claims.queries.seats import taken_by
from baodao.claims.rules.claims import Taken, check_anew, check_room_for
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.kernel.prepared import Prepared
from baodao.ledger.queries.categories import words_where
from baodao.offers.models import Offer
from baodao.offers.queries.offers import Counted, Offers, counted
from baodao.offers.rules.kinds import street_of
from baodao.offers.rules.policies import SHORT_DAYS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import PolicyValues, values_by_path
from baodao.orgs.queries.tree import standing_of
from baodao.people.facts import Fitness
from baodao.people.models import Person
from baodao.people.queries.choices import Lists, lists_by, pieces_beside, words_by
from baodao.people.queries.facts import texts_of
from baodao.series.models import ActivitySeries
from baodao.series.queries.series import series_by_offer
from baodao.ui.wording import filled, word_of, worded

WEIGHED = 200
"""Offers weighed for one person, of a series its next date before any further one: those of their
own community first, and of these the newest."""

BY_SERIES = Coalesce("date__series", "pk")
"""Dates of a series are one, every other offer stands for itself."""


@dataclass(frozen=True)
class Fit:
    """An offer, how many places are free, and why it fits, in the reader's words; `obstacle` says
    why the reader may not claim it now, empty where they may; `series` is that of which it is a
    date, where a list shows one date of each."""

    offer: Offer
    free: int
    reasons: tuple[str, ...]
    weight: int = 0
    obstacle: str = ""
    series: ActivitySeries | None = None


class Fits(NamedTuple):
    """How offers fit a member, as many as are weighed; how many there are, and how many of these
    one may claim now, of those that are not weighed by their free places alone."""

    weighed: list[Fit]
    total: int
    able: int


def suggestions(actor: Actor, home: Home) -> Fits:
    """What the actor, who looks from `home`, could claim now, the best fitting first, then what
    lacks most people.

    Left out are offers that are full or claimed already, at hours that are taken, and of a kind
    of which one holds as many as one may.
    """
    if actor.person_id is None:
        return Fits([], 0, 0)
    fits = every_fit(actor, home, OfferSearch())
    return Fits(sorted(filter(is_able, fits.weighed), key=in_order), fits.able, fits.able)


def is_able(fit: Fit) -> bool:
    """Whether the reader may claim it now and has a place."""
    return bool(fit.free) and not fit.obstacle


def next_dates(fits: Sequence[Fit]) -> list[Fit]:
    """One date of each series, the first that may be claimed, else the first; and every offer that
    is of none. Each date of a series is marked with it."""
    series = series_by_offer(fit.offer.pk for fit in fits)
    best: dict[UUID, UUID] = {}
    for fit in sorted(fits, key=_able_first):
        if fit.offer.pk in series:
            best.setdefault(series[fit.offer.pk].pk, fit.offer.pk)
    nearest = set(best.values())
    return [
        replace(fit, series=series.get(fit.offer.pk))
        for fit in fits
        if fit.offer.pk not in series or fit.offer.pk in nearest
    ]


def _able_first(fit: Fit) -> tuple[bool, str]:
    return bool(fit.obstacle) or not fit.free, str(fit.offer.starts_at)


def in_order(fit: Fit) -> tuple[int, int, str]:
    """What fits best first, then what lacks most people, then what is soonest."""
    return -fit.weight, -fit.free, str(fit.offer.starts_at or "")


def obstacle_to(offer: Offer, busy: Sequence[Taken], values: PolicyValues) -> str:
    """Why somebody whose seats take this of their time may not claim an offer, in words."""
    refused = refusal_of(offer, busy, values)
    return worded(refused) if refused else ""


def refusal_of(offer: Offer, busy: Sequence[Taken], values: PolicyValues) -> Refused | None:
    """The refusal of who may not claim an offer, by what their seats take of their time."""
    try:
        check_anew(offer.pk, busy)
        hours, most = (offer.starts_at, offer.ends_at), most_of(offer.kind, values)
        check_room_for(offer.kind, hours, busy, most)
    except Refused as refused:
        return refused
    return None


def every_fit(actor: Actor, home: Home, search: OfferSearch) -> Fits:
    """How each offer that the actor may claim from `home`, and looks for, fits them; of a series
    one date."""
    if home.community is None:
        return _whole([])
    if search.is_empty:
        near = (actor, home.community.path, street_of(home.community.path))
        fits, weighed = _weighed(actor, home, _NEAR.rows(*near))
        return _whole(fits) if weighed < WEIGHED else _with_others(fits, *_NUMBERS.rows(*near)[0])
    open_ones = without_own(claimable(home), actor)
    fits, weighed = _weighed(actor, home, _in_turn(open_ones, home, search))
    if weighed < WEIGHED:
        return _whole(fits)
    return _beyond(fits, open_ones.annotate(one=BY_SERIES), home, search)


def _weighed(actor: Actor, home: Home, rows: list[Any]) -> tuple[list[Fit], int]:
    """How these offers fit the actor, of a series one date; and how many offers they are."""
    return next_dates(fits_of(actor.person_id, home, rows)), len(rows)


def fit_of(actor: Actor, offer: Offer) -> Fit | None:
    """How one offer fits the actor; None for one that they may not claim any more, or at all."""
    home = own_community(actor)
    rows = counted(without_own(claimable(home), actor)).filter(pk=offer.pk)
    return next(iter(fits_of(actor.person_id, home, rows)), None)


def fits_of_member(person_id: UUID, home: Home, search: OfferSearch) -> Fits:
    """How each offer that a member may claim from their `home`, and is looked for, fits them, in
    words for somebody who looks for them."""
    open_ones = without_theirs(claimable(home), person_id)
    rows = _in_turn(open_ones, home, search)
    fits = fits_of(person_id, home, rows, in_words=words_of_another)
    if len(rows) < WEIGHED:
        return _whole(fits)
    return _beyond(fits, open_ones.annotate(one=F("pk")), home, search)


def _in_turn(open_ones: Offers, home: Home, search: OfferSearch) -> list[Any]:
    """What is weighed of the open offers that are looked for, with their numbers."""
    if home.community is None:
        return []
    return list(_first(search_in(open_ones, search, home.community), home.community.path))


def _whole(fits: list[Fit]) -> Fits:
    """Where all there are were weighed."""
    return Fits(fits, len(fits), sum(map(is_able, fits)))


def _beyond(fits: list[Fit], open_ones: Offers, home: Home, search: OfferSearch) -> Fits:
    """Where more of these open offers are looked for than were weighed: each `one` counts once."""
    assert home.community is not None
    return _with_others(fits, *_numbers(search_in(open_ones, search, home.community)).get())


def _with_others(fits: list[Fit], total: int, free: int) -> Fits:
    """Those that were weighed among the `total` there are, of which so many have a `free` place."""
    others = free - sum(fit.free > 0 for fit in fits)
    return Fits(fits, total, sum(map(is_able, fits)) + others)


def _numbers(open_ones: QuerySet[Any]) -> QuerySet[Any, tuple[int, int]]:
    """In one row, how many of these offers there are, and how many have a free place; each `one`
    counts once."""
    free = Count("one", distinct=True, filter=Q(taken__lt=F("places")))
    rows = open_ones.order_by().select_related(None).annotate(taken=taken_places())
    whole = rows.annotate(whole=Value(1)).values("whole")
    sums = whole.annotate(total=Count("one", distinct=True), free=free)
    numbers: QuerySet[Any, tuple[int, int]] = sums.values_list("total", "free")
    return numbers


def _first(rows: Offers, here: str) -> Counted:
    """With the community of each, and no other organisation: of hundreds of rows a few are shown,
    and to make a row of an organisation for each takes longer than to find them."""
    ours = Case(When(community__path__startswith=here, then=0), default=1)
    turn = Window(RowNumber(), partition_by=BY_SERIES, order_by=("starts_at", "pk"))
    narrow = rows.select_related(None).select_related("community")
    return counted(narrow).order_by(Least(turn, 2), ours, "-published_at", "pk")[:WEIGHED]


def _near(actor: Actor, here: str, street: str) -> Counted:
    """What is weighed of all that the actor may claim who looks from `here`, and has not, with its
    numbers."""
    return _first(without_own(offers_near(here, street), actor), here)


_NEAR = Prepared(_near)


def _near_numbers(actor: Actor, here: str, street: str) -> QuerySet[Any, tuple[int, int]]:
    return _numbers(without_own(offers_near(here, street), actor).annotate(one=BY_SERIES))


_NUMBERS = Prepared(_near_numbers)


def own_words(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Reasons as they are told to whom they are about."""
    return tuple(filled(one.message, {"fact": one.fact}) for one in reasons)


def words_of_another(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Reasons as they are told of somebody else."""
    return tuple(
        filled(OF_ANOTHER.get(one.message, one.message), {"fact": one.fact}) for one in reasons
    )


def fits_of(
    person_id: UUID | None,
    home: Home,
    rows: Iterable[Any],
    in_words: Callable[[Iterable[Reason]], tuple[str, ...]] = own_words,
) -> list[Fit]:
    """Each of these `counted` offers with its free places, the reasons for a member, whose `home`
    it is, and what stands in their way."""
    busy = taken_by([person_id])[person_id] if person_id else []
    offers = list(rows)
    if not offers:
        return []
    own_path = home.community.path if home.community else ""
    values = values_by_path({own_path, *(offer.community.path for offer in offers)})
    here = values[own_path]
    places = {path: _terms_by(there) for path, there in values.items()}
    wisher = _wisher(home, places[own_path].words.lists)
    fits = []
    for offer in offers:
        place = places[offer.community.path]
        free = max(0, offer.places - offer.taken)
        is_soon = offer.starts_at is None or offer.starts_at <= place.soon
        sought = sought_of(offer, place.words, free, short=is_soon and free * 2 >= offer.places)
        if _is_untaken(offer, place):
            sought = replace(sought, untaken=True)
        reasons = reasons_for(wisher, sought)
        obstacle = obstacle_to(offer, busy, here)
        fits.append(Fit(offer, free, in_words(reasons), weight_of(reasons), obstacle))
    return fits


class PlaceWords(NamedTuple):
    """The words of a place: its kinds of service by their codes, and its lists."""

    categories: Mapping[str, str]
    lists: Lists


def place_words_by(values: PolicyValues) -> PlaceWords:
    """The words where these values hold; read once for all offers of a place."""
    return PlaceWords(words_where(values), lists_by(values))


class _Terms(NamedTuple):
    """What holds for all offers of a community: its words, until when a beginning is `soon`, and
    since when nobody may have taken on what is for one person for units to be told."""

    words: PlaceWords
    soon: datetime
    since: datetime


def _terms_by(values: PolicyValues) -> _Terms:
    now = clock.now()
    return _Terms(
        place_words_by(values),
        now + timedelta(days=values.of(SHORT_DAYS)),
        now - timedelta(days=values.of(UNTAKEN_DAYS)),
    )


def _is_untaken(offer: Any, place: _Terms) -> bool:
    """Whether nobody takes on what is for one person for as long as units are told of it."""
    if not offer.kind.personal or offer.taken or offer.published_at is None:
        return False
    since: datetime = offer.published_at
    return since < place.since


def sought_of(offer: Offer, words: PlaceWords, free: int, *, short: bool) -> Sought:
    """What an offer asks for, in the words of its community; whether it is `short` of people is for
    the caller to say."""
    categories, lists = words
    category = word_of(categories, offer.category)
    text = "\n".join((offer.title, offer.specialties, offer.text))
    skills = lists[Fitness.SKILL]
    return Sought(
        text=text,
        community_id=standing_of(offer.community).pk,
        skills=Topics(skills.within(text), skills.read(offer.specialties).rest),
        interests=lists[Fitness.INTEREST].within(text),
        wishes=lists[Fitness.WISH].within(f"{category}\n{text}"),
        place=offer.place,
        schedule=offer.schedule,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        free=free,
        short=short,
    )


def topics_of(person: Person, role: Fitness, lists: Lists) -> Topics:
    """What a person says in the facts of a role."""
    return Topics(words_by(person, role, lists), pieces_beside(person, role, lists))


def _wisher(home: Home, lists: Lists) -> Wisher:
    if home.membership is None:
        return Wisher()
    grid = home.registration.grid if home.registration else None
    return wisher_of(home.membership.person, home.community, grid, lists)


def wisher_of(
    person: Person, community: Organisation | None, grid: Organisation | None, lists: Lists
) -> Wisher:
    """What is known, by these lists, of a person who looks for offers in a community, and is placed
    in a grid."""
    return Wisher(
        skills=topics_of(person, Fitness.SKILL, lists),
        interests=topics_of(person, Fitness.INTEREST, lists),
        wishes=topics_of(person, Fitness.WISH, lists),
        free=slots_in("；".join(texts_of(person, Fitness.FREE_TIMES))),
        home_community_id=person.home_community_id,
        community_id=community.pk if community else None,
        grid=grid.name if grid else "",
    )
