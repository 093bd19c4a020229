"""The pages of records, each with who may open it and who may not."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baodao.kernel import clock
from baodao.ledger.commands import corrections
from baodao.ledger.models import ServiceRecord
from baodao.statements.commands import entries
from baodao.statements.models import Dispute, RecordCode, RecordSheet, Statement
from baodao.ui import paging
from tests.ledger.steps import at, entry, hosted, record, recorded
from tests.offers.steps import registered
from tests.registration.browsing import browser, client_id, text
from tests.statements.steps import stated
from tests.world import World


@pytest.fixture
def here(world: World) -> World:
    """Chen has been received by An's community."""
    hosted(world)
    return world


def page(world: World, who: str, name: str, *args: object, **query: str) -> HttpResponse:
    client = browser(world, who) if who != "none" else Client()
    return client.get(reverse(f"statements:{name}", args=args), query)


def sent(world: World, who: str, name: str, *args: object, **body: object) -> HttpResponse:
    return browser(world, who).post(reverse(f"statements:{name}", args=args), body, follow=True)


SERVICE = {
    "served_on": "2026-07-04",
    "began": "09:00",
    "minutes": "1.5小时",
    "category": "environment",
    "way": "post",
    "place": "3号楼",
    "result": "清理楼道",
}


def test_every_service_is_within_reach_however_many_there_are(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    days = [date(2026, 7, day) for day in (1, 2, 3)]
    for day in days:
        record(here, served_on=day, result=f"第{day.day}天")
    person = here.people["chen"].pk
    for who, name, args in (("an", "person", [person]), ("chen", "own", [])):
        assert "下一页" in text(page(here, who, name, *args))
        for number in ("2", "99"):
            answer = page(here, who, name, *args, page=number)
            told = text(answer)
            assert (answer.status_code, "第1天" in told, "第3天" in told) == (200, True, False)


def test_a_community_reads_its_records_and_the_worker_next_door_does_not(here: World) -> None:
    made = record(here, place="3号楼", result="清理楼道")
    told = text(page(here, "an", "records"))
    assert "1 人参加服务 1 次，共 1 小时" in told
    assert "清理楼道" in told
    assert "组织者登记" in told
    assert "陈晓宇" not in text(page(here, "bao", "records"))
    assert page(here, "an", "record", made.community_id, made.id).status_code == 200
    assert page(here, "bao", "record", made.community_id, made.id).status_code == 404
    assert page(here, "chen", "records").status_code == 404


def test_what_was_entered_by_hand_says_so_and_what_was_reversed_is_struck(here: World) -> None:
    entries.enter(
        here.actor("an"),
        community_id=here.willow.pk,
        entries=[entry(here.people["chen"].pk, minutes=30)],
    )
    assert "人工登记" in text(page(here, "an", "records"))
    [made] = ServiceRecord.objects.all()
    sent(here, "an", "reverse", made.community_id, made.id, reason="记错人")
    told = text(page(here, "an", "records"))
    assert "<s>30 分钟</s>" in told
    assert "记错人" in told
    assert "人工登记" in text(page(here, "chen", "own"))
    assert "人工登记" in text(page(here, "deng", "unit_records"))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"q": "cxy"}, True),
        ({"q": "郝"}, False),
        ({"origin": "list"}, True),
        ({"origin": "office"}, False),
        ({"kind": "environment"}, True),
        ({"kind": "culture"}, False),
        ({"state": "reversed"}, False),
        ({"state": "standing"}, True),
    ],
)
def test_the_list_is_searched_and_filtered(here: World, query: dict[str, str], seen: bool) -> None:
    record(here)
    assert ("陈晓宇" in text(page(here, "an", "records", **query))) is seen


def test_months_are_filtered(here: World) -> None:
    today = clock.today()
    record(here, served_on=today)
    before = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    assert "陈晓宇" in text(page(here, "an", "records", month=f"{today:%Y-%m}"))
    assert "陈晓宇" not in text(page(here, "an", "records", month=before))


def test_the_list_is_exported_with_how_each_came_in(here: World) -> None:
    record(here)
    answer = page(here, "an", "records", export="xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert "组织者登记" in cells
    assert here.people["chen"].number in cells


def test_one_record_tells_its_story_and_its_place_in_the_chain(here: World) -> None:
    made = record(here, began_at=at(9))
    sent(
        here,
        "an",
        "correct",
        made.community_id,
        made.id,
        **{**SERVICE, "minutes": "2小时", "reason": "时长有误"},
    )
    told = text(page(here, "an", "record", made.community_id, made.id))
    assert "已冲销" in told
    assert "时长有误" in told
    assert "记录序号" in told
    [right] = ServiceRecord.objects.filter(supersedes=made.id)
    assert (right.minutes, right.place) == (120, "3号楼")
    assert page(here, "deng", "correct", made.community_id, made.id).status_code == 404
    assert page(here, "deng", "record", made.community_id, made.id).status_code == 200


def test_a_correction_that_cannot_be_keeps_what_was_typed(here: World) -> None:
    made = record(here)
    answer = sent(
        here, "an", "correct", made.community_id, made.id, **{**SERVICE, "minutes": "很久"}
    )
    assert answer.status_code == 422
    assert "很久" in text(answer)
    assert ServiceRecord.objects.count() == 1


def test_the_window_finds_ticks_and_records_and_remembers_what_was_typed(here: World) -> None:
    client, url = browser(here, "an"), reverse("statements:enter")
    chen, hao = here.people["chen"], here.people["hao"]
    looked = client.post(url, {**SERVICE, "q": "chen", "find": "1"})
    assert looked.status_code == 200
    assert "陈晓宇" in text(looked)
    assert "1.5小时" in text(looked)
    answer = client.post(url, {**SERVICE, "ids": str(chen.pk), "numbers": hao.number}, follow=True)
    assert "已登记 2 条服务" in text(answer)
    assert 'value="1.5小时"' in text(answer)
    assert {row.origin for row in ServiceRecord.objects.all()} == {"office"}


def test_the_window_says_when_more_are_called_so_than_it_lists(here: World) -> None:
    registered(here, 31)
    client, url = browser(here, "an"), reverse("statements:enter")
    looked = text(client.post(url, {**SERVICE, "q": "党员", "find": "1"}))
    assert "还有更多，请把名称写得更完整" in looked
    looked = text(client.post(url, {**SERVICE, "q": "党员甲", "find": "1"}))
    assert "还有更多" not in looked


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "没有勾选任何人"),
        ({"numbers": "V00000000"}, "没有志愿服务编号为 V00000000 的党员"),
        ({"numbers": "V1", "minutes": "很久"}, "请按"),
    ],
)
def test_the_window_says_what_is_missing(here: World, body: dict[str, str], said: str) -> None:
    answer = sent(here, "an", "enter", **{**SERVICE, **body})
    assert answer.status_code == 422
    assert said in text(answer)
    assert ServiceRecord.objects.count() == 0


def test_the_window_asks_about_a_second_service_of_the_same_day(here: World) -> None:
    chen, hao = here.people["chen"], here.people["hao"]
    one = {**SERVICE, "numbers": hao.number.lower(), "began": ""}
    both = {**one, "ids": str(chen.pk), "minutes": "30分钟"}
    sent(here, "an", "enter", **one)
    asked = sent(here, "an", "enter", **both)
    assert asked.status_code == 422
    assert f"当天已有：{hao.name} " in text(asked)
    assert chen.name + " " not in text(asked).split("当天已有：")[1].split("。")[0]
    assert ServiceRecord.objects.count() == 1
    sent(here, "an", "enter", **both, another="on")
    assert ServiceRecord.objects.count() == 3


def test_a_double_tap_at_the_window_records_once(here: World) -> None:
    client, url = browser(here, "an"), reverse("statements:enter")
    body = {
        **SERVICE,
        "ids": str(here.people["chen"].pk),
        "client_id": str(client_id(client.get(url))),
    }
    for _ in range(3):
        assert client.post(url, body, follow=True).status_code == 200
    assert ServiceRecord.objects.count() == 1


def test_a_member_states_and_the_community_confirms_all_ticked(here: World) -> None:
    told = sent(here, "chen", "state", community=str(here.willow.pk), **SERVICE)
    assert "待核实" in text(told)
    waiting = text(page(here, "an", "statements"))
    assert "1 条填报待核实" in waiting
    assert "checked" in waiting
    ids = [str(row.pk) for row in Statement.objects.all()]
    answer = sent(here, "an", "confirm", ids=ids)
    assert "已核实 1 条填报" in text(answer)
    assert "您已服务 1 次，共 1 小时 30 分钟" in text(page(here, "chen", "own"))
    assert page(here, "bao", "return_statement", ids[0]).status_code == 404


def test_a_returned_statement_is_corrected_with_what_was_typed(here: World) -> None:
    held = stated(here, place="3号楼")
    sent(here, "an", "return_statement", held.pk, reason="时间不对")
    assert "时间不对" in text(page(here, "chen", "own"))
    again = page(here, "chen", "state", again=str(held.pk))
    assert 'value="3号楼"' in text(again)
    url = f"{reverse('statements:state')}?again={held.pk}"
    browser(here, "chen").post(url, {**SERVICE, "community": str(here.willow.pk)})
    held.refresh_from_db()
    assert (held.state, held.minutes) == ("waiting", 90)
    sent(here, "chen", "withdraw", held.pk)
    held.refresh_from_db()
    assert held.state == "withdrawn"


def test_who_was_received_nowhere_cannot_state(world: World) -> None:
    assert page(world, "chen", "state").status_code == 404
    assert page(world, "chen", "own").status_code == 200
    assert page(world, "an", "own").status_code == 404


def test_an_objection_goes_to_the_community_and_back(here: World) -> None:
    made = record(here)
    sent(here, "chen", "dispute", made.community_id, made.id, text="少记了一小时")
    assert "少记了一小时" in text(page(here, "an", "disputes"))
    assert "少记了一小时" not in text(page(here, "bao", "disputes"))
    held = Dispute.objects.get()
    refused = sent(here, "an", "answer_dispute", held.pk, outcome="corrected", answer="已改")
    assert refused.status_code == 422
    answer = sent(here, "an", "answer_dispute", held.pk, outcome="kept", answer="以签到为准")
    assert answer.status_code == 200
    assert "以签到为准" in text(page(here, "chen", "own"))
    assert page(here, "an", "dispute", made.community_id, made.id).status_code == 404


def test_a_sheet_is_issued_with_a_number_and_shown_as_it_was(here: World) -> None:
    made = record(here)
    chen = here.people["chen"]
    for who in ("bao", "deng", "fan", "chen"):
        assert page(here, who, "issue_sheet", chen.pk).status_code == 404
    for until in (f"{clock.today().year + 1}-01-01", "2998-12-31"):
        far = sent(here, "an", "issue_sheet", chen.pk, since="2026-01-01", until=until)
        assert (far.status_code, "结束日期不能晚于今年" in text(far)) == (422, True)
    told = sent(here, "an", "issue_sheet", chen.pk, since="2026-01-01", until="2026-12-31")
    number = f"〔{clock.today().year}〕001号"
    assert f"服务记录单{number}已开具" in text(told)
    sheet = RecordSheet.objects.get()
    corrections.reverse(
        here.actor("an"), community_id=made.community_id, record_id=made.id, reason="重复"
    )
    record(here, category="culture")
    shown = text(page(here, "chen", "issued_sheet", sheet.pk, "html"))
    assert "文体活动" not in shown
    assert "服务记录单" in shown
    assert number in shown
    assert "环境整治" in shown
    assert "证明" not in shown
    assert page(here, "an", "issued_sheet", sheet.pk, "pdf").content.startswith(b"%PDF")
    assert page(here, "chen", "sheet", "docx").status_code == 200
    assert number in text(page(here, "chen", "own"))
    for who in ("bao", "gu"):
        assert page(here, who, "issued_sheet", sheet.pk, "pdf").status_code == 404


def test_a_sheet_is_a_certificate_only_where_and_while_the_switch_says_so(here: World) -> None:
    record(here)
    chen = here.people["chen"]
    period = {"since": "2026-01-01", "until": "2026-12-31"}
    sent(here, "an", "issue_sheet", chen.pk, **period)
    here.turned_on("recording-organisation", at="east")
    sent(here, "an", "issue_sheet", chen.pk, **period)
    with clock.at(clock.now() + timedelta(days=31)):
        sent(here, "an", "issue_sheet", chen.pk, **period)
        names = [
            [name for name in ("服务记录单", "志愿服务记录证明") if name in shown]
            for sheet in RecordSheet.objects.order_by("pk")
            for shown in [_paper(page(here, "chen", "issued_sheet", sheet.pk, "html"))]
        ]
    assert names == [["服务记录单"], ["志愿服务记录证明"], ["服务记录单"]]


def _paper(answer: HttpResponse) -> str:
    return text(answer).split("<article")[1]


def test_a_sheet_without_records_is_refused(here: World) -> None:
    record(here)
    answer = sent(
        here, "an", "issue_sheet", here.people["chen"].pk, since="2025-01-01", until="2025-12-31"
    )
    assert answer.status_code == 422
    assert RecordSheet.objects.count() == 0


def test_the_year_s_record_is_printed_by_member_community_and_unit(here: World) -> None:
    record(here)
    recorded(here, entry(here.people["chen"].pk, category="culture"), where="bridge")
    chen = here.people["chen"].pk
    assert "文体活动" in text(page(here, "chen", "own_year", 2026, "html"))
    assert "文体活动" in text(page(here, "deng", "year_sheet", chen, 2026, "html"))
    assert "文体活动" not in text(page(here, "an", "year_sheet", chen, 2026, "html"))
    assert page(here, "gu", "year_sheet", chen, 2026, "html").status_code == 404
    assert page(here, "chen", "own_year", 2026, "pdf").content.startswith(b"%PDF")
    assert page(here, "deng", "person", chen).status_code == 200


def test_a_code_opens_records_without_an_account_until_it_is_renewed(here: World) -> None:
    record(here)
    wrong = record(here, category="culture", minutes=45)
    corrections.reverse(
        here.actor("an"), community_id=wrong.community_id, record_id=wrong.id, reason="重复"
    )
    sent(here, "chen", "renew_code")
    code = RecordCode.objects.get().token
    told = text(page(here, "none", "by_code", code))
    assert "陈** 已服务 1 次，共 1 小时" in told
    assert "陈晓宇" not in told
    assert "柳荫社区记录" in told
    assert "文体活动" not in told
    sent(here, "chen", "renew_code")
    assert page(here, "none", "by_code", code).status_code == 404
    fresh = RecordCode.objects.get().token
    assert page(here, "none", "by_code", fresh).status_code == 200
    assert sent(here, "an", "renew_code").status_code == 404


def test_a_unit_reads_its_members_and_not_the_others(here: World) -> None:
    record(here)
    record(here, here.people["hao"])
    told = text(page(here, "deng", "unit_records"))
    assert "陈晓宇" in told
    assert "郝一鸣" not in told
    assert "陈晓宇" in text(page(here, "deng", "unit_records", branch=here.first.code))
    assert "陈晓宇" not in text(page(here, "deng", "unit_records", branch=here.second.code))
    assert page(here, "an", "unit_records").status_code == 404


def test_no_page_asks_for_more_queries_with_more_rows(
    here: World, django_assert_max_num_queries: object
) -> None:
    for minutes in range(1, 30):
        record(here, minutes=minutes, served_on=date(2026, 7, 1))
    for who, name in (("an", "records"), ("chen", "own"), ("deng", "unit_records")):
        client = browser(here, who)
        with django_assert_max_num_queries(32):  # type: ignore[operator]
            assert client.get(reverse(f"statements:{name}")).status_code == 200


def test_the_window_asks_about_a_day_of_long_ago(here: World) -> None:
    service = {"served_on": "2025-07-04", "minutes": "60", "category": "environment", "way": "post"}
    body = {
        "ids": str(here.people["chen"].pk),
        "client_id": "01a22140-1e84-7000-b2e3-e88c91891681",
    }
    asked = text(sent(here, "an", "enter", **service, **body))
    assert "日期无误" in asked
    assert not ServiceRecord.objects.exists()
    sent(here, "an", "enter", **service, **body, long_ago="on")
    assert ServiceRecord.objects.get().served_on == date(2025, 7, 4)
    assert "日期无误" not in text(page(here, "an", "enter"))
