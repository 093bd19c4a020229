"""Requests on their pages: asked in two taps, answered in one form, read as one table."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
from django.utils.formats import date_format

from baodao.burden.models import BurdenEntry
from baodao.inquiries.models import ReportRequest
from baodao.kernel import clock
from baodao.reports.models import Report
from tests.inquiries.test_requests import POOR, asked, line, street
from tests.registration.browsing import browser, text
from tests.reports.steps import receipt
from tests.world import World


def typed(world: World, **changes: object) -> dict[str, object]:
    """What Fan types: a field, a figure by its name, of the bureau."""
    return {
        "title": "困难党员摸底",
        "basis": "区委组织部通知",
        "period": str(clock.today().year),
        "due_on": str(clock.today() + timedelta(days=5)),
        "figure_1": "在职党员数",
        "label_1": "困难党员数",
        "kind_1": "number",
        "receivers": [str(world.bureau.pk)],
        **changes,
    }


def test_requests_open_for_who_asks_and_who_is_asked(world: World) -> None:
    for page, readers in (
        ("/requests/", {"deng", "dai", "an", "ji", "bao", "fan"}),
        ("/requests/new/", {"fan"}),
        ("/burden/", {"deng", "dai", "an", "ji", "bao", "fan", "qin", "chen", "sun", "su", "gu"}),
    ):
        for who in ("deng", "dai", "qin", "an", "ji", "bao", "fan", "chen", "gu", "sun", "su"):
            expected = 200 if who in readers else 404
            assert browser(world, who).get(page).status_code == expected, (page, who)


def test_a_request_is_looked_at_sent_answered_and_read_as_one_table(world: World) -> None:
    fan, dai = browser(world, "fan"), browser(world, "dai")
    preview = fan.post("/requests/new/", typed(world) | {"client_id": uuid4(), "preview": "1"})
    page = text(preview)
    assert "已有数据" in page
    assert "全部" in page
    assert "区城建局机关党委" in page
    assert not ReportRequest.objects.exists(), "nothing is sent yet"
    boxes = re.findall(r"data-check-within( checked)?>.*?>([^<]+?) ?<", preview.content.decode())
    ticked = {words for checked, words in boxes if checked}
    assert ticked == {"单位"}, "of all kinds the one whose units are all ticked"
    assert re.search(r'form="asking">下达<', preview.content.decode()), "at the head of the page"
    sent = fan.post("/requests/new/", typed(world) | {"client_id": uuid4()})
    request = ReportRequest.objects.get()
    assert sent["Location"] == f"/requests/{request.pk}/"
    assert "困难党员摸底" in text(dai.get("/unit/"))
    address = f"/requests/lines/{line(request, world.bureau).pk}/answer/"
    to_answer = f'href="{address}">填报<'
    assert to_answer in dai.get(f"/requests/{request.pk}/").content.decode()
    assert to_answer not in fan.get(f"/requests/{request.pk}/").content.decode()
    page = dai.get(address).content.decode()
    assert f"/tables/registration/{world.bureau.code}/in_service/" in page
    wrong = {"client_id": uuid4(), "version": 1, "answer_0": "很多", "signer": "邓敏"}
    assert dai.post(address, wrong).status_code == 422
    done = dai.post(address, wrong | {"answer_0": "3", "client_id": uuid4()})
    report = Report.objects.get()
    assert done["Location"] == f"/reports/{report.pk}/"
    page = text(dai.get(done["Location"]))
    assert "困难党员数" in page
    assert b"".join(dai.get(f"/reports/{report.pk}/paper.pdf")).startswith(b"%PDF")
    overview = fan.get("/overview/")
    assert "1 份答复待签收" in text(overview)
    assert f'href="/reports/{report.pk}/"' in overview.content.decode(), "the one that waits"
    assert "已经报送过" in text(dai.get(address)), "an old notice leads to an answer anew"
    assert f"请在{date_format(request.due_on)}前填报" in text(dai.get("/notices/"))
    page = text(fan.get(f"/requests/{request.pk}/"))
    assert "应报 1 个，已报 1 个" in page
    assert "退回" in page
    assert "已报送" in text(dai.get("/requests/"))
    ticked = {"client_id": uuid4(), "ids": [str(receipt(report, "东岸区").pk)]}
    fan.post("/reports/received/acknowledge/", ticked)
    after = text(fan.get(f"/requests/{request.pk}/"))
    assert "已签收" in after
    assert "退回" not in after, "what is acknowledged is not offered to be returned"
    for own in ("/requests/", "/reports/"):
        assert "已签收" in text(dai.get(own)), own
    assert to_answer not in dai.get(f"/requests/{request.pk}/").content.decode(), "answered"
    for medium, begin in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        file = fan.get(f"/requests/{request.pk}/?export={medium}")
        assert file.content.startswith(begin), medium
    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    assert [[cell.value for cell in row][-1] for row in sheet.iter_rows()][-2:] == [3, 3]
    assert "合计" in page
    numbers = fan.get("/burden/?of=990102000000").content.decode()
    assert "/tables/service/U1001/fields_typed/" in numbers
    opened = text(fan.get("/tables/service/U1001/fields_typed/"))
    assert "困难党员数" in opened
    assert "/fields_typed/" not in dai.get("/burden/").content.decode().replace("U1001", "")


def test_a_second_request_of_the_same_names_the_first_and_sends_nothing(world: World) -> None:
    street(world)
    first = asked(world, world.willow, questions=(POOR,))
    lu = browser(world, "lu")
    again = typed(world, receivers=[str(world.willow.pk)]) | {"client_id": uuid4()}
    page = lu.post("/requests/new/", again)
    assert f'href="/requests/{first.pk}/"' in page.content.decode()
    assert "东岸区" in text(page)
    assert ReportRequest.objects.count() == 1
    assert BurdenEntry.objects.filter(kind="double").count() == 1
    answered_page = lu.get(f"/requests/{first.pk}/")
    assert answered_page.status_code == 200, "whoever reads there finds the answers"
    assert lu.get(f"/requests/{first.pk}/withdraw/").status_code == 404


def test_a_request_is_given_more_time_or_withdrawn_by_who_sent_it(world: World) -> None:
    request = asked(world)
    fan, dai = browser(world, "fan"), browser(world, "dai")
    address = f"/requests/{request.pk}"
    later = {"client_id": uuid4(), "due_on": str(clock.today() + timedelta(days=30))}
    assert fan.post(f"{address}/extend/", later).status_code == 302
    assert dai.get(f"{address}/extend/").status_code == 404
    fan.post(f"{address}/withdraw/", {"client_id": uuid4(), "reason": "已另行汇总"})
    assert "已另行汇总" in text(fan.get(f"{address}/"))
    notice = f"/requests/lines/{line(request, world.bureau).pk}/answer/"
    page = text(dai.get(notice, follow=True))
    assert "已撤回" in page, "an old notice leads to what became of the request"
    assert "已另行汇总" in page
    assert "应报 0 个" not in page
    assert "前答复" not in page
    assert browser(world, "an").get(notice).status_code == 404, "another was never asked"
