"""居民点单服务单: an order with its four parts on one sheet."""

import pytest

from baodao.attendance.commands.rolls import DayService, record_day
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent
from baodao.needs.commands.residents import answer_as_asker
from baodao.orders.documents import order_slip_item
from baodao.orders.queries.stories import story_of
from tests.offers import steps as offered
from tests.orders import steps
from tests.registration.browsing import browser, text
from tests.world import World


def test_the_slip_says_who_ordered_sent_took_on_and_rated_it(world: World) -> None:
    need, chen = steps.ordered(world, steps.item(world), asker="王桂兰"), offered.chen(world)
    an = browser(world, "an")
    assert f"/needs/{need.pk}/slip.html" in an.get("/needs/orders/").content.decode()
    before = order_slip_item(story_of(world.actor("an"), need.pk))
    assert (before["order_content"], before["order_takers"], before["taken_on"]) == ("", "", None)
    [claim] = offered.claimed(steps.dispatched(world, need), chen)
    service = DayService(clock.today(), 40, "理发一次")
    record_day(world.actor("an"), claim_ids=[claim.pk], service=service)
    answer_as_asker(NOBODY, code=need.code, satisfied="yes", remark="剪得好")
    page = text(an.get(f"/needs/{need.pk}/slip.html"))
    parts = ("居民点单", "社区派单", "党员接单", "群众评单")
    for words in (*parts, "上门理发", "王**", "陈晓宇", "40分钟", "满意", "剪得好"):
        assert words in page
    assert "王桂兰" not in page
    assert steps.PHONE not in page
    media = {"pdf": 200, "docx": 200, "xlsx": 404}
    address = f"/needs/{need.pk}/slip."
    assert {one: an.get(f"{address}{one}").status_code for one in media} == media


def test_a_slip_is_of_an_order_and_of_its_own_community(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    for name in ("bao", "deng", "chen"):
        assert browser(world, name).get(f"/needs/{need.pk}/slip.html").status_code == 404
    with pytest.raises(Absent):
        story_of(world.actor("bao"), need.pk)
