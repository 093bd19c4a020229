"""The pages of committees: formed, called together, decided, minuted, read by who is invited."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.test import Client

from baodao.committees.models import Committee, Meeting, Minutes
from baodao.committees.queries.minutes import digest_in, words_of
from baodao.kernel import clock
from baodao.problems.models import ProblemTask
from tests.committees import steps
from tests.orders.test_pages import sent
from tests.problems import steps as problems
from tests.programs import program
from tests.registration.browsing import browser, client_id, text
from tests.world import World

OWNER = "区城建局机关党委"


def pressed(client: Client, page: str, address: str, **typed: Any) -> str:
    """What is shown after a button of a page was pressed."""
    body = {"client_id": str(client_id(client.get(page))), **typed}
    return text(client.post(address, body, follow=True))


def test_a_committee_is_formed_called_together_and_decides(world: World) -> None:
    an, deng = browser(world, "an"), browser(world, "deng")
    problem = problems.problem(world)
    name = {"kind": "great", "name": "柳荫社区大党委"}
    assert "已成立" in sent(an, "/committees/new/", **name)
    page = f"/committees/{Committee.objects.get().pk}/"
    since = f"{clock.today():%Y-%m-%d}"
    seat = {"organisation": OWNER, "person": "邓敏", "office": "兼职委员", "since": since}
    assert "已吸收" in sent(an, f"{page}members/", **seat)
    assert problem.text in text(an.get(f"{page}call/"))
    on = f"{problems.days(2):%Y-%m-%d}"
    called = {"on": on, "hour": "15:00", "spot": "二楼会议室", "problems": str(problem.pk)}
    assert "已通知各成员单位" in sent(an, f"{page}call/", **called)
    meeting = Meeting.objects.get()
    assert "二楼会议室" in text(deng.get("/committees/ours/"))
    assert "还有 1 次会议" in text(deng.get("/unit/"))
    calendar = deng.get(f"/committees/meetings/{meeting.pk}.ics").content.decode()
    assert "SUMMARY:柳荫社区大党委" in calendar
    item = meeting.items.get()
    decision = f"/committees/items/{item.pk}/decision/"
    assert decision not in text(an.get(f"/committees/meetings/{meeting.pk}/"))
    with clock.at(meeting.starts_at):
        an, deng = browser(world, "an"), browser(world, "deng")
        page = text(an.get(f"/committees/meetings/{meeting.pk}/"))
        assert decision in page
        assert f"{meeting.pk}/cancel/" in page
        assert "已记录" in sent(an, decision, **{"before-decision": "", "decision": "由城建局牵头"})
        typed = {"text": "制定大修方案", "owner": OWNER, "due_on": f"{problems.days(20):%Y-%m-%d}"}
        assert "列入任务清单" in sent(an, f"/committees/items/{item.pk}/task/", **typed)
        assert ProblemTask.objects.get().problem == problem
        page = text(an.get(f"/committees/meetings/{meeting.pk}/"))
        assert f"{meeting.pk}/cancel/" not in page, "what took place is not offered to be cancelled"
        assert deng.get(decision).status_code == 404
    assert browser(world, "bao").get(f"/committees/meetings/{meeting.pk}/").status_code == 404


def test_minutes_are_saved_while_they_are_written_issued_and_read_in_four_media(
    world: World,
) -> None:
    row = steps.committee(world, world.bureau)
    meeting = steps.meeting(world, row, starts_at=clock.now() + timedelta(minutes=5))
    with clock.at(clock.now() + timedelta(minutes=10)):
        an, deng = browser(world, "an"), browser(world, "deng")
        page = f"/committees/meetings/{meeting.pk}/"
        came = {"ids": [str(meeting.invitees.get().pk)]}
        assert "已记录到会" in pressed(an, page, f"{page}came/", **came)
        assert "已起草" in pressed(an, page, f"{page}minutes/")
        draft = Minutes.objects.get()
        address = f"/committees/minutes/{draft.pk}"
        words = {"words": "会议议定电梯大修。", "before": words_of(draft)}
        saved = an.post(f"{address}/write/", words)
        assert (saved.status_code, "已保存" in text(saved)) == (200, True)
        assert an.post(f"{address}/write/", words | {"words": "别的"}).status_code == 422
        assert deng.get(f"{address}.html").status_code == 404
        assert "已签发" in sent(
            an, f"{address}/issue/", signer="季书", seen=digest_in(Minutes.objects.get(pk=draft.pk))
        )
        paper = text(deng.get(f"{address}.html"))
        for said in ("会议纪要", "柳荫社区大党委", "001号", "会议议定电梯大修。", "季书"):
            assert said in paper
        for ending in ("pdf", "docx", "xlsx"):
            made = deng.get(f"{address}.{ending}")
            assert made.status_code == 200
        workbook = ZipFile(BytesIO(deng.get(f"{address}.xlsx").content))
        cells = "".join(workbook.read(name).decode() for name in workbook.namelist())
        assert "会议议定电梯大修。" in cells


def test_a_street_and_who_is_asked_to_leave(world: World) -> None:
    row = steps.committee(world, world.bureau)
    an, page = browser(world, "an"), f"/committees/{row.pk}/"
    gone = f"/committees/members/{row.members.get().pk}/end/"
    steps.member(world, row, person="何教授", since=problems.days(20))
    assert "何教授" in text(an.get(page)), "who comes in later is seen, too"
    assert browser(world, "deng").post(gone).status_code == 404
    assert "已退出" in pressed(an, page, gone)
    assert "柳荫社区大党委" in text(browser(world, "fan").get("/committees/"))


def test_a_meeting_is_entered_later_and_a_committee_ended(world: World) -> None:
    row, an = steps.committee(world), browser(world, "an")
    page, held_on = f"/committees/{row.pk}/", problems.days(-9)
    steps.member(world, row, organisation_id=world.bureau.pk, since=problems.days(-99))
    typed = {"on": f"{held_on:%Y-%m-%d}", "hour": "15:00", "spot": "会议室", "words": "东门拥堵"}
    assert "已补录" in sent(an, f"{page}enter/", **typed)
    meeting = Meeting.objects.get()
    shown = text(an.get(f"/committees/meetings/{meeting.pk}/"))
    assert "补录" in shown
    assert "起草纪要" in shown
    item = meeting.items.get()
    decision = {"before-decision": "", "decision": "早晚高峰派人引导"}
    assert "已记录" in sent(an, f"/committees/items/{item.pk}/decision/", **decision)
    task = text(an.get(f"/committees/items/{item.pk}/task/"))
    assert 'value="早晚高峰派人引导"' in task
    assert "会议开始后" in text(an.get(f"/committees/meetings/{steps.meeting(world, row).pk}/"))
    assert browser(world, "deng").get(f"{page}end/").status_code == 404
    assert "已终止" in sent(an, f"{page}end/", reason="并入街道联席会议")
    assert "并入街道联席会议" in text(an.get(page))


def test_the_page_says_what_changed_since_the_minutes(world: World) -> None:
    row = steps.committee(world, world.bureau)
    meeting = steps.meeting(world, row, starts_at=clock.now() + timedelta(minutes=5))
    with clock.at(clock.now() + timedelta(minutes=10)):
        an = browser(world, "an")
        page = f"/committees/meetings/{meeting.pk}/"
        assert "已起草" in pressed(an, page, f"{page}minutes/")
        assert "随到会、决定和任务自动更新" in text(an.get(page))
        draft = Minutes.objects.get()
        assert "已签发" in sent(
            an,
            f"/committees/minutes/{draft.pk}/issue/",
            signer="季书",
            seen=digest_in(Minutes.objects.get(pk=draft.pk)),
        )
        came = {"ids": [str(meeting.invitees.get().pk)]}
        assert "已记录到会" in pressed(an, page, f"{page}came/", **came)
        assert "此后有变动" in text(an.get(page))
        assert "此后有变动" not in text(browser(world, "deng").get(page))
        assert "已起草" in pressed(an, page, f"{page}minutes/")
        again = Minutes.objects.get(issued_at=None)
        written = {"words": "会议议定电梯大修。", "before": words_of(again)}
        assert an.post(f"/committees/minutes/{again.pk}/write/", written).status_code == 200
        assert "已按现在的记录重新起草" in sent(an, f"/committees/minutes/{again.pk}/again/")


def test_a_program_calls_a_meeting_and_writes_down_what_came_of_it(world: World) -> None:
    an, row = program(world, "an", "willow"), steps.committee(world)
    steps.member(world, row, organisation_id=world.bureau.pk, since=problems.days(-1))
    [told] = an.get("/committees/", community=world.willow.code).json()["items"]
    assert [one["organisation"]["name"] for one in told["members"]] == [OWNER]
    body = {"spot": "会议室", "business": ["东门拥堵"]}
    ahead = f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M:%S%z}"
    called = an.post(f"/committees/{row.pk}/meetings/", body | {"starts_at": ahead}).json()
    past = f"{clock.now() - timedelta(minutes=2):%Y-%m-%dT%H:%M:%S%z}"
    held = an.post(f"/committees/{row.pk}/meetings/held/", body | {"starts_at": past}).json()
    came = {"came": [one["id"] for one in held["invitees"]]}
    met = an.post(f"/committees/meetings/{held['id']}/came/", came).json()
    assert [one["came"] for one in met["invitees"]] == [True]
    item = held["business"][0]["id"]
    an.post(f"/committees/items/{item}/decision/", {"words": "派人引导"})
    duty = {"owner": world.bureau.code, "due_on": f"{problems.days(9)}", "text": "派人引导"}
    assert an.post(f"/committees/items/{item}/tasks/", duty).json()["text"] == "派人引导"
    rows = an.get("/committees/meetings/", community=world.willow.code).json()["items"]
    assert {one["id"] for one in rows} == {called["id"], held["id"]}
    bao = program(world, "bao", "bridge")
    assert bao.get("/committees/meetings/", community=world.willow.code).json()["items"] == []
