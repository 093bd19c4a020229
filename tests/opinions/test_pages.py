"""Pages of opinions: asked in two taps, answered without an account, answered again, printed."""

import re
from datetime import timedelta

from django.test import Client

from baodao.kernel import clock
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.opinions.rules.rounds import QUESTIONS, OpinionAudience
from tests.opinions import steps
from tests.orgs.test_reorganisations import partner
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def ticks(audience: OpinionAudience, mark: str = "good") -> dict[str, str]:
    return {one.code: mark for one in QUESTIONS[audience]}


def test_a_community_asks_its_units_answer_by_link_and_read_what_became_of_it(
    world: World,
) -> None:
    partner(world)
    an = browser(world, "an")
    page = an.get("/opinions/ask/")
    body = {
        "client_id": client_id(page),
        "audience": "units",
        "period": str(clock.today().year),
        "due_on": clock.today().isoformat(),
        "note": "请多提意见",
    }
    shown = an.post("/opinions/ask/", body, follow=True)
    row = OpinionRound.objects.get()
    assert shown.redirect_chain[-1][0] == f"/opinions/{row.pk}/"
    assert "区城建局机关党委" in text(shown)
    sheet = OpinionSheet.objects.get()
    assert f"/opinion/{sheet.token}/" in text(browser(world, "deng").get("/opinions/"))
    stranger = Client()
    address = f"/opinion/{sheet.token}/"
    assert "请多提意见" in text(stranger.get(address))
    missing = stranger.post(
        address, {"client_id": client_id(stranger.get(address)), "name": "戴文"}
    )
    assert text(missing).count("每一项请选一个答案。") == len(QUESTIONS[OpinionAudience.UNITS])
    body = ticks(OpinionAudience.UNITS) | {"name": "戴文", "text": "活动多放周末"}
    body["client_id"] = str(client_id(stranger.get(address)))
    assert "意见已收到" in text(stranger.post(address, body, follow=True))
    page = an.get(f"/opinions/{row.pk}/")
    assert "活动多放周末" in text(page)
    answer = OpinionAnswer.objects.get()
    reply = f"/opinions/answers/{answer.pk}/reply/"
    body = {"client_id": str(client_id(an.get(reply))), "words": "已改到周六"}
    assert "待回访" in text(an.post(reply, body, follow=True))
    page = stranger.get(address)
    assert "已改到周六" in text(page)
    body = {"client_id": str(client_id(page)), "settled": "no", "missing": "周日也要排"}
    assert "未解决：周日也要排" in text(stranger.post(f"{address}settled/", body, follow=True))
    assert "未解决：周日也要排" in text(an.get(f"/opinions/{row.pk}/"))
    body = {"client_id": str(client_id(an.get(reply))), "words": "周日也排了"}
    an.post(reply, body)
    page = stranger.get(address)
    body = {"client_id": str(client_id(page)), "settled": "yes"}
    assert "已解决" in text(stranger.post(f"{address}settled/", body, follow=True))
    listing = f"/problems/of-opinion/{answer.pk}/"
    assert listing in text(an.get(f"/opinions/{row.pk}/"))
    assert browser(world, "deng").get(listing).status_code == 404
    body = {"client_id": str(client_id(an.get(listing))), "text": "平日活动来不了"}
    body |= {"owner": "柳荫社区", "due_on": clock.today().isoformat()}
    problem = an.post(listing, body, follow=True).redirect_chain[-1][0]
    assert "平日活动来不了" in text(an.get(problem))
    assert an.get(listing)["Location"] == problem
    page = text(stranger.get(address))
    assert "平日活动来不了" in page, "whoever gave it reads what became of it"
    [asked] = re.findall(r'href="(/problem/[^"/]+/)"', page)
    assert "平日活动来不了" in text(stranger.get(asked))
    for ending in ("html", "pdf", "docx", "xlsx"):
        assert an.get(f"/opinions/{row.pk}.{ending}").status_code == 200
    paper = text(an.get(f"/opinions/{row.pk}.html"))
    assert "发出1份，收回1份" in paper
    assert "满意1" in paper


def test_a_member_answers_without_a_name_and_reads_that_it_came(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    OpinionRound.objects.filter(pk=row.pk).update(audience="members")
    sheet = OpinionSheet.objects.create(round=row, person=world.people["chen"])
    stranger = Client()
    page = stranger.get(f"/opinion/{sheet.token}/")
    body = ticks(OpinionAudience.MEMBERS) | {"client_id": str(client_id(page)), "text": "时间太早"}
    shown = text(stranger.post(f"/opinion/{sheet.token}/", body, follow=True))
    assert "意见未署名" in shown
    assert "时间太早" not in shown
    assert "时间太早" not in text(browser(world, "an").get(f"/opinions/{row.pk}/"))


def test_a_second_reminder_of_a_day_leads_back_to_the_round_with_the_reason(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    an, address = browser(world, "an"), f"/opinions/{row.pk}/"
    for words in ("已提醒。", "今天已提醒过，请明天再提醒。"):
        body = {"client_id": str(client_id(an.get(address)))}
        shown = an.post(f"{address}remind/", body, follow=True)
        assert (shown.status_code, shown.redirect_chain[-1][0]) == (200, address)
        assert words in text(shown)


def test_pages_of_one_kind_stand_above_each_other_s_headline(world: World) -> None:
    an = browser(world, "an")
    for address in ("/opinions/", "/agreements/"):
        page = text(an.get(address))
        assert f'<a href="{address}" aria-current="page">' in page.partition("<h1>")[0]
        assert 'href="/resources/"' in page.partition('class="family"')[2].partition("</nav>")[0]
    assert 'class="family"' not in text(an.get("/records/"))


def test_nothing_is_answered_after_the_last_day(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    OpinionRound.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    sheet = OpinionSheet.objects.get()
    assert "答复期已过" in text(Client().get(f"/opinion/{sheet.token}/"))
    assert "逾期未答复" in text(browser(world, "deng").get("/opinions/"))


def test_who_sends_an_old_page_reads_that_it_was_answered_and_keeps_what_they_wrote(
    world: World,
) -> None:
    partner(world)
    steps.asked(world, OpinionAudience.UNITS)
    address = f"/opinion/{OpinionSheet.objects.get().token}/"
    stranger, colleague = Client(), Client()
    forms = [str(client_id(one.get(address))) for one in (stranger, colleague)]
    body = ticks(OpinionAudience.UNITS) | {"name": "戴文", "text": "活动多放周末"}
    first = {**body, "client_id": forms[0]}
    assert "意见已收到" in text(stranger.post(address, first, follow=True))
    assert "意见已收到" in text(stranger.post(address, first, follow=True)), "a double tap"
    late = {**body, "client_id": forms[1], "text": "楼道灯不亮"}
    page = text(colleague.post(address, late, follow=True))
    assert "已经答复过了" in page
    assert "楼道灯不亮" in page
    assert OpinionAnswer.objects.get().text == "活动多放周末"
