"""Drafts for a year or an event, read from records, and the line of judgement people add."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards, live_cards
from baodao.appraisal.queries.readings import READ, read_records
from baodao.appraisal.queries.subjects import CardPeriod, Subject, subjects, year_of
from baodao.appraisal.rules.life import (
    CARD,
    CardState,
    check_judgement,
    check_occasion,
    check_other,
    check_overwrite,
    check_year,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, organisations
from baodao.orgs.rules.tree import Kind


@dataclass(frozen=True)
class CardEvent:
    """重要情况: why a card is written outside the yearly round, and the days it is about."""

    occasion: str
    since: date
    until: date


@command
def draft_cards(actor: Actor, *, community_id: int, year: int) -> list[FeedbackCard]:
    """Make or refresh the yearly drafts of everybody who was registered in `year` here, or in a
    community that this one took over from.

    Who left during the year gets one if they served. Signed cards are left as they are, those of a
    community that was taken over too; a draft whose person has gone without serving is dropped.
    """
    check_year(year, clock.today())
    community = _community(actor, community_id)
    period = year_of(year)
    people = subjects(actor, community, period)
    rows = live_cards(community, year).select_for_update(of=("self",), no_key=True)
    live = list(rows.order_by("pk"))
    drafts = [card for card in live if card.state == CardState.DRAFT]
    known = {card.person_id for card in live}
    fresh = [
        _blank(community, one, year, period)
        for one in people.values()
        if one.person_id not in known
    ]
    read_records(community, [*drafts, *fresh], people, clock.now())
    gone = [card for card in drafts if not _still_counts(card, people)]
    FeedbackCard.objects.filter(pk__in=[card.pk for card in gone]).delete()
    kept = [card for card in drafts if card not in gone]
    keep(kept, READ)
    cards = [card for card in fresh if _still_counts(card, people)]
    _make(actor, cards)
    return kept + cards


def _still_counts(card: FeedbackCard, people: Mapping[UUID, Subject]) -> bool:
    subject = people.get(card.person_id)
    stays = subject is not None and subject.registration.ended_at is None
    return stays or card.services > 0


def _blank(
    community: Organisation, subject: Subject, year: int, period: CardPeriod, occasion: str = ""
) -> FeedbackCard:
    return FeedbackCard(
        community=community,
        person=subject.registration.person,
        year=year,
        occasion=occasion,
        since=period.since,
        until=period.until,
    )


def _make(actor: Actor, cards: Collection[FeedbackCard]) -> None:
    FeedbackCard.objects.bulk_create(cards, batch_size=500)
    journal.write_many(
        actor, [journal.Act("feedback.drafted", card.pk, card.community_id) for card in cards]
    )


def _community(actor: Actor, community_id: int) -> Organisation:
    """The community, locked, so that two who draft at once make each card once."""
    rows = organisations(actor, Permission.FEEDBACK_DRAFT).filter(kind=Kind.COMMUNITY)
    community = lock(rows, community_id)
    check_open(community)
    return community


@command
def draft_event(
    actor: Actor, *, community_id: int, person_id: UUID, event: CardEvent
) -> FeedbackCard:
    """Make a draft about one member for an important event, outside the yearly round."""
    occasion = check_occasion(event.occasion)
    today = clock.today()
    if not event.since <= event.until <= today:
        raise Refused(
            "card.period",
            gettext_noop("The first day must not be after the last, nor the last after today."),
        )
    check_year(event.since.year, today)
    community = _community(actor, community_id)
    period, year = CardPeriod(event.since, event.until), event.until.year
    people = subjects(actor, community, period, [person_id])
    if person_id not in people:
        raise Refused(
            "card.not-here", gettext_noop("Was not registered in this community in these days.")
        )
    if live_cards(community, year, occasion).filter(person=person_id).exists():
        raise Refused("card.same", gettext_noop("There is a card about this event already."))
    card = _blank(community, people[person_id], year, period, occasion)
    read_records(community, [card], people, clock.now())
    _make(actor, [card])
    return card


def keep(cards: Collection[FeedbackCard], fields: Sequence[str]) -> None:
    """Write these fields of locked rows, each its own values: 2,000 rows in a few statements."""
    FeedbackCard.objects.bulk_create(
        cards,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
        batch_size=500,
    )


@command
def judge(
    actor: Actor, *, lines: Mapping[UUID, str], before: Mapping[UUID, str] | None = None
) -> Batch[FeedbackCard]:
    """Write a line of judgement on each of these drafts; the same line is written once.

    Whose card is signed already, or who would judge themselves, is named in `refused`; so is a
    card on which another wrote a line since it was seen with the one of `before`. Need not be
    taken back: a line is a draft, written anew until the card is signed.
    """
    seen = before or {}

    def judgement(card: FeedbackCard) -> tuple[FeedbackCard, str]:
        CARD.check(card.state, CardState.DRAFT)
        check_other(card.person_id, actor.person_id)
        line = check_judgement(lines[card.pk])
        if line != card.judgement:
            check_overwrite(card.judgement, seen.get(card.pk, card.judgement), line)
        return card, line

    batch = Batch.each(lock_many(desk_cards(actor), lines), judgement, label_of)
    changed = [(card, line) for card, line in batch.done if line != card.judgement]
    for card, line in changed:
        card.judgement, card.judged_by = line, actor.name
    cards = [card for card, _ in changed]
    keep(cards, ["judgement", "judged_by"])
    journal.write_many(
        actor, [journal.Act("feedback.judged", card.pk, card.community_id) for card in cards]
    )
    return Batch(cards, batch.refused)


def label_of(card: FeedbackCard) -> str:
    """How a batch names somebody: name and unit, since names repeat."""
    return f"{card.person.name}（{card.unit.name}）"
