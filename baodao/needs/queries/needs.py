"""Needs in scope: the board, who has no help yet, counts, likely duplicates, and their story."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.needs.models import Need, NeedStage
from baodao.needs.queries.answers import answers
from baodao.needs.rules.life import NEED, STORIES, WAITING, NeedState
from baodao.needs.rules.likeness import alike, bigrams
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.needs.rules.requests import SOONEST
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ago
from baodao.orgs.queries.tree import ids_below, standing_of
from baodao.partnership.queries import partner_community
from baodao.ui.timelines import TimelineItem, timeline_items

COMPARED = 400
"""Needs looked after in one community that a text is compared with, the newest first."""


def need_rows() -> QuerySet[Need]:
    """Every need with what pages show of it, its `rank` of urgency and, of those that ended, the
    `span` from being asked for to the end; the caller says whose."""
    ranks = [When(urgency=urgency, then=Value(rank)) for rank, urgency in enumerate(SOONEST)]
    rank = Case(*ranks, default=Value(len(SOONEST)), output_field=IntegerField())
    rows = Need.objects.select_related("community", "unit", "merged_into")
    return rows.annotate(rank=rank, span=F("closed_at") - F("collected_at"))


def contacts_of_ended() -> QuerySet[Need]:
    """Needs that still know who asked, though they ended longer ago than that may be kept."""
    before = days_ago(KEPT_DAYS, "community__path")
    ended = Q(closed_at__lt=before) | Q(merged_into__closed_at__lt=before)
    return need_rows().filter(ended).exclude(asker="", phone_sealed=None)


def needs(actor: Actor, permission: Permission = Permission.NEED_READ) -> QuerySet[Need]:
    """Needs of the communities in which the actor holds `permission`."""
    return within(need_rows(), actor, permission, "community__path")


def need_of(actor: Actor, permission: Permission, need_id: UUID) -> Need:
    """One need in scope with what answers it. Raises `Absent`."""
    need = answers().beside(needs(actor, permission)).filter(pk=need_id).first()
    if need is None:
        raise Absent("need")
    return need


def needs_without_help(actor: Actor, place: Organisation) -> QuerySet[Need]:
    """Needs below a place that no published offer answers yet, with their drafts: urgent ones
    first, then the oldest."""
    rows = needs(actor).filter(community__path__startswith=place.path, state__in=WAITING)
    return answers().beside(rows).order_by(F("rank"), "collected_at", "pk")


def needs_to_screen(actor: Actor, place: Organisation) -> QuerySet[Need]:
    """Needs below a place that nobody has looked at yet, the oldest first."""
    rows = needs(actor).filter(community__path__startswith=place.path, state=NeedState.COLLECTED)
    return rows.order_by("collected_at", "pk")


def present_since() -> Subquery:
    """When the present stage of a need began, as a column of needs."""
    present = NeedStage.objects.filter(subject=OuterRef("pk"), until=None)
    return Subquery(present.values("since")[:1])


@dataclass(frozen=True)
class NeedCounts:
    """Needs below a place; `collected` counts all that were ever asked but the merged ones,
    `to_screen` those that nobody has looked at, `oldest_days` is the age of the oldest without
    help."""

    collected: int
    to_screen: int
    without_help: int
    open: int
    met: int
    unmet: int
    oldest_days: int


def need_counts(actor: Actor, place: Organisation) -> Question[NeedCounts]:
    """How many needs stand where below a place; one query."""
    return _BY_STATE.question(actor, place).then(_counted)


def _counted(rows: Iterable[tuple[Any, ...]]) -> NeedCounts:
    counts: Counter[str] = Counter()
    oldest = None
    for state, count, since in rows:
        counts[state] = count
        if state in WAITING:
            oldest = min(since, oldest or since)
    return NeedCounts(
        collected=counts.total() - counts[NeedState.MERGED],
        to_screen=counts[NeedState.COLLECTED],
        without_help=sum(counts[state] for state in WAITING),
        open=counts[NeedState.OPEN],
        met=counts[NeedState.MET],
        unmet=counts[NeedState.UNMET],
        oldest_days=clock.days_since(oldest) if oldest else 0,
    )


def _by_state(actor: Actor, place: Organisation) -> QuerySet[Need, tuple[Any, ...]]:
    """How many needs stand in each state, and since when the oldest of them waits."""
    rows = within(Need.objects.order_by(), actor, Permission.NEED_READ, "community__path")
    states = rows.filter(community__path__startswith=place.path).values_list("state")
    return states.annotate(Count("pk"), Min("collected_at"))


_BY_STATE = Prepared(_by_state)


def similar_to(needs_here: Iterable[Need]) -> dict[UUID, list[Need]]:
    """For each need of one community, or of those that it took over from, that could be merged:
    those looked after that may ask the same, the likeliest first. Orders are alike by nature, and
    are served one by one. The caller may see the community's needs."""
    mergeable = [need for need in needs_here if need.state in WAITING and need.item_id is None]
    if not mergeable:
        return {}
    place = standing_of(mergeable[0].community)
    rows = need_rows().filter(community__in=ids_below(place.path), state__in=NEED.live, item=None)
    live = {need.pk: need for need in rows.order_by("-collected_at")[:COMPARED]}
    texts = {pk: bigrams(need.text) for pk, need in live.items()}
    return {
        need.pk: [live[pk] for pk in alike(bigrams(need.text), _without(texts, need.pk))]
        for need in mergeable
    }


def _without(texts: Mapping[UUID, frozenset[str]], own: UUID) -> dict[UUID, frozenset[str]]:
    return {pk: text for pk, text in texts.items() if pk != own}


def needs_found(rows: QuerySet[Need], words: str) -> QuerySet[Need]:
    """By words of the need or its place, its code, or its community."""
    return rows.filter(
        Q(text__icontains=words)
        | Q(place__icontains=words)
        | Q(code__iexact=words)
        | Q(community__name__contains=words)
    )


def need_timeline(actor: Actor, need: Need) -> list[TimelineItem]:
    """The story of a need in scope, oldest first. Raises `Absent`."""
    need_of(actor, Permission.NEED_READ, need.pk)
    return story_of(need, STORIES)


def story_of(need: Need, stories: Mapping[str, str]) -> list[TimelineItem]:
    """What the journal tells of a need in the sentences `stories`; others are not told."""
    return timeline_items(journal.timeline(need.pk), stories)


def own_needs_of(actor: Actor, unit: Organisation) -> QuerySet[Need]:
    """What a unit asked itself."""
    rows = within(need_rows(), actor, Permission.NEED_READ, "unit__path")
    return rows.filter(unit=unit).order_by("-collected_at")


def partner_needs(actor: Actor, unit: Organisation) -> QuerySet[Need]:
    """Needs of the unit's partner community that were screened and can be helped with.

    Raw requests stay with the community: they may name people. Nothing without a partner.
    """
    community = partner_community(unit)
    if community is None or not actor.may(Permission.NEED_READ, unit.path):
        return Need.objects.none()
    open_now = (NeedState.SCREENED, NeedState.OPEN)
    return need_rows().filter(community__in=ids_below(community.path), state__in=open_now)


PENDING: dict[str, PendingRows] = {
    "need-asked": lambda: Need.objects.filter(pk=OuterRef("about"), state=NeedState.COLLECTED),
    "need-handed-back": lambda: Need.objects.filter(pk=OuterRef("about"), state=NeedState.SCREENED),
}
"""For which rows notices ask."""
