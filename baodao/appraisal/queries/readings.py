"""Reading records into cards: ticks, sums, options and facts, all as of one instant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.subjects import Subject, services_of
from baodao.appraisal.rules.life import CardState
from baodao.appraisal.rules.ticks import options_of, ticks_of
from baodao.kernel import clock
from baodao.ledger.queries.categories import categories_of, category_words
from baodao.ledger.rules.records import Way
from baodao.orgs.models import Organisation
from baodao.people.queries.members import unit_of

READ = (
    *("branch", "unit", "as_of", "kinds", "ways", "kind_options", "way_options"),
    *("services", "minutes", "facts"),
)
"""What reading the records anew may change on a draft."""


def read_records(
    community: Organisation,
    cards: Sequence[FeedbackCard],
    people: Mapping[UUID, Subject],
    as_of: datetime,
) -> None:
    """Let these cards of one community and period say what the records say at `as_of`."""
    if not cards:
        return
    offered, known = categories_of(community), category_words(community)
    ways = {way.value: way.words for way in Way}
    for card in cards:
        card.as_of = as_of
    served = services_of(cards)
    for card in cards:
        ticks = ticks_of(served[card.pk], list(offered), list(ways))
        card.kinds, card.ways = ticks.kinds, ticks.ways
        card.services, card.minutes = ticks.services, ticks.minutes
        card.kind_options = [list(one) for one in options_of(offered, ticks.kinds, known)]
        card.way_options = [list(one) for one in options_of(ways, ticks.ways, ways)]
        if subject := people.get(card.person_id):
            card.branch, card.unit = subject.branch, unit_of(subject.branch)
            card.facts = subject.facts


def present(cards: Iterable[FeedbackCard]) -> None:
    """Let the drafts among these cards say what the records say now; nothing is written."""
    now = clock.now()
    alike: defaultdict[tuple[object, ...], list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        if card.state == CardState.DRAFT:
            alike[card.community_id, card.since, card.until].append(card)
    for together in alike.values():
        read_records(together[0].community, together, {}, now)


def outcome(card: FeedbackCard) -> str:
    """What its records come to, in codes and figures by which two readings are compared."""
    return f"{card.services} {card.minutes} {','.join(card.kinds)}/{','.join(card.ways)}"
