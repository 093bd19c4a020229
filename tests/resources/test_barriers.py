"""No button leads to a refusal: in its place stands why; and each side reads who has to answer."""

from datetime import timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.needs.models import Need
from baodao.partnership.models import UnitRegistration
from baodao.resources.commands import claims, projects
from baodao.resources.models import ListClaim
from baodao.resources.rules.lists import check_takers
from tests.offers import steps as offered
from tests.orders.steps import partner
from tests.registration.browsing import browser, text
from tests.resources import steps
from tests.world import World


def waits(world: World) -> tuple[str, str]:
    """The page of claims as An and as Dai read it."""
    return tuple(text(browser(world, name).get("/resources/claims/")) for name in ("an", "dai"))  # type: ignore[return-value]


def test_both_sides_read_by_name_who_has_to_answer(world: World) -> None:
    partner(world)
    claim = steps.booked(world, steps.hall(world))
    for page in waits(world):
        assert "待区城建局机关党委答复" in page
    claims.propose_time(world.actor("dai"), list_claim_id=claim.pk, time=steps.time_of(8))
    for page in waits(world):
        assert "已提出改期，待柳荫社区确认" in page
    claims.withdraw_claim(world.actor("an"), list_claim_id=claim.pk, reason="不用了")
    claims.decline_claim(
        world.actor("dai"),
        list_claim_id=steps.booked(world, steps.hall(world, title="大巴")).pk,
        reason="检修",
    )
    for page in waits(world):
        assert "区城建局机关党委未同意" in page


def test_a_claim_whose_time_began_or_is_lent_shows_why_in_place_of_the_button(world: World) -> None:
    partner(world)
    hall = steps.hall(world)
    first, second = steps.booked(world, hall), steps.booked(world, hall)
    claims.accept_claim(world.actor("dai"), list_claim_id=first.pk)
    page = waits(world)[1]
    assert "该时间已借出" in page
    assert f"/claims/{second.pk}/accept/" not in page
    assert f"/claims/{second.pk}/decline/" in page
    late = steps.booked(world, hall, days=1)
    with clock.at(clock.now() + timedelta(days=2)):
        page = waits(world)[1]
        assert "已经开始" in page
        assert f"/claims/{late.pk}/accept/" not in page
        with pytest.raises(Refused, match=r"list-claim\.begun"):
            claims.accept_claim(world.actor("dai"), list_claim_id=late.pk)


def test_a_need_that_has_its_units_or_is_off_the_list_is_not_offered(world: World) -> None:
    partner(world)
    need, dai = steps.need(world, units=2), world.actor("dai")
    claim = claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)

    def offered_to_dai() -> str:
        return text(browser(world, "dai").get("/resources/needs/"))

    assert "你方已认领，待对方答复" in offered_to_dai()
    assert f"/needs/{need.pk}/claim/" not in offered_to_dai()
    Need.objects.filter(pk=need.pk).update(state="unmet", closed_at=clock.now())
    assert "该需求已不在清单上" in waits(world)[0]
    with pytest.raises(Refused, match=r"list-claim\.off-list"):
        claims.accept_claim(world.actor("an"), list_claim_id=claim.pk)
    Need.objects.filter(pk=need.pk).update(state="screened", closed_at=None)
    claims.accept_claim(world.actor("an"), list_claim_id=claim.pk)
    assert "已经商定由你方参加" in offered_to_dai()
    ListClaim.objects.update(unit=world.commission)
    projects.publish_need(world.actor("an"), need_id=need.pk, units=1)
    assert f"/needs/{need.pk}/claim/" not in offered_to_dai()
    with pytest.raises(Refused, match=r"list-claim\.full"):
        claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)
    check_takers(2, 1)


def test_a_project_is_offered_until_it_is_claimed_and_is_done_after_a_question(
    world: World,
) -> None:
    partner(world)
    row, dai, an = steps.project(world), browser(world, "dai"), browser(world, "an")
    page = f"/resources/projects/{row.pk}/"
    assert f"{page}claim/" in text(dai.get(page))
    claim = claims.claim_project(
        world.actor("dai"), organisation_id=world.bureau.pk, project_id=row.pk
    )
    assert f"{page}claim/" not in text(dai.get(page))
    assert "你方已认领，待对方答复" in text(dai.get(page))
    claims.accept_claim(world.actor("an"), list_claim_id=claim.pk)
    assert f"{page}activity/" not in text(an.get(page)), "no activity could be counted"
    offer = offered.published(world)
    asked = text(an.get(f"{page}activity/"))
    assert offer.title in asked
    assert f"{clock.local(offer.starts_at):%H:%M}" in asked
    assert "已经完成了吗" in text(an.get(f"{page}close/"))
    row.refresh_from_db()
    assert row.state == "going"
    an.post(f"{page}close/")
    row.refresh_from_db()
    assert row.state == "done"
    assert "claim/" not in text(dai.get(page)).split("<main")[1]


def test_a_resource_is_claimed_with_its_conditions_in_sight_by_whom_it_reaches(
    world: World,
) -> None:
    partner(world)
    row, an = steps.hall(world, conditions="不收费，自带茶水"), browser(world, "an")
    assert "不收费，自带茶水" in text(an.get(f"/resources/{row.pk}/claim/"))
    steps.booked(world, row)
    UnitRegistration.objects.update(state="ended")
    page = text(an.get(f"/resources/{row.pk}/"))
    assert f"/resources/{row.pk}/claim/" not in page
    assert "现在只面向其他社区" in page
    alone = text(browser(world, "dai").get("/resources/projects/"))
    assert "/resources/projects/new/" not in alone, "there is no community to propose it to"
