"""Short ways to proposals, for tests that begin in the middle."""

from baodao.allocation.commands.proposals import calculate, request_allocation
from baodao.allocation.models import Allocation
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices, Emphasis
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.people.models import Person
from tests import factories
from tests.world import World


def needs_in(world: World, who: str, place: str, count: int) -> None:
    """So many open needs of a community, collected by its worker."""
    actor = world.actor(who)
    for number in range(count):
        facts = NeedFacts(f"楼道第{number}层的灯不亮", "convenience")
        need = collect(actor, community_id=world.places[place].pk, facts=facts)
        screen(actor, need_id=need.pk, category="convenience", urgency="normal")


def unreported(world: World, count: int) -> list[Person]:
    """Members of Deng's unit who live in the crowded community next door and have no letter."""
    return [
        factories.member(f"党员{n}", world.second, pinyin=f"dang yuan {n}", home_community=home)
        for n in range(count)
        for home in [world.bridge]
    ]


def ready(
    world: World, aim: AllocationAim = AllocationAim.MEMBERS, *, minimum: int = 0
) -> Allocation:
    """Fan has a proposal calculated for the whole district."""
    fan = world.actor("fan")
    weak, near = Emphasis.MUCH, Emphasis.LITTLE
    choices = AllocationChoices(aim, world.east.pk, weak=weak, near=near, minimum=minimum)
    row = request_allocation(fan, authority_id=world.east.pk, choices=choices)
    return calculate(fan, allocation_id=row.pk)
