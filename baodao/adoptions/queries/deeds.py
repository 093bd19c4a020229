"""What was done, behind the ids that a result names: a line each, for who may see the result."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.wording import left_out_words
from baodao.appraisal.queries.cards import card_rows
from baodao.claims.queries.seats import every_seat
from baodao.kernel import clock
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.queries.records import Rows, record_rows
from baodao.registration.queries.registrations import registration_rows
from baodao.ui.wording import time_words

MOST_LINES = 200


@dataclass(frozen=True)
class DeedLine:
    """A day and what was done, with why it was not counted, "" where it was; of a service record
    its community and id, by which it opens."""

    on: date
    words: str
    why: str = ""
    community_id: int | None = None
    record_id: UUID | None = None

    @property
    def month(self) -> str:
        """As addresses have it."""
        return f"{self.on:%Y-%m}"


def counted_lines(result: PolicyResult) -> list[DeedLine]:
    """What was counted, the latest first."""
    return lines_of_ids(result, result.counted[:MOST_LINES], {})


def left_out_lines(result: PolicyResult) -> list[DeedLine]:
    """What was not counted, each with why, the latest first."""
    rows = result.left_out[:MOST_LINES]
    why = {row[0]: left_out_words(row) for row in rows}
    return lines_of_ids(result, list(why), why)


def lines_of_ids(
    result: PolicyResult, keys: Collection[str], why: Mapping[str, str]
) -> list[DeedLine]:
    """What was done for a result, by its ids, the latest first; of some why it is not
    counted."""
    ids = [UUID(key) for key in keys if len(key) == len(str(UUID(int=0)))]
    rows, person = record_rows().filter(id__in=ids), result.person_id
    records = on_their_shards(rows, [person]) if person else rows
    lines = [*_services(records, why), *_others(ids, why)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _services(records: Rows, why: Mapping[str, str]) -> Iterable[DeedLine]:
    kinds = Kinds()
    for row in records:
        parts = [kinds.of(row), row.offer_title, time_words(row.minutes), row.community.name]
        words = " · ".join(filter(None, parts))
        yield DeedLine(row.served_on, words, why.get(str(row.id), ""), row.community_id, row.id)


def _others(ids: Collection[UUID], why: Mapping[str, str]) -> Iterable[DeedLine]:
    """Posts, registrations and cards."""
    for seat in every_seat().filter(pk__in=ids).select_related("claim__offer"):
        words = gettext("Post: %(title)s") % {"title": seat.claim.offer.title}
        yield DeedLine(clock.local(seat.since).date(), words, why.get(str(seat.pk), ""))
    for row in registration_rows().filter(pk__in=ids):
        words = gettext("Reported in %(community)s") % {"community": row.community.name}
        on = clock.day_of(row.accepted_at)
        if on is not None:
            yield DeedLine(on, words, why.get(str(row.pk), ""))
    for card in card_rows().filter(pk__in=ids):
        words = gettext("Feedback card of %(community)s") % {"community": card.community.name}
        yield DeedLine(card.until, words, why.get(str(card.pk), ""))
