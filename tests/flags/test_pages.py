"""The pages of flags: for the authority that looks through them, and for the community asked."""

from datetime import timedelta

from baodao.flags.models import Flag
from baodao.orgs.rules.handovers import Aim, Reform
from tests.flags.steps import NIGHT, WORDS, night_flag, noted, typed
from tests.ledger import steps as ledger
from tests.orders.test_pages import sent
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import browser, text
from tests.world import World


def test_an_authority_looks_asks_and_decides(world: World) -> None:
    row = night_flag(world)
    typed(world, row.record.person, NIGHT + timedelta(hours=7), served_on=ledger.DAY.replace(day=9))
    fan = browser(world, "fan")
    assert "1 条服务记录待核查" in text(fan.get("/overview/"))
    page = f"/flags/{row.pk}/"
    rows = text(fan.get("/flags/", {"state": "waiting", "pattern": "night", "by": "安静"}))
    assert page in rows
    assert "无项目、单人录入、凌晨录入" in rows
    assert page not in text(fan.get("/flags/", {"pattern": "sitting"}))
    shown = text(fan.get(page))
    assert "凌晨 01:40 在窗口录入。" in shown
    assert "2026年7月9日 · 陈晓宇" in shown, "what else was entered on that day"
    assert f"/records/{row.community_id}/{row.record_id}/" in shown
    assert "已请社区说明，答复显示在这里" in sent(fan, f"{page}ask/", question="为什么在凌晨？")
    assert "待社区说明" in text(fan.get(page))
    assert "核查无误" in sent(fan, f"{page}dismiss/", reason="防汛值守")
    assert Flag.objects.get().state == "dismissed"
    assert "1 条疑点记录，0 条待核查" in text(fan.get("/flags/"))


def test_nobody_is_asked_about_a_record_of_a_community_that_nobody_took_over(
    world: World,
) -> None:
    row, fan = night_flag(world), browser(world, "fan")
    ask = f'href="/flags/{row.pk}/ask/"'
    assert ask in text(fan.get(f"/flags/{row.pk}/"))
    done(world, world.willow, Aim(Reform.DISSOLVED))
    shown = text(fan.get(f"/flags/{row.pk}/"))
    assert ask not in shown
    assert "柳荫社区已撤销，没有社区接续" in shown
    assert f"/records/{row.community_id}/{row.record_id}/correct/" in text(
        fan.get(f"/records/{row.community_id}/{row.record_id}/")
    )


def test_a_community_reads_what_it_is_asked_and_explains(world: World) -> None:
    row = night_flag(world)
    an, fan = browser(world, "an"), browser(world, "fan")
    assert an.get(f"/flags/{row.pk}/").status_code == an.get("/flags/").status_code == 404
    assert "没有待说明的记录" in text(an.get("/flags/asked/"))
    assert "待说明" not in text(an.get("/today/"))
    sent(fan, f"/flags/{row.pk}/ask/", question="为什么在凌晨？")
    assert "上级请社区说明这些记录的由来" in text(an.get("/today/"))
    asked = text(an.get("/flags/asked/"))
    assert "为什么在凌晨？" in asked
    explain = f"/flags/{row.pk}/explain/"
    assert "凌晨 01:40" not in asked + text(an.get(explain)), "it reads the question alone"
    assert f"/records/{row.community_id}/{row.record_id}/" in asked
    assert browser(world, "bao").get(explain).status_code == 404
    assert "已说明" in sent(an, explain, explanation="防汛值守，回来补录。")
    assert "防汛值守，回来补录。" in text(fan.get(f"/flags/{row.pk}/"))
    assert "flags" not in text(browser(world, "chen").get("/me/services/"))


def test_a_page_shows_the_records_that_make_a_pattern(world: World) -> None:
    chen = ledger.hosted(world)
    for day in (1, 2, 3, 5):
        typed(world, chen, result=WORDS, served_on=ledger.DAY.replace(day=day))
    [first, *_] = noted()
    shown = text(browser(world, "fan").get(f"/flags/{first.pk}/"))
    assert "在 4 个不同日期填写了同样的服务内容" in shown
    for day in (2, 3, 5):
        assert f"2026年7月{day}日 · 陈晓宇 · 1 小时" in shown
