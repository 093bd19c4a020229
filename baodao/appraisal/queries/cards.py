"""Cards in scope: a community's with its drafts, a unit's once signed, one's own once signed."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from baodao.appraisal.models import FeedbackCard, Objection
from baodao.appraisal.queries.readings import present
from baodao.appraisal.queries.shares import shares_of
from baodao.appraisal.rules.life import CARD, OUT, STORIES, CardState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import standing_of
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import stood_for
from baodao.orgs.queries.tree import ids_below
from baodao.ui.timelines import TimelineItem, timeline_items

_OUT = Q(state__in=OUT) | Q(state=CardState.WITHDRAWN, read_at__isnull=False)
"""What left the community: signed, or withdrawn after it was read. Drafts are nobody else's."""


class Side(StrEnum):
    """From where the viewer looks at a card."""

    COMMUNITY = "community"
    UNIT = "unit"
    OWN = "own"
    OVERVIEW = "overview"


def card_rows() -> QuerySet[FeedbackCard]:
    """Every card with what pages and papers show of it, for this slice."""
    return FeedbackCard.objects.select_related("person", "community", "branch", "unit")


def desk_cards(
    actor: Actor, permission: Permission = Permission.FEEDBACK_DRAFT
) -> QuerySet[FeedbackCard]:
    """Cards of communities on which the actor holds `permission`, drafts included but for those of
    a community that was closed, and those that gave way to another: nobody signs them any more."""
    over = Q(state=CardState.DRAFT, community__closed_at__isnull=False) | Q(state=CardState.ASIDE)
    return within(card_rows().exclude(over), actor, permission, "community__path")


def live_cards(community: Organisation, year: int, occasion: str = "") -> QuerySet[FeedbackCard]:
    """What counts as the card of its person for a year and occasion in a community: its own, and
    those signed by one that it took over from. A draft of such a one was handed over."""
    signed = Q(community__in=stood_for(community, clock.now()), state__in=OUT)
    rows = card_rows().filter(year=year, occasion=occasion, state__in=CARD.live)
    return rows.filter(Q(community=community) | signed)


def lines_aside(cards: Collection[FeedbackCard]) -> dict[UUID, list[FeedbackCard]]:
    """By card the drafts that gave way to it with another line than its own, of a community that
    was taken over or of an entry of the same person; the caller may see the drafts of the cards."""
    rows = FeedbackCard.objects.filter(
        person__in={card.person_id for card in cards}, state=CardState.ASIDE
    )
    drafts = list(rows.exclude(judgement="").select_related("community").order_by("pk"))
    lines: dict[UUID, list[FeedbackCard]] = {}
    for card in cards if drafts else ():
        here = set(stood_for(card.community, clock.now()))
        lines[card.pk] = [
            draft
            for draft in drafts
            if draft.community_id in here
            and (draft.person_id, draft.year, draft.occasion)
            == (card.person_id, card.year, card.occasion)
            and draft.judgement != card.judgement
        ]
    return lines


def received_cards(
    actor: Actor, permission: Permission = Permission.FEEDBACK_READ
) -> QuerySet[FeedbackCard]:
    """Cards that left the community, about members of branches where the actor holds it."""
    return within(card_rows().filter(_OUT), actor, permission, "branch__path")


def cards(actor: Actor) -> QuerySet[FeedbackCard]:
    """Every card the actor may read by a grant: from the unit's side or the community's."""
    left = card_rows().filter(_OUT)
    seen = within(left, actor, Permission.FEEDBACK_READ, "branch__path", "community__path")
    return seen | desk_cards(actor)


def numbers_of(card_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of whom these cards are about, for the journal."""
    rows = FeedbackCard.objects.filter(pk__in=card_ids)
    return dict(rows.values_list("pk", "person__number"))


def labels_of(card_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these cards are called in the journal: by number, a draft by its year."""
    rows = FeedbackCard.objects.filter(pk__in=card_ids)
    return {row.pk: row.number_text or str(row.year) for row in rows}


def own_cards(actor: Actor) -> QuerySet[FeedbackCard]:
    """The actor's own that left the community, the latest first."""
    return own(card_rows().filter(_OUT), actor).order_by("-signed_at", "-pk")


def card_of(actor: Actor, card_id: UUID) -> FeedbackCard:
    """One card, by a grant or one's own, a draft as its records are now; raises `Absent`."""
    row = cards(actor).filter(pk=card_id).first() or own_cards(actor).filter(pk=card_id).first()
    if row is None:
        raise Absent("card")
    present([row])
    return row


def side_of(actor: Actor, card: FeedbackCard) -> Side:
    """From where the actor sees a card that they may see."""
    if actor.may(Permission.FEEDBACK_DRAFT, card.community.path):
        return Side.COMMUNITY
    if actor.may(Permission.FEEDBACK_RECEIVE, card.branch.path):
        return Side.UNIT
    return Side.OWN if actor.person_id == card.person_id else Side.OVERVIEW


def ticked_records(card: FeedbackCard, what: str = "", option: str = "") -> QuerySet[ServiceRecord]:
    """The records a card was read from as of its instant: all, or those behind one tick.

    `what` is "kinds" or "ways". Raises `Absent` for what is not ticked.
    """
    share = shares_of([card])[card.pk]
    rows = standing_of([card.person_id], share.communities, share.since, share.until, card.as_of)
    for other in share.others:
        days = {"served_on__range": (other.since, other.until)}
        rows = rows.exclude(community__in=other.communities, **days)
    if not what:
        return rows
    fields = {"kinds": "category", "ways": "way"}
    if what not in fields or option not in getattr(card, what):
        raise Absent("tick")
    return rows.filter(**{fields[what]: option})


def objections_of(card: FeedbackCard) -> QuerySet[Objection]:
    """What the person said against a card the caller may see, the latest first."""
    return Objection.objects.filter(card=card).order_by("-made_at", "-pk")


def desk_objections(actor: Actor, community: Organisation | None = None) -> QuerySet[Objection]:
    """Objections to cards that the actor may sign, and so answers for."""
    rows = Objection.objects.select_related("card__person", "card__community", "card__unit")
    rows = within(rows, actor, Permission.FEEDBACK_SIGN, "card__community__path")
    return rows.filter(card__community__in=ids_below(community.path)) if community else rows


def timeline(card: FeedbackCard) -> list[TimelineItem]:
    """The story of a card the caller may see, oldest first; before the signature it is one's own
    affair, and only the community reads it."""
    return timeline_items(journal.timeline(card.pk), STORIES)


PENDING: dict[str, PendingRows] = {
    "feedback-arrived": lambda: FeedbackCard.objects.filter(
        unit=OuterRef("organisation"),
        state=CardState.SIGNED,
        signed_at__lte=OuterRef("created_at"),
    ),
    "feedback-objected": lambda: Objection.objects.filter(card=OuterRef("about"), answered_at=None),
}
"""For which rows notices ask."""
