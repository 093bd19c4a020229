"""The usual way of a feedback card in 2026, for tests that begin in the middle of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baodao.appraisal.commands import drafts, signatures
from baodao.appraisal.models import FeedbackCard
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.ledger.commands.records import chain
from baodao.ledger.models import ServiceRecord
from baodao.people.models import Person
from tests import factories
from tests.ledger.steps import entry, recorded
from tests.registration import steps
from tests.world import World

YEAR = 2026
LINE = "能按时参加社区组织的服务。"


def on(month: int, day: int, hour: int = 9) -> datetime:
    """An instant of the year on the clocks of China."""
    return datetime(YEAR, month, day, hour, tzinfo=clock.ZONE)


def secretary(world: World, key: str, name: str) -> None:
    """Another secretary of An's community, who signs."""
    made = factories.account(name, Role.COMMUNITY_SECRETARY, world.willow, username=key)
    world.accounts[key] = made


def registered(world: World, *people: Person) -> None:
    """Received by An in March."""
    with clock.at(on(3, 2)):
        for person in people or (world.people["chen"],):
            steps.accepted(world, person)


def served(
    world: World, person: Person | None = None, at: datetime | None = None, **fields: Any
) -> ServiceRecord:
    """An hour of environment work in An's community on 4 July, recorded a week later."""
    who = person or world.people["chen"]
    with clock.at(at or on(7, 11)):
        batch = recorded(world, entry(who.pk, **fields))
    assert batch.refused == []
    return batch.done[0]


def reversed_(world: World, record: ServiceRecord, at: datetime) -> ServiceRecord:
    """The record taken back by its negative."""
    undone = ServiceRecord(
        community=world.willow,
        person_id=record.person_id,
        branch_id=record.branch_id,
        served_on=record.served_on,
        minutes=-record.minutes,
        category=record.category,
        way=record.way,
        origin=record.origin,
        confirmed_by="安静",
        reverses=record.id,
        reason="记错",
    )
    with clock.at(at):
        chain(world.actor("an"), [undone])
    return undone


def drafted(world: World, at: datetime | None = None) -> list[FeedbackCard]:
    """The drafts of the year, made by An on the first of December."""
    with clock.at(at or on(12, 1)):
        return drafts.draft_cards(world.actor("an"), community_id=world.willow.pk, year=YEAR)


def judged(world: World, cards: Iterable[FeedbackCard], line: str = LINE) -> list[UUID]:
    """The same line on each, by An."""
    ids = [card.pk for card in cards]
    batch = drafts.judge(world.actor("an"), lines=dict.fromkeys(ids, line))
    assert batch.refused == []
    return ids


def signed(world: World, at: datetime | None = None) -> list[FeedbackCard]:
    """Drafted, judged and signed by the secretary on 10 December."""
    ids = judged(world, drafted(world))
    with clock.at(at or on(12, 10)):
        batch = signatures.sign_cards(world.actor("ji"), card_ids=ids)
    assert batch.refused == []
    return [fresh(card) for card in batch.done]


def fresh(card: FeedbackCard) -> FeedbackCard:
    """The row as the database has it now."""
    rows = FeedbackCard.objects.select_related("community", "person", "unit", "branch")
    return rows.get(pk=card.pk)


def day(month: int, number: int) -> date:
    return date(YEAR, month, number)
