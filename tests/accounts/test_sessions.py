"""What a session may do depends on how it began: by password, by letter, in the demo."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from baodao.accounts.models import Grant
from baodao.kernel.authz import Role
from baodao.ui.sessions import SignInWay, sign_in
from tests.world import World


def entered(world: World, name: str, way: SignInWay) -> Client:
    """A browser whose session began in this way."""
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    sign_in(request, world.accounts[name], way)  # type: ignore[arg-type]
    request.session.save()
    client = Client()
    client.cookies["sessionid"] = str(request.session.session_key)
    return client


def test_a_letter_opens_the_members_own_pages_and_no_role(world: World) -> None:
    chen = world.accounts["chen"]
    Grant.objects.create(account=chen, role=Role.UNIT_CLERK, organisation=world.bureau)
    by_letter, by_password = entered(world, "chen", SignInWay.LETTER), Client()
    by_password.post("/sign-in/", {"login": "chen", "password": "correct horse"})
    assert by_letter.get("/")["Location"] == "/me/today/"
    assert by_password.get("/")["Location"] == "/unit/"
    for path in ("/people/", "/unit/", "/accounts/members/"):
        assert by_letter.get(path).status_code == 404
        assert by_password.get(path).status_code == 200


def test_a_password_after_the_letter_opens_the_roles(world: World) -> None:
    chen = world.accounts["chen"]
    Grant.objects.create(account=chen, role=Role.UNIT_CLERK, organisation=world.bureau)
    client = entered(world, "chen", SignInWay.LETTER)
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": "chen", "password": "correct horse"})
    assert client.get("/people/").status_code == 200


def test_the_demo_asks_for_no_second_step(world: World) -> None:
    Authenticator.objects.all().delete()
    assert entered(world, "sun", SignInWay.DEMO).get("/administration/").status_code == 200
    client = Client()
    client.force_login(world.accounts["sun"])
    assert client.get("/administration/")["Location"] == "/second-step/on/"


@pytest.mark.parametrize("way", list(SignInWay))
def test_a_way_ends_with_the_session(world: World, way: SignInWay) -> None:
    client = entered(world, "an", way)
    client.post("/sign-out/")
    assert "way" not in client.session
