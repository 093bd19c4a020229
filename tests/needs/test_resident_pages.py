"""Residents' pages without an account: ask, find, answer; what strangers learn, and bots."""

from datetime import timedelta
from functools import partial
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from baodao.kernel import clock
from baodao.kernel.quotas import ENTRIES
from baodao.needs.commands.residents import renew_page
from baodao.needs.models import Need
from baodao.needs.rules.requests import CONSENT
from tests.concurrency import at_once
from tests.needs.steps import fresh, need
from tests.offers.answers import answered, offer
from tests.orders.steps import item as menu_item
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def opened(world: World) -> str:
    """The address of An's residents' page."""
    return f"/ask/{renew_page(world.actor('an'), community_id=world.willow.pk).token}/"


def asking(**fields: object) -> dict[str, object]:
    """What a resident sends."""
    return {"client_id": uuid4(), "text": "请人帮忙搬旧家具", "urgency": "normal"} | fields


def test_a_resident_asks_without_account_name_or_telephone(world: World) -> None:
    address, visitor = opened(world), Client()
    page = visitor.get(address)
    assert "您需要帮忙吗？" in text(page)
    assert "checked" not in page.content.decode().split('name="consent"')[1][:40]
    sent = visitor.post(address, asking(client_id=client_id(page)), follow=True)
    row = Need.objects.get()
    assert (row.community, row.source, row.asker, row.category) == (
        world.willow,
        "link",
        "",
        "other",
    )
    assert row.code in text(sent)
    assert "社区已收到" in text(sent)
    assert "<svg" in sent.content.decode()


def test_a_double_tap_asks_once(world: World) -> None:
    address, visitor = opened(world), Client()
    body = asking()
    first, again = visitor.post(address, body), visitor.post(address, body)
    assert first["Location"] == again["Location"]
    assert Need.objects.count() == 1


def test_the_same_sent_again_from_the_page_behind_is_asked_about(world: World) -> None:
    """Back in the browser gives the form a new id: within minutes it is one request, unless who
    asks says that it is another; somebody else's, or tomorrow's, is not asked about."""
    address, visitor = opened(world), Client()
    for _ in range(2):
        page = visitor.post(address, asking(place="三号楼"))
    assert (page.status_code, Need.objects.count()) == (422, 1)
    assert "几分钟前已提交过：请人帮忙搬旧家具" in text(page)
    assert 'name="another"' in text(page)
    assert visitor.post(address, asking(place="三号楼", another="on")).status_code == 302
    assert visitor.post(address, asking(place="五号楼")).status_code == 302
    with clock.at(clock.now() + timedelta(hours=1)):
        assert visitor.post(address, asking(place="三号楼")).status_code == 302
    assert Need.objects.count() == 4
    item = menu_item(world)
    for _ in range(2):
        page = visitor.post(f"{address}{item.pk}/", {"client_id": uuid4(), "place": "三号楼"})
    assert (page.status_code, item.title in text(page), Need.objects.count()) == (422, True, 5)
    assert 'name="another"' in text(page)


def test_what_is_wrong_is_said_with_everything_still_typed(world: World) -> None:
    address, visitor = opened(world), Client()
    refused = visitor.post(address, asking(phone="19900008888", asker="王阿姨"))
    assert refused.status_code == 422
    assert "请勾选同意留存电话" in text(refused)
    assert "王阿姨" in text(refused)
    assert visitor.post(address, asking(text="x" * 501)).status_code == 422
    assert Need.objects.count() == 0
    visitor.post(address, asking(phone="19900008888", consent="on"))
    assert Need.objects.get().consent == CONSENT


def test_who_fills_the_hidden_field_is_no_person(world: World) -> None:
    address = opened(world)
    assert Client().post(address, asking(website="http://x.example")).status_code == 422
    assert Need.objects.count() == 0


def test_one_address_asks_a_few_times_an_hour_and_another_still_may(world: World) -> None:
    address = opened(world)
    here = Client(REMOTE_ADDR="198.51.100.7")
    bodies = [asking(place=f"{number}号楼") for number in range(ENTRIES + 2)]
    told = [here.post(address, body).status_code for body in bodies]
    assert told == [302] * ENTRIES + [422] * 2
    assert "提交得太多" in text(here.post(address, asking()))
    assert Client(REMOTE_ADDR="198.51.100.8").post(address, asking()).status_code == 302
    assert Need.objects.count() == ENTRIES + 1


def test_behind_a_proxy_the_address_is_the_one_that_it_noted(
    world: World, settings: Settings
) -> None:
    address, visitor, places = opened(world), Client(), count()

    def ask_from(noted: str) -> int:
        body = asking(place=str(next(places)))
        return visitor.post(address, body, HTTP_X_FORWARDED_FOR=noted).status_code

    told = {ask_from(f"203.0.113.{number}") for number in range(ENTRIES + 1)}
    assert told == {302, 422}, "without a proxy the header is anybody's word"
    settings.HTTPS = True
    assert ask_from("203.0.113.1, 198.51.100.9") == 302
    rest = [ask_from(f"203.0.113.{number}, 198.51.100.9") for number in range(ENTRIES)]
    assert rest == [302] * (ENTRIES - 1) + [422]


def test_an_old_or_mistyped_address_is_nowhere(world: World) -> None:
    old = opened(world)
    opened(world)
    for address in (old, "/ask/nonsense/", "/asked/XXXX-XXXX-XXXX/"):
        assert Client().get(address).status_code == 404
    assert Client().post("/asked/XXXX-XXXX-XXXX/answer/").status_code == 404


def test_a_request_is_found_by_its_code(world: World) -> None:
    row, visitor = need(world), Client()
    found = visitor.get("/asked/", {"code": f" {row.code.lower()} "})
    assert found["Location"] == f"/asked/{row.code}/"
    assert "没有这个查询码" in text(visitor.get("/asked/", {"code": "XXXX"}))


def test_a_code_is_read_as_people_type_it(world: World) -> None:
    row, visitor = need(world), Client()
    blanks, wide = row.code.lower().replace("-", " "), row.code.replace("-", "　－ ")
    for typed in (blanks, wide, row.code.replace("-", "")):
        assert visitor.get("/asked/", {"code": typed})["Location"] == f"/asked/{row.code}/"
        assert visitor.get(f"/asked/{typed}/").status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("collected", "社区已收到"),
        ("screened", "已受理，正在安排"),
        ("open", "正在帮办"),
        ("met", "已办好"),
        ("unmet", "暂时未能办成"),
    ],
)
def test_the_state_stands_in_large_words(world: World, state: str, words: str) -> None:
    row = need(world, state)
    page = Client().get(f"/asked/{row.code}/").content.decode()
    assert words in page.split("<h1>")[1].split("</h1>")[0]


def test_the_page_tells_what_is_done_and_nobody_s_name(world: World) -> None:
    held = offer(world, title="义务修灯", text="联系人李党员")
    row = answered(world, held, "open", asker="王阿姨", collected_by="安静")
    page = text(Client().get(f"/asked/{row.code}/"))
    assert "义务修灯" in page
    for name in ("王阿姨", "安静", "李党员"):
        assert name not in page


def test_three_buttons_and_one_word(world: World) -> None:
    row, visitor = need(world, "met"), Client()
    address = f"/asked/{row.code}/"
    page = text(visitor.get(address))
    for word in ("满意", "基本满意", "还没解决"):
        assert f">{word}</button>" in page
    body = {"satisfied": "no", "remark": "灯还是不亮", "client_id": uuid4()}
    said = text(visitor.post(f"{address}answer/", body, follow=True))
    assert "已受理，正在安排" in said
    assert (fresh(row).state, fresh(row).remark) == ("screened", "灯还是不亮")
    board = text(browser(world, "an").get("/needs/"))
    assert "居民反映还没解决" in board
    assert "灯还是不亮" in text(browser(world, "an").get(f"/needs/{row.pk}/"))


def test_name_and_telephone_are_taken_back_with_one_tap(world: World) -> None:
    address, visitor = opened(world), Client()
    sent = visitor.post(address, asking(asker="王阿姨", phone="19900008888", consent="on"))
    page = text(visitor.get(sent["Location"]))
    assert "删除我留下的称呼和电话" in page
    assert "王阿姨" not in page
    said = visitor.post(f"{sent['Location']}forget/", {"client_id": uuid4()}, follow=True)
    row = Need.objects.get()
    assert (row.asker, row.phone_sealed, row.consent) == ("", None, "")
    assert "删除我留下的称呼和电话" not in text(said)
    assert "请人帮忙搬旧家具" in text(said)


def test_before_it_is_met_nobody_is_asked_how_it_was(world: World) -> None:
    row, visitor = need(world, "open"), Client()
    address = f"/asked/{row.code}/"
    assert "基本满意" not in text(visitor.get(address))
    body = {"satisfied": "yes", "client_id": uuid4()}
    assert "已有服务在帮办" in text(visitor.post(f"{address}answer/", body, follow=True))
    assert fresh(row).satisfied == ""


def test_the_worker_opens_prints_and_renews_the_page(world: World) -> None:
    worker = browser(world, "an")
    assert "还没有网址" in text(worker.get("/needs/poster/"))
    assert worker.get("/needs/poster.pdf").status_code == 404
    worker.post("/needs/poster/renew/", {"client_id": uuid4()})
    page = text(worker.get("/needs/poster/"))
    assert "打印海报" in page
    made = worker.get("/needs/poster.pdf")
    assert made.content.startswith(b"%PDF")
    assert browser(world, "fan").post("/needs/poster/renew/").status_code == 404


def test_residents_pages_are_chinese_unless_asked_otherwise(world: World) -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(opened(world)).content.decode()
    assert '<html lang="zh-hans"' in page
    assert 'class="phone resident"' in page


def test_forty_requests_at_once_do_not_pass_the_limit(committed_world: World) -> None:
    address = opened(committed_world)

    def one(number: int) -> int:
        form = asking() | {"text": f"第{number}件"}
        return Client(REMOTE_ADDR="203.0.113.7").post(address, form).status_code

    answers = at_once(*(partial(one, number) for number in range(40)))
    assert sorted(map(str, answers)) == ["302"] * ENTRIES + ["422"] * (40 - ENTRIES)
    assert Need.objects.count() == ENTRIES
