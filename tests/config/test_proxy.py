"""Behind a proxy a visitor is the visitor, and without one nobody is believed."""

from io import BytesIO
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from baodao.config.middleware import ProxyMiddleware
from baodao.kernel.authz import Permission
from tests.programs import program
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
        sign_in(f"{VISITOR}:{50000 + number}", f"nobody{number}", "wrong")
    assert sign_in(VISITOR, "dai") == 429
    assert sign_in(f"{VISITOR}:40001", "dai") == 429
    assert sign_in(OTHER, "dai") == 302


def test_only_what_the_nearest_proxy_wrote_is_believed(settings: Settings) -> None:
    settings.HTTPS = True
    assert seen(f"{OTHER}, {VISITOR}") == VISITOR
    assert seen(VISITOR) == VISITOR
    assert seen("") == PROXY


def test_a_port_that_the_proxy_writes_is_not_part_of_the_visitor(settings: Settings) -> None:
    settings.HTTPS = True
    assert seen(f"{OTHER}, {VISITOR}:51724") == VISITOR
    assert seen("[2001:db8::1]:51724") == seen("[2001:db8::1]") == "2001:db8::1"
    assert seen("2001:DB8:0::1") == "2001:db8::1"
    for nobody in ("unknown", "_hidden:80", "203.0.113.7, ", "203.0.113.999", "[", "a" * 999):
        assert seen(nobody) == PROXY


def test_without_a_proxy_nobody_chooses_their_address(settings: Settings) -> None:
    settings.HTTPS = False
    assert seen(VISITOR) == PROXY


def test_a_form_is_refused_by_its_length_and_a_stranger_s_sooner(world: World) -> None:
    stranger, an = Client(), Client()
    an.force_login(world.accounts["an"])

    def sent(client: Client, megabytes: int) -> int:
        form = {"file": BytesIO(bytes(megabytes * 2**20))}
        return client.post("/complaints/new/", form).status_code

    assert sent(stranger, 6) == 413
    assert sent(an, 6) != 413
    assert sent(an, 53) == 413


def test_the_api_says_the_same_in_its_own_form(world: World) -> None:
    reader = program(world, "an", "willow", Permission.RECORD_CREATE)
    headers = {"Authorization": f"Bearer {reader.secret}", "Idempotency-Key": str(uuid4())}
    answer = Client().post(
        "/api/v1/needs/", "{}", "application/json", headers=headers, CONTENT_LENGTH=str(6 * 2**20)
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "input.too-large")
