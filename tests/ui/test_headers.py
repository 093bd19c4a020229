"""What every answer says to the browser, and our own pages for what goes wrong."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.needs.steps import need
from tests.world import World


def test_pages_may_load_from_this_site_alone_and_run_no_inline_code(
    world: World, client: Client
) -> None:
    page = client.get("/sign-in/")
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    text = page.content.decode()
    assert "style=" not in text
    assert "onclick" not in text
    assert "<script>" not in text
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"


def test_an_address_that_is_not_there_is_our_own_page(world: World, client: Client) -> None:
    client.force_login(world.accounts["an"])
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert "回到首页" in page.content.decode()
    assert 'class="side-menu"' in page.content.decode()
    client.force_login(world.accounts["chen"])
    page = client.get("/no-such-page/")
    assert 'class="bottom-bar"' in page.content.decode(), "a member's stands in their frame"


def test_at_the_foot_of_a_telephones_page_a_role_finds_its_first_page_alone(
    world: World, client: Client
) -> None:
    client.force_login(world.accounts["an"])
    page = client.get(f"/asked/{need(world, 'open').code}/").content.decode()
    foot = page.split('class="bottom-bar"')[1].split("</nav>")[0]
    assert (foot.count("<a "), "今日" in foot) == (1, True)


def test_a_form_without_its_token_is_our_own_page(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/complaints/new/", {"text": "x"})
    assert page.status_code == 403
    assert "页面已过期" in page.content.decode()


def test_a_fault_of_the_server_says_nothing_of_its_inside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ValueError("330101199001010017")

    monkeypatch.setattr("baodao.ui.views.render", broken)
    client = Client(raise_request_exception=False)
    page = client.get("/help/")
    assert page.status_code == 500
    assert "系统出错了" in page.content.decode()
    assert "330101199001010017" not in page.content.decode()


def test_a_visitor_is_asked_to_sign_in_wherever_nothing_else_is_said(
    world: World, client: Client
) -> None:
    for path in ("/today/", "/unit/", "/people/", "/overview/", "/journal/", "/notices/"):
        assert client.get(path)["Location"].startswith(f"/sign-in/?next={path}")
    for path in ("/help/", "/complaints/new/", "/sign-in/"):
        assert client.get(path).status_code == 200


def test_no_page_is_kept_where_somebody_else_might_read_it(world: World, client: Client) -> None:
    client.force_login(world.accounts["an"])
    for path in ("/today/", "/people/", "/account/", "/no-such-page/", "/n/wrong/off/"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_preferences_of_visitors_travel_encrypted_where_the_session_does(
    world: World, client: Client, settings: Settings
) -> None:
    for secure in (True, False):
        settings.SESSION_COOKIE_SECURE = secure
        client.post("/preferences/", {"language": "en", "large_text": "on"})
        for name in ("language", "large_text"):
            assert bool(client.cookies[name]["secure"]) is secure


def test_every_cookie_is_kept_from_scripts(world: World, client: Client) -> None:
    client.post("/sign-in/", {"login": "an", "password": "correct horse"})
    client.post("/preferences/", {"language": "en"})
    assert client.cookies
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
