"""The needs board and a need's page: who sees what, and what one tap does."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from baodao.kernel import clock, crypto
from baodao.needs.models import Need
from baodao.orgs.rules.tree import Kind
from tests.factories import organisation
from tests.needs.steps import fresh, need
from tests.needs.test_requests import partnered
from tests.offers.answers import answered, offer
from tests.orders.steps import item as menu_item
from tests.registration.browsing import browser, client_id, text
from tests.world import World

DESK = ("/needs/", "/needs/new/", "/needs/poster/", "/needs/?state=open", "/needs/?state=met")


@pytest.mark.parametrize("page", DESK)
def test_every_page_opens_for_an_empty_community_and_for_a_busy_one(
    world: World, page: str
) -> None:
    worker = browser(world, "an")
    assert worker.get(page).status_code == 200
    for state in ("collected", "screened", "open", "met", "unmet"):
        need(world, state)
    assert worker.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/needs/new/", "/needs/poster/", "/needs/poster.pdf"])
@pytest.mark.parametrize("who", ["deng", "fan", "chen", "gu", "su"])
def test_no_page_of_the_desk_exists_for_others(world: World, page: str, who: str) -> None:
    assert browser(world, who).get(page).status_code == 404


def test_who_asked_is_handed_a_card_that_leads_to_their_page_and_not_what_they_asked(
    world: World,
) -> None:
    row = need(world, "screened", text="独居，想请人送药", asker="吴奶奶")
    an = browser(world, "an")
    assert f"/needs/{row.pk}/card.pdf" in text(an.get(f"/needs/{row.pk}/"))
    card = PdfReader(BytesIO(an.get(f"/needs/{row.pk}/card.pdf").content))
    [page] = card.pages
    said = "".join(char for char in page.extract_text() if char.isprintable() and char != " ")
    assert row.code in said
    assert f"/asked/{row.code}/" in said
    assert "吴奶奶" not in said
    assert "送药" not in said
    assert round(page.mediabox.width / 72 * 25.4) == 105
    for who in ("bao", "deng", "fan", "chen"):
        assert browser(world, who).get(f"/needs/{row.pk}/card.pdf").status_code == 404


def test_the_board_says_how_many_nobody_helps_with_and_urgent_ones_stand_first(
    world: World,
) -> None:
    need(world, text="窗台漏水，请人看看")
    need(world, "screened", text="独居老人药吃完了", urgency="urgent")
    need(world, "open", text="想学用手机挂号")
    page = text(browser(world, "an").get("/needs/"))
    assert "2 条需求待帮助" in page
    assert page.index("独居老人药吃完了") < page.index("窗台漏水")
    assert "想学用手机挂号" not in page
    assert "想学用手机挂号" in text(browser(world, "an").get("/needs/?state=open"))


def test_days_waited_end_with_the_need_and_sort_by_their_number(world: World) -> None:
    now = clock.now()
    for text_of, asked, ended in (("早提早办", 40, 38), ("久等才办", 30, 3)):
        row = need(world, "met", text=text_of, collected_at=now - timedelta(days=asked))
        Need.objects.filter(pk=row.pk).update(closed_at=now - timedelta(days=ended))
    an = browser(world, "an")
    page = an.get("/needs/?state=met&sort=-age").content.decode()
    waits = [f"<strong>{days}</strong>" in page for days in (2, 27, 30, 40)]
    assert waits == [True, True, False, False]
    assert page.index("久等才办") < page.index("早提早办")
    page = an.get("/needs/?state=met&sort=age").content.decode()
    assert page.index("早提早办") < page.index("久等才办")


def test_a_district_of_many_communities_chooses_any_of_them_told_apart_by_their_street(
    world: World,
) -> None:
    street = world.places["willow_street"]
    need(world, text="窗台漏水")
    rows = [
        organisation(Kind.COMMUNITY, f"一百零{number}社区", street, code=f"0{number:03d}")
        for number in range(101)
    ]
    fan = browser(world, "fan")
    page = text(fan.get("/needs/"))
    assert f"{world.willow.name}（{street.name}）" in page
    assert all(f'value="{row.pk}"' in page for row in rows)
    assert "窗台漏水" in text(fan.get(f"/needs/?in={world.willow.pk}"))
    assert "窗台漏水" not in text(fan.get(f"/needs/?in={rows[-1].pk}"))


def test_the_board_is_searched_filtered_and_exported_without_names(world: World) -> None:
    need(world, text="窗台漏水", asker="王阿姨")
    need(world, text="楼道堆物", category="environment")
    worker = browser(world, "an")
    assert "楼道堆物" not in text(worker.get("/needs/?q=漏水"))
    assert "窗台漏水" not in text(worker.get("/needs/?category=environment"))
    assert "王阿姨" not in text(worker.get("/needs/"))
    made = worker.get("/needs/?export=xlsx")
    assert "spreadsheetml" in made["Content-Type"]


def test_a_tab_that_there_is_not_is_said_and_not_taken_for_the_first(world: World) -> None:
    """An old bookmark would show those that wait as those that it names."""
    need(world, text="窗台漏水，请人看看")
    an = browser(world, "an")
    page = text(an.get("/needs/?state=helped&urgency=urgent"))
    assert "“办理情况”没有“helped”这一项：请另选，或显示全部。" in page
    assert "窗台漏水" not in page
    assert 'href="?"' in page
    assert an.get("/needs/?state=helped&export=xlsx").status_code == 409
    assert "窗台漏水" in text(an.get("/needs/?state="))


def test_a_supervisor_reads_the_board_of_the_district_and_has_no_buttons(world: World) -> None:
    row = need(world, asker="王阿姨", phone_sealed=crypto.ring().seal("19900008888", "phone"))
    need(world, community=world.cloud, text="西岸的需求")
    supervisor = browser(world, "fan")
    board, page = text(supervisor.get("/needs/")), text(supervisor.get(f"/needs/{row.pk}/"))
    assert "三号楼楼道灯坏了" in board
    assert "西岸的需求" not in board
    assert "柳荫社区" in board
    for shown in (board, page):
        assert "受理</button>" not in shown
        assert "转为活动" not in shown
        assert "王阿姨" not in shown
        assert "8888" not in shown
    assert "受理</button>" in text(browser(world, "an").get("/needs/"))
    assert supervisor.post(f"/needs/{row.pk}/screen/").status_code == 404


def test_the_worker_next_door_sees_none_of_it(world: World) -> None:
    row = need(world)
    neighbour = browser(world, "bao")
    assert "三号楼" not in text(neighbour.get("/needs/"))
    for act in ("", "screen/", "merge/", "close/", "offer/", "answer/", "telephone/"):
        assert neighbour.get(f"/needs/{row.pk}/{act}").status_code == 404
    assert neighbour.post(f"/needs/{row.pk}/reopen/").status_code == 404
    own = need(world, community=world.bridge)
    assert neighbour.post(f"/needs/{own.pk}/merge/", {"into": row.pk}).status_code == 404


def test_a_need_is_taken_down_at_the_window_once(world: World) -> None:
    worker = browser(world, "an")
    body = {
        "client_id": client_id(worker.get("/needs/new/")),
        "text": "请人帮忙读药品说明书",
        "category": "convenience",
        "urgency": "soon",
        "source": "visit",
    }
    first, again = worker.post("/needs/new/", body), worker.post("/needs/new/", body)
    row = Need.objects.get()
    assert first["Location"] == again["Location"] == f"/needs/{row.pk}/"
    assert (row.source, row.urgency, row.collected_by) == ("visit", "soon", "安静")


def test_a_telephone_without_consent_is_said_beside_the_form(world: World) -> None:
    body = {
        "client_id": uuid4(),
        "text": "请人帮忙读药品说明书",
        "category": "convenience",
        "urgency": "normal",
        "source": "window",
        "phone": "19900008888",
    }
    worker = browser(world, "an")
    refused = worker.post("/needs/new/", body)
    assert refused.status_code == 422
    assert "请勾选同意留存电话" in text(refused)
    assert "请人帮忙读药品说明书" in text(refused)
    assert worker.post("/needs/new/", body | {"client_id": uuid4(), "consent": "on"}).url


def test_what_was_asked_a_moment_ago_is_asked_about_at_the_window_too(world: World) -> None:
    """An order alike; later, or for somewhere else, it is not."""
    worker = browser(world, "an")
    body = {"text": "请人帮忙搬旧家具", "category": "other", "urgency": "normal"}
    body["source"] = "window"

    def sent(**changes: str) -> HttpResponse:
        return worker.post("/needs/new/", body | changes | {"client_id": uuid4()})

    assert sent(place="三号楼").status_code == 302
    again = sent(place="三号楼")
    assert (again.status_code, Need.objects.count()) == (422, 1)
    assert "几分钟前已有同样的诉求：请人帮忙搬旧家具（窗口或电话）" in text(again)
    assert sent(place="三号楼", another="on").status_code == 302
    assert sent(place="五号楼").status_code == 302
    item = menu_item(world)
    order = f"/needs/menu/{item.pk}/order/"
    typed = {"place": "三号楼", "urgency": "normal", "source": "window"}
    first, second = (worker.post(order, typed | {"client_id": uuid4()}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert 'name="another"' in text(second)
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert sent(place="三号楼").status_code == 302
    assert Need.objects.count() == 5


def test_one_tap_takes_on_and_one_tap_closes(world: World) -> None:
    row, worker = need(world), browser(world, "an")
    body = {"category": "environment", "urgency": "urgent", "client_id": uuid4()}
    worker.post(f"/needs/{row.pk}/screen/", body)
    assert (fresh(row).state, fresh(row).category) == ("screened", "environment")
    worker.post(f"/needs/{row.pk}/close/", {"met": "yes", "client_id": uuid4()})
    assert fresh(row).state == "met"
    worker.post(f"/needs/{row.pk}/reopen/", {"client_id": uuid4()})
    assert fresh(row).state == "screened"


def test_without_a_reason_it_is_not_closed_as_not_met(world: World) -> None:
    row, worker = need(world), browser(world, "an")
    address = f"/needs/{row.pk}/close/"
    assert "未能满足的原因" in text(worker.get(f"{address}?met=no"))
    refused = worker.post(address, {"met": "no", "client_id": uuid4()})
    assert refused.status_code == 422
    assert "请写明原因" in text(refused)
    worker.post(address, {"met": "no", "reason": "产权单位不同意", "client_id": uuid4()})
    assert fresh(row).state == "unmet"
    assert "产权单位不同意" in text(worker.get(f"/needs/{row.pk}/"))


def test_what_may_be_asked_twice_is_hinted_and_merged_with_one_tap(world: World) -> None:
    main = need(world, "screened", text="3号楼楼道灯坏了好几天，晚上看不见")
    row = need(world, text="三号楼楼道灯坏了，晚上看不见")
    need(world, text="想请人教用手机挂号")
    worker = browser(world, "an")
    assert "可能与另外 1 条重复" in text(worker.get("/needs/"))
    page = text(worker.get(f"/needs/{row.pk}/merge/"))
    assert "好几天" in page
    assert "挂号" not in page
    worker.post(f"/needs/{row.pk}/merge/", {"into": main.pk, "client_id": uuid4()})
    assert fresh(row).merged_into == main
    assert "三号楼楼道灯坏了" in text(worker.get(f"/needs/{main.pk}/"))


def test_another_is_merged_by_its_code(world: World) -> None:
    row, main, worker = need(world), need(world), browser(world, "an")
    address = f"/needs/{row.pk}/merge/"
    assert worker.post(address, {"code": "XXXX-XXXX-XXXX"}).status_code == 404
    worker.post(address, {"code": f" {main.code.lower()} ", "client_id": uuid4()})
    assert fresh(row).merged_into == main


def test_the_asker_s_number_is_masked_and_shown_once_for_a_reason(world: World) -> None:
    row = need(world, asker="王阿姨", phone_sealed=crypto.ring().seal("19900008888", "phone"))
    worker = browser(world, "an")
    page = text(worker.get(f"/needs/{row.pk}/"))
    assert "199****8888" in page
    assert "19900008888" not in page
    address = f"/needs/{row.pk}/telephone/"
    assert worker.post(address, {"reason": ""}).status_code == 422
    shown = worker.post(address, {"reason": "问清楼层"})
    assert "19900008888" in text(shown)
    assert "no-cache" in shown["Cache-Control"]
    assert "查看了需求人的完整电话" in text(worker.get(f"/needs/{row.pk}/"))


def test_of_a_fixed_line_the_need_shows_two_digits_alone(world: World) -> None:
    row = need(world, asker="王阿姨", phone_sealed=crypto.ring().seal("8765432", "phone"))
    page = re.sub("<[^>]*>", " ", text(browser(world, "an").get(f"/needs/{row.pk}/")))
    assert "*****32" in page
    assert not any(part in page for part in ("8765", "5432"))


def test_a_unit_sees_what_its_partner_community_screened_and_nobody_s_name(
    world: World,
) -> None:
    clerk = browser(world, "dai")
    assert "单位还没有联系社区" in text(clerk.get("/unit/needs/"))
    partnered(world)
    need(world, text="还没审核的需求")
    need(world, "screened", text="请人教老人用手机", asker="王阿姨")
    page = text(clerk.get("/unit/needs/"))
    assert "请人教老人用手机" in page
    assert "还没审核的需求" not in page
    assert "王阿姨" not in page
    for stranger in ("an", "fan", "chen", "gu", "su"):
        assert browser(world, stranger).get("/unit/needs/").status_code == 404


def test_a_unit_asks_and_follows_it(world: World) -> None:
    partnered(world)
    clerk = browser(world, "dai")
    body = {"text": "借用社区活动室", "category": "other", "urgency": "normal"}
    clerk.post("/unit/needs/new/", body | {"client_id": uuid4()})
    row = Need.objects.get()
    assert (row.unit, row.source) == (world.bureau, "unit")
    page = text(clerk.get("/unit/needs/"))
    assert "借用社区活动室" in page
    assert f"/asked/{row.code}/" in page
    assert browser(world, "an").get("/unit/needs/new/").status_code == 404


def test_rows_do_not_add_queries(world: World) -> None:
    worker = browser(world, "an")
    for page in ("/needs/", "/needs/?state=open"):
        need(world, "screened")
        answered(world, offer(world), "open")
        worker.get(page)
        with CaptureQueriesContext(connection) as few:
            worker.get(page)
        for number in range(6):
            need(world, "screened", text=f"楼道灯坏了第{number}处")
            answered(world, offer(world), "open")
        with CaptureQueriesContext(connection) as many:
            worker.get(page)
        assert len(many) == len(few), page
