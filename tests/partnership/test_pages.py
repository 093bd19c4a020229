"""The unit's contact form on its own pages and on those of its community."""

from uuid import uuid4

import pytest

from baodao.partnership.commands import registrations
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.models import UnitRegistration
from tests.registration.browsing import browser, text
from tests.world import World

OF_UNIT = ("/unit-registration/", "/unit-registration/present/")


@pytest.mark.parametrize("page", OF_UNIT)
def test_a_page_of_the_unit_opens_for_its_people_and_for_nobody_else(
    world: World, page: str
) -> None:
    assert browser(world, "dai").get(page).status_code == 200
    for who in ("an", "fan", "chen", "gu", "su"):
        assert browser(world, who).get(page).status_code == 404


def test_the_units_here_open_for_the_community_and_for_nobody_else(world: World) -> None:
    assert browser(world, "an").get("/units/").status_code == 200
    for who in ("deng", "fan", "chen", "gu", "su"):
        assert browser(world, who).get("/units/").status_code == 404


def test_the_unit_reports_to_a_community_and_sees_the_answer(world: World) -> None:
    clerk, worker = browser(world, "dai"), browser(world, "an")
    body = {
        "client_id": uuid4(),
        "community": "柳荫社区",
        "secretary": "邓敏",
        "contact_name": "戴文",
        "contact_phone": "19900005678",
    }
    clerk.post("/unit-registration/present/", body)
    form = UnitRegistration.objects.get()
    assert "柳荫社区正在核对" in text(clerk.get("/unit-registration/"))
    worker.post(f"/units/{form.pk}/accept/", {"client_id": uuid4()})
    assert "柳荫社区是本单位的联系社区" in text(clerk.get("/unit-registration/"))


def test_a_contact_form_is_returned_with_a_reason(world: World) -> None:
    form = registrations.present(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        community_id=world.willow.pk,
        contact=UnitContact("邓敏", "戴文", "19900005678"),
    )
    worker, neighbour = browser(world, "an"), browser(world, "bao")
    assert neighbour.get(f"/units/{form.pk}/return/").status_code == 404
    worker.post(f"/units/{form.pk}/return/", {"client_id": uuid4(), "reason": "电话有误"})
    form.refresh_from_db()
    assert (form.state, form.returned_reason) == ("returned", "电话有误")
    assert "电话有误" in text(browser(world, "dai").get("/unit-registration/"))
