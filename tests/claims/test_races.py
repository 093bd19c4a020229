"""The last places wanted by many at once, and acts that meet: never more people than places.

The race for the last place has a negative control: the same body without the lock of the offer, in
which too many are seated; so it would see it here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions, reversals, waiting_list
from baodao.claims.models import Claim
from baodao.claims.queries.claims import Claims
from baodao.claims.queries.places import seated_of
from baodao.claims.rules.lives import CLAIM, SEATED
from baodao.kernel import clock, undo
from baodao.kernel.authz import Actor, Role
from baodao.kernel.batch import Batch
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import hours, offers
from baodao.offers.models import Offer
from tests import factories
from tests.concurrency import Meeting, at_once
from tests.offers import steps
from tests.registration.test_races import outcomes
from tests.world import World

THREADS = 50
"""Each claims for several people in turn: there are fewer connections than people."""

Claiming = Callable[[Actor, Offer], object]


def claim(actor: Actor, offer: Offer) -> object:
    return claims.claim(actor, offer_id=offer.pk)


def storm(offer: Offer, members: Sequence[Actor], act: Claiming) -> None:
    """Everybody claims, `THREADS` at the same moment; nothing but refusals may go wrong."""

    def several(mine: Sequence[Actor]) -> None:
        for actor in mine:
            act(actor, offer)

    answers = at_once(
        *[lambda mine=members[turn::THREADS]: several(mine) for turn in range(THREADS)]
    )
    assert [answer for answer in answers if answer is not None] == []


def seated(offer: Offer) -> int:
    return Claim.objects.filter(offer=offer, state__in=SEATED).count()


def test_two_hundred_want_the_last_three_places_and_nobody_is_seated_too_much(
    committed_world: World,
) -> None:
    offer = steps.published(committed_world, places=3)
    members = steps.registered(committed_world, 200)
    storm(offer, members, claim)
    assert seated(offer) == 3
    assert Claim.objects.filter(offer=offer, state="waiting").count() == 197
    assert Claim.objects.filter(offer=offer).values("person").distinct().count() == 200


def test_who_joins_a_line_waits_for_nobody_in_it(committed_world: World) -> None:
    offer = steps.published(committed_world, places=1)
    members = steps.registered(committed_world, 4)
    steps.claimed(offer, *members[:2])

    def join(actor: Actor) -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        return claim(actor, offer)

    with transaction.atomic():
        claim(members[2], offer)
        [answer] = at_once(lambda: join(members[3]))
    assert not isinstance(answer, Exception), answer
    assert steps.states(offer) == ["active", "waiting", "waiting", "waiting"]


def test_a_line_that_is_gone_by_then_leaves_the_place_to_who_comes(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = steps.published(committed_world, places=1)
    members = steps.registered(committed_world, 2)
    monkeypatch.setattr(claims, "has_line", lambda offer_id: True)
    assert [row.state for row in steps.claimed(offer, *members)] == ["active", "waiting"]


def test_without_the_lock_of_the_offer_too_many_would_be_seated(committed_world: World) -> None:
    offer = steps.published(committed_world, places=3)
    members = steps.registered(committed_world, THREADS)
    meeting = Meeting(THREADS)

    def unlocked(actor: Actor, offer: Offer) -> None:
        with transaction.atomic():
            free = seated_of(offer) < offer.places
            meeting.wait()
            Claim.objects.create(
                offer=offer, person_id=actor.person_id, branch=committed_world.first,
                community=committed_world.willow, state="active" if free else "waiting",
            )  # fmt: skip

    storm(offer, members, unlocked)
    assert seated(offer) > 3


def test_a_double_tap_of_five_browsers_claims_once(committed_world: World) -> None:
    offer, chen = steps.published(committed_world), steps.chen(committed_world)
    told = outcomes([lambda: claim(chen, offer)] * 5)
    assert told == ["claim.active"] * 4 + ["done"]


def test_three_posts_claimed_at_once_leave_two(committed_world: World) -> None:
    chen = steps.chen(committed_world)
    posts = [steps.published(committed_world, "post", title=f"岗{i}") for i in range(3)]
    told = outcomes([lambda post=post: claim(chen, post) for post in posts])
    assert told == ["claim.most", "done", "done"]


def colleagues(world: World) -> list[Actor]:
    world.accounts["ai"] = factories.account("艾文", Role.COMMUNITY_WORKER, world.willow)
    return [world.actor("an"), world.actor("ai")]


def test_two_workers_approving_all_keep_to_the_places(committed_world: World) -> None:
    offer = steps.published(committed_world, "post", places=5)
    rows = steps.claimed(offer, *steps.registered(committed_world, 20))
    ids = [row.pk for row in rows]
    answers = at_once(
        *[
            lambda actor=actor, order=order: decisions.decide_claims(
                actor, claim_ids=order, approve=True
            )
            for actor, order in zip(colleagues(committed_world), [ids, ids[::-1]], strict=True)
        ]
    )
    assert all(isinstance(answer, Batch) for answer in answers)
    assert sorted(len(answer.done) for answer in answers) == [0, 5]
    assert seated(offer) == 5


def test_leaving_and_claiming_at_once_keep_the_line(committed_world: World) -> None:
    offer = steps.published(committed_world, places=1)
    members = steps.registered(committed_world, 10)
    first = steps.claimed(offer, members[0])[0]
    answers = at_once(
        lambda: claims.withdraw_claim(members[0], claim_id=first.pk),
        *[lambda actor=actor: claim(actor, offer) for actor in members[1:]],
    )
    assert not any(isinstance(answer, Exception) for answer in answers)
    assert seated(offer) == 1
    held = Claim.objects.filter(offer=offer, state__in=CLAIM.live).order_by("claimed_at")
    assert held.count() == 9


def test_a_place_offered_and_given_up_at_once_reaches_the_next(committed_world: World) -> None:
    offer = steps.published(committed_world, places=1)
    members = steps.registered(committed_world, 3)
    rows = steps.claimed(offer, *members)
    answers = at_once(
        lambda: claims.withdraw_claim(members[0], claim_id=rows[0].pk),
        lambda: claims.withdraw_claim(members[1], claim_id=rows[1].pk),
    )
    assert not any(isinstance(answer, Exception) for answer in answers)
    assert steps.states(offer) == ["left", "withdrawn", "invited"]


def test_a_late_answer_and_the_next_invitation_at_once_reach_the_next_alone(
    committed_world: World,
) -> None:
    offer = steps.published(committed_world, places=1)
    members = steps.registered(committed_world, 3)
    rows = steps.claimed(offer, *members)
    claims.withdraw_claim(members[0], claim_id=rows[0].pk)
    late = clock.now() - timedelta(hours=1)
    Claim.objects.filter(pk=rows[1].pk).update(confirm_by=late)
    at_once(
        lambda: claims.confirm_invitation(members[1], claim_id=rows[1].pk),
        tasks.lapse_overdue,
        tasks.lapse_overdue,
    )
    assert steps.states(offer)[1:] == ["withdrawn", "invited"]
    assert seated(offer) == 1


def test_cancelling_and_claiming_at_once_leave_no_live_claim(committed_world: World) -> None:
    offer = steps.published(committed_world)
    members, an = steps.registered(committed_world, 8), committed_world.actor("an")
    at_once(
        lambda: offers.cancel(an, offer_id=offer.pk, reason="暴雨"),
        *[lambda actor=actor: claim(actor, offer) for actor in members],
    )
    assert Offer.objects.get(pk=offer.pk).state == "cancelled"
    assert not Claim.objects.filter(offer=offer, state__in=CLAIM.live).exists()


def test_two_workers_record_one_list_once(committed_world: World) -> None:
    offer = steps.published(committed_world)
    members = steps.registered(committed_world, 3)
    steps.claimed(offer, *members)
    turnout = Turnout([actor.person_id for actor in members], 120)
    workers = colleagues(committed_world)

    def record(actor: Actor) -> object:
        with clock.at(steps.hour(at=12)):
            return record_roll(actor, offer_id=offer.pk, turnout=turnout)

    told = outcomes([lambda actor=actor: record(actor) for actor in workers])
    assert told == ["done", "offer.closed"]
    assert ServiceRecord.objects.count() == 3


def one_hour(world: World, **facts: Any) -> list[Offer]:
    """Two activities, of which the second was moved onto the hours of the first."""
    first = steps.published(world, title="清扫", **facts)
    afternoon = {"starts_at": steps.hour(at=14), "ends_at": steps.hour(at=16)}
    return [first, steps.published(world, title="义诊", **facts, **afternoon)]


def move_together(world: World, offers: Sequence[Offer]) -> None:
    hours.reschedule(
        world.actor("an"), offer_id=offers[1].pk,
        starts_at=steps.hour(at=10), ends_at=steps.hour(at=12),
    )  # fmt: skip


def meeting_in(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, meeting: Meeting) -> None:
    """Let both acts read before either writes, where no lock keeps one of them away."""
    read_now = getattr(module, name)

    def read(*arguments: Any) -> Any:
        answer = read_now(*arguments)
        meeting.wait()
        return answer

    monkeypatch.setattr(module, name, read)


def test_two_decisions_about_one_person_at_once_seat_them_once(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = one_hour(committed_world, approval=True)
    (member,) = steps.registered(committed_world, 1)
    rows = [steps.claimed(offer, member)[0] for offer in offered]
    move_together(committed_world, offered)
    meeting_in(monkeypatch, decisions, "Approvals", Meeting(2))
    answers = at_once(
        *[
            lambda actor=actor, row=row: decisions.decide_claims(
                actor, claim_ids=[row.pk], approve=True
            )
            for actor, row in zip(colleagues(committed_world), rows, strict=True)
        ]
    )
    assert sorted(len(one.done) for one in answers if isinstance(one, Batch)) == [0, 1]
    assert sorted(steps.fresh(row).state for row in rows) == ["active", "applied"]


def test_two_places_that_become_free_at_once_are_not_given_to_one_person(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = one_hour(committed_world, places=1)
    others, member = steps.registered(committed_world, 2), steps.chen(committed_world)
    rows = [
        steps.claimed(offer, other, member) for offer, other in zip(offered, others, strict=True)
    ]
    move_together(committed_world, offered)
    meeting_in(monkeypatch, waiting_list, "taken_by", Meeting(2))

    def give_up(actor: Actor, row: Claim) -> None:
        with clock.at(steps.hour(at=8)):
            claims.withdraw_claim(actor, claim_id=row.pk)

    acts = [
        lambda actor=actor, row=row: give_up(actor, row[0])
        for actor, row in zip(others, rows, strict=True)
    ]
    assert at_once(*acts) == [None, None]
    monkeypatch.undo()
    with clock.at(steps.hour(at=8)):
        for offer in offered:
            tasks.ask_next(str(offer.pk))
    assert sorted(steps.fresh(row[1]).state for row in rows) == ["active", "waiting"]


def test_a_place_is_approved_and_another_given_at_once_and_one_person_has_one(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = one_hour(committed_world, places=1)
    Offer.objects.filter(pk=offered[0].pk).update(approval=True)
    [other], member = steps.registered(committed_world, 1), steps.chen(committed_world)
    [applied] = steps.claimed(offered[0], member)
    taken, waiting = steps.claimed(offered[1], other, member)
    move_together(committed_world, offered)
    meeting = Meeting(2)
    for module, name in ((decisions, "Approvals"), (waiting_list, "taken_by")):
        meeting_in(monkeypatch, module, name, meeting)

    def give_up() -> None:
        with clock.at(steps.hour(at=8)):
            claims.withdraw_claim(other, claim_id=taken.pk)

    def approve() -> None:
        with clock.at(steps.hour(at=8)):
            decisions.decide_claims(
                committed_world.actor("an"), claim_ids=[applied.pk], approve=True
            )

    assert at_once(give_up, approve) == [None, None]
    monkeypatch.undo()
    with clock.at(steps.hour(at=8)):
        tasks.ask_next(str(offered[1].pk))
    states = sorted(steps.fresh(row).state for row in (applied, waiting))
    assert states in (["active", "applied"], ["active", "waiting"])


def returned(world: World, monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Who was let go from the only place comes back by an undo, while another claims it: they come
    after the undo has counted what is free, and before it gives it back the undo waits for them."""
    offer = steps.published(world, "post", places=1, approval=False)
    counting, claiming = Meeting(2), Meeting(2)
    leaving, other = steps.registered(world, 2)
    an, [held] = world.actor("an"), steps.claimed(offer, leaving)
    claims.request_exit(leaving, claim_id=held.pk, reason="搬家")
    undo_id = decisions.decide_exits(an, claim_ids=[held.pk], approve=True).undo_id
    counted = reversals.standings_of

    def count(offer_ids: Any) -> Any:
        free = counted(offer_ids)
        counting.wait()
        claiming.wait()
        return free

    def come() -> object:
        counting.wait()
        claimed = claim(other, offer)
        claiming.wait()
        return claimed

    monkeypatch.setattr(reversals, "standings_of", count)
    assert undo_id is not None
    answers = at_once(lambda: undo.take_back(an, undo_id=undo_id), come)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    return offer


def test_a_place_given_back_by_an_undo_and_claimed_at_once_is_one_persons(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seated(returned(committed_world, monkeypatch)) == 1


def test_without_its_locks_an_undo_would_seat_one_too_many(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(rows: Claims, claim_ids: Iterable[UUID]) -> tuple[list[Claim], list[Offer]]:
        found = list(rows.filter(pk__in=list(claim_ids)))
        return found, []

    monkeypatch.setattr(reversals, "locked_claims", unlocked)
    assert seated(returned(committed_world, monkeypatch)) == 2
