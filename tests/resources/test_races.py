"""Several at one resource, each with a connection of their own: it is lent once."""

from baodao.resources.commands import claims
from baodao.resources.models import ListClaim
from tests.orders.steps import partner
from tests.registration.test_races import outcomes
from tests.resources import steps
from tests.world import World


def test_many_agree_at_once_to_times_that_overlap_and_one_is_lent(committed_world: World) -> None:
    world = committed_world
    partner(world)
    row = steps.hall(world)
    rows = [steps.booked(world, row, at=9 + number % 2) for number in range(6)]
    actors = [world.actor("dai"), world.actor("deng")]
    acts = [
        lambda who=actors[number % 2], pk=one.pk: claims.accept_claim(who, list_claim_id=pk)
        for number, one in enumerate(rows)
    ]
    assert outcomes(acts) == ["done", *["list-claim.taken"] * 5]
    assert ListClaim.objects.filter(state="agreed").count() == 1
