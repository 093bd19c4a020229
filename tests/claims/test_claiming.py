"""A claim's way: a place, the waiting list, approval; confirming, giving up, leaving a post."""

from datetime import datetime, time, timedelta

import pytest

from baodao.agenda.queries.claims import own_claims
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.pairings.commands.pairings import end_pairing
from baodao.registration.commands.arrivals import accept
from baodao.registration.commands.departures import end, transfer
from baodao.registration.models import Registration
from tests import factories
from tests.offers import steps
from tests.pairings import steps as pairings
from tests.world import World


def refusal(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


def test_an_activity_seats_while_there_are_places_and_then_lines_up(world: World) -> None:
    offer = steps.published(world, places=2)
    steps.claimed(offer, *steps.registered(world, 4))
    assert steps.states(offer) == ["active", "active", "waiting", "waiting"]


def test_a_post_with_approval_waits_for_the_community_even_if_there_is_room(world: World) -> None:
    offer = steps.published(world, "post")
    assert steps.claimed(offer, steps.chen(world))[0].state == "applied"


def test_the_same_offer_is_claimed_once_and_again_after_giving_it_up(world: World) -> None:
    offer, chen = steps.published(world), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    assert refusal(claims.claim, chen, offer_id=offer.pk) == "claim.active"
    claims.withdraw_claim(chen, claim_id=held.pk)
    assert steps.claimed(offer, chen)[0].state == "active"


def test_only_who_is_registered_may_claim_and_neighbours_only_activities(world: World) -> None:
    here = steps.published(world)
    chen = world.actor("chen")
    assert refusal(claims.claim, chen, offer_id=here.pk) == "claim.not-registered"
    chen = steps.chen(world)
    next_door = steps.published(world, where=world.bridge, starts_at=steps.hour(9),
                                ends_at=steps.hour(9, 11))  # fmt: skip
    assert steps.claimed(next_door, chen)[0].community == world.bridge
    post = steps.published(world, "post", where=world.bridge)
    with pytest.raises(Absent):
        claims.claim(chen, offer_id=post.pk)
    with pytest.raises(Absent):
        claims.claim(world.actor("an"), offer_id=here.pk)


def test_a_draft_a_past_activity_and_another_street_are_not_there(world: World) -> None:
    an, chen = world.actor("an"), steps.chen(world)
    draft = offers.draft(an, community_id=world.willow.pk, facts=steps.facts())
    with clock.at(clock.now() - timedelta(days=30)):
        past = steps.published(world)
    for offer in (draft, past):
        with pytest.raises(Absent):
            claims.claim(chen, offer_id=offer.pk)


def test_two_posts_at_most_and_activities_that_do_not_overlap(world: World) -> None:
    chen = steps.chen(world)
    first, second, third = (steps.published(world, "post", title=f"岗{i}") for i in range(3))
    steps.claimed(first, chen)
    steps.claimed(second, chen)
    assert refusal(claims.claim, chen, offer_id=third.pk) == "claim.most"
    morning = steps.published(world)
    same = steps.published(world, starts_at=steps.hour(at=10), ends_at=steps.hour(at=12))
    after = steps.published(world, starts_at=steps.hour(at=11), ends_at=steps.hour(at=12))
    steps.claimed(morning, chen)
    assert refusal(claims.claim, chen, offer_id=same.pk) == "claim.overlap"
    assert steps.claimed(after, chen)[0].state == "active"


def test_deciding_many_approves_in_their_order_as_far_as_there_are_places(world: World) -> None:
    offer = steps.published(world, "post", places=2)
    rows = steps.claimed(offer, *steps.registered(world, 3))
    batch = decisions.decide_claims(
        world.actor("an"), claim_ids=[row.pk for row in rows], approve=True
    )
    assert [row.pk for row in batch.done] == [row.pk for row in rows[:2]]
    assert [no.code for _, no in batch.refused] == ["claim.full"]
    assert steps.states(offer) == ["active", "active", "applied"]
    assert Notice.objects.filter(kind="claim-approved").count() == 2


def test_refusing_needs_a_reason_that_the_member_reads(world: World) -> None:
    offer, chen = steps.published(world, "post"), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    an = world.actor("an")
    code = refusal(decisions.decide_claims, an, claim_ids=[held.pk], approve=False, reason=" ")
    assert code == "reason.missing"
    decisions.decide_claims(an, claim_ids=[held.pk], approve=False, reason="名额留给律师")
    assert steps.fresh(held).state == "refused"
    assert Notice.objects.get(kind="claim-refused").facts["reason"] == "名额留给律师"


def test_deciding_is_the_communitys_alone_and_never_about_oneself(world: World) -> None:
    offer, chen = steps.published(world, "post"), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            decisions.decide_claims(world.actor(name), claim_ids=[held.pk], approve=True)
    own = factories.account("陈", Role.COMMUNITY_WORKER, world.willow)
    own.person = world.people["chen"]
    world.accounts["chen_too"] = own
    batch = decisions.decide_claims(world.actor("chen_too"), claim_ids=[held.pk], approve=True)
    assert [no.code for _, no in batch.refused] == ["claim.own"]
    assert steps.fresh(held).state == "applied"


def test_a_freed_place_is_offered_to_the_first_who_waits_for_a_day(world: World) -> None:
    offer = steps.published(world, places=1)
    with clock.at(steps.hour(days=0, at=10)):
        rows = steps.claimed(offer, *(members := steps.registered(world, 3)))
        claims.withdraw_claim(members[0], claim_id=rows[0].pk)
        assert steps.states(offer) == ["left", "invited", "waiting"]
        assert steps.fresh(rows[1]).confirm_by == clock.now() + timedelta(hours=24)
        claims.confirm_invitation(members[1], claim_id=rows[1].pk)
    assert steps.fresh(rows[1]).state == "active"
    assert Notice.objects.get(kind="claim-invited").person_id == members[1].person_id


def test_a_night_does_not_eat_the_time_to_think(world: World) -> None:
    offer = steps.published(world, places=1)
    night = datetime.combine(clock.today(), time(23), clock.ZONE)
    with clock.at(night):
        rows = steps.claimed(offer, *(members := steps.registered(world, 2)))
        claims.withdraw_claim(members[0], claim_id=rows[0].pk)
    told = Notice.objects.get(kind="claim-invited")
    assert clock.local(told.show_at).hour == 8
    assert steps.fresh(rows[1]).confirm_by == told.show_at + timedelta(hours=24)


def test_shortly_before_the_start_the_place_is_given_and_told_at_once(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 2)
    rows = steps.claimed(offer, *members)
    with clock.at(steps.hour(at=9) - timedelta(hours=2, minutes=30)):
        claims.withdraw_claim(members[0], claim_id=rows[0].pk)
        assert steps.fresh(rows[1]).state == "active"
        assert Notice.objects.get(kind="claim-seated").show_at == clock.now()


def test_an_invitation_that_nobody_answers_lapses_and_goes_to_the_next(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 3)
    rows = steps.claimed(offer, *members)
    claims.withdraw_claim(members[0], claim_id=rows[0].pk)
    tasks.lapse_overdue()
    assert steps.states(offer) == ["left", "invited", "waiting"]
    with clock.at(clock.now() + timedelta(days=2)):
        tasks.lapse_overdue()
        tasks.lapse_overdue()
        assert steps.states(offer) == ["left", "withdrawn", "invited"]
        assert steps.fresh(rows[1]).reason == claims.NOT_CONFIRMED
        assert refusal(claims.confirm_invitation, members[1], claim_id=rows[1].pk) == (
            "claim.withdrawn"
        )


def test_who_only_waits_cannot_take_a_place(world: World) -> None:
    offer = steps.published(world, places=1)
    members = steps.registered(world, 2)
    rows = steps.claimed(offer, *members)
    assert refusal(claims.confirm_invitation, members[1], claim_id=rows[1].pk) == "claim.waiting"
    with pytest.raises(Absent):
        claims.confirm_invitation(members[0], claim_id=rows[1].pk)


def test_leaving_a_post_needs_the_communitys_word(world: World) -> None:
    offer, chen, an = steps.published(world, "post"), steps.chen(world), world.actor("an")
    held = steps.claimed(offer, chen)[0]
    decisions.decide_claims(an, claim_ids=[held.pk], approve=True)
    assert refusal(claims.withdraw_claim, chen, claim_id=held.pk) == "claim.exit-needs-word"
    claims.request_exit(chen, claim_id=held.pk, reason="调动工作")
    decisions.decide_exits(an, claim_ids=[held.pk], approve=False, reason="请再留一个月")
    assert steps.fresh(held).state == "active"
    assert decisions.decide_exits(an, claim_ids=[held.pk], approve=True).refused[0][1].code == (
        "claim.active"
    )
    claims.request_exit(chen, claim_id=held.pk, reason="调动工作")
    decisions.decide_exits(an, claim_ids=[held.pk], approve=True)
    assert steps.fresh(held).state == "left"
    assert not own_claims(chen).exists()


def test_an_activity_is_left_freely_until_it_begins(world: World) -> None:
    offer, chen = steps.published(world), steps.chen(world)
    held = steps.claimed(offer, chen)[0]
    assert refusal(claims.request_exit, chen, claim_id=held.pk, reason="有事") == "claim.exit-free"
    with clock.at(steps.hour() + timedelta(minutes=1)):
        assert refusal(claims.withdraw_claim, chen, claim_id=held.pk) == "claim.begun"
    assert claims.withdraw_claim(chen, claim_id=held.pk).state == "left"


def test_an_exit_from_a_post_without_approval_invites_the_next(world: World) -> None:
    offer = steps.published(world, "post", approval=False, places=1)
    members = steps.registered(world, 2)
    rows = steps.claimed(offer, *members)
    claims.request_exit(members[0], claim_id=rows[0].pk, reason="搬家")
    assert steps.states(offer) == ["exit-requested", "waiting"]
    decisions.decide_exits(world.actor("an"), claim_ids=[rows[0].pk], approve=True)
    assert steps.states(offer) == ["left", "invited"]


def test_claims_keep_branch_and_community_as_they_were(world: World) -> None:
    held = steps.claimed(steps.published(world), steps.chen(world))[0]
    row = Claim.objects.get(pk=held.pk)
    assert (row.branch, row.community) == (world.first, world.willow)


def test_whoever_moved_on_holds_no_place_the_next_night(world: World) -> None:
    activity, post = steps.published(world, places=1), steps.published(world, "post")
    chen, other = steps.chen(world), steps.registered(world, 1)[0]
    mine = steps.claimed(activity, chen)[0]
    applied = steps.claimed(post, chen)[0]
    steps.claimed(activity, other)
    tasks.end_claims_of_departed()
    assert steps.states(activity) == ["active", "waiting"]
    registered = Registration.objects.get(person=chen.person_id)
    end(world.actor("an"), registration_id=registered.pk, reason="moved", ended_on=clock.today())
    tasks.end_claims_of_departed()
    assert steps.states(activity) == ["left", "invited"]
    assert steps.fresh(applied).state == "refused"
    assert steps.fresh(mine).reason == claims.DEPARTED
    assert Notice.objects.filter(kind="claim-ended", person=chen.person_id).count() == 2


def test_a_move_within_the_street_keeps_the_activities_and_ends_the_posts(world: World) -> None:
    activity, post = steps.published(world), steps.published(world, "post", approval=False)
    chen = steps.chen(world)
    steps.claimed(activity, chen)
    steps.claimed(post, chen)
    registered = Registration.objects.get(person=chen.person_id)
    moved = transfer(
        chen, registration_id=registered.pk, community_id=world.bridge.pk, reason="搬家"
    )
    tasks.end_claims_of_departed()
    assert steps.states(activity) == ["active"]
    accept(world.actor("bao"), registration_ids=[moved.pk])
    tasks.end_claims_of_departed()
    assert steps.states(activity) == ["active"]
    assert steps.states(post) == ["left"]


@pytest.mark.parametrize(("recorded", "state"), [(True, "done"), (False, "left")])
def test_whose_service_is_recorded_without_a_list_has_served_when_it_ends(
    world: World, recorded: bool, state: str
) -> None:
    helper, an = steps.chen(world), world.actor("an")
    offer = pairings.pairing(world)
    visit = pairings.visited(helper, pairings.paired(world, offer, helper))
    if recorded:
        pairings.confirmed(world, visit)
    end_pairing(an, offer_id=offer.pk, reason="helped", words="子女回来照料")
    assert steps.states(offer) == [state]


def test_whose_service_is_recorded_without_a_list_has_served_when_they_move_away(
    world: World,
) -> None:
    helper, an = steps.chen(world), world.actor("an")
    offer = pairings.pairing(world)
    pairings.confirmed(world, pairings.visited(helper, pairings.paired(world, offer, helper)))
    registered = Registration.objects.get(person=helper.person_id)
    end(an, registration_id=registered.pk, reason="moved", ended_on=clock.today())
    tasks.end_claims_of_departed()
    assert steps.states(offer) == ["done"]
