"""First pages tell what of lists, agreements and opinions waits, with its number and one button."""

import pytest

from baodao.home.queries.days import day_of
from baodao.home.tables.days import tasks_of
from baodao.insight.queries.tasks import tasks_beside
from baodao.opinions.commands.rounds import rate_reply, reply
from baodao.opinions.models import OpinionAnswer, OpinionSheet
from baodao.opinions.rules.rounds import OpinionAudience
from baodao.resources.commands import claims
from tests.agreements import steps as agreements
from tests.opinions import steps as opinions
from tests.orders.steps import partner
from tests.registration.browsing import browser, text
from tests.resources import steps as lists
from tests.world import World


def today(world: World) -> dict[str, int]:
    """What waits for An's community: the address of each button with its number."""
    tasks = tasks_of(day_of(world.actor("an"), world.willow))
    return {task.act.url: task.number for task in tasks}


def unit(world: World, name: str = "dai") -> str:
    return text(browser(world, name).get("/unit/")).split("<main")[1]


def above(world: World) -> dict[str, str]:
    """What waits beside Fan's overview: the address of each button with its words."""
    rows = tasks_beside(world.actor("fan"), world.east)
    return {row.address + row.query: row.words for row in rows}


@pytest.fixture
def partners(world: World) -> World:
    partner(world)
    return world


def test_a_claim_and_another_time_wait_for_whoever_has_to_say(partners: World) -> None:
    world = partners
    assert "/resources/claims/" not in today(world)
    claim = lists.booked(world, lists.hall(world))
    assert "项清单认领待我方答复" in unit(world)
    assert "项清单认领待我方答复" not in unit(world, "qin")
    assert "/resources/claims/" not in today(world)
    assert "1 项认领待答复" in above(world)["resources:claims?state=open"]
    claims.propose_time(world.actor("dai"), list_claim_id=claim.pk, time=lists.time_of(8))
    assert today(world)["/resources/claims/"] == 1
    assert "项清单认领待我方答复" not in unit(world)
    claims.confirm_time(world.actor("an"), list_claim_id=claim.pk)
    assert "/resources/claims/" not in today(world)


def test_an_agreement_waits_to_be_agreed_on_and_to_be_signed(partners: World) -> None:
    world = partners
    row = agreements.drafted(world)
    page = f"/agreements/{row.pk}/"
    assert today(world) == {page: 1}
    assert page not in unit(world), "the other side is to answer first"
    assert "1 份还未签订：区城建局机关党委" in above(world)["agreements:list?state=draft"]
    agreements.agreed(world, row)
    assert page in unit(world)
    assert "阅读并签订" in unit(world)
    agreements.sign_by(world, row, "dai")
    assert page not in unit(world)
    assert today(world) == {page: 1}
    agreements.sign_by(world, row, "an")
    assert today(world) == {}
    assert "agreements:list?state=draft" not in above(world)


def test_opinions_wait_to_be_given_replied_to_and_settled(partners: World) -> None:
    world = partners
    round_ = opinions.asked(world, OpinionAudience.UNITS)
    sheet = OpinionSheet.objects.get()
    link, page = f"/opinion/{sheet.token}/", f"/opinions/{round_.pk}/"
    assert link in unit(world)
    opinions.answered(world, sheet, "poor", text="联系人常换", name="戴文")
    assert link not in unit(world)
    assert today(world) == {page: 1}
    waiting = "opinions:list?reply=wanting"
    assert "1 次征求意见中有意见未答复" in above(world)[waiting]
    listed = text(browser(world, "fan").get("/opinions/?reply=wanting"))
    assert page in listed
    reply(world.actor("an"), answer_id=OpinionAnswer.objects.get().pk, words="已定专人")
    assert today(world) == {}
    assert waiting not in above(world)
    assert link in unit(world)
    rate_reply(world.actor("gu"), token=sheet.token, settled=True)
    assert link not in unit(world)
