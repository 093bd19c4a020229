"""One click a role, in the demo alone."""

import pytest
from django.test import Client

from baodao.demo.cast import CAST, CastPart
from baodao.kernel.authz import ADMINISTRATORS

pytestmark = pytest.mark.usefixtures("city")


def test_the_entrance_offers_every_role_with_one_red_button(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    for part in CAST:
        assert part.name in page
    assert page.count("btn-primary") == 1


def test_the_sign_in_page_leads_to_the_entrance(client: Client) -> None:
    assert 'href="/demo/"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("part", CAST, ids=lambda part: part.username)
def test_one_click_and_one_is_there(client: Client, part: CastPart) -> None:
    page = client.post("/demo/enter/", {"seat": part.username}, follow=True)
    assert page.status_code == 200
    assert page.wsgi_request.actor.name == part.name
    if part.role in ADMINISTRATORS:
        assert "second-step" not in page.wsgi_request.path


def test_nobody_else_can_be_entered_as(client: Client) -> None:
    assert client.post("/demo/enter/", {"seat": "worker9"}).status_code == 404
    assert client.post("/demo/enter/", {}).status_code == 404


def test_looking_at_the_address_signs_nobody_in(client: Client) -> None:
    assert client.get("/demo/enter/?seat=anjing").status_code == 405
    assert "_auth_user_id" not in client.session
