"""What community, unit and member see of cards: pages without JavaScript, papers, Excel."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baodao.appraisal.commands import signatures
from baodao.appraisal.models import FeedbackCard, Objection
from baodao.appraisal.queries.cards import Side
from baodao.appraisal.tables.records import visible
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Origin
from tests.appraisal.steps import (
    LINE,
    YEAR,
    day,
    drafted,
    fresh,
    judged,
    on,
    registered,
    served,
    signed,
)
from tests.ledger.steps import entry
from tests.registration.browsing import browser, client_id, text
from tests.registration.steps import members
from tests.world import World

CARDS = f"/feedback/?year={YEAR}"


def post(client: Client, address: str, **fields: object) -> str:
    """Send a form as the page would; the page that follows."""
    response = client.post(address, {"client_id": uuid4(), **fields}, follow=True)
    assert response.status_code == 200
    return text(response)


def test_the_secretary_drafts_judges_and_signs_from_one_page(world: World) -> None:
    people = members(world, 3)
    registered(world, *people)
    served(world, people[0], minutes=90)
    ji = browser(world, "ji")
    assert "生成草稿" in text(ji.get(CARDS))
    page = post(ji, f"/feedback/draft/?year={YEAR}")
    assert "3 份草稿已按服务记录更新" in page
    first, second, third = FeedbackCard.objects.order_by("person__pinyin")
    page = post(ji, f"/feedback/judge/?year={YEAR}", **{f"line-{first.pk}": LINE})
    assert "已保存 1 条评价" in page
    assert "全部签发（1 张）" in page
    ready = "1 张卡片已填好，由社区党组织书记签发"
    assert (ready in page, ready in text(browser(world, "an").get(CARDS))) == (False, True)
    page = post(ji, f"/feedback/judge/?year={YEAR}", how="facts", ids=[first.pk, second.pk])
    assert fresh(first).judgement == "参加服务1次，共1小时30分钟；其中环境整治1次。"
    assert fresh(second).judgement == "本年度暂无服务记录。"
    post(ji, f"/feedback/judge/?year={YEAR}", how="same", same=LINE, ids=[third.pk])
    assert fresh(third).judgement == LINE
    page = post(ji, f"/feedback/sign/?year={YEAR}", all="1")
    assert "已签发 3 张，单位和党员本人已收到通知" in page
    assert {fresh(card).state for card in (first, second, third)} == {"signed"}


def test_signing_keeps_the_lines_typed_and_names_who_is_left_out(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    one, two = sorted(drafted(world), key=lambda card: card.person.pinyin)
    page = post(
        browser(world, "ji"),
        f"/feedback/sign/?year={YEAR}",
        **{"ids": [one.pk, two.pk], f"line-{one.pk}": LINE},
    )
    assert "已签发 1 张" in page
    assert f"{second.name}（区城建局机关党委）：还没有填写表现评价" in page
    assert (fresh(one).state, fresh(two).state) == ("signed", "draft")


def shown(card: FeedbackCard, page: str) -> dict[str, str]:
    """What the page carries of a draft: its line, and what its records came to."""
    fields = re.findall(rf'name="((?:before|outcome)-{card.pk})" value="([^"]*)"', page)
    return dict(fields)


def test_a_line_is_saved_on_leaving_its_field(world: World) -> None:
    registered(world)
    [card] = drafted(world)
    an = browser(world, "an")
    was = shown(card, text(an.get(CARDS)))
    assert was == {f"before-{card.pk}": "", f"outcome-{card.pk}": "0 0 /"}
    saved = an.post(f"/feedback/{card.pk}/line/", {f"line-{card.pk}": LINE, **was})
    assert (saved.status_code, fresh(card).judgement) == (200, LINE)
    assert "已保存" in text(saved)
    assert shown(card, text(saved)) == {f"before-{card.pk}": LINE}
    late = an.post(f"/feedback/{card.pk}/line/", {f"line-{card.pk}": "另一句", **was})
    assert late.status_code == 422
    assert f"其他人在此期间写了“{LINE}”，您写的“另一句”未保存" in text(late)
    assert fresh(card).judgement == LINE
    empty = {f"line-{card.pk}": "", f"before-{card.pk}": LINE}
    assert "还没有填写表现评价" in text(an.post(f"/feedback/{card.pk}/line/", empty))
    for stranger in ("bao", "deng", "chen", "fan"):
        reply = browser(world, stranger).post(f"/feedback/{card.pk}/line/", empty)
        assert reply.status_code == 404


def test_a_list_that_was_open_overwrites_no_newer_line(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    one, two = drafted(world)
    an = browser(world, "an")
    page = text(an.get(CARDS))
    judged(world, [one], "先写的一句")
    sent = shown(one, page) | shown(two, page) | {f"line-{one.pk}": "", f"line-{two.pk}": LINE}
    assert "已保存 1 条评价" in post(an, f"/feedback/judge/?year={YEAR}", **sent)
    assert (fresh(one).judgement, fresh(two).judgement) == ("先写的一句", LINE)


def test_whoever_saves_second_sees_both_lines_at_the_field_and_decides(world: World) -> None:
    """Their own stands in the field, to be sent as it is or put right."""
    first, second = members(world, 2)
    registered(world, first, second)
    one, two = drafted(world)
    an = browser(world, "an")
    page = text(an.get(CARDS))
    judged(world, [one], "先写的一句")
    sent = shown(one, page) | shown(two, page) | {f"line-{one.pk}": LINE, f"line-{two.pk}": LINE}
    page = post(an, f"/feedback/judge/?year={YEAR}", **sent)
    assert "已保存 1 条评价" in page
    assert f'name="line-{one.pk}" value="{LINE}"' in page
    assert page.count("其他人在此期间写了“先写的一句”") == 2, "above the list and at the field"
    assert fresh(one).judgement == "先写的一句"
    again = shown(one, page) | {f"line-{one.pk}": LINE}
    assert "已保存 1 条评价" in post(an, f"/feedback/judge/?year={YEAR}", **again)
    assert fresh(one).judgement == LINE


def test_lines_sent_when_signed_out_are_there_again(world: World) -> None:
    """Those that were written by others meanwhile, with what these wrote."""
    first, second = members(world, 2)
    registered(world, first, second)
    one, two = drafted(world)
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["an"])
    page = text(client.get(CARDS))
    judged(world, [one], "先写的一句")
    sent = shown(one, page) | shown(two, page) | {f"line-{one.pk}": LINE, f"line-{two.pk}": LINE}
    answer = client.post(
        f"/feedback/judge/?year={YEAR}",
        sent | {"back": CARDS},
        headers={"origin": "http://testserver"},
    )
    assert (answer.status_code, answer["Location"]) == (302, CARDS)
    page = text(client.get(CARDS))
    assert "您填写的内容已恢复，尚未保存。请核对后提交。" in page
    assert page.count(f'value="{LINE}" data-most') == 2
    assert page.count("其他人在此期间写了“先写的一句”") == 1
    assert LINE not in text(client.get(CARDS)), "once"


def test_what_one_sees_is_what_one_signs(world: World) -> None:
    registered(world)
    served(world, minutes=60)
    [card] = drafted(world, on(11, 10))
    judged(world, [card])
    served(world, at=on(11, 12), served_on=day(11, 11), minutes=30)
    ji, sign = browser(world, "ji"), f"/feedback/sign/?year={YEAR}"
    page = text(ji.get(CARDS))
    assert fresh(card).services == 1, "reading a page changes nothing"
    assert re.search(r'data-label="服务次数" class="numeric">\s*2\s*<', page)
    assert "服务 2 次" in text(ji.get(f"/feedback/{card.pk}/"))
    seen = shown(card, page) | {f"line-{card.pk}": LINE, "ids": str(card.pk)}

    served(world, at=on(11, 14), served_on=day(11, 13), minutes=45)
    again = post(ji, sign, **seen)
    assert "打开页面后服务记录有变动，现为 3 次、2 小时 15 分钟" in again
    assert fresh(card).state == "draft"

    seen = shown(card, again) | {f"line-{card.pk}": LINE, "ids": str(card.pk)}
    judged(world, [card], "别人写的一句")
    again = post(ji, sign, **seen)
    assert "打开页面后表现评价有变动，现为“别人写的一句”" in again
    assert fresh(card).state == "draft"

    seen = shown(card, again) | {f"line-{card.pk}": "别人写的一句", "ids": str(card.pk)}
    assert "已签发 1 张" in post(ji, sign, **seen)
    assert (fresh(card).services, fresh(card).number) == (3, 1)


def test_a_double_tap_signs_once(world: World) -> None:
    registered(world)
    [card] = drafted(world)
    judged(world, [card])
    ji = browser(world, "ji")
    form = {"client_id": client_id(ji.get(CARDS)), "ids": [card.pk]}
    answers = [ji.post(f"/feedback/sign/?year={YEAR}", form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert fresh(card).number == 1
    assert "card.signed" not in text(ji.get(CARDS))


def test_nothing_ticked_and_nothing_ready_are_said(world: World) -> None:
    registered(world)
    drafted(world)
    ji = browser(world, "ji")
    assert "没有可以签发的卡" in post(ji, f"/feedback/sign/?year={YEAR}", all="1")
    assert "没有可以签发的卡" in post(ji, f"/feedback/sign/?year={YEAR}")
    page = post(ji, f"/feedback/judge/?year={YEAR}", how="same", same=LINE)
    assert "没有勾选" in page


def test_the_worker_writes_lines_and_has_no_button_to_sign(world: World) -> None:
    registered(world)
    [card] = drafted(world)
    judged(world, [card])
    page = text(browser(world, "an").get(CARDS))
    assert "保存评价" in page
    assert "全部签发" not in page
    assert "签发勾选的" not in page


def test_the_list_is_filtered_by_unit_and_by_what_is_lacking(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    served(world, first)
    cards = {card.person_id: card for card in drafted(world)}
    judged(world, [cards[second.pk]])
    an = browser(world, "an")

    def found(query: str) -> set[str]:
        page = text(an.get(f"{CARDS}&{query}"))
        return {person.name for person in (first, second) if person.name in page}

    assert found("lacking=judgement") == {first.name}
    assert found("lacking=records") == {second.name}
    assert found(f"unit={world.bureau.pk}") == {first.name, second.name}
    assert found("state=signed") == set()
    assert text(an.get("/feedback/?year=2024")).count(first.name) == 0
    for year in ("20x6", "１２３４", "99999"):
        assert an.get(f"/feedback/?year={year}").status_code == 409


def test_each_tick_and_the_number_open_to_their_records(world: World) -> None:
    registered(world)
    served(world, served_on=day(7, 4), category="policy", place="3号楼", minutes=45)
    served(world, served_on=day(7, 5), category="environment", offer_title="清洁日")
    [card] = signed(world)
    an = browser(world, "an")
    page = text(an.get(f"/feedback/{card.pk}/"))
    assert "服务 2 次，1 小时 45 分钟" in page
    links = set(re.findall(rf"/feedback/{card.pk}/(?:kinds|ways)/[\w-]+/", page))
    assert links == {
        f"/feedback/{card.pk}/{tick}/"
        for tick in ("kinds/policy", "kinds/environment", "ways/post")
    }
    behind = text(an.get(f"/feedback/{card.pk}/kinds/policy/"))
    assert "政策宣传 · 服务 1 次，45 分钟" in behind
    assert "3号楼" in behind
    assert "清洁日" not in behind
    assert an.get(f"/feedback/{card.pk}/kinds/culture/").status_code == 404
    assert an.get(f"/feedback/{card.pk}/number/1/").status_code == 404


def test_what_each_side_sees_of_a_record_is_this_and_no_more(world: World) -> None:
    """Golden: residents' doors and the names of those who confirm stay with the community."""
    shared = ("served_on", "category", "way", "minutes", "offer_title", "origin")
    whole = (*shared[:5], "place", "result", "origin", "confirmed_by")
    assert {side: visible(side) for side in Side} == {
        Side.COMMUNITY: whole,
        Side.OWN: whole,
        Side.UNIT: shared,
        Side.OVERVIEW: shared,
    }
    registered(world)
    served(world, place="3号楼王家", result="修好水管")
    [card] = signed(world)
    for who, sees in (("an", True), ("chen", True), ("deng", False), ("fan", False)):
        for page in (f"/feedback/{card.pk}/", f"/feedback/{card.pk}/kinds/environment/"):
            shown = text(browser(world, who).get(page))
            assert ("3号楼王家" in shown, "修好水管" in shown) == (sees, sees), (who, page)


def test_a_record_leads_the_community_to_it_and_the_person_to_their_objection(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    [record] = ServiceRecord.objects.all()
    opened = reverse("statements:record", args=[record.community_id, record.id])
    objection = reverse("statements:dispute", args=[record.community_id, record.id])
    for who, leads in (("an", opened), ("chen", objection), ("deng", ""), ("fan", "")):
        for page in (f"/feedback/{card.pk}/", f"/feedback/{card.pk}/kinds/environment/"):
            shown = browser(world, who).get(page).content.decode()
            links = {url for url in (opened, objection) if f'href="{url}"' in shown}
            assert links == ({leads} if leads else set()), (who, page)
            assert not leads or browser(world, who).get(leads).status_code == 200


def test_what_was_entered_by_hand_looks_different(world: World) -> None:
    registered(world)
    by_hand = entry(world.people["chen"].pk)
    confirmed = Confirmed(Origin.OFFICE, "安静")
    append(world.actor("an"), entries={world.willow: [by_hand]}, confirmed=confirmed)
    [card] = drafted(world)
    page = text(browser(world, "an").get(f"/feedback/{card.pk}/"))
    assert "（人工登记）" in page
    served(world, served_on=day(7, 8))


def test_the_unit_opens_reads_and_answers(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    cards = {card.person_id: card for card in signed(world)}
    card = cards[first.pk]
    deng, dai = browser(world, "deng"), browser(world, "dai")
    page = text(dai.get("/unit/feedback/"))
    assert "2 张待签收" in page
    assert f'<a href="/feedback/{card.pk}/">' in page
    opened = text(dai.get(f"/feedback/{card.pk}/"))
    assert f'name="card" value="{card.pk}">签收' in opened
    assert fresh(card).state == "signed", "opening is not signing"
    opened = dai.post("/unit/feedback/read/", {"client_id": uuid4(), "card": card.pk})
    assert opened["Location"] == f"/feedback/{card.pk}/"
    assert fresh(card).state == "read"
    assert dai.get(f"/feedback/{card.pk}/opinion/").status_code == 404
    page = post(deng, f"/feedback/{card.pk}/opinion/", opinion="同意社区意见")
    assert "同意社区意见" in page
    assert "全部签收（1 张）" in text(dai.get("/unit/feedback/"))
    page = post(dai, "/unit/feedback/read/", ids=[cards[second.pk].pk])
    assert "已签收 1 张反馈卡" in page
    assert "张反馈卡，已全部签收" in page


def test_the_unit_reads_all_of_the_list_at_once_and_its_notice_closes(world: World) -> None:
    first, second = members(world, 2)
    registered(world, first, second)
    signed(world, on(11, 20))
    dai, deng = browser(world, "dai"), browser(world, "deng")
    told = "柳荫社区送来 2 张社区表现反馈卡，请查看并签收。"
    for clerk in (dai, deng):
        page = text(clerk.get("/notices/?unread=1"))
        assert f'<a href="/unit/feedback/">{told}</a>' in page
    page = post(dai, f"/unit/feedback/read/?q={first.name}", all="1")
    assert "已签收 1 张反馈卡" in page
    assert told in text(deng.get("/notices/?unread=1")), "one card still waits"
    post(dai, "/unit/feedback/read/", all="1")
    assert set(FeedbackCard.objects.values_list("state", flat=True)) == {"read"}
    assert told not in text(deng.get("/notices/?unread=1"))
    assert "已办理" in text(deng.get("/notices/"))


def test_the_unit_exports_its_cards_and_nobody_is_sorted_by_service(world: World) -> None:
    registered(world)
    served(world)
    signed(world)
    deng = browser(world, "deng")
    sheet = deng.get("/unit/feedback/?export=xlsx")
    assert sheet["Content-Type"].endswith("sheet")
    for page in (text(deng.get("/unit/feedback/")), text(browser(world, "an").get(CARDS))):
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)
        linked = [re.sub("<[^>]+>", "", head) for head in heads if "<a " in head]
        assert linked
        assert not {"服务次数", "服务时长", "表现评价"} & {head.split(" ")[0] for head in linked}


def test_the_member_reads_objects_and_reads_the_answer(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    chen = browser(world, "chen")
    page = text(chen.get("/me/feedback/"))
    assert "服务 1 次，1 小时" in page
    assert LINE in page
    page = post(chen, f"/me/feedback/{card.pk}/object/", text="少记一次")
    assert "少记一次" in page
    [objection] = Objection.objects.all()
    ji = browser(world, "ji")
    assert "少记一次" in text(ji.get(CARDS))
    assert browser(world, "an").get(f"/feedback/objections/{objection.pk}/").status_code == 404
    post(ji, f"/feedback/objections/{objection.pk}/", answer="已补录，另发新卡")
    assert "已补录，另发新卡" in text(chen.get("/me/feedback/"))
    assert "少记一次" not in text(browser(world, "deng").get(f"/feedback/{card.pk}/"))


def test_an_empty_form_says_what_is_missing(world: World) -> None:
    registered(world)
    [card] = signed(world)
    for who, page in (
        ("chen", f"/me/feedback/{card.pk}/object/"),
        ("ji", f"/feedback/{card.pk}/withdraw/"),
        ("ji", f"/feedback/{card.pk}/event/"),
        ("deng", f"/feedback/{card.pk}/opinion/"),
    ):
        response = browser(world, who).post(page, {"client_id": uuid4()})
        assert response.status_code == 422, page


def test_withdrawing_is_asked_once_and_told(world: World) -> None:
    registered(world)
    [card] = signed(world)
    page = post(browser(world, "ji"), f"/feedback/{card.pk}/withdraw/", reason="时长写错")
    assert "时长写错" in page
    assert fresh(card).state == "withdrawn"
    assert browser(world, "chen").get(f"/feedback/{card.pk}/").status_code == 404


def test_an_event_s_draft_is_made_from_the_member_s_card(world: World) -> None:
    registered(world)
    served(world, at=on(7, 21), served_on=day(7, 20))
    [card] = drafted(world)
    an = browser(world, "an")
    asked = {"occasion": "七月防汛", "since": day(7, 15), "until": day(7, 25)}
    page = post(an, f"/feedback/{card.pk}/event/", **asked)
    assert "草稿已生成" in page
    assert FeedbackCard.objects.get(occasion="七月防汛").services == 1


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_a_signed_card_is_a_paper_and_a_draft_is_none(world: World, ending: str) -> None:
    registered(world)
    [card] = drafted(world)
    an = browser(world, "an")
    address = f"/feedback/{card.pk}/card.{ending}"
    assert an.get(address).status_code == 404
    judged(world, [card])
    signatures.sign_cards(world.actor("ji"), card_ids=[card.pk])
    for who, status in (("an", 200), ("deng", 200), ("chen", 200), ("fan", 404), ("bao", 404)):
        assert browser(world, who).get(address).status_code == status
    if ending == "html":
        page = text(an.get(address))
        assert "在职党员社区表现反馈卡" in page
        assert "（ ）政策宣传" in page


def test_the_paper_shows_what_was_true_when_it_was_signed(world: World) -> None:
    registered(world)
    served(world)
    [card] = signed(world)
    world.bureau.name = "新名称机关党委"
    world.bureau.save(update_fields=["name"])
    page = text(browser(world, "an").get(f"/feedback/{card.pk}/card.html"))
    for words in (
        "陈晓宇",
        "区城建局机关党委",
        "（√）环境整治",
        "（√）认领岗位",
        LINE,
        "季书",
        "1小时",
    ):
        assert words in page
    assert "新名称机关党委" not in page


def test_the_year_s_cards_are_one_file_and_an_empty_list_says_so(world: World) -> None:
    registered(world, *members(world, 3))
    an = browser(world, "an")
    drafted(world)
    refused = an.get(f"/feedback/cards.pdf?year={YEAR}")
    assert refused.status_code == 409
    judged(world, FeedbackCard.objects.all())
    ids: list[UUID] = list(FeedbackCard.objects.values_list("pk", flat=True))
    signatures.sign_cards(world.actor("ji"), card_ids=ids)
    for ending in ("pdf", "docx"):
        made = an.get(f"/feedback/cards.{ending}?year={YEAR}")
        assert made.status_code == 200
        assert len(made.content) > 10_000
    assert an.get(f"{CARDS}&export=xlsx").status_code == 200
    assert an.get("/feedback/blank.pdf").content[:4] == b"%PDF"
    assert browser(world, "deng").get("/unit/feedback/cards.pdf").status_code == 200


def test_the_pages_ask_as_many_queries_for_many_cards_as_for_few(world: World) -> None:
    people = members(world, 12)
    registered(world, *people)
    ids = judged(world, drafted(world))
    for who, page in (("ji", CARDS), ("deng", "/unit/feedback/")):
        client = browser(world, who)
        signatures.sign_cards(world.actor("ji"), card_ids=ids[:2])
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        signatures.sign_cards(world.actor("ji"), card_ids=ids)
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) <= len(few)
