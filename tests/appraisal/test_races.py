"""Two secretaries, two drafters, one record at once: one number each, gapless, nothing half.

Beside each race stands the same body with an act that does not lock; there the harm is seen.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from baodao.appraisal.commands import drafts, signatures, withdrawals
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import ticked_records
from baodao.documents.models import Issue
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Role
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands import records
from baodao.ledger.models import ServiceRecord
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.statements.commands.statements import confirm_statements
from baodao.statements.models import Statement
from tests import factories
from tests.appraisal.steps import YEAR, drafted, fresh, judged, on, registered, secretary
from tests.concurrency import Meeting, at_once
from tests.ledger.steps import entry, recorded
from tests.orgs.test_reorganisations import done
from tests.registration.steps import members
from tests.world import World


def ready(world: World, count: int) -> tuple[list[UUID], list[Actor]]:
    """Judged drafts of so many members, and two secretaries who may sign them."""
    people = members(world, count)
    registered(world, *people)
    secretary(world, "jin", "金书")
    ids = judged(world, drafted(world))
    return ids, [world.actor("ji"), world.actor("jin")]


def signed_entries() -> int:
    return JournalEntry.objects.filter(verb="feedback.signed").count()


def test_two_secretaries_sign_the_same_cards_once_and_without_a_gap(
    committed_world: World,
) -> None:
    ids, secretaries = ready(committed_world, 10)
    answers = at_once(
        *[
            lambda actor=actor, order=order: signatures.sign_cards(actor, card_ids=order)
            for actor, order in zip(secretaries * 2, [ids, ids[::-1]] * 2, strict=True)
        ]
    )
    assert sorted(len(answer.done) for answer in answers) == [0, 0, 0, 10]  # type: ignore[union-attr]
    assert signed_entries() == 10
    numbers = FeedbackCard.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 11))
    assert Issue.objects.filter(form="feedback-card").count() == 10


def test_two_secretaries_sign_halves_that_overlap(committed_world: World) -> None:
    ids, secretaries = ready(committed_world, 9)
    at_once(
        *[
            lambda actor=actor, part=part: signatures.sign_cards(actor, card_ids=part)
            for actor, part in zip(secretaries, [ids[:6], ids[3:]], strict=True)
        ]
    )
    numbers = FeedbackCard.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 10))
    assert signed_entries() == 9


def test_without_the_lock_both_would_sign(committed_world: World) -> None:
    ids, secretaries = ready(committed_world, 1)
    meeting = Meeting(2)

    def sign_unlocked(actor: Actor) -> None:
        with transaction.atomic():
            card = FeedbackCard.objects.get(pk=ids[0])
            meeting.wait()
            assert card.state == "draft"
            card.state, card.number, card.number_year = "signed", 1, YEAR
            card.signed_at = clock.now()
            card.save()
            journal.write(actor, "feedback.signed", card.pk, card.community_id, number="1")

    assert at_once(*[lambda a=actor: sign_unlocked(a) for actor in secretaries]) == [None, None]
    assert signed_entries() == 2


def test_two_who_draft_at_once_make_each_card_once(committed_world: World) -> None:
    registered(committed_world, *members(committed_world, 8))
    an, willow = committed_world.actor("an"), committed_world.willow.pk
    answers = at_once(*[lambda: drafts.draft_cards(an, community_id=willow, year=YEAR)] * 3)
    assert [len(answer) for answer in answers] == [8, 8, 8]  # type: ignore[arg-type]
    assert FeedbackCard.objects.count() == 8
    assert JournalEntry.objects.filter(verb="feedback.drafted").count() == 8


def test_drafts_read_anew_while_they_are_signed_change_no_signed_card(
    committed_world: World,
) -> None:
    [person] = members(committed_world, 1)
    registered(committed_world, person)
    an, ji = committed_world.actor("an"), committed_world.actor("ji")
    willow = committed_world.willow.pk
    for turn in range(5):
        ids = judged(committed_world, drafts.draft_cards(an, community_id=willow, year=YEAR))
        recorded(committed_world, entry(person.pk, minutes=10 + turn))
        at_once(
            lambda ids=ids: signatures.sign_cards(ji, card_ids=ids),
            lambda: drafts.draft_cards(an, community_id=willow, year=YEAR),
        )
        card = fresh(FeedbackCard.objects.get(pk=ids[0]))
        assert (card.state, card.as_of) == ("signed", card.signed_at)
        withdrawals.withdraw_card(ji, card_id=card.pk, reason="再试")


def test_a_record_made_while_signing_is_wholly_on_the_card_or_not_at_all(
    committed_world: World,
) -> None:
    """The instant of the card is taken with the chain held, so no record slips below it."""
    [person] = members(committed_world, 1)
    registered(committed_world, person)
    ji = committed_world.actor("ji")
    for turn in range(5):
        ids = judged(committed_world, drafted(committed_world, on(12, 1 + turn)))
        fresh_entry = entry(person.pk, minutes=10 + turn)
        at_once(
            lambda ids=ids: signatures.sign_cards(ji, card_ids=ids),
            lambda one=fresh_entry: recorded(committed_world, one),
        )
        card = fresh(FeedbackCard.objects.get(pk=ids[0]))
        assert card.services == ticked_records(card).count()
        withdrawals.withdraw_card(ji, card_id=card.pk, reason="再试")
    assert ServiceRecord.objects.count() == 5


def test_with_an_instant_taken_before_the_chain_is_held_a_record_would_slip_below_it(
    committed_world: World,
) -> None:
    [person] = members(committed_world, 1)
    registered(committed_world, person)
    [card] = drafted(committed_world)
    begun, looked = Meeting(2), Meeting(2)

    def record() -> None:
        with transaction.atomic():
            recorded(committed_world, entry(person.pk))
            begun.wait()
            looked.wait()

    def look() -> int:
        begun.wait()
        card.as_of = clock.now()
        seen = ticked_records(card).count()
        looked.wait()
        return seen

    _, seen = at_once(record, look)
    assert seen == 0
    assert ticked_records(card).count() == 1


def test_cards_and_statements_of_the_same_communities_do_not_wait_in_a_ring(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ji signs in the first community, which took over from the third, and in the second; An
    confirms in the second and in the third. Whoever needs several chains holds all of them before
    anything is written to one."""
    world, meeting = committed_world, Meeting(2)
    ids, waiting = _in_three_communities(world)
    for module, name in ((signatures, "settled_at"), (records, "chain")):
        monkeypatch.setattr(module, name, _meets_after(meeting, getattr(module, name)))
    answers = at_once(
        lambda: signatures.sign_cards(world.actor("ji"), card_ids=ids),
        lambda: confirm_statements(world.actor("an"), statement_ids=waiting),
    )
    assert [len(answer.done) for answer in answers] == [2, 2]  # type: ignore[union-attr]
    assert ServiceRecord.objects.values("community").distinct().count() == 2
    assert ServiceRecord.objects.values("recorded_at").distinct().count() == 1, "one act"


def _meets_after(meeting: Meeting, act: Callable[..., Any]) -> Callable[..., Any]:
    def then(*args: Any) -> Any:
        answer = act(*args)
        meeting.wait()
        return answer

    return then


def _in_three_communities(world: World) -> tuple[list[UUID], list[UUID]]:
    """Drafts in Willow and in Bridge; statements in Bridge and in North, which Willow took over."""
    for name, role in (("ji", Role.COMMUNITY_SECRETARY), ("an", Role.COMMUNITY_WORKER)):
        world.accounts[name].grants.create(role=role, organisation=world.bridge)
    ids = []
    for place, name in ((world.willow, "甲"), (world.bridge, "乙")):
        registered(world, factories.member(f"党员{name}", world.first, home_community=place))
        cards = drafts.draft_cards(world.actor("an"), community_id=place.pk, year=YEAR)
        ids += judged(world, cards)
    statements = [
        Statement.objects.create(
            community=place,
            person=world.people["chen"],
            served_on=on(7, day).date(),
            minutes=60,
            category="environment",
            way="post",
        )
        for day, place in enumerate((world.bridge, world.north), start=1)
    ]
    done(world, world.north, Aim(Reform.MERGED, successor_id=world.willow.pk))
    return ids, [statement.pk for statement in statements]
