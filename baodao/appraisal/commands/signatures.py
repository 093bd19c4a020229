"""Signing many cards at once, each with its number."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from baodao.appraisal.commands.drafts import label_of
from baodao.appraisal.commands.readings import READ, keep, read_records
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards
from baodao.appraisal.queries.papers import card_facts
from baodao.appraisal.queries.subjects import CardPeriod, subjects
from baodao.appraisal.rules.life import CardState, check_sign
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.documents.commands import Paper, next_numbers, register, replace
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.kernel.masks import masked_name
from baodao.ledger.queries.records import settled_at
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation

SIGNED = ("state", "number", "number_year", "signed_by", "signed_at")


@command
def sign_cards(actor: Actor, *, card_ids: Collection[UUID]) -> Batch[FeedbackCard]:
    """Sign these drafts: records read once more and fixed, a number each, unit and person told.

    A card without a line of judgement and one about the signer are named in `refused`; a card
    without records is signed and says so.
    """
    cards = lock_many(desk_cards(actor, Permission.FEEDBACK_SIGN), card_ids)
    batch = Batch.each(cards, partial(_signable, actor), label_of)
    by_community: defaultdict[int, list[FeedbackCard]] = defaultdict(list)
    for card in batch.done:
        by_community[card.community_id].append(card)
    for community_id in sorted(by_community):
        _sign_in(actor, by_community[community_id])
    return batch


def _signable(actor: Actor, card: FeedbackCard) -> FeedbackCard:
    check_sign(card.state, card.judgement, card.person_id, actor.person_id)
    return card


def _sign_in(actor: Actor, cards: list[FeedbackCard]) -> None:
    """Sign what is locked and of one community: numbers by unit, branch and name."""
    cards.sort(key=lambda card: (card.unit.name, card.branch.path, card.person.pinyin))
    community, year = cards[0].community, clock.today().year
    numbers = next_numbers(
        organisation_id=community.pk, form=FEEDBACK_CARD.code, year=year, count=len(cards)
    )
    now = settled_at(community)
    _read_again(actor, community, cards, now)
    for card, number in zip(cards, numbers, strict=True):
        card.state, card.number, card.number_year = CardState.SIGNED, number, year
        card.signed_by, card.signed_at = actor.name, now
    keep(cards, [*READ, *SIGNED])
    for card, issue in zip(cards, register(map(_paper, cards)), strict=True):
        if card.replaces_id is not None:
            replace(about=card.replaces_id, by=issue)
    journal.write_many(actor, [_signed(card) for card in cards])
    _tell(cards)


def _read_again(
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
    """Each person once, each unit once for all of its cards."""
    community = cards[0].community
    by_unit: defaultdict[int, list[FeedbackCard]] = defaultdict(list)
    for card in cards:
        by_unit[card.unit_id].append(card)
    persons = [
        Message(
            "feedback-signed",
            person_id=card.person_id,
            about=card.pk,
            url="/me/feedback/",
            facts={"community": community.name, "number": card.number_text},
        )
        for card in cards
    ]
    units = [
        Message(
            "feedback-arrived",
            organisation_id=unit_id,
            url="/unit/feedback/",
            facts={
                "community": community.name,
                "count": len(rows),
                "first": rows[0].number_text,
                "last": rows[-1].number_text,
            },
        )
        for unit_id, rows in by_unit.items()
    ]
    announce(persons + units)
