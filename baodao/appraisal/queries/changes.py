"""What a signed card does not say: records corrected, taken back, objected to, or later."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.shares import CardShare, shares_at, shares_of
from baodao.appraisal.rules.life import OUT
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import is_reversed, record_rows
from baodao.statements.queries.disputes import disputed_ids


@dataclass(frozen=True)
class RecordChange:
    """One record behind a card, and what stands in its place: nothing when it was taken back.

    `disputed` is one that still counts, and to which its person has objected.
    """

    record: ServiceRecord
    correction: ServiceRecord | None = None
    disputed: bool = False


@dataclass(frozen=True)
class CardChanges:
    """What a signed card does not say: `changes` of the records behind it, and the records of its
    period that came `later`."""

    changes: tuple[RecordChange, ...] = ()
    later: tuple[ServiceRecord, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.changes or self.later)

    @property
    def later_minutes(self) -> int:
        return sum(row.minutes for row in self.later)


def changes_of(cards: Collection[FeedbackCard]) -> dict[UUID, CardChanges]:
    """By signed card what it does not say; the others have nothing to say. A few queries in all.

    The caller has seen the cards through its own scope.
    """
    signed = [card for card in cards if card.state in OUT]
    if not signed:
        return {}
    then, now = shares_of(signed), shares_at(signed, clock.now())
    moved = {card.person_id for card in signed if then[card.pk] != now[card.pk]}
    history = _history(signed, moved)
    return {card.pk: _changes(card, history, then[card.pk], now[card.pk]) for card in signed}


@dataclass
class _History:
    """What happened to the records of some persons since the first of their cards was signed."""

    originals: defaultdict[UUID, list[ServiceRecord]] = field(
        default_factory=lambda: defaultdict(list)
    )
    undone: dict[UUID, ServiceRecord] = field(default_factory=dict)
    corrections: dict[UUID, ServiceRecord] = field(default_factory=dict)
    disputed: frozenset[UUID] = frozenset()

    def standing(self, record: ServiceRecord) -> ServiceRecord | None:
        """What counts now in the place of a record that was undone, if anything does."""
        row = self.corrections.get(record.id)
        while row is not None and row.id in self.undone:
            row = self.corrections.get(row.id)
        return row


def _history(cards: Collection[FeedbackCard], moved: Collection[UUID]) -> _History:
    """Three queries, however many cards; of who is `moved` all that counts, since a card may have
    more to say by now than when it was signed."""
    history = _History()
    first = min(card.as_of for card in cards)
    rows = record_rows().filter(person__in={card.person_id for card in cards})
    since = list(rows.filter(recorded_at__gte=first))
    history.undone = {row.reverses: row for row in since if row.reverses is not None}
    history.corrections = {row.supersedes: row for row in since if row.supersedes is not None}
    history.disputed = disputed_ids(rows)
    changed = Q(id__in={*history.undone, *history.disputed})
    if moved:
        changed |= Q(~is_reversed(), person__in=moved)
    earlier = rows.filter(changed, recorded_at__lt=first)
    for row in (*earlier, *since):
        if row.reverses is None:
            history.originals[row.person_id].append(row)
    return history


def _changes(card: FeedbackCard, history: _History, then: CardShare, now: CardShare) -> CardChanges:
    """`then` is what the card said something of, `now` what it would have to."""
    mine = history.originals[card.person_id]
    before = [row for row in mine if row.recorded_at < card.as_of and _is_in(row, then)]
    changes = tuple(_record_changes(before, card, history))
    known = {row.id for row in before}
    known |= {change.correction.id for change in changes if change.correction}
    later = (row for row in mine if _is_in(row, now) and row.id not in history.undone)
    return CardChanges(changes, tuple(row for row in later if row.id not in known))


def _is_in(row: ServiceRecord, share: CardShare) -> bool:
    return share.has(row.community_id, row.served_on)


def _record_changes(
    records: Iterable[ServiceRecord], card: FeedbackCard, history: _History
) -> Iterator[RecordChange]:
    for record in records:
        undone = history.undone.get(record.id)
        if undone is not None and undone.recorded_at >= card.as_of:
            yield RecordChange(record, history.standing(record))
        elif undone is None and record.id in history.disputed:
            yield RecordChange(record, disputed=True)
