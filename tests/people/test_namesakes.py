"""Two people of one name are told apart wherever one of them is picked, by number or branch."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from lxml import html

from baodao.identities.commands.corrections import propose_number
from baodao.identities.commands.merges import propose_merge
from baodao.kernel import clock
from baodao.people.models import Person
from tests import factories
from tests.exemptions.test_exemptions import requested
from tests.offers import steps as offered
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.world import World

NAME = "陈晓宇"
ROWS = '//tr | //option | //*[contains(@class, "task ")] | //*[@class="task"]'


@pytest.fixture
def twin(world: World) -> Person:
    """Of Chen's name, in the other branch."""
    return factories.member(NAME, world.second, home_community=world.willow)


def unclear(world: World, answer: HttpResponse) -> list[str]:
    """The rows of a page in which one of the two stands, and nothing that tells which."""
    telling = {*Person.objects.filter(name=NAME).values_list("number", flat=True)}
    telling |= {world.first.name, world.second.name}
    rows = [_words(row) for row in html.fromstring(answer.content).xpath(ROWS)]
    return [row for row in rows if NAME in row and not any(one in row for one in telling)]


def _words(row: html.HtmlElement) -> str:
    return " ".join([row.text_content(), *row.xpath(".//@aria-label")])


def pages(world: World, name: str, *addresses: str) -> Iterator[HttpResponse]:
    """These pages, each with both of the two."""
    client = browser(world, name)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.content.decode().count(NAME) > 1, address
        assert unclear(world, answer) == [], address
        yield answer


def test_before_a_letter_and_on_the_way(world: World, twin: Person) -> None:
    chen = world.people["chen"]
    assert list(pages(world, "deng", "/people/", "/check-list/", "/letters/issue/"))
    assert list(pages(world, "dai", f"/people/{chen.pk}/merge/"))
    road.issued(world, twin)
    road.issued(world)
    assert list(pages(world, "deng", "/letters/"))


def test_when_a_community_receives_them(world: World, twin: Person) -> None:
    road.submitted(world, twin)
    road.submitted(world)
    assert list(pages(world, "an", "/desk/"))


def test_when_a_community_works_with_them(world: World, twin: Person) -> None:
    road.accepted(world, twin)
    chen, other = offered.chen(world), offered.actor_for(twin)
    Person.objects.filter(name=NAME).update(specialty="法律")
    seek = offered.published(world, "post", title="普法岗", specialties="法律")
    assert list(pages(world, "an", "/members/", f"/offers/{seek.pk}/invite/"))
    post = offered.published(world, "post", approval=True)
    offered.claimed(post, chen, other)
    activity = offered.published(world)
    offered.claimed(activity, chen, other)
    assert list(pages(world, "an", "/offers/claims/", f"/offers/{post.pk}/"))
    with clock.at(offered.hour(at=12)):
        assert list(pages(world, "an", f"/offers/{activity.pk}/roll/"))
    assert list(pages(world, "deng", "/unit/claims/"))


def test_when_a_unit_decides_on_them(world: World, twin: Person) -> None:
    for person in (world.people["chen"], twin):
        requested(world, person_id=person.pk)
    assert list(pages(world, "deng", "/exemptions/"))


def test_when_the_second_person_decides(world: World, twin: Person) -> None:
    chen = world.people["chen"]
    why = {"reason": "录入错误", "evidence": "身份证原件"}
    number = factories.id_number()
    correction = propose_number(world.actor("dai"), person_id=chen.pk, id_number=number, **why)
    propose_merge(world.actor("dai"), person_id=chen.pk, number=twin.number, **why)
    client = browser(world, "deng")
    confirming = f"/people/corrections/{correction.pk}/confirm/"
    for address in ("/people/corrections/", confirming, "/people/merges/"):
        page = html.fromstring(client.get(address).content).text_content()
        assert chen.number in page, address
    page = client.get("/people/merges/").content.decode()
    cells = [cell.text_content().strip() for cell in html.fromstring(page).xpath("//td")]
    assert {chen.number, twin.number, world.first.name, world.second.name} <= set(cells)
