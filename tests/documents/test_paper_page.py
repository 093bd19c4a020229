"""A paper as a page leads to its other media, beside it."""

import pytest
from lxml import html

from tests.registration.browsing import browser
from tests.world import World


@pytest.mark.parametrize(
    ("paper", "media"),
    [
        ("introduction-letter", ["pdf", "docx"]),
        ("claim-list", ["pdf", "xlsx", "docx"]),
    ],
)
def test_its_buttons_are_the_media_of_the_form(world: World, paper: str, media: list[str]) -> None:
    client = browser(world, "dai")
    address = f"/papers/blank/{paper}"
    page = html.fromstring(client.get(f"{address}.html", {"year": "2026"}).content)
    links = [link for link in page.xpath("//a/@href") if link.startswith(address)]
    assert links == [f"{address}.{medium}?year=2026" for medium in media]
    assert [client.get(link).status_code for link in links] == [200] * len(media)
