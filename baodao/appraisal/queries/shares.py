"""Which records are on which card: several cards about the same share them out.

Who was registered in two communities that became one has a card of each. The cards of one person
for one year and occasion take their records in the order in which they were signed: each those of
its community, and of what that stood for at the instant of the card, less what an earlier one has.
What is left is on the card of the community that stands now, or is told beside the one that was
signed last. So every record is on one of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.rules.life import CardState
from baodao.statements.queries.successions import Successions

Story = tuple[UUID, int, str]
"""What cards are about the same of: person, year and occasion."""


@dataclass(frozen=True)
class CardShare:
    """The communities whose services of the days from `since` to `until` are on a card, but for
    those that are in `others`."""

    communities: frozenset[int]
    since: date
    until: date
    others: tuple["CardShare", ...] = ()

    def has(self, community_id: int, day: date) -> bool:
        """Whether a service there on this day is on the card."""
        mine = community_id in self.communities and self.since <= day <= self.until
        return mine and not any(other.has(community_id, day) for other in self.others)


def shares_of(cards: Collection[FeedbackCard]) -> dict[UUID, CardShare]:
    """By card its share at the instant as of which it was read."""
    return {card.pk: share for card, share in _Sharing.of(cards).each(cards)}


def shares_at(cards: Collection[FeedbackCard], at: datetime) -> dict[UUID, CardShare]:
    """By signed card what it would have to say at `at`: its share, and what is on no card where
    it would be the one to say it."""
    return {card.pk: share for card, share in _Sharing.of(cards).each(cards, at)}


@dataclass(frozen=True)
class _Sharing:
    """The live and withdrawn cards about the same as some, and who took over from whom."""

    cards: defaultdict[Story, list[FeedbackCard]]
    successions: Successions

    @classmethod
    def of(cls, cards: Collection[FeedbackCard]) -> "_Sharing":
        persons = {card.person_id for card in cards}
        successions = Successions.of(persons)
        alike: defaultdict[Story, list[FeedbackCard]] = defaultdict(list)
        if successions.inside:
            rows = FeedbackCard.objects.filter(
                person__in=persons, year__in={card.year for card in cards}
            )
            for row in rows.select_related("community").order_by("signed_at", "pk"):
                alike[_story(row)].append(row)
        return cls(alike, successions)

    def each(
        self, cards: Iterable[FeedbackCard], at: datetime | None = None
    ) -> Iterator[tuple[FeedbackCard, CardShare]]:
        """Each card with its share as of its own instant, or with what is left at `at`."""
        for card in cards:
            yield card, self._share(card, at)

    def _share(self, card: FeedbackCard, at: datetime | None) -> CardShare:
        ids = self._own(card)
        alike = [row for row in self.cards[_story(card)] if row.pk != card.pk]
        signed = [row for row in alike if _is_signed(row, at or card.as_of)]
        others = [row for row in signed if _is_before(row, card)]
        if at is not None and self._has_the_rest(card, alike, signed):
            root = self.successions.root(card.community)
            ids |= self.successions.stood_for(root, card.person_id, at)
            others = signed
        shares = tuple(CardShare(self._own(row), row.since, row.until) for row in others)
        return CardShare(ids, card.since, card.until, shares)

    def _own(self, card: FeedbackCard) -> frozenset[int]:
        return self.successions.stood_for(card.community, card.person_id, card.as_of)

    def _has_the_rest(
        self,
        card: FeedbackCard,
        alike: Iterable[FeedbackCard],
        signed: Sequence[FeedbackCard],
    ) -> bool:
        """Whether it is told beside this card what is on none: no other is the one of the
        community that stands now, and none of those that it took over from was signed later."""
        root = self.successions.root(card.community)
        if card.community_id == root.pk:
            return True
        live = [row for row in alike if row in signed or row.state == CardState.DRAFT]
        if any(row.community_id == root.pk for row in live):
            return False
        later = [row for row in signed if not _is_before(row, card)]
        return all(self.successions.root(row.community) != root for row in later)


def _story(card: FeedbackCard) -> Story:
    return card.person_id, card.year, card.occasion


def _is_signed(card: FeedbackCard, at: datetime) -> bool:
    """Whether it was signed by `at`, and not withdrawn until then."""
    if card.signed_at is None or card.signed_at > at:
        return False
    return card.withdrawn_at is None or card.withdrawn_at > at


def _is_before(row: FeedbackCard, card: FeedbackCard) -> bool:
    """Whether one signed card takes its records before another, or a draft."""
    if card.signed_at is None or row.signed_at is None:
        return True
    return (row.signed_at, row.pk) < (card.signed_at, card.pk)
