"""The pages of menus, orders and whistles, for who orders, sends on and answers."""

import re

from django.test import Client

from baodao.accounts.models import Account
from baodao.needs.models import MenuItem, Need
from baodao.offers.models import Offer
from baodao.orders.models import Whistle
from baodao.people.models import Person
from tests.ledger.test_categories import PAGE, form
from tests.offers import steps as offered
from tests.orders import steps
from tests.registration.browsing import browser, client_id, text
from tests.teams import steps as teams
from tests.world import World


def sent(client: Client, url: str, **typed: object) -> str:
    """What is shown after a form of a page was sent."""
    page = client.get(url)
    body = {"client_id": str(client_id(page)), **typed}
    return text(client.post(url, body, follow=True))


def test_a_menu_is_written_changed_and_ended_by_who_serves(world: World) -> None:
    an = browser(world, "an")
    typed = {"title": "家电小修", "category": "convenience", "schedule": "周六上午", "weekly": "3"}
    assert "已列入菜单" in sent(an, "/needs/menu/new/", **typed)
    item = MenuItem.objects.get()
    before = {f"before-{name}": value for name, value in typed.items()}
    page = f"/needs/menu/{item.pk}/"
    assert "家电维修" in sent(an, page, **typed | before | {"title": "家电维修"})
    assert "本周已点 0 单，每周 3 单" in text(an.get("/needs/menu/"))
    assert browser(world, "bao").get(page).status_code == 404
    order = f"{page}order/"
    assert "家电维修：电饭煲" in sent(an, order, text="电饭煲", source="window", urgency="normal")
    ended = an.post(f"{page}end/", {"client_id": ""}, follow=True)
    assert "菜单上还没有服务项目" in text(ended)


def test_a_leader_keeps_the_menu_of_the_team_and_who_dispatches_reads_whose_it_is(
    world: World,
) -> None:
    leader, mate = teams.team(world, 2)
    phone = teams.signed_in(leader)
    assert "/team/menu/" in text(phone.get("/me/team/"))
    typed = {"title": "公证咨询", "category": "policy", "schedule": "每月初", "weekly": "2"}
    assert "本周已点 0 单，每周 2 单" in sent(phone, "/team/menu/new/", **typed)
    item = MenuItem.objects.get()
    assert (item.provider, item.community) == (world.team, world.willow)
    assert "法律服务队提供“公证咨询”" in text(browser(world, "an").get("/notices/"))
    before = {f"before-{name}": value for name, value in typed.items()}
    page = f"/team/menu/{item.pk}/"
    assert "遗嘱公证咨询" in sent(phone, page, **typed | before | {"title": "遗嘱公证咨询"})
    order = steps.ordered(world, item)
    shown = text(browser(world, "an").get(f"/needs/{order.pk}/dispatch/"))
    assert "由法律服务队提供" in shown
    for who in (teams.signed_in(mate), browser(world, "an"), browser(world, "deng")):
        assert who.get("/team/menu/").status_code == 404
        assert who.post(f"{page}end/").status_code == 404
    assert "菜单上还没有服务项目" in text(phone.post(f"{page}end/", follow=True))


def test_a_unit_keeps_its_menu_and_residents_read_who_serves(world: World) -> None:
    steps.partner(world)
    deng, unit = browser(world, "deng"), world.bureau
    assert 'href="/needs/menu/"' in deng.get("/unit/needs/").content.decode()
    typed = {"title": "家电小修", "category": "convenience", "schedule": "周六上午", "weekly": "3"}
    told = typed | {"served_by": "维修班两名党员"}
    shown = sent(deng, "/needs/menu/new/", **told)
    assert "维修班两名党员" in shown
    assert "尚未办结的点单" not in shown
    item = MenuItem.objects.get()
    assert (item.provider, item.community) == (unit, world.willow)
    page = steps.page_of(world)
    board, order = f"/ask/{page.token}/", f"/ask/{page.token}/{item.pk}/"
    for address in (board, order):
        assert f"由{unit.name}提供" in text(Client().get(address))
    need = steps.ordered(world, item, page, text="密码盒里有钥匙")
    shown = text(deng.get("/needs/menu/"))
    assert "尚未办结的点单" in shown
    assert "本周已点 1 单，每周 3 单" in shown
    for secret in ("王奶奶", "3号楼", "钥匙", need.code):
        assert secret not in shown
    steps.dispatched(world, need, "units", unit_ids=[unit.pk])
    assert "上门理发" in text(deng.get("/unit/whistles/"))
    for other in ("qin", "bao"):
        assert browser(world, other).get(f"/needs/menu/{item.pk}/").status_code == 404
        assert browser(world, other).post(f"/needs/menu/{item.pk}/end/").status_code == 404
    deng.post(f"/needs/menu/{item.pk}/end/", {"client_id": ""}, follow=True)
    assert "家电小修" not in text(Client().get(board))
    assert "家电小修" in text(deng.get("/needs/menu/")), "what was ordered before is served"


def test_what_a_community_serves_itself_names_no_other(world: World) -> None:
    item, page = steps.item(world), steps.page_of(world)
    for address in (f"/ask/{page.token}/", f"/ask/{page.token}/{item.pk}/"):
        assert "提供" not in text(Client().get(address))


def test_what_a_unit_promised_is_ticked_for_it(world: World) -> None:
    steps.partner(world)
    item, unit = steps.item(world), world.bureau
    MenuItem.objects.filter(pk=item.pk).update(provider=unit)
    page = text(browser(world, "an").get(f"/needs/{steps.ordered(world, item).pk}/dispatch/"))
    assert f"由{unit.name}提供" in page
    assert re.search(rf'name="units" value="{unit.pk}"[^>]* checked', page)


def test_a_resident_orders_without_an_account_and_not_without_end(world: World) -> None:
    item, page = steps.item(world, weekly=200), steps.page_of(world)
    client = Client()
    menu = client.get(f"/ask/{page.token}/")
    assert "上门理发 · 每周三下午" in text(menu)
    order = f"/ask/{page.token}/{item.pk}/"
    assert "需要上门的，请写上" in text(client.get(order))
    done = sent(client, order, place="3号楼", text="", phone="", asker="", website="")
    assert Need.objects.get().code in done
    sent(client, order, website="http://spam")
    assert Need.objects.count() == 1
    for number in range(12):
        sent(client, order, place=f"{number}号楼")
    assert Need.objects.count() == 10
    assert Client().get(f"/ask/{page.token}/{Need.objects.first().pk}/").status_code == 404  # type: ignore[union-attr]


def test_an_order_is_dispatched_with_one_tap_from_the_board(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    an = browser(world, "an")
    dispatch = f"/needs/{need.pk}/dispatch/"
    assert dispatch in an.get("/needs/").content.decode()
    assert dispatch in an.get("/today/").content.decode()
    assert dispatch in an.get("/needs/orders/").content.decode()
    words = {"title": "上门理发", "schedule": "每周三下午", "text": ""}
    assert "已下单" in sent(an, dispatch, road="members", **words)
    assert Offer.objects.get().state == "published"
    for name in ("bao", "fan", "chen"):
        assert browser(world, name).get(dispatch).status_code == 404


def test_what_was_ticked_stays_when_it_is_refused(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    first, other = offered.registered(world, 2)
    an = browser(world, "an")
    words = {"title": "上门理发", "schedule": "", "text": ""}
    page = sent(
        an,
        f"/needs/{need.pk}/dispatch/",
        road="named",
        ids=[str(first.person_id), str(other.person_id)],
        **words,
    )
    assert "请只勾选一名党员" in page
    assert not Offer.objects.exists()


def test_the_member_who_said_yes_on_the_telephone_is_found_by_name(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    members = offered.registered(world, 3)
    name = Person.objects.get(pk=members[1].person_id).name
    an, there = browser(world, "an"), f"/needs/{need.pk}/dispatch/"
    words = {"title": "上门修水管", "schedule": "", "text": ""}
    ticked = {"ids": [str(members[0].person_id)], "q": name, "find": "1"}
    page = sent(an, there, **words | ticked)
    assert (page.count('name="ids"'), page.count(" checked")) == (2, 1)
    assert (name in page, "上门修水管" in page) == (True, True)
    assert not Offer.objects.exists()
    assert "已下单" in sent(an, there, road="named", ids=[str(members[1].person_id)], **words)
    theirs = Client()
    theirs.force_login(Account.objects.get(person=members[1].person_id))
    asked = text(theirs.get("/me/claims/"))
    assert ("社区请您承接" in asked, ">承接</button>" in asked) == (True, True)


def test_an_order_that_nobody_takes_is_sent_on_from_its_page(world: World) -> None:
    steps.partner(world)
    offer = steps.dispatched(world, steps.ordered(world, steps.item(world)))
    an = browser(world, "an")
    assert f"/offers/{offer.pk}/send/" in an.get(f"/offers/{offer.pk}/").content.decode()
    sent(an, f"/offers/{offer.pk}/send/", road="units", units=[str(world.bureau.pk)])
    row = Whistle.objects.get()
    assert "待答复" in text(an.get("/needs/whistles/"))
    deng = browser(world, "deng")
    assert "社区吹哨，1 件待答复" in text(deng.get("/unit/"))
    assert "上门理发" in text(deng.get("/unit/whistles/"))
    told = sent(deng, f"/unit/whistles/{row.pk}/decline/", reason="没有会理发的人")
    assert "已告知派单的社区或单位" in told
    on_offer = text(an.get(f"/offers/{offer.pk}/"))
    assert '区城建局机关党委 <span class="quiet">不能报到' in on_offer
    assert "没有会理发的人" in on_offer
    fan = text(browser(world, "fan").get("/needs/whistles/"))
    assert "不能报到" in fan
    assert "没有会理发的人" in fan


def test_a_unit_chooses_from_the_kinds_of_service_of_its_partner_community(world: World) -> None:
    steps.partner(world)
    browser(world, "ji").post(PAGE, form(world, fresh="防汛抢险"))
    deng = browser(world, "deng")
    assert "防汛抢险" in text(deng.get("/needs/menu/new/"))
    typed = {
        "title": "沙袋搬运",
        "category": f"{world.willow.code}-1",
        "schedule": "汛期",
        "weekly": "3",
    }
    assert "已列入菜单" in sent(deng, "/needs/menu/new/", **typed)


def test_it_says_how_many_are_asked_at_a_time(world: World) -> None:
    offered.chen(world)
    need = steps.ordered(world, steps.item(world))
    assert "最多 5 人" in text(browser(world, "an").get(f"/needs/{need.pk}/dispatch/"))


def test_where_nobody_can_be_asked_the_page_names_who_and_why(world: World) -> None:
    chen, need = offered.chen(world), steps.ordered(world, steps.item(world))
    account, by_name = Account.objects.filter(person=chen.person_id), {"find": "1", "q": "陈晓宇"}
    for changes, why in (
        ({"reminders": True}, "登录后才看得到"),
        ({"is_active": False}, "账号已停用，请打电话"),
        ({"is_active": True, "reminders": False}, "本人已关闭提醒"),
    ):
        account.update(**changes)
        assert why in sent(browser(world, "an"), f"/needs/{need.pk}/dispatch/", **by_name)
    asked = {"road": "asked", "ids": [str(chen.person_id)], "title": "上门修水管"}
    page = sent(browser(world, "an"), f"/needs/{need.pk}/dispatch/", **asked)
    assert "陈晓宇：本人已关闭提醒" in page
    assert not Offer.objects.exists()
