"""What a resident sees without an account: their community's page, and their own request."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.offers.models import Need, Offer, ResidentPage
from baodao.offers.queries.needs import need_rows, story_of
from baodao.offers.rules import NeedState
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.needs import ASKER_STORIES
from baodao.orgs.models import Organisation
from baodao.ui.timelines import TimelineItem

SHOWN = 30
"""Offers on a residents' page; more would not be read."""


def page_by_token(token: str) -> ResidentPage:
    """The page of an open community, for whoever has its address. Raises `Absent`."""
    rows = ResidentPage.objects.select_related("community")
    found = rows.filter(token=token, community__closed_at=None).first()
    if found is None:
        raise Absent("page")
    return found


def resident_page_of(community: Organisation) -> ResidentPage | None:
    """The page of a community, once its worker has opened it. Its address is public."""
    return ResidentPage.objects.filter(community=community).first()


def offered_here(community: Organisation) -> list[Offer]:
    """What is offered in a community this month for all to see: posts, and activities that are
    still to come; the soonest first."""
    following = (clock.today().replace(day=28) + timedelta(days=7)).replace(day=1)
    coming = Q(
        ends_at__gte=clock.now(),
        starts_at__lt=clock.midnight(following),
    )
    rows = Offer.objects.filter(community=community, state=OfferState.PUBLISHED)
    rows = rows.filter(Q(starts_at=None) | coming)
    return list(rows.order_by("starts_at", "published_at", "pk")[:SHOWN])


@dataclass(frozen=True)
class AskedView:
    """A request as its asker sees it: `main` is the one it was merged into, or itself; `offer`
    what is being done about it; `may_answer` when it is met and they have not said how,
    `left_contact` when a name or a telephone is held."""

    need: Need
    main: Need
    offer: Offer | None
    events: list[TimelineItem]
    may_answer: bool
    left_contact: bool


def asked_by_code(code: str) -> AskedView:
    """The request with this code, for whoever knows it. Raises `Absent`."""
    need = need_by_code(code)
    main = need.merged_into or need
    offer = main.offer if main.state in (NeedState.OPEN, NeedState.MET) else None
    events = story_of(need, ASKER_STORIES)
    if main is not need:
        merged_at = events[-1].at if events else need.collected_at
        events += [one for one in story_of(main, ASKER_STORIES) if one.at > merged_at]
    may_answer = main.state == NeedState.MET and not need.satisfied
    left_contact = bool(need.asker) or need.phone_sealed is not None
    return AskedView(need, main, offer, events, may_answer, left_contact)


def need_by_code(code: str) -> Need:
    """The need with this code. Raises `Absent`."""
    rows = need_rows().select_related("merged_into__offer")
    found = rows.filter(code=code.strip().upper()).first()
    if found is None:
        raise Absent("need")
    return found
