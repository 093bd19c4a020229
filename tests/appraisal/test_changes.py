"""A card whose records changed after it was signed says so on every side, and is drawn again."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baodao.appraisal.commands import opinions, signatures, withdrawals
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.changes import changes_of
from baodao.documents.models import Issue
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.commands.corrections import correct
from baodao.ledger.commands.corrections import reverse as take_back
from baodao.ledger.models import ServiceRecord
from baodao.statements.commands.disputes import dispute
from tests.appraisal import steps
from tests.ledger.steps import entry
from tests.registration.steps import members
from tests.world import World

SIDES = ("ji", "deng", "chen")


@pytest.fixture
def here(world: World) -> World:
    """Chen, registered, with two services and a signed card that the unit has read."""
    steps.registered(world)
    steps.served(world)
    steps.served(world, at=steps.on(8, 2), served_on=steps.day(8, 1))
    [card] = steps.signed(world)
    with clock.at(steps.on(12, 11)):
        opinions.read_cards(world.actor("deng"), card_ids=[card.pk])
    return world


def card_of(world: World) -> FeedbackCard:
    return FeedbackCard.objects.select_related("person", "community").get()


def first_record() -> ServiceRecord:
    return ServiceRecord.objects.filter(reverses=None).order_by("served_on", "seq")[0]


def seen(world: World, who: str, pk: UUID | None = None) -> str:
    client = Client()
    client.force_login(world.accounts[who])
    return client.get(reverse("appraisal:card", args=[pk or card_of(world).pk])).content.decode()


def corrected(world: World) -> None:
    with clock.at(steps.on(12, 15)):
        record = first_record()
        right = replace(entry(record.person_id), minutes=150)
        correct(
            world.actor("an"),
            community_id=world.willow.pk,
            record_id=record.id,
            entry=right,
            reason="时长有误",
        )


def reversed_(world: World) -> None:
    with clock.at(steps.on(12, 15)):
        take_back(
            world.actor("an"),
            community_id=world.willow.pk,
            record_id=first_record().id,
            reason="张大妈说没来",
        )


def disputed(world: World) -> None:
    with clock.at(steps.on(12, 15)):
        record = first_record()
        dispute(
            world.actor("chen"), community_id=world.willow.pk, record_id=record.id, text="时长有误"
        )


def test_a_card_that_says_what_the_records_say_tells_nothing_of_the_kind(here: World) -> None:
    for who in SIDES:
        assert "data-changed" not in seen(here, who)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (corrected, "已更正为：2026年7月4日 · 环境整治 · 2 小时 30 分钟"),
        (reversed_, "已撤销"),
        (disputed, "本人已提出异议"),
    ],
)
def test_what_changed_is_told_on_every_side(
    here: World, change: Callable[[World], None], words: str
) -> None:
    change(here)
    for who in SIDES:
        text = seen(here, who)
        assert "签发后服务记录有变动" in text
        assert "2026年7月4日" in text
        assert words in text
        assert "张大妈" not in text
    assert "按现有记录重新填写" in seen(here, "ji")
    for who in ("deng", "chen", "an"):
        assert f"{card_of(here).pk}/again/" not in seen(here, who)


def test_a_service_recorded_later_is_not_on_the_card(here: World) -> None:
    steps.served(here, at=steps.on(12, 16), served_on=steps.day(12, 5), minutes=45)
    for who in SIDES:
        text = seen(here, who)
        assert "未列入本卡" in text
        assert "服务 1 次，共 45 分钟" in text
        assert "签发后服务记录有变动" not in text


def test_what_came_and_went_after_the_signature_changes_nothing(here: World) -> None:
    record = steps.served(here, at=steps.on(12, 16), served_on=steps.day(12, 5))
    steps.reversed_(here, record, steps.on(12, 17))
    assert not changes_of([card_of(here)])[card_of(here).pk].any


def test_a_correction_that_was_corrected_tells_the_last(here: World) -> None:
    corrected(here)
    last = ServiceRecord.objects.get(supersedes__isnull=False)
    with clock.at(steps.on(12, 18)):
        correct(
            here.actor("an"),
            community_id=here.willow.pk,
            record_id=last.id,
            entry=replace(entry(last.person_id), minutes=30),
            reason="再改",
        )
    [change] = changes_of([card_of(here)])[card_of(here).pk].changes
    assert change.correction is not None
    assert change.correction.minutes == 30
    assert changes_of([card_of(here)])[card_of(here).pk].later == ()


def test_lists_of_both_sides_mark_the_card(here: World) -> None:
    reversed_(here)
    for who, name in (("ji", "cards"), ("deng", "received")):
        client = Client()
        client.force_login(here.accounts[who])
        page = client.get(reverse(f"appraisal:{name}"), {"year": "2026"}).content.decode()
        assert "签发后记录有变动" in page


def test_the_card_is_drawn_up_again_under_a_new_number(here: World) -> None:
    reversed_(here)
    old = card_of(here)
    client = Client()
    client.force_login(here.accounts["ji"])
    with clock.at(steps.on(12, 20)):
        assert client.post(reverse("appraisal:again", args=[old.pk])).status_code == 302
        draft = FeedbackCard.objects.get(replaces=old)
        assert (draft.services, draft.judgement, draft.state) == (1, steps.LINE, "draft")
        signatures.sign_cards(here.actor("ji"), card_ids=[draft.pk])
    former, latter = Issue.objects.filter(form="feedback-card").order_by("number")
    assert former.replaced_by == latter
    verified = client.get(reverse("documents:verify", args=[former.token])).content.decode()
    assert "〔2026〕002号" in verified
    assert "由 〔2026〕002号 代替" in seen(here, "deng", old.pk)
    assert "data-changed" not in seen(here, "deng", draft.pk)


def test_nobody_else_draws_it_up_again_nor_an_unchanged_one(here: World) -> None:
    with pytest.raises(Refused, match=r"card\.unchanged"):
        withdrawals.draw_up_again(here.actor("ji"), card_id=card_of(here).pk)
    reversed_(here)
    for who in ("an", "bao", "deng", "chen", "fan"):
        with pytest.raises(Absent):
            withdrawals.draw_up_again(here.actor(who), card_id=card_of(here).pk)


def test_changes_of_many_cards_take_as_few_queries(world: World) -> None:
    people = members(world, 6)
    steps.registered(world, *people)
    for person in people:
        steps.served(world, person)
    cards = steps.signed(world)
    with CaptureQueriesContext(connection) as one:
        changes_of(cards[:1])
    with CaptureQueriesContext(connection) as many:
        changes_of(cards)
    assert len(many) == len(one) <= 4
