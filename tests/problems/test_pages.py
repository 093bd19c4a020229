"""The pages of problems: the three lists, their papers, one tap from a need, first pages."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.appraisal.models import FeedbackCard
from baodao.kernel import clock
from baodao.needs.rules.life import NeedState
from baodao.problems.models import Escalation, PlaceProblem, ProblemTask
from tests.appraisal.steps import registered, served, signed
from tests.needs.steps import need
from tests.orders.test_pages import sent
from tests.problems import steps
from tests.programs import ids, program
from tests.registration.browsing import browser, text
from tests.world import World

OWNER = "区城建局机关党委"


def test_a_need_is_one_tap_from_the_list_and_is_divided_and_closed_there(world: World) -> None:
    wanted, an, deng = need(world, NeedState.UNMET), browser(world, "an"), browser(world, "deng")
    address = f"/problems/of-need/{wanted.pk}/"
    assert address in text(an.get(f"/needs/{wanted.pk}/"))
    due_on = f"{steps.days(9):%Y-%m-%d}"
    typed = {"text": wanted.text, "owner": OWNER, "owner_name": "邓敏", "due_on": due_on}
    assert "已列入问题清单" in sent(an, address, **typed)
    row = PlaceProblem.objects.get()
    page = f"/problems/{row.pk}/"
    assert an.get(address)["Location"] == page
    assert "已添加" in sent(an, f"{page}task/", **typed | {"text": "更换楼道灯"})
    task = ProblemTask.objects.get()
    assert "问题和任务" in text(deng.get("/unit/"))
    ours = text(deng.get("/problems/ours/"))
    assert "更换楼道灯" in ours
    done = f"/problems/tasks/{task.pk}/done/"
    assert "已记为完成" in sent(deng, done, result="换灯四盏")
    assert "已销号" in sent(an, f"{page}solved/", evidence="换灯四盏，晚上都亮")
    assert "已记录" in sent(an, f"{page}word/", word="yes", way="phone", remark="亮堂")
    assert "重新打开" in sent(an, f"{page}reopen/", reason="又坏了一盏")
    assert deng.get(f"{page}solved/").status_code == 404


def test_what_a_problem_was_made_of_says_how_it_stands(world: World) -> None:
    wanted, an = need(world, NeedState.UNMET), browser(world, "an")
    row = steps.problem(world, source="need", need_id=wanted.pk)
    page = text(an.get(f"/needs/{wanted.pk}/"))
    assert f"/problems/{row.pk}/" in page
    assert f"/problems/of-need/{wanted.pk}/" not in page
    own = text(Client().get(f"/asked/{wanted.code}/"))
    assert f"/problem/{row.code}/" in own
    assert f"/needs/{wanted.pk}/" in text(an.get(f"/problems/{row.pk}/"))


def test_who_solves_it_reports_and_the_place_withdraws_what_is_not_needed(world: World) -> None:
    row, an, deng = steps.problem(world, world.bureau), browser(world, "an"), browser(world, "deng")
    task, page = steps.task(world, row, world.bureau), f"/problems/{row.pk}/"
    refused = deng.post(f"{page}report/", {"outcome": "主机已更换，运行正常"})
    assert "任务都完成后" in text(refused)
    gone = f"/problems/tasks/{task.pk}/withdraw/"
    assert deng.get(gone).status_code == 404
    assert "已撤回" in sent(an, gone, reason="维保公司已修好")
    assert "已撤回：维保公司已修好" in text(an.get("/problems/tasks/?state=withdrawn"))
    assert f"{page}report/" in text(deng.get("/problems/ours/"))
    assert f"{page}report/" not in text(an.get(page))
    assert "已报告" in sent(deng, f"{page}report/", outcome="主机已更换，运行正常")
    assert "主机已更换，运行正常" in text(an.get(f"{page}solved/"))
    assert "已说明原因" in sent(an, f"{page}go-on/", reason="昨天又停了")
    assert "已吹哨" in sent(an, f"{page}whistle/", question="大修资金请街道协调")
    refused = an.post(f"{page}solved/", {"evidence": "电梯已换新"})
    assert "撤回吹哨" in text(refused)
    call = Escalation.objects.get()
    assert "已撤回" in sent(an, f"/problems/whistles/{call.pk}/withdraw/", reason="不用了")
    assert "已销号" in sent(an, f"{page}solved/", evidence="电梯已换新")


def test_whoever_asked_finds_the_problem_by_its_code_and_says_their_word(world: World) -> None:
    row, resident = steps.problem(world, asker="何桂兰", phone="19900007777"), Client()
    page = f"/problem/{row.code}/"
    assert resident.get("/asked/", {"code": row.code})["Location"] == page
    for said in ("何桂兰", "何**", "7777", OWNER):
        assert said not in text(resident.get(page))
    assert "正在办理" in text(resident.get(page))
    an = browser(world, "an")
    whistled = {"question": "大修资金请街道协调"}
    assert "已吹哨" in sent(an, f"/problems/{row.pk}/whistle/", **whistled)
    stands = text(resident.get(page))
    assert "已吹哨，请柳荫街道协助解决" in stands
    assert "正在办理" not in stands
    assert whistled["question"] not in stands
    call = Escalation.objects.get()
    assert "已撤回" in sent(an, f"/problems/whistles/{call.pk}/withdraw/", reason="已有资金")
    stands = text(resident.get(page))
    assert ("正在办理" in stands, "已不再请柳荫街道协助" in stands) == (True, True)
    assert "已有资金" not in stands
    assert "已销号" in sent(an, f"/problems/{row.pk}/solved/", evidence="电梯已换新")
    assert "问题解决了吗" in text(resident.get(page))
    answered = resident.post(f"{page}answer/", {"word": "no", "remark": "还在晃"}, follow=True)
    assert "社区会看到" in text(answered)
    assert PlaceProblem.objects.get().state == "open"
    assert resident.get("/problem/AAAA-BBBB-CCCC/").status_code == 404


def test_what_a_unit_says_on_a_card_becomes_a_problem(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    FeedbackCard.objects.filter(pk=card.pk).update(opinion="建议社区增加夜间活动")
    an = browser(world, "an")
    address = f"/problems/of-card/{card.pk}/"
    assert address in text(an.get(f"/feedback/{card.pk}/"))
    assert "建议社区增加夜间活动" in text(an.get(address))
    assert browser(world, "deng").get(address).status_code == 404


@pytest.mark.parametrize("register", ["problems", "tasks", "duties"])
def test_the_lists_are_pages_and_papers_without_who_asked(world: World, register: str) -> None:
    row = steps.problem(world, world.bureau, asker="何桂兰", phone="19900007777")
    steps.task(world, row, world.bureau)
    an, fan = browser(world, "an"), browser(world, "fan")
    address = "/problems/" if register == "problems" else f"/problems/{register}/"
    for page in (an.get(address), fan.get(address), an.get(f"/problems/papers/{register}.html")):
        assert OWNER in text(page)
        assert "何桂兰" not in text(page)
        assert "何**" not in text(page)
        assert "7777" not in text(page)
    for ending in ("pdf", "docx", "xlsx"):
        assert an.get(f"/problems/papers/{register}.{ending}").status_code == 200
    assert "何**" in text(an.get(f"/problems/{row.pk}/"))
    assert "何**" not in text(fan.get(f"/problems/{row.pk}/"))


def test_first_pages_say_with_whom_an_overdue_problem_lies_and_since_when(world: World) -> None:
    row, an, fan = steps.problem(world), browser(world, "an"), browser(world, "fan")
    question = "大修资金请街道协调"
    assert "已吹哨" in sent(an, f"/problems/{row.pk}/whistle/", question=question)
    call = Escalation.objects.get()
    with clock.at(clock.now() + timedelta(days=30)):
        an, fan = browser(world, "an"), browser(world, "fan")
        assert "个问题已逾期" in text(an.get("/today/"))
        assert "起在柳荫街道" in text(an.get("/today/"))
        assert "1 个问题已逾期" in text(fan.get("/overview/"))
    fan = browser(world, "fan")
    typed = {"receiver": OWNER, "question": "请答复大修资金"}
    assert sent(fan, f"/problems/whistles/{call.pk}/pass-on/", **typed)
    deng = browser(world, "deng")
    passed = Escalation.objects.get(answered_at=None)
    assert question not in text(deng.get("/problems/ours/"))
    assert "已答复" in sent(
        deng, f"/problems/whistles/{passed.pk}/answer/", answer="已列入大修计划"
    )


def test_who_asked_is_shown_once_with_a_reason(world: World) -> None:
    row = steps.problem(world, asker="何桂兰", phone="19900007777")
    an = browser(world, "an")
    assert "何桂兰" in text(an.post(f"/problems/{row.pk}/asker/", {"reason": "回访核实电梯"}))
    assert browser(world, "deng").get(f"/problems/{row.pk}/asker/").status_code == 404


def test_a_program_raises_divides_and_closes_without_who_asked(world: World) -> None:
    an = program(world, "an", "willow")
    duty = {"owner": world.bureau.code, "due_on": f"{steps.days(5)}"}
    body = {"community": world.willow.code, "source": "visit", "text": steps.TEXT, **duty}
    made = an.post("/problems/", body).json()
    assert (made["holder"], "phone" in made) == (OWNER, False)
    key = made["id"]
    task = an.post(f"/problems/{key}/tasks/", {"text": "请人检修", **duty}).json()
    an.post(f"/problems/tasks/{task['id']}/done/", {"words": "已检修"})
    more = an.post(f"/problems/{key}/tasks/", {"text": "再请人看", **duty}).json()
    gone = an.post(f"/problems/tasks/{more['id']}/withdrawn/", {"words": "不用再看"}).json()
    assert (gone["reason"], gone["done_at"]) == ("不用再看", None)
    deng = program(world, "deng", "bureau")
    assert deng.post(f"/problems/{key}/reported/", {"words": "已更换主机"}).json()["holder"] == (
        "柳荫社区"
    )
    solved = an.post(f"/problems/{key}/solved/", {"words": "运行正常"})
    assert solved.json()["state"] == "solved"
    assert ids(an.get("/problems/", community=world.willow.code, state="solved")) == [key]
    assert program(world, "fan", "east").post("/problems/", body).status_code == 403
