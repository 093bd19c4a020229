"""Signing in and out: passwords, lock-out, one-time passwords, second step, time-outs."""

from django.test import Client

from tests.world import World

PASSWORD = "correct horse"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def sign_in(client: Client, login: str, password: str = PASSWORD):
    return client.post("/sign-in/", {"login": login, "password": password})


def test_a_visitor_is_led_to_the_sign_in_page(world: World, client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert "登录" in page.content.decode()
    assert 'lang="zh-hans"' in page.content.decode()
