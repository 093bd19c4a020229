"""Which offers answer needs, and which published ones could."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.needs.models import Need
from baodao.needs.queries.answers import PublicOffer
from baodao.needs.queries.needs import need_rows
from baodao.needs.rules.life import CLOSED, NeedState
from baodao.offers.kinds.registry import every_kind
from baodao.offers.models import Answer, Offer
from baodao.offers.rules.kinds import OfferKind
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import title_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, standing_of


def live_answers() -> QuerySet[Answer]:
    """The answers that hold now, for this slice."""
    return Answer.objects.filter(until=None)


def beside(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Needs that the caller may see, with the offer that answers each now in columns."""
    columns: dict[str, Any] = {
        "live": FilteredRelation("answer", condition=Q(answer__until=None)),
        "answer_id": F("live__offer"),
        "answer_title": F("live__offer__title"),
        "answer_draft": Q(live__offer__state=OfferState.DRAFT),
        "answer_starts_at": F("live__offer__starts_at"),
        "answer_schedule": F("live__offer__schedule"),
    }
    return rows.annotate(**columns)


def offer_from(need: Need, kind: OfferKind) -> Offer:
    """An offer of a kind as it could answer a need, not kept yet: of the community that looks after
    the need now."""
    community = standing_of(need.community)
    return Offer(
        community=community,
        organiser=community,
        kind=kind,
        title=title_of(need.text),
        category=need.category,
        place="" if kind.personal else need.place,
        places=kind.places,
    )


def needs_of(offer: Offer) -> QuerySet[Need]:
    """The needs that an offer the caller may see answers, the oldest first."""
    rows = need_rows().filter(answer__offer=offer, answer__until=None)
    return rows.order_by("collected_at")


def nobody_waits(offer: Offer, needs: Sequence[Need]) -> bool:
    """Whether an offer was not published yet, and every one of the needs that it was made for is
    closed."""
    return offer.published_at is None and bool(needs) and all(row.state in CLOSED for row in needs)


def last_needs(offers: Collection[Offer]) -> dict[UUID, Need]:
    """The need that each of these offers of a personal kind answers, or answered last."""
    answers = Answer.objects.filter(offer__in=offers).order_by("since").select_related("need")
    return {answer.offer_id: answer.need for answer in answers}


def open_needs_of(offer: Offer) -> dict[str, str]:
    """The needs that an offer answers and that are open, as boxes to tick."""
    return {str(need.pk): need.text for need in needs_of(offer).filter(state=NeedState.OPEN)}


def published_in(actor: Actor, community: Organisation) -> QuerySet[Offer]:
    """What has no hours, or is not over, and the actor may edit; newest first."""
    rows = within(Offer.objects.all(), actor, Permission.OFFER_EDIT, "community__path")
    coming = Q(starts_at=None) | Q(ends_at__gte=clock.now())
    rows = rows.filter(coming, community__in=ids_below(community.path), state=OfferState.PUBLISHED)
    return rows.order_by("-published_at", "pk")


def announced(community: Organisation) -> list[PublicOffer]:
    """What is offered in a community this month for all to see: without hours, or still to come;
    the soonest first. What is for one person is nobody else's."""
    following = (clock.today().replace(day=28) + timedelta(days=7)).replace(day=1)
    coming = Q(
        ends_at__gte=clock.now(),
        starts_at__lt=clock.midnight(following),
    )
    rows = Offer.objects.filter(community__in=ids_below(community.path), state=OfferState.PUBLISHED)
    personal = [kind for kind in every_kind() if kind.personal]
    rows = rows.filter(Q(starts_at=None) | coming).exclude(kind__in=personal)
    soonest = rows.order_by("starts_at", "published_at", "pk")
    return [PublicOffer(row.title, row.starts_at, row.schedule, row.place) for row in soonest]
