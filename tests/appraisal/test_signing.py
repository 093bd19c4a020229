"""Signing: many at once, numbered, fixed; withdrawn, read, answered, objected to."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baodao.appraisal.commands import drafts, objections, opinions, signatures, withdrawals
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import card_of, received_cards, ticked_records
from baodao.documents.models import Issue
from baodao.documents.queries import verified
from baodao.kernel import clock, undo
from baodao.kernel.authz import Permission, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import CATEGORIES, Way
from baodao.notices.models import Notice
from baodao.orgs.models import Setting
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


def test_many_are_signed_at_once_each_with_its_number(world: World) -> None:
    people = members(world, 3)
    registered(world, *people)
    served(world, people[0])
    cards = signed(world)
    assert sorted(card.number or 0 for card in cards) == [1, 2, 3]
    assert {(card.state, card.number_year, card.signed_by) for card in cards} == {
        ("signed", YEAR, "季书")
    }
    assert {card.as_of for card in cards} == {on(12, 10)}
    assert Issue.objects.filter(form="feedback-card").count() == 3
    assert JournalEntry.objects.filter(verb="feedback.signed").count() == 3


def test_the_unit_is_told_once_for_all_and_each_person_of_their_own(world: World) -> None:
    people = members(world, 3)
    registered(world, *people)
    signed(world)
    [told] = Notice.objects.filter(kind="feedback-arrived")
    assert (told.organisation, told.facts["count"]) == (world.bureau, 3)
    persons = Notice.objects.filter(kind="feedback-signed").values_list("person", flat=True)
    assert set(persons) == {person.pk for person in people}


def test_a_card_without_judgement_is_named_and_one_without_records_is_signed(
    world: World,
) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    cards = {card.person_id: card for card in drafted(world)}
    judged(world, [cards[first.pk]])
    batch = signatures.sign_cards(world.actor("ji"), card_ids=[card.pk for card in cards.values()])
    assert [(card.person_id, card.services) for card in batch.done] == [(first.pk, 0)]
    assert [no.code for _, no in batch.refused] == ["card.no-judgement"]
    assert second.name in batch.refused[0][0]
    assert fresh(cards[second.pk]).state == "draft"


def test_only_the_community_s_secretary_signs_and_never_about_themselves(world: World) -> None:
    hao = world.people["hao"]
    registered(world)
    ids = judged(world, drafted(world))
    for stranger in ("an", "bao", "deng", "fan", "chen", "gu"):
        with pytest.raises(Absent):
            signatures.sign_cards(world.actor(stranger), card_ids=ids)
    own = world.accounts["chen"]
    person, own.person = own.person, hao
    own.save(update_fields=["person"])
    world.accounts["self"] = factories.account(
        "陈晓宇", Role.COMMUNITY_SECRETARY, world.willow, person=person
    )
    batch = signatures.sign_cards(world.actor("self"), card_ids=ids)
    assert [no.code for _, no in batch.refused] == ["card.own"]
    assert signatures.sign_cards(world.actor("ji"), card_ids=ids).done


def test_signing_again_is_named(world: World) -> None:
    registered(world)
    [card] = signed(world)
    batch = signatures.sign_cards(world.actor("ji"), card_ids=[card.pk])
    assert [no.code for _, no in batch.refused] == ["card.signed"]
    assert drafts.judge(world.actor("an"), lines={card.pk: "改"}).refused[0][1].code == (
        "card.signed"
    )


def test_a_dictionary_edited_later_changes_no_signed_card(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    Setting.objects.create(
        organisation=world.willow, key="service.categories", value=[["environment", "环保", True]]
    )
    assert dict(fresh(card).kind_options) == CATEGORIES
    assert fresh(card).facts["unit"] == "区城建局机关党委"


def history(world: World, seed: int) -> dict[str, ServiceRecord]:
    """Random services and reversals up to the signature; those that stand, by id."""
    luck, standing = random.Random(seed), {}
    at = on(7, 11)
    for number in range(12):
        at += timedelta(hours=luck.randint(1, 60))
        if standing and luck.random() < 0.35:
            gone = standing.pop(luck.choice(sorted(standing)))
            reversed_(world, gone, at)
            continue
        record = served(
            world,
            at=at,
            served_on=day(6, 1) + timedelta(days=number),
            minutes=luck.randint(1, 300),
            category=luck.choice(list(CATEGORIES)),
            way=luck.choice(list(Way)),
        )
        standing[str(record.id)] = record
    return standing


@pytest.mark.parametrize("seed", range(6))
def test_each_tick_opens_to_exactly_its_records_for_ever(world: World, seed: int) -> None:
    registered(world)
    expected = history(world, seed)
    [card] = signed(world)
    for what, field in (("kinds", "category"), ("ways", "way")):
        codes = {getattr(record, field) for record in expected.values()}
        assert set(getattr(card, what)) == codes
    luck = random.Random(seed)
    for record in luck.sample(sorted(expected.values(), key=lambda one: one.seq), 2):
        reversed_(world, record, on(12, 11))
    served(world, at=on(12, 12), served_on=day(9, 9), category="other")
    card = fresh(card)
    assert {str(row.id) for row in ticked_records(card)} == set(expected)
    assert sum(row.minutes for row in ticked_records(card)) == card.minutes
    assert ticked_records(card).count() == card.services
    for what, field in (("kinds", "category"), ("ways", "way")):
        behind = {
            code: {row.id for row in ticked_records(card, what, code)}
            for code in getattr(card, what)
        }
        assert all(behind.values())
        assert sum(map(len, behind.values())) == card.services
        assert all(
            {row.id for row in ticked_records(card) if getattr(row, field) == code} == ids
            for code, ids in behind.items()
        )


def test_what_is_not_ticked_opens_nothing(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    for what, option in (("kinds", "policy"), ("ways", "menu"), ("judgement", "x")):
        with pytest.raises(Absent):
            ticked_records(card, what, option)
    assert ticked_records(card, "kinds", "environment").count() == 1


def test_drafts_are_the_community_s_alone_and_signed_cards_the_unit_s_too(
    world: World,
) -> None:
    registered(world)
    [draft] = drafted(world)

    def readers() -> set[str]:
        seen = set()
        for name in ("an", "ji", "bao", "deng", "dai", "fan", "chen", "gu"):
            try:
                card_of(world.actor(name), draft.pk)
                seen.add(name)
            except Absent:
                pass
        return seen

    assert readers() == {"an", "ji"}
    judged(world, [draft])
    signatures.sign_cards(world.actor("ji"), card_ids=[draft.pk])
    assert readers() == {"an", "ji", "deng", "dai", "fan", "chen"}
    withdrawals.withdraw_card(world.actor("ji"), card_id=draft.pk, reason="写错")
    assert readers() == {"an", "ji"}


def test_the_unit_reads_and_its_secretary_gives_one_opinion(world: World) -> None:
    registered(world)
    [card] = signed(world)
    for stranger in ("an", "ji", "fan", "chen", "bao"):
        with pytest.raises(Absent):
            opinions.read_cards(world.actor(stranger), card_ids=[card.pk])
    assert opinions.read_cards(world.actor("dai"), card_ids=[card.pk]).done
    assert opinions.read_cards(world.actor("deng"), card_ids=[card.pk]).done == []
    card = fresh(card)
    assert (card.state, card.read_by) == ("read", "戴文")
    with pytest.raises(Absent):
        opinions.give_opinion(world.actor("dai"), card_id=card.pk, opinion="同意")
    opinions.give_opinion(world.actor("deng"), card_id=card.pk, opinion="同意")
    with pytest.raises(Refused) as refused:
        opinions.give_opinion(world.actor("deng"), card_id=card.pk, opinion="不同意")
    assert refused.value.code == "card.opinion-given"
    assert Notice.objects.filter(kind="feedback-opined", organisation=world.willow).count() == 1


def test_a_reading_is_taken_back_until_something_came_of_it(world: World) -> None:
    registered(world)
    [card] = signed(world)
    batch = opinions.read_cards(world.actor("dai"), card_ids=[card.pk])
    assert batch.undo_id
    with pytest.raises(Absent):
        undo.take_back(world.actor("deng"), undo_id=batch.undo_id)
    assert undo.take_back(world.actor("dai"), undo_id=batch.undo_id).done
    assert (fresh(card).state, fresh(card).read_by, fresh(card).read_at) == ("signed", "", None)
    assert JournalEntry.objects.filter(verb="feedback.reading-undone", about=card.pk).exists()
    again = opinions.read_cards(world.actor("dai"), card_ids=[card.pk])
    opinions.give_opinion(world.actor("deng"), card_id=card.pk, opinion="同意")
    assert again.undo_id
    refused = undo.take_back(world.actor("dai"), undo_id=again.undo_id).refused
    assert [name for name, _ in refused] == ["陈晓宇"]
    assert fresh(card).state == "read"


def test_an_opinion_marks_an_unread_card_as_read(world: World) -> None:
    registered(world)
    [card] = signed(world)
    opinions.give_opinion(world.actor("deng"), card_id=card.pk, opinion="同意")
    assert (fresh(card).state, fresh(card).read_by) == ("read", "邓敏")


def test_a_card_withdrawn_before_it_was_read_goes_and_one_read_is_replaced(
    world: World,
) -> None:
    registered(world)
    [card] = signed(world)
    for stranger in ("an", "bao", "deng"):
        with pytest.raises(Absent):
            withdrawals.withdraw_card(world.actor(stranger), card_id=card.pk, reason="写错")
    ji = world.actor("ji")
    with pytest.raises(Refused) as refused:
        withdrawals.withdraw_card(ji, card_id=card.pk, reason=" ")
    assert refused.value.code == "reason.missing"
    token = Issue.objects.get(about=card.pk).token
    withdrawals.withdraw_card(ji, card_id=card.pk, reason="写错")
    assert FeedbackCard.objects.count() == 1
    assert not verified(token).valid  # type: ignore[union-attr]
    [second] = signed(world, on(12, 11))
    assert second.number == 2
    opinions.read_cards(world.actor("dai"), card_ids=[second.pk])
    withdrawals.withdraw_card(ji, card_id=second.pk, reason="时长有误")
    draft = FeedbackCard.objects.get(state="draft")
    assert (draft.replaces_id, draft.judgement) == (second.pk, LINE)
    assert received_cards(world.actor("deng")).get().withdrawn_reason == "时长有误"


def test_the_judged_person_objects_and_the_secretary_answers_by_a_day(world: World) -> None:
    registered(world)
    [card] = signed(world)
    for stranger in ("an", "ji", "deng", "gu"):
        with pytest.raises(Absent):
            objections.object_to(world.actor(stranger), card_id=card.pk, text="少记一次")
    chen = world.actor("chen")
    with clock.at(on(12, 11)):
        made = objections.object_to(chen, card_id=card.pk, text="少记一次")
    assert made.due_on == day(12, 18)
    with pytest.raises(Refused) as refused:
        objections.object_to(chen, card_id=card.pk, text="还有一次")
    assert refused.value.code == "objection.open"
    for stranger in ("an", "bao", "deng", "chen"):
        with pytest.raises(Absent):
            objections.answer_objection(
                world.actor(stranger), objection_id=made.pk, answer="已核实"
            )
    ji = world.actor("ji")
    objections.answer_objection(ji, objection_id=made.pk, answer="已核实")
    with pytest.raises(Refused) as refused:
        objections.answer_objection(ji, objection_id=made.pk, answer="再答")
    assert refused.value.code == "objection.answered"
    assert Notice.objects.filter(kind="feedback-answered", person=card.person).count() == 1
    assert objections.object_to(chen, card_id=card.pk, text="仍有异议")


def test_the_table_holds_one_live_card_and_no_signed_one_without_judgement(
    world: World,
) -> None:
    registered(world)
    [card] = signed(world)
    with pytest.raises(IntegrityError, match="feedback_card_signed_whole"), transaction.atomic():
        FeedbackCard.objects.filter(pk=card.pk).update(judgement="")
    twin = fresh(card)
    twin.pk, twin.number, twin.state = factories.person("他").pk, None, "draft"
    twin._state.adding = True
    with pytest.raises(IntegrityError, match="feedback_card_one_live"), transaction.atomic():
        twin.save()


def test_who_may_do_what_stands_in_the_table(world: World) -> None:
    held = {
        name: {
            p
            for p in Permission
            if p.startswith("feedback:") and world.actor(name).may_somewhere(p)
        }
        for name in ("an", "deng", "dai", "fan", "sun")
    }
    may = Permission
    assert held == {
        "an": {may.FEEDBACK_DRAFT, may.FEEDBACK_READ},
        "deng": {may.FEEDBACK_ANSWER, may.FEEDBACK_READ, may.FEEDBACK_RECEIVE},
        "dai": {may.FEEDBACK_READ, may.FEEDBACK_RECEIVE},
        "fan": {may.FEEDBACK_READ},
        "sun": set(),
    }
