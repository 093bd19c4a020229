"""Pages of honours: begun, named, signed, in publicity, objected to, answered, issued, verified."""

import re
from datetime import timedelta

from django.test import Client

from baodao.documents.queries import issue_of
from baodao.honours.commands.publicity import object_to_verdict
from baodao.honours.models import HonourObjection, HonourProposal, HonourRound
from baodao.honours.rules.lives import HonourKind, HonourVerdict
from baodao.honours.rules.papers import HONOUR_CERTIFICATE
from baodao.kernel import clock
from tests import factories
from tests.honours import steps
from tests.programs import Program
from tests.registration.browsing import browser, client_id, seen_in, text
from tests.world import World


def sent(client: Client, address: str, to: str = "", **body: object) -> str:
    """A form of a page is filled in and sent; the page that follows."""
    page = client.get(address)
    form = {"client_id": str(client_id(page)), **body}
    if 'name="seen"' in text(page):
        form["seen"] = seen_in(text(page))
    return text(client.post(to or address, form, follow=True))


def test_a_round_goes_its_way_on_pages(world: World) -> None:
    deng, chen = browser(world, "deng"), browser(world, "chen")
    year = str(clock.today().year)
    page = sent(deng, "/honours/begin/", kind="finest", period=year)
    assert "请填写表彰名额" in page
    page = sent(deng, "/honours/begin/", kind="finest", period=year, most="1")
    assert f"{year}年最美在职党员" in page
    row = HonourRound.objects.get()
    here = f"/honours/{row.pk}/"
    assert "该时点没有叫这个名字的人" in sent(deng, f"{here}nominate/", name="无此人", reason="好")
    assert "陈晓宇" in sent(deng, f"{here}nominate/", name="陈晓宇", reason="全年服务二十次")
    proposal = HonourProposal.objects.get()
    assert "勾选" in sent(deng, here, f"{here}sign/")
    page = sent(deng, here, f"{here}sign/", ids=[str(proposal.pk)])
    assert "已签署1条" in page
    assert chen.get(f"/honours/list/{row.pk}/").status_code == 404
    word = f"/honours/proposals/{proposal.pk}/word/"
    assert "签署</button>" in text(deng.get(word)), "a word is signed, an agreement is concluded"
    page = sent(deng, word, verdict="chosen", reason="核对无误")
    assert "结果已签署。" in page
    question = deng.get(f"{here}publish/")
    form = {"client_id": str(client_id(question)), "seen": seen_in(text(question))}
    steps.word(world, proposal, HonourVerdict.PASSED_OVER)
    refused = text(deng.post(f"{here}publish/", form))
    assert "打开后文本有改动，请重新阅读后再签署。" in refused
    assert re.search("本次未入选[^0-9]*1", refused), "what the list says now is there to be read"
    steps.word(world, proposal, HonourVerdict.CHOSEN)
    assert "名单已公示" in sent(deng, f"{here}publish/")
    assert "陈晓宇" in text(chen.get(f"/honours/list/{row.pk}/"))
    assert browser(world, "bao").get(f"/honours/list/{row.pk}/").status_code == 404
    assert "全年服务二十次" in text(chen.get("/me/honours/"))
    assert "排名不分先后" in text(chen.get(f"/honours/list/{row.pk}.html"))
    qin = browser(world, "qin")
    page = sent(qin, f"/honours/object/{proposal.pk}/", text="次数有误")
    assert "前答复" in text(qin.get("/honours/list/"))
    here_public = f"/honours/list/{row.pk}/"
    assert "您的异议：待答复" in text(qin.get(here_public))
    assert f"/honours/object/{proposal.pk}/" not in qin.get(here_public).content.decode()
    assert "您的异议" not in text(chen.get(here_public))
    assert "条异议待答复。全部答复后" in text(deng.get(here))
    objection = HonourObjection.objects.get()
    assert "评优评议异议待答复" in text(deng.get("/unit/"))
    assert "评优评议异议待答复" not in text(browser(world, "bao").get("/today/"))
    answer = f"/honours/objections/{objection.pk}/"
    assert "次数有误" in text(deng.get(answer))
    assert "已答复" in sent(deng, answer, words="有签到表", verdict="chosen")
    assert "异议不成立" in text(qin.get("/honours/list/"))
    assert "您的异议：异议不成立" in text(qin.get(here_public))
    page = text(deng.get(here))
    assert "公示期满后，自" in page
    assert "公布名单" not in page.replace("可以公布名单", "")
    assert "评优评议异议待答复" not in text(deng.get("/unit/"))
    row.refresh_from_db()
    assert row.public_until is not None
    HonourProposal.objects.update(verdict=HonourVerdict.PASSED_OVER)
    with clock.at(steps.noon(row.public_until + timedelta(days=1))):
        page = text(browser(world, "deng").get(here))
    assert "名单上已无人" in page
    assert f"{here}issue/" not in page, "nothing is offered that would be refused"
    HonourProposal.objects.update(verdict=HonourVerdict.CHOSEN)
    with clock.at(steps.noon(row.public_until + timedelta(days=1))):
        assert "名单已公布" in sent(browser(world, "deng"), f"{here}issue/")
    issue = issue_of(proposal.pk, HONOUR_CERTIFICATE.code)
    assert issue is not None
    assert "荣誉证书" in text(Client().get(f"/v/{issue.token}/"))
    certificate = text(chen.get(f"/honours/proposals/{proposal.pk}.html"))
    assert "最美在职党员" in certificate
    assert qin.get(f"/honours/proposals/{proposal.pk}.html").status_code == 404


def test_the_same_objection_of_a_second_is_upheld_with_the_first(world: World) -> None:
    deng = browser(world, "deng")
    row = steps.begun(world, HonourKind.FINEST)
    [one] = steps.named(world, row, "陈晓宇")
    steps.word(world, one, HonourVerdict.CHOSEN)
    steps.made_public(world, row)
    first, second = (
        object_to_verdict(world.actor(who), proposal_id=one.pk, text="次数不实")
        for who in ("qin", "chen")
    )
    answered = sent(deng, f"/honours/objections/{first.pk}/", words="属实", verdict="passed-over")
    assert "异议成立" in answered
    here = f"/honours/objections/{second.pk}/"
    assert "提出异议时的结果" in text(deng.get(here))
    sent(deng, here, words="属实", verdict="passed-over")
    second.refresh_from_db()
    assert second.state == "upheld"
    assert one.rulings.filter(basis="objection").count() == 1, "the word changed once"


def test_a_vote_on_pages(world: World) -> None:
    for name in ("员甲", "员乙"):
        factories.member(name, world.second)
    dai, deng = browser(world, "dai"), browser(world, "deng")
    row = steps.begun(world, HonourKind.FINEST)
    one, _ = steps.named(world, row, "陈晓宇", "员甲")
    here = f"/honours/{row.pk}/"
    until = (clock.today() + timedelta(days=3)).isoformat()
    page = sent(dai, f"{here}vote/", groups=["members"], names="qin\ndai\nji", until=until)
    assert "投票已开始" in page
    assert "请您投票" in text(browser(world, "qin").get("/honours/list/"))
    assert "请您投票" in text(browser(world, "chen").get("/me/today/"))
    assert "项投票待参加" in text(browser(world, "dai").get("/unit/"))
    for name in ("qin", "dai", "ji", "chen"):
        voter = browser(world, name)
        page = sent(voter, f"{here}ballot/", proposal_ids=[str(one.pk)])
        assert "投票成功" in page
    assert "请您投票" not in text(browser(world, "chen").get("/me/today/"))
    assert "项投票待参加" not in text(browser(world, "dai").get("/unit/"))
    assert "已计票" in sent(deng, f"{here}vote/count/")
    one.refresh_from_db()
    assert one.proposed == "chosen"


def test_lists_are_read_by_programs_in_scope(world: World) -> None:
    row = steps.published(world, "deng", "陈晓宇")
    reads = Program(factories.token(world.actor("deng"), world.bureau).secret)
    [line] = reads.get("/honour-rounds/").json()["items"]
    assert (line["state"], line["kind"]) == ("public", "finest")
    lines = reads.get(f"/honour-rounds/{row.pk}/lines/").json()["items"]
    assert [one["name"] for one in lines] == ["陈晓宇"]
    stranger = Program(factories.token(world.actor("bao"), world.bridge).secret)
    assert stranger.get(f"/honour-rounds/{row.pk}/lines/").status_code == 404
