"""A browser without JavaScript for each of the world's people, and forms as a page gives them."""

import re
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from tests.world import World

CLIENT_ID = re.compile(r'name="client_id" value="([0-9a-f-]{36})"')
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def browser(world: World, name: str) -> Client:
    """Signed in as one of the world's people."""
    client = Client()
    client.force_login(world.accounts[name])
    return client


def text(response: HttpResponse) -> str:
    """The page, with runs of white space as one space."""
    return re.sub(r"\s+", " ", response.content.decode())


def client_id(response: HttpResponse) -> UUID:
    """The id of the page's first form."""
    found = CLIENT_ID.search(response.content.decode())
    assert found, "the page has no form with a client id"
    return UUID(found[1])


def seen_in(page: str) -> str:
    """The hash of the text that a page shows, as the form below it carries it."""
    found = SEEN.search(page)
    assert found, "the page carries no hash of what it shows"
    return found[1]
