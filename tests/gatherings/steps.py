"""A gathering and something to read, as a unit of the drawn world makes them."""

from datetime import timedelta
from typing import Any

from baodao.gatherings.commands import gatherings as commands
from baodao.gatherings.models import Gathering, StudyMaterial
from baodao.gatherings.rules.gatherings import GatheringFacts, GatheringKind
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from tests.world import World


def gathering(
    world: World, who: str, place: Organisation, *, after: timedelta = timedelta(days=1)
) -> Gathering:
    """A lecture, tomorrow at this hour unless another time is said."""
    facts = GatheringFacts(
        GatheringKind.LECTURE, "学习社区治理", clock.now() + after, "三楼会议室", "请带学习笔记"
    )
    return commands.publish_gathering(world.actor(who), organisation_id=place.pk, facts=facts)


def material(world: World, who: str, place: Organisation) -> StudyMaterial:
    return commands.share_material(
        world.actor(who),
        organisation_id=place.pk,
        title="社区工作怎么做",
        text="",
        link="https://www.example.org/a",
    )


def values_of(world: World) -> dict[str, Any]:
    """What stands in the addresses of gatherings, of Deng's unit."""
    return {
        "gathering_id": gathering(world, "deng", world.bureau).pk,
        "material_id": material(world, "deng", world.bureau).pk,
    }
