"""Whoever saves second, in every slice whose forms put right what others may put right."""

import pytest
from django.test import Client
from django.urls import reverse

from baodao.kernel.ids import new_id
from baodao.notices.commands.preferences import mute_topic
from baodao.notices.models import TurnedOff
from baodao.notices.rules.catalogue import Topic
from baodao.orgs.models import Organisation
from baodao.partnership.models import UnitRegistration
from baodao.residents.models import SealedHousehold
from baodao.rosters.models import RosterImport
from baodao.statements.commands.statements import return_statement
from baodao.statements.models import Statement
from baodao.vocabulary.models import TableWord
from tests.pairings.steps import pairing
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, person
from tests.rosters.test_roster_pages import upload
from tests.statements.steps import stated
from tests.ui.test_edits import MEANWHILE, sent
from tests.world import World

PRESENT = "/unit-registration/present/"
CONTACT = {
    "community": "柳荫社区",
    "secretary": "邓敏",
    "contact_name": "戴文",
    "contact_phone": "19900005678",
}
WORDS = "/settings/words/"


def opened(client: Client, page: str) -> dict[str, object]:
    """What a browser sends of the form that it opened now, when nothing was touched."""
    return sent(client, page) | {"client_id": str(new_id())}


@pytest.mark.parametrize("first_time", [True, False])
def test_a_contact_form_of_a_unit(world: World, first_time: bool) -> None:
    deng, dai = browser(world, "deng"), browser(world, "dai")
    if not first_time:
        deng.post(PRESENT, CONTACT)
        registration = UnitRegistration.objects.get()
        reply = {"client_id": str(new_id()), "reason": "请补电话"}
        browser(world, "an").post(f"/units/{registration.pk}/return/", reply)
    first, second = opened(deng, PRESENT), opened(dai, PRESENT)
    assert deng.post(PRESENT, first | CONTACT | {"needs": "场地"}).status_code == 302
    answer = dai.post(PRESENT, second | CONTACT | {"resources": "会议室"})
    assert (answer.status_code, MEANWHILE % "场地" in answer.content.decode()) == (422, True)
    assert answer.context["form"]["resources"].value() == "会议室"
    assert UnitRegistration.objects.get().needs == "场地"


def test_one_s_own_statement_that_was_returned(world: World) -> None:
    road.accepted(world)
    statement = stated(world, place="3号楼")
    return_statement(world.actor("an"), statement_id=statement.pk, reason="时间不对")
    chen, page = browser(world, "chen"), f"{reverse('statements:state')}?again={statement.pk}"
    first, second = opened(chen, page), opened(chen, page)
    assert chen.post(page, first | {"place": "4号楼"}).status_code == 302
    return_statement(world.actor("an"), statement_id=statement.pk, reason="再核对")
    answer = chen.post(page, second | {"place": "5号楼"})
    assert (answer.status_code, "4号楼" in answer.content.decode()) == (422, True)
    assert Statement.objects.get().place == "4号楼"


def test_topics_that_were_turned_off_by_a_link(world: World) -> None:
    chen, page = browser(world, "chen"), reverse("notices:topics")
    stale = opened(chen, page)
    mute_topic(world.actor("chen"), topic=Topic.CLAIMS)
    answer = chen.post(page, stale)
    assert answer.status_code == 422
    off = TurnedOff.objects.filter(account=world.accounts["chen"], topic=Topic.CLAIMS)
    assert off.exists()
    assert 'value="claims" checked' in answer.content.decode(), "outside it is wanted as before"
    assert answer.content.decode().count('value="claims" checked') == 1


def test_the_columns_of_a_roster(world: World) -> None:
    deng, dai = browser(world, "deng"), browser(world, "dai")
    header = ["序号", "人名", *HEADER[2:]]
    upload(dai, sheets.roster(*(person(order) for order in range(3)), header=header))
    page = f"/people/rosters/{RosterImport.objects.get().pk}/columns/"
    first, second = opened(deng, page), opened(dai, page)
    told = {"form": "1", "remember": "1"}
    assert deng.post(page, first | told | {"column-1": "name"}).status_code == 302
    answer = dai.post(page, second | told | {"column-0": "position"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["column-0"].value(), form["column-1"].value()) == ("position", "name")
    assert dict(TableWord.objects.values_list("word", "meaning")) == {"人名": "name"}


def test_a_status_that_another_has_explained_meanwhile(world: World) -> None:
    deng, dai = browser(world, "deng"), browser(world, "dai")
    people = [person(order, 人员状态="甲类编制" if order else "在职") for order in range(3)]
    upload(dai, sheets.roster(*people))
    page = f"/people/rosters/{RosterImport.objects.get().pk}/columns/"
    name = dai.get(page).context["statuses"][0].name
    first, second = opened(deng, page), opened(dai, page)
    told = {"form": "1", "remember": "1"}
    assert deng.post(page, first | told | {name: "in-service"}).status_code == 302
    assert dai.post(page, second | told | {name: "retired"}).status_code == 422
    assert TableWord.objects.get().meaning == "in-service"


def test_a_reorganisation_that_was_looked_at_before_another(world: World) -> None:
    sun, place = browser(world, "sun"), world.willow
    page = f"/organisations/{place.pk}/reorganise/?preview=1&reform=renamed&name="
    first, second = opened(sun, f"{page}柳荫东社区"), opened(sun, f"{page}柳荫西社区")
    assert sun.post(f"{page}柳荫东社区", first | {"reason": "改名"}).status_code == 302
    answer = sun.post(f"{page}柳荫西社区", second | {"reason": "改名"})
    assert (answer.status_code, "柳荫东社区（" in answer.content.decode()) == (422, True)
    assert Organisation.objects.get(pk=place.pk).name == "柳荫东社区"
    again = {"seen": answer.context["form"]["seen"].value(), "reason": "改名"}
    assert sun.post(f"{page}柳荫西社区", again).status_code == 302


def test_a_word_that_another_taught_gives_way_on_purpose(world: World) -> None:
    deng, dai = browser(world, "deng"), browser(world, "dai")
    word = {"word": "所在小组", "meaning": "roster|header|branch"}
    assert "replaces" not in deng.get(WORDS).context["form"].fields
    assert deng.post(WORDS, word).status_code == 302
    assert deng.post(WORDS, word).status_code == 302, "the same once more is no question"
    other = word | {"meaning": "roster|header|position"}
    answer = dai.post(WORDS, other)
    assert answer.status_code == 422
    assert "邓敏已在此教过" in answer.content.decode()
    assert TableWord.objects.get().meaning == "branch"
    assert dai.post(WORDS, other | {"replaces": "on"}).status_code == 302
    assert TableWord.objects.get().meaning == "position"


def test_who_is_helped_by_a_pairing_is_written_anew_over_nobody(world: World) -> None:
    offer, (an, ji) = pairing(world), (browser(world, name) for name in ("an", "ji"))
    page = reverse("pairings:household", args=[offer.pk])
    first, second = opened(an, page), opened(ji, page)
    assert an.post(page, first | {"name": "王桂兰", "hardship": "已住院"}).status_code == 302
    typed = {"name": "王桂兰", "hardship": "独居"}
    answer = ji.post(page, second | typed)
    assert (answer.status_code, "其他人在此期间" in answer.content.decode()) == (422, True)
    assert answer.context["form"]["hardship"].value() == "独居"
    assert SealedHousehold.objects.get().hardship == "已住院"
    again = {bound.name: bound.value() or "" for bound in answer.context["form"]}
    again |= {"before": answer.context["form"].data["before"]}
    assert ji.post(page, again).status_code == 302
    assert SealedHousehold.objects.get().hardship == "独居"
