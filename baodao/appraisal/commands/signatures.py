"""Signing many cards at once, each with its number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from baodao.appraisal.commands.drafts import keep, label_of
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards
from baodao.appraisal.queries.papers import card_facts
from baodao.appraisal.queries.readings import READ, outcome, read_records
from baodao.appraisal.queries.subjects import CardPeriod, subjects
from baodao.appraisal.rules.life import CardState, check_line, check_reading, check_sign
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.documents.commands import Paper, keep_papers, next_numbers, replace
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.kernel.masks import masked_name
from baodao.ledger.queries.chains import settled_at
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.statements.queries.successions import Successions

SIGNED = ("state", "number", "number_year", "signed_by", "signed_at")


@dataclass(frozen=True)
class Appearance:
    """What a page showed of a draft: its line, and what its records came to (`outcome`)."""

    line: str
    outcome: str


Seen = Mapping[UUID, Appearance]


@command
def sign_cards(
    actor: Actor, *, card_ids: Collection[UUID], seen: Seen | None = None
) -> Batch[FeedbackCard]:
    """Sign these drafts: records read once more and fixed, a number each, unit and person told.

    A card without a line of judgement and one about the signer are named in `refused`, and so is
    one that no longer says what was `seen` of it; a card without records is signed and says so.

    Cannot be taken back: numbered cards have gone to unit and person. A new card replaces one.
    """
    cards = lock_many(desk_cards(actor, Permission.FEEDBACK_SIGN), card_ids)
    batch = Batch.each(cards, partial(_signable, actor, seen or {}), label_of)
    part = _read_again(actor, batch.done, seen or {})
    for together in _by_community(part.done):
        _sign_in(actor, together)
    _tell(part.done)
    return Batch(part.done, [*batch.refused, *part.refused])


def _by_community(cards: Iterable[FeedbackCard]) -> list[list[FeedbackCard]]:
    """The cards of each community, in the order of the communities' ids."""
    by_community: defaultdict[int, list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        by_community[card.community_id].append(card)
    return [by_community[key] for key in sorted(by_community)]


def _signable(actor: Actor, seen: Seen, card: FeedbackCard) -> FeedbackCard:
    check_sign(card.state, card.judgement, card.person_id, actor.person_id)
    if card.pk in seen:
        check_line(card.judgement, seen[card.pk].line)
    return card


def _sign_in(actor: Actor, cards: list[FeedbackCard]) -> None:
    """Sign what is locked, of one community and read again: numbers by unit, branch and name."""
    cards.sort(key=lambda card: (card.unit.name, card.branch.path, card.person.pinyin))
    community, year = cards[0].community, clock.today().year
    numbers = next_numbers(
        organisation_id=community.pk, form=FEEDBACK_CARD.code, year=year, count=len(cards)
    )
    for card, number in zip(cards, numbers, strict=True):
        card.state, card.number, card.number_year = CardState.SIGNED, number, year
        card.signed_by, card.signed_at = actor.name, card.as_of
    keep(cards, [*READ, *SIGNED])
    for card, issue in zip(cards, keep_papers(map(_paper, cards)), strict=True):
        if card.replaces_id is not None:
            replace(about=card.replaces_id, by=issue)
    journal.write_many(actor, [_signed(card) for card in cards])


def _read_again(actor: Actor, cards: Sequence[FeedbackCard], seen: Seen) -> Batch[FeedbackCard]:
    """The cards with what records, persons and organisations say at one instant, before which
    nothing will be recorded any more; refused are those that were seen otherwise."""
    now = settled_at(_chains_of(cards))
    for together in _by_community(cards):
        _read_at(actor, together[0].community, together, now)
    return Batch.each(cards, partial(_as_seen, seen), label_of)


def _chains_of(cards: Collection[FeedbackCard]) -> set[int]:
    """Every community whose services could be on one of these cards by now."""
    successions, now = Successions.of({card.person_id for card in cards}), clock.now()
    every = (successions.stood_for(card.community, card.person_id, now) for card in cards)
    return {key for ids in every for key in ids}


def _as_seen(seen: Seen, card: FeedbackCard) -> FeedbackCard:
    same = card.pk not in seen or seen[card.pk].outcome == outcome(card)
    check_reading(same, card.services, card.minutes)
    return card


def _read_at(
    actor: Actor, community: Organisation, cards: Iterable[FeedbackCard], now: datetime
) -> None:
    """Everything the cards say of records, persons and organisations, as it is at `now`."""
    by_period: defaultdict[tuple[date, date], list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        by_period[card.since, card.until].append(card)
    for (since, until), together in by_period.items():
        people = subjects(
            actor, community, CardPeriod(since, until), [card.person_id for card in together]
        )
        read_records(community, together, people, now)


def _paper(card: FeedbackCard) -> Paper:
    assert card.number is not None
    assert card.number_year is not None
    return Paper(
        form=FEEDBACK_CARD.code,
        organisation_id=card.community_id,
        unit=card.community.name,
        year=card.number_year,
        number=card.number,
        about=card.pk,
        holder=masked_name(card.person.name),
        facts=card_facts(card),
    )


def _signed(card: FeedbackCard) -> journal.Act:
    facts: dict[str, journal.Fact] = {"number": card.number_text, "services": card.services}
    return journal.Act("feedback.signed", card.pk, card.community_id, facts)


def _tell(cards: Sequence[FeedbackCard]) -> None:
    """Each person once, each unit once for all of its cards from one community."""
    by_unit: defaultdict[tuple[Organisation, int], list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        by_unit[card.community, card.unit_id].append(card)
    persons = [
        Message(
            "feedback-signed",
            person_id=card.person_id,
            about=card.pk,
            facts={"community": card.community.name, "number": card.number_text},
        )
        for card in cards
    ]
    units = [
        Message(
            "feedback-arrived",
            organisation_id=unit_id,
            about=rows[0].pk,
            facts={"community": community.name, "count": len(rows)},
        )
        for (community, unit_id), rows in by_unit.items()
    ]
    announce(persons + units)
