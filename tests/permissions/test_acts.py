"""An address that only takes a form answers who opens it with the way to the page of the form."""

import re

import pytest
from django.db import transaction
from django.test import Client

from baodao.ui.pages import page_above, shows_page
from tests.permissions.addresses import addresses
from tests.permissions.cast import CAST
from tests.permissions.scene import Scene, play
from tests.permissions.test_matrix import SHEET

WAY_ON = re.compile(r'<a class="btn btn-primary" href="([^"]+)"')


def _acts(scene: Scene) -> dict[str, str]:
    """The addresses of all acts of pages, by their names."""
    named = {address.name: address.url(scene.values) for address in addresses()}
    pages = {name: url for name, url in named.items() if not name.startswith("api:")}
    return {name: url for name, url in pages.items() if not shows_page(url)}


def _actors() -> dict[str, set[str]]:
    """Who may do what, as the sheet of permissions has it."""
    rows = [line.split() for line in SHEET.read_text().splitlines()]
    return {
        name: {
            who for who, answer in zip(CAST, answers, strict=True) if answer not in ("404", "in")
        }
        for name, verb, *answers in rows[1:]
        if verb == "POST"
    }


def _exists(client: Client, url: str) -> bool:
    """Whether the act is one for this reader; what an empty form does is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        status = client.post(url).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status != 404


def _way_on(client: Client, url: str) -> str:
    """Where the page leads that stands at the address of an act."""
    answer = client.get(url)
    assert (answer.status_code, answer["Allow"]) == (405, "POST"), url
    found = WAY_ON.search(answer.content.decode())
    assert found, url
    return found[1]


@pytest.mark.django_db
def test_who_opens_the_address_of_an_act_is_led_to_its_page() -> None:
    scene, actors = play(), _actors()
    acts, opened = _acts(scene), set[tuple[str, str]]()
    assert len(acts) >= 60
    for act, url in acts.items():
        for name in actors[act]:
            client, page = scene.client(name), page_above(url)
            if (name, page) not in opened:
                assert _way_on(client, url) == page
                shown = client.get(page).status_code in (200, 302)
                assert shown or not _exists(client, url), (act, name, page)
            opened.add((name, page))


@pytest.mark.django_db
def test_a_visitor_is_led_to_sign_in_or_to_the_page() -> None:
    scene, visitor = play(), Client()
    for act, url in _acts(scene).items():
        answer = visitor.get(url)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/"), act
        elif _exists(visitor, url):
            assert visitor.get(_way_on(visitor, url)).status_code in (200, 302), act
