"""Drafts: for whom there is one, and what the records make of it."""

from datetime import date
from uuid import UUID

import pytest

from baodao.appraisal.commands import drafts, signatures
from baodao.appraisal.commands.drafts import CardEvent
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.subjects import suggestions
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.people.models import Person
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from tests import factories
from tests.appraisal.steps import (
    LINE,
    YEAR,
    day,
    drafted,
    fresh,
    judged,
    on,
    registered,
    reversed_,
    served,
    signed,
)
from tests.registration.steps import members
from tests.world import World


def test_ticks_and_sums_come_from_the_records_of_the_year(world: World) -> None:
    registered(world)
    served(world, served_on=day(7, 4), category="policy", way="menu", minutes=90)
    served(world, served_on=day(7, 5), category="environment", way="post", minutes=30)
    served(world, served_on=day(7, 6), category="environment", way="post", minutes=45)
    [card] = drafted(world)
    card = fresh(card)
    assert (card.kinds, card.ways) == (["policy", "environment"], ["post", "menu"])
    assert (card.services, card.minutes) == (3, 165)
    assert (card.state, card.number, card.judgement) == ("draft", None, "")
    assert (card.unit, card.branch) == (world.bureau, world.first)


def test_a_reversed_record_ticks_nothing(world: World) -> None:
    registered(world)
    kept = served(world, category="policy")
    undone = served(world, category="culture", served_on=day(7, 5))
    reversed_(world, undone, on(8, 1))
    [card] = drafted(world)
    assert (card.kinds, card.services, card.minutes) == (["policy"], 1, kept.minutes)


def test_who_is_here_gets_a_draft_without_records_and_who_left_only_with_them(
    world: World,
) -> None:
    stays, idle, busy = members(world, 3)
    registered(world, stays, idle, busy)
    served(world, busy)
    with clock.at(on(9, 1)):
        for person in (idle, busy):
            held = person_registration(person.pk)
            end(world.actor("an"), registration_id=held, reason="moved", ended_on=day(9, 1))
    assert {card.person.name for card in drafted(world)} == {stays.name, busy.name}


def person_registration(person_id: UUID) -> UUID:
    return Registration.objects.get(person=person_id).pk


def test_drafting_again_refreshes_drafts_and_leaves_signed_cards(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    cards = {card.person_id: card for card in drafted(world)}
    judged(world, [cards[first.pk]])
    with clock.at(on(12, 2)):
        signatures.sign_cards(world.actor("ji"), card_ids=[cards[first.pk].pk])
    served(world, first, on(12, 3))
    served(world, second, on(12, 3))
    drafted(world, on(12, 4))
    assert FeedbackCard.objects.count() == 2
    assert fresh(cards[first.pk]).services == 0
    assert fresh(cards[second.pk]).services == 1


def test_a_draft_of_somebody_who_left_without_serving_is_dropped(world: World) -> None:
    registered(world)
    drafted(world)
    held = person_registration(world.people["chen"].pk)
    with clock.at(on(12, 2)):
        end(world.actor("an"), registration_id=held, reason="moved", ended_on=day(12, 2))
    assert drafted(world, on(12, 3)) == []
    assert not FeedbackCard.objects.exists()


def test_only_this_community_drafts_for_its_members_and_never_for_a_year_to_come(
    world: World,
) -> None:
    registered(world)
    willow = world.willow.pk
    for stranger in ("bao", "deng", "fan", "chen", "gu"):
        with pytest.raises(Absent):
            drafts.draft_cards(world.actor(stranger), community_id=willow, year=YEAR)
    with clock.at(on(12, 1)), pytest.raises(Refused) as refused:
        drafts.draft_cards(world.actor("an"), community_id=willow, year=YEAR + 1)
    assert refused.value.code == "card.year"
    assert len(drafted(world)) == 1


def test_a_line_of_judgement_is_needed_short_and_not_about_oneself(world: World) -> None:
    chen = world.people["chen"]
    registered(world)
    [card] = drafted(world)
    world.accounts["self"] = factories.account(
        "陈晓宇", Role.COMMUNITY_WORKER, world.willow, person=chen_free(world)
    )

    def refusal(actor: str, line: str) -> str:
        batch = drafts.judge(world.actor(actor), lines={card.pk: line})
        assert batch.done == []
        return batch.refused[0][1].code

    assert refusal("an", "  ") == "card.no-judgement"
    assert refusal("an", "好" * 201) == "words.too-long"
    assert refusal("self", LINE) == "card.own"
    assert drafts.judge(world.actor("an"), lines={card.pk: f" {LINE} "}).done
    assert fresh(card).judgement == LINE
    with pytest.raises(Absent):
        drafts.judge(world.actor("bao"), lines={card.pk: LINE})
    assert chen.name in card.person.name


def chen_free(world: World) -> Person | None:
    """Chen's account hands the person over to the one that the test makes."""
    account = world.accounts["chen"]
    person, account.person = account.person, None
    account.save(update_fields=["person"])
    return person


def test_the_suggested_line_says_facts_and_nothing_else(world: World) -> None:
    busy, idle = members(world, 2)
    registered(world, busy, idle)
    served(world, busy, category="policy", minutes=90)
    served(world, busy, category="environment", served_on=day(7, 5))
    served(world, busy, category="environment", served_on=day(7, 6))
    cards = [fresh(card) for card in drafted(world)]
    told = {card.person_id: suggestions(cards)[card.pk] for card in cards}
    assert told[busy.pk] == "参加服务3次，共3小时30分钟；其中环境整治2次、政策宣传1次。"
    assert told[idle.pk] == "本年度暂无服务记录。"


def test_an_event_has_a_card_of_its_own_beside_the_yearly_one(world: World) -> None:
    chen = world.people["chen"].pk
    registered(world)
    served(world, served_on=day(7, 4))
    served(world, served_on=day(7, 20), at=on(7, 21), category="epidemic")
    drafted(world)
    flood = CardEvent("七月防汛", day(7, 15), day(7, 25))

    def draft(who: str = "an", event: CardEvent = flood) -> FeedbackCard:
        with clock.at(on(8, 1)):
            return drafts.draft_event(
                world.actor(who), community_id=world.willow.pk, person_id=chen, event=event
            )

    card = draft()
    assert (card.kinds, card.services, card.occasion) == (["epidemic"], 1, "七月防汛")
    assert FeedbackCard.objects.count() == 2
    for event, code in (
        (flood, "card.same"),
        (CardEvent(" ", day(7, 1), day(7, 2)), "card.no-occasion"),
        (CardEvent("防汛", date(26, 7, 1), day(7, 1)), "card.year"),
        (CardEvent("防汛", day(7, 2), day(7, 1)), "card.period"),
        (CardEvent("防汛", day(7, 2), day(8, 2)), "card.period"),
        (CardEvent("春节", day(1, 2), day(1, 3)), "card.not-here"),
    ):
        with pytest.raises(Refused) as refused:
            draft(event=event)
        assert refused.value.code == code
    with pytest.raises(Absent):
        draft("bao")


def test_a_signed_card_says_what_it_said_whatever_is_recorded_later(world: World) -> None:
    registered(world)
    record = served(world)
    [card] = signed(world)
    before = {name: getattr(card, name) for name in ("kinds", "ways", "services", "minutes")}
    reversed_(world, record, on(12, 11))
    drafted(world, on(12, 12))
    assert {name: getattr(fresh(card), name) for name in before} == before
