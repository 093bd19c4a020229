"""The waiting list: who is in it, at which number, until when a free place is kept for whom."""

from datetime import timedelta

import pytest

from baodao.accounts.models import Account
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim
from baodao.claims.queries.claims import numbers_in_line
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.world import World


def decided(world: World, rows: list[Claim]) -> None:
    decisions.decide_claims(world.actor("an"), claim_ids=[row.pk for row in rows], approve=True)


def lined_up(world: World, *rows: Claim) -> list[str]:
    """Put claims on the waiting list; why some were left out."""
    batch = decisions.line_up(world.actor("an"), claim_ids=[row.pk for row in rows])
    return [no.code for _, no in batch.refused]


def one_place(world: World, count: int) -> tuple[Offer, list[Actor], list[Claim]]:
    """A post of one place, for which so many claim; the first is approved."""
    offer = steps.published(world, "post", places=1)
    members = steps.registered(world, count)
    rows = steps.claimed(offer, *members)
    decided(world, rows[:1])
    return offer, members, rows


def leave(world: World, member: Actor, row: Claim) -> None:
    claims.request_exit(member, claim_id=row.pk, reason="搬家")
    decisions.decide_exits(world.actor("an"), claim_ids=[row.pk], approve=True)


def gone(world: World, member: Actor) -> None:
    """Their registration in the community ends today."""
    registered = Registration.objects.get(person=member.person_id)
    an = world.actor("an")
    end(an, registration_id=registered.pk, reason="moved", ended_on=clock.today())


def test_a_post_with_approval_has_a_line_whose_first_is_asked_and_then_the_next(
    world: World,
) -> None:
    with clock.at(steps.hour(days=0, at=10)):
        offer, members, rows = one_place(world, 4)
        assert lined_up(world, *rows[1:3]) == []
        assert steps.states(offer) == ["active", "waiting", "waiting", "applied"]
        told = Notice.objects.filter(kind="claim-lined-up").order_by("pk")
        assert [notice.facts["number"] for notice in told] == [1, 2]
        leave(world, members[0], rows[0])
        assert steps.states(offer) == ["left", "invited", "waiting", "applied"]
        assert steps.fresh(rows[1]).confirm_by == clock.now() + timedelta(hours=24)
    with clock.at(steps.hour(days=1, at=11)):
        tasks.lapse_overdue()
        assert steps.states(offer) == ["left", "withdrawn", "invited", "applied"]
        asked = Notice.objects.filter(kind="claim-invited").order_by("pk")
        assert [notice.person_id for notice in asked] == [
            members[1].person_id,
            members[2].person_id,
        ]
        assert Notice.objects.get(kind="claim-lapsed").person_id == members[1].person_id
        claims.confirm_invitation(members[2], claim_id=rows[2].pk)
    assert steps.states(offer) == ["left", "withdrawn", "active", "applied"]


def test_a_number_in_line_never_grows_who_is_approved_later_comes_later(world: World) -> None:
    _, _, rows = one_place(world, 3)
    lined_up(world, rows[2])
    assert numbers_in_line(rows) == {rows[2].pk: 1}
    with clock.at(clock.now() + timedelta(minutes=1)):
        lined_up(world, rows[1])
    assert numbers_in_line(rows) == {rows[2].pk: 1, rows[1].pk: 2}


def test_only_who_cannot_be_approved_waits(world: World) -> None:
    offer = steps.published(world, "post", places=1)
    rows = steps.claimed(offer, *steps.registered(world, 2))
    assert lined_up(world, rows[0]) == ["claim.room"]
    decided(world, rows)
    assert steps.states(offer) == ["active", "applied"]
    assert lined_up(world, *rows) == ["claim.active"]
    with pytest.raises(Absent):
        decisions.line_up(world.actor("bao"), claim_ids=[rows[1].pk])


def test_a_place_that_was_kept_until_an_hour_is_not_taken_after_it(world: World) -> None:
    with clock.at(steps.hour(days=0, at=10)):
        offer = steps.published(world, places=1)
        members = steps.registered(world, 3)
        rows = steps.claimed(offer, *members)
        claims.withdraw_claim(members[0], claim_id=rows[0].pk)
        until = steps.fresh(rows[1]).confirm_by
    assert until is not None
    with clock.at(until + timedelta(minutes=1)):
        late = refusal(claims.confirm_invitation, members[1], claim_id=rows[1].pk)
        assert late == "claim.lapsed"
        tasks.lapse_overdue()
        assert steps.states(offer) == ["left", "withdrawn", "invited"]
    with clock.at(until):
        claims.confirm_invitation(members[2], claim_id=rows[2].pk)


def test_who_moved_on_is_neither_approved_nor_asked_nor_takes_a_place(world: World) -> None:
    post, members, rows = one_place(world, 3)
    lined_up(world, *rows[1:])
    gone(world, members[1])
    leave(world, members[0], rows[0])
    assert steps.states(post) == ["left", "waiting", "invited"]
    gone(world, members[2])
    code = refusal(claims.confirm_invitation, members[2], claim_id=rows[2].pk)
    assert code == "claim.departed"
    chen = steps.chen(world)
    [late] = steps.claimed(steps.published(world, "post"), chen)
    gone(world, chen)
    batch = decisions.decide_claims(world.actor("an"), claim_ids=[late.pk], approve=True)
    assert [no.code for _, no in batch.refused] == ["claim.departed"]


def test_an_invitation_is_told_to_who_wants_no_reminders(world: World) -> None:
    _, members, rows = one_place(world, 2)
    lined_up(world, rows[1])
    Account.objects.filter(person=members[1].person_id).update(reminders=False)
    leave(world, members[0], rows[0])
    assert Notice.objects.get(kind="claim-kept").person_id == members[1].person_id
    assert not Notice.objects.filter(kind="claim-invited").exists()


def test_more_places_go_to_who_waits_first(world: World) -> None:
    offer, _, rows = one_place(world, 3)
    lined_up(world, rows[1])
    an = world.actor("an")
    for number in (1, 0, 2_001):
        assert refusal(offers.widen, an, offer_id=offer.pk, places=number) == "offer.not-more"
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            offers.widen(world.actor(name), offer_id=offer.pk, places=3)
    offers.widen(an, offer_id=offer.pk, places=3)
    assert steps.states(offer) == ["active", "invited", "applied"]
    decided(world, rows[2:])
    assert steps.states(offer) == ["active", "invited", "active"]
    offers.cancel(an, offer_id=offer.pk, reason="撤岗")
    with pytest.raises(Refused):
        offers.widen(an, offer_id=offer.pk, places=9)


def test_what_cannot_be_approved_is_not_ticked_and_says_why(world: World) -> None:
    offer = steps.published(world, "post", places=1, specialties="法律")
    members = steps.registered(world, 2)
    chen = steps.chen(world)
    person = world.people["chen"]
    person.specialty = "法律顾问"
    person.save()
    rows = steps.claimed(offer, chen, *members)
    an = browser(world, "an")
    page = text(an.get("/offers/claims/"))
    assert [ticked(page, row) for row in rows] == [True, False, False]
    assert "共 1 个名额，还剩 1 个" in page
    assert "符合：法律" in page
    assert page.count("1 个名额已满") == 2
    assert 'value="3"' in page
    an.post("/offers/claims/decide/", {"ids": [str(rows[0].pk)], "decision": "approve"})
    page = text(an.get("/offers/claims/"))
    assert [ticked(page, row) for row in rows[1:]] == [True, True]
    assert "通过勾选的认领" not in page
    both = {"ids": [str(row.pk) for row in rows[1:]], "decision": "wait"}
    assert "已将 2 人列入候补" in text(an.post("/offers/claims/decide/", both, follow=True))
    assert steps.states(offer) == ["active", "waiting", "waiting"]
    assert "第 2 位" in text(an.get(f"/offers/{offer.pk}/"))


def ticked(page: str, row: Claim) -> bool:
    """Whether the box of a claim is ticked."""
    start = page.index(f'value="{row.pk}"')
    return "checked" in page[start : page.index(">", start)]


def test_the_number_of_places_is_raised_on_the_page_of_approval(world: World) -> None:
    offer = steps.published(world, "post", places=1)
    steps.claimed(offer, *steps.registered(world, 2))
    an = browser(world, "an")
    assert "请填 2 到" in text(an.post(f"/offers/{offer.pk}/places/", {"places": "1"}))
    answer = an.post(f"/offers/{offer.pk}/places/", {"places": "2"}, follow=True)
    assert "名额已增加" in text(answer)
    assert "已满" not in text(answer)
    assert "名额从 1 个增加到 2 个" in text(an.get(f"/offers/{offer.pk}/"))
    for name in ("bao", "deng", "chen"):
        assert browser(world, name).get(f"/offers/{offer.pk}/places/").status_code == 404


def test_members_see_what_they_may_claim_apart_from_what_they_may_only_wait_for(
    world: World,
) -> None:
    free = steps.published(world, title="楼道清洁")
    full = steps.published(
        world, places=1, title="社区义诊", starts_at=steps.hour(9), ends_at=steps.hour(9, 11)
    )
    steps.claimed(full, *steps.registered(world, 2))
    chen, member = browser(world, "chen"), steps.chen(world)
    page = text(chen.get("/find/"))
    assert "1 项服务" in page
    assert page.index("楼道清洁") < page.index("名额已满，可以候补") < page.index("社区义诊")
    assert "已满，1 人候补" in page
    answer = chen.post(f"/find/{full.pk}/claim/", follow=True)
    assert "您排在候补第 2 位" in text(answer)
    assert "第 2 位，有空位时请您确认" in text(answer)
    for number in range(2):
        steps.claimed(steps.published(world, "post", title=f"岗{number}"), member)
    third = steps.published(world, "post", title="岗三")
    page = text(chen.get("/find/"))
    assert page.index("您现在不能认领") < page.index("岗三")
    assert "请先退出一个" in page
    assert f"/find/{third.pk}/claim/" not in page
    assert f"/find/{free.pk}/claim/" in page
