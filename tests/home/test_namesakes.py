"""Two people of one name in one branch are told apart wherever somebody chooses among people."""

import re
from collections.abc import Callable

import pytest

from baodao.kernel import clock
from baodao.people.models import Person
from baodao.statements.commands.statements import state
from tests import factories
from tests.environment import ROOT
from tests.ledger.steps import entry
from tests.offers import steps as offering
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.world import World

Pair = tuple[Person, Person]
Scene = Callable[[World, Pair], str]
TICK = re.compile(r'<input class="form-check-input" type="checkbox" name="ids"[^>]*>')


@pytest.fixture
def pair(world: World) -> Pair:
    one, other = (
        factories.member("郝同名", world.first, home_community=world.willow) for _ in range(2)
    )
    return one, other


def unit(path: str) -> Scene:
    return lambda _world, _pair: path


def letters(world: World, pair: Pair) -> str:
    for person in pair:
        road.issued(world, person)
    return "/letters/"


def desk(world: World, pair: Pair) -> str:
    for person in pair:
        road.submitted(world, person)
    return "/desk/"


def registered(path: str) -> Scene:
    def scene(world: World, pair: Pair) -> str:
        for person in pair:
            road.accepted(world, person)
        return path

    return scene


def claims(world: World, pair: Pair) -> str:
    registered("")(world, pair)
    offer = offering.published(world, "post")
    offering.claimed(offer, *(offering.actor_for(person) for person in pair))
    return "/offers/claims/"


def roll(world: World, pair: Pair) -> str:
    registered("")(world, pair)
    offer = offering.published(world)
    offering.claimed(offer, *(offering.actor_for(person) for person in pair))
    return f"/offers/{offer.pk}/roll/"


def statements(world: World, pair: Pair) -> str:
    registered("")(world, pair)
    for person in pair:
        actor = offering.actor_for(person)
        state(actor, community_id=world.willow.pk, entry=entry(person.pk))
    return "/records/statements/"


SCENES: dict[str, tuple[str, Scene]] = {
    "letters to issue": ("deng", unit("/letters/issue/")),
    "reminders": ("deng", unit("/check-list/")),
    "accounts": ("deng", unit("/accounts/members/")),
    "letters": ("deng", letters),
    "desk": ("an", desk),
    "services entered": ("an", registered("/records/enter/")),
    "claims": ("an", claims),
    "roll": ("an", roll),
    "statements": ("an", statements),
}


@pytest.mark.parametrize("name", SCENES)
def test_each_of_two_namesakes_stands_with_their_number(
    world: World, pair: Pair, name: str
) -> None:
    reader, scene = SCENES[name]
    path = scene(world, pair)
    with clock.at(offering.hour(at=12)):
        page = text(browser(world, reader).get(path))
    assert TICK.search(page)
    for person in pair:
        assert re.search(rf"郝同名\s*(<[^>]*>\s*)*{person.number}", page), name
    labels = [tick for tick in TICK.findall(page) if "郝同名" in tick]
    assert len({re.sub(r'value="[^"]*"', "", tick) for tick in labels}) == len(labels)


def test_no_tick_and_no_button_names_a_person_by_the_name_alone() -> None:
    bare = re.compile(r"tick [^%]*person\.name|(aria-label|name=)[^>]{0,60}\bperson\.name")
    pages = (ROOT / "baodao").rglob("*.html")
    ticked = [page for page in pages if re.search(r"\{% tick |name=\"ids\"", page.read_text())]
    assert ticked
    assert [str(page) for page in ticked if bare.search(page.read_text())] == []
