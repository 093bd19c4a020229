"""Recording on its pages, counted in taps."""

from uuid import uuid4

from baodao.agenda.commands.services import state_claim
from baodao.attendance.commands.rolls import Turnout, record_missed, record_roll
from baodao.attendance.models import ActivityEffect
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.notices.queries.notices import sentence_of
from baodao.offers.commands.offers import cancel
from baodao.people.queries.members import names_of
from baodao.statements.commands.statements import confirm_statements
from tests.offers import steps
from tests.programs import ids, program
from tests.registration.browsing import browser, client_id, text
from tests.teams import steps as teams
from tests.world import World


def test_twenty_people_are_recorded_in_a_handful_of_taps(world: World) -> None:
    """Open the list, untick two, record: four taps and nothing typed."""
    offer = steps.published(world, places=20)
    members = steps.registered(world, 20)
    steps.claimed(offer, *members)
    with clock.at(steps.hour(at=12)):
        an = browser(world, "an")
        page = an.get(f"/offers/{offer.pk}/roll/")
        assert text(page).count("checked>") == 20
        assert 'name="minutes" value="2 小时"' in text(page)
        came = [str(actor.person_id) for actor in members[:18]]
        typed = {
            "ids": came, "minutes": "120", "record": "1", "client_id": str(client_id(page)),
        }  # fmt: skip
        done = an.post(f"/offers/{offer.pk}/roll/", typed, follow=True)
        assert "已登记 18 人的服务" in text(done)
        an.post(f"/offers/{offer.pk}/roll/", typed, follow=True)
    assert ServiceRecord.objects.count() == 18
    assert "未到场" not in text(done)
    left = "、".join(sorted(names_of([one.person_id for one in members[18:]]).values()))
    assert "未勾选：" in text(done)
    assert all(name in text(done).partition("未勾选：")[2][:200] for name in left.split("、"))


def test_a_closed_list_shows_who_was_there_and_takes_who_was_missed(world: World) -> None:
    """Ticked, walked in, missed: each is told apart; who was missed is added, and served by it."""
    offer = steps.published(world)
    first, second, third = steps.registered(world, 3)
    rows = steps.claimed(offer, first, second)
    url = f"/offers/{offer.pk}/roll/"
    with clock.at(steps.hour(at=12)):
        an = browser(world, "an")
        came = [str(first.person_id), str(third.person_id)]
        typed = {"ids": came, "minutes": "90", "record": "1", "more": "on"}
        still = text(an.post(url, typed, follow=True))
        assert "（未认领）" in still.partition("党员丙")[2][:30]
        assert f'value="{third.person_id}"' not in still
        typed = {"ids": [], "minutes": "90", "record": "1"}
        page = text(an.post(url, typed, follow=True))
        assert "未勾选：党员乙" in page
        assert "2 人到场" in page
        assert "未认领" in page.partition("党员丙")[2][:200]
        assert "名单上有、未登记到场：" in page
        closed = an.get(url)
        assert (closed.status_code, text(closed).count("checked")) == (200, 0)
        assert "请勾选到场的人" in text(an.post(url, {"minutes": "60", "add": "1"}))
        bao = browser(world, "bao").post(url, {"minutes": "60", "add": "1", "ids": came})
        assert bao.status_code == 404
        missed = {"ids": [str(second.person_id)], "minutes": "60", "add": "1"}
        done = text(an.post(url, missed, follow=True))
        assert "3 人到场" in done
        assert "未登记到场" not in done
        assert "1 人补入" in text(an.get(f"/offers/{offer.pk}/"))
    assert steps.fresh(rows[1]).state == "done"
    assert rows[1].seats.get().served_on == clock.day_of(offer.starts_at)
    assert sorted(ServiceRecord.objects.values_list("minutes", flat=True)) == [60, 90, 90]


def test_a_claim_is_served_once_a_late_statement_of_it_is_confirmed(world: World) -> None:
    """Left off the closed list, stated with one tap, confirmed: the claim says so to both."""
    offer = steps.published(world)
    first, second = steps.registered(world, 2)
    rows = steps.claimed(offer, first, second)
    with clock.at(steps.hour(at=12)):
        an = world.actor("an")
        record_roll(an, offer_id=offer.pk, turnout=Turnout([first.person_id], 60))
        assert steps.fresh(rows[1]).state == "absent"
        waiting = state_claim(second, claim_id=rows[1].pk)
        assert steps.fresh(rows[1]).state == "absent", "nothing is done before the word"
        confirm_statements(an, statement_ids=[waiting.pk])
    assert steps.fresh(rows[1]).state == "done"
    assert rows[1].seats.get().served_on == clock.day_of(offer.starts_at)


def test_each_of_a_team_who_states_late_has_served_by_its_claim(world: World) -> None:
    """The first makes the claim done, the next has served by it all the same."""
    offer, members = steps.published(world), teams.team(world, 3)
    claim = teams.claimed(world, offer, *members)
    with clock.at(steps.hour(at=12)):
        an = world.actor("an")
        walker_in = steps.registered(world, 1)[0].person_id
        record_roll(an, offer_id=offer.pk, turnout=Turnout([walker_in], 60))
        assert steps.fresh(claim).state == "absent"
        for count, member in enumerate(members[1:], start=1):
            stated = state_claim(member, claim_id=claim.pk)
            assert confirm_statements(an, statement_ids=[stated.pk]).done
            assert steps.fresh(claim).state == "done"
            assert claim.seats.filter(served_on=clock.day_of(offer.starts_at)).count() == count


def test_whose_record_was_reversed_is_on_the_list_again_as_who_claimed(world: World) -> None:
    """On the open list whoever looks finds them, on the closed one they stand among the missed."""
    offer = steps.published(world)
    first, second = steps.registered(world, 2)
    steps.claimed(offer, first, second)
    url, an = f"/offers/{offer.pk}/roll/", world.actor("an")
    with clock.at(steps.hour(at=12)):
        turnout = Turnout([first.person_id, second.person_id], 60, more=True)
        record = record_roll(an, offer_id=offer.pk, turnout=turnout).done[0]
        name = names_of([record.person_id])[record.person_id]
        reverse(an, community_id=world.willow.pk, record_id=record.id, reason="签错了人")
        found = text(browser(world, "an").post(url, {"q": name, "find": "1", "minutes": "60"}))
        assert f'value="{record.person_id}"' in found
        assert "未认领" not in found
        record_roll(an, offer_id=offer.pk, turnout=Turnout([], 60))
        closed = text(browser(world, "an").get(url))
        assert name in closed.partition("名单上有、未登记到场：")[2][:100]
        assert f'value="{record.person_id}"' in closed
        record_missed(an, offer_id=offer.pk, person_ids=[record.person_id], minutes=30)
        assert "未登记到场" not in text(browser(world, "an").get(url))


def test_a_list_that_was_closed_meanwhile_is_shown_as_it_stands(world: World) -> None:
    """Of what was ticked who was added by hand stays; a mere claimant is not ticked."""
    offer = steps.published(world)
    first, second, third = steps.registered(world, 3)
    steps.claimed(offer, first, second)
    with clock.at(steps.hour(at=12)):
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout([first.person_id], 60))
        stale = {"ids": [str(one.person_id) for one in (first, second, third)], "minutes": "60"}
        page = browser(world, "an").post(f"/offers/{offer.pk}/roll/", stale | {"record": "1"})
    assert page.status_code == 422
    assert "这项服务已结束" in text(page)
    assert "补入名单" in text(page)
    assert text(page).count("checked>") == 1
    assert "checked>" in text(page).partition(f'value="{third.person_id}"')[2][:20]


def test_activities_are_graded_with_a_tap_each_and_changed_with_a_reason(world: World) -> None:
    """By their community, once they are over; the unit reads it, the worker next door does not."""
    offers = [steps.published(world, title=one) for one in ("楼道清洁", "反诈宣传", "没有人来")]
    members = steps.registered(world, 2)
    with clock.at(steps.hour(at=10)):
        for offer, came in zip(offers[:2], members, strict=True):
            record_roll(
                world.actor("an"),
                offer_id=offer.pk,
                turnout=Turnout([came.person_id], 60, more=True),
            )
        assert "还没有已结束的活动" in text(browser(world, "an").get("/offers/effects/"))
        assert browser(world, "an").get(f"/offers/{offers[0].pk}/effect/").status_code == 404
    with clock.at(steps.hour(at=12)):
        an, bao, dai = (browser(world, one) for one in ("an", "bao", "dai"))
        page = an.get("/offers/effects/")
        assert "2 次活动还没有评定成效" in text(page)
        assert "没有人来" not in text(page)
        assert an.post("/offers/effects/", {"client_id": str(uuid4())}).status_code == 422
        typed = {f"grade-{one.pk}": "good" for one in offers[:2]}
        assert "已评定 2 次活动的成效" in text(an.post("/offers/effects/", typed, follow=True))
        assert bao.post("/offers/effects/", typed).status_code == 404
        one = f"/offers/{offers[0].pk}/effect/"
        assert bao.get(one).status_code == 404
        assert "请填写更改原因" in text(an.post(one, {"grade": "plain", "reason": ""}))
        assert "已经是" in text(an.post(one, {"grade": "good", "reason": "再看"}))
        an.post(one, {"grade": "plain", "reason": "多数居民不知情"})
        assert "评定成效：效果一般" in text(an.get(f"/offers/{offers[0].pk}/"))
        ours = text(dai.get("/unit/services/effects/"))
        assert "楼道清洁 · 效果一般" in ours
        assert "更改原因：多数居民不知情" in ours
        assert "没有人来" not in ours
        assert browser(world, "chen").get("/unit/services/effects/").status_code == 404
        notices = Notice.objects.filter(organisation=world.bureau).order_by("created_at")
        told = [sentence_of(one) for one in notices if one.kind.startswith("effect")]
        assert told == [
            "柳荫社区评定了2次有贵单位党员参加的活动的成效。",
            "柳荫社区更改了“楼道清洁”的成效：多数居民不知情",
        ]
    assert ActivityEffect.objects.count() == 3


def test_a_program_grades_and_a_unit_reads_what_its_members_served_in(world: World) -> None:
    offer, [member] = steps.published(world, title="楼道清洁"), steps.registered(world, 1)
    with clock.at(steps.hour(at=12)):
        an = world.actor("an")
        record_roll(an, offer_id=offer.pk, turnout=Turnout([member.person_id], 60))
        token = program(world, "an", "willow", Permission.RECORD_CREATE, Permission.RECORD_READ)
        body = {"grades": [{"offer": str(offer.pk), "grade": "good"}]}
        answer = token.post("/offers/effects/", body).json()
        assert [(one["title"], one["grade"]) for one in answer["done"]] == [("楼道清洁", "good")]
        [again] = token.post("/offers/effects/", body).json()["refused"]
        assert again["code"] == "effect.same"
        unit = program(world, "deng", "bureau", Permission.RECORD_READ)
        assert ids(unit.get("/offers/effects/")) == [answer["done"][0]["id"]]
        assert unit.post("/offers/effects/", body).status_code == 403
        next_door = program(world, "bao", "bridge", Permission.RECORD_READ)
        assert ids(next_door.get("/offers/effects/")) == []


def test_somebody_who_came_without_claiming_is_added_and_ticks_are_kept(world: World) -> None:
    offer = steps.published(world)
    first, second, third = steps.registered(world, 3)
    steps.claimed(offer, first, second)
    url = f"/offers/{offer.pk}/roll/"
    with clock.at(steps.hour(at=12)):
        an = browser(world, "an")
        sought = {"ids": [str(first.person_id)], "minutes": "90", "q": "党员丙", "find": "1"}
        page = text(an.post(url, sought))
        assert page.count("checked>") == 2
        assert 'value="90"' in page
        assert not ServiceRecord.objects.exists()
        stranger = text(an.post(url, sought | {"q": "郝一鸣"}))
        assert "没有找到在本社区报到的这位党员" in stranger
        came = [str(first.person_id), str(third.person_id)]
        an.post(url, {"ids": came, "minutes": "90", "record": "1"}, follow=True)
    assert set(ServiceRecord.objects.values_list("person", flat=True)) == {
        first.person_id, third.person_id,
    }  # fmt: skip


def test_who_is_on_the_list_already_hides_nobody_of_the_same_name(world: World) -> None:
    offer = steps.published(world, places=22)
    members = steps.registered(world, 22)
    steps.claimed(offer, *members[:20])
    with clock.at(steps.hour(at=12)):
        sought = {"ids": [], "minutes": "90", "q": "党员", "find": "1"}
        page = text(browser(world, "an").post(f"/offers/{offer.pk}/roll/", sought))
    assert all(str(one.person_id) in page for one in members[20:])


def test_a_list_that_has_not_begun_says_so(world: World) -> None:
    offer = steps.published(world)
    answer = browser(world, "an").get(f"/offers/{offer.pk}/roll/")
    assert answer.status_code == 409
    assert "活动还没有开始" in text(answer)


def test_a_day_of_a_post_is_recorded_on_its_page(world: World) -> None:
    offer = steps.published(world, "post", approval=False)
    held = steps.claimed(offer, steps.chen(world))[0]
    an = browser(world, "an")
    url = f"/offers/{offer.pk}/roll/"
    typed = {"on": f"{clock.today():%Y-%m-%d}", "minutes": "60", "result": "接待 3 人"}
    assert "没有勾选任何人" in text(an.post(url, typed))
    done = an.post(url, typed | {"ids": [str(held.seats.get().pk)]}, follow=True)
    assert "已登记 1 人的服务" in text(done)
    assert "最近服务" in text(done)


def test_a_form_of_what_is_over_says_so_and_asks_nothing(world: World) -> None:
    """From an old page or a bookmark: the list, its sheet, inviting; who serves, giving up."""
    offer, full = steps.published(world), steps.published(world, places=1)
    [claim] = steps.claimed(offer, *steps.registered(world, 1))
    [own] = steps.claimed(full, steps.chen(world))
    an, chen = browser(world, "an"), browser(world, "chen")
    desk = [f"/offers/{offer.pk}/{page}/" for page in ("sheet", "invite")]
    leave = f"/me/claims/{own.pk}/leave/"
    assert [an.get(url).status_code for url in desk] == [200, 200]
    assert chen.get(leave).status_code == 200
    busy = an.get(f"/offers/{full.pk}/invite/")
    assert (busy.status_code, "名额已满，不用再邀请" in text(busy)) == (409, True)
    with clock.at(steps.hour(at=12)):
        worker = world.actor("an")
        for one, serving in ((offer, claim), (full, own)):
            record_roll(
                worker, offer_id=one.pk, turnout=Turnout([serving.seats.get().person_id], 60)
            )
        an, chen = browser(world, "an"), browser(world, "chen")
        for page in [an.get(url) for url in desk]:
            shows = text(page).partition("<main")[2]
            assert (page.status_code, 'name="client_id"' in shows) == (409, False)
            assert f'href="/offers/{offer.pk}/"' in shows
        over = chen.get(leave)
        assert (over.status_code, "确定" in text(over)) == (409, False)


def test_codes_typed_from_a_sheet_stay_where_the_list_was_closed_meanwhile(world: World) -> None:
    """And whoever sends some to a post, which has no list, breaks nothing."""
    activity, post = steps.published(world), steps.published(world, "post")
    with clock.at(steps.hour(at=12)):
        cancel(world.actor("an"), offer_id=activity.pk, reason="下雨")
        an = browser(world, "an")
        page = an.post(f"/offers/{activity.pk}/sheet/", {"rows": "AB3DE-5FGHJ"})
        assert (page.status_code, "AB3DE-5FGHJ" in text(page)) == (422, True)
        assert "名单已经登记完毕" in text(page).partition("AB3DE-5FGHJ")[0]
        assert an.post(f"/offers/{post.pk}/sheet/", {"rows": "AB3DE-5FGHJ"}).status_code == 422
