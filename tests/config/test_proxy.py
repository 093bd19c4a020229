"""Behind a proxy a visitor is the visitor, and without one nobody is believed."""

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from baodao.config.middleware import ProxyMiddleware
from tests.world import World

PROXY, VISITOR, OTHER = "127.0.0.1", "203.0.113.7", "203.0.113.8"


def sign_in(address: str, name: str, password: str = "correct horse") -> int:
    """Through the proxy, which adds the visitor's address to what the visitor claims."""
    client = Client(headers={"x-forwarded-for": f"198.51.100.1, {address}"})
    return client.post("/sign-in/", {"login": name, "password": password}).status_code


def seen(claimed: str) -> str:
    """Whom the pages take the visitor for."""
    addresses: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        addresses.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {"x-forwarded-for": claimed} if claimed else {}
    ProxyMiddleware(page)(RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY))
    return addresses[0]


def test_who_guesses_passwords_locks_out_their_own_address_alone(
    world: World, settings: Settings
) -> None:
    settings.HTTPS = True
    for number in range(20):
        sign_in(VISITOR, f"nobody{number}", "wrong")
    assert sign_in(VISITOR, "dai") == 429
    assert sign_in(OTHER, "dai") == 302


def test_only_what_the_nearest_proxy_wrote_is_believed(settings: Settings) -> None:
    settings.HTTPS = True
    assert seen(f"{OTHER}, {VISITOR}") == VISITOR
    assert seen(VISITOR) == VISITOR
    assert seen("") == PROXY


def test_without_a_proxy_nobody_chooses_their_address(settings: Settings) -> None:
    settings.HTTPS = False
    assert seen(VISITOR) == PROXY
