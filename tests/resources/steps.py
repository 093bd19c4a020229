"""Short ways to lists and what is claimed of them, for tests that begin in the middle."""

from datetime import timedelta
from typing import Any

from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import collect
from baodao.needs.models import Need
from baodao.needs.rules.requests import NeedFacts
from baodao.resources.commands import claims, projects, resources
from baodao.resources.models import ListClaim, Project, Resource
from baodao.resources.rules.lists import BookedTime, ProjectFacts, ResourceFacts
from tests.offers.steps import hour
from tests.world import World


def facts(**told: Any) -> ResourceFacts:
    """A meeting room of the bureau."""
    base: dict[str, Any] = {
        "kind": "场地", "title": "三楼会议室", "text": "可坐80人，有音响", "schedule": "工作日晚上",
        "contact_name": "戴文", "contact_phone": "19900002222",
    }  # fmt: skip
    return ResourceFacts(**base | told)


def hall(world: World, **told: Any) -> Resource:
    """Deng's unit, whose partner An's community is, has it on its list."""
    dai = world.actor("dai")
    row = resources.draft_resource(dai, unit_id=world.bureau.pk, facts=facts(**told))
    return resources.publish_resource(dai, resource_id=row.pk)


def time_of(days: int = 7, at: int = 9, hours: int = 2) -> BookedTime:
    """Some hours of a coming day."""
    begins = hour(days, at)
    return BookedTime(begins, begins + timedelta(hours=hours))


def booked(world: World, row: Resource, days: int = 7, at: int = 9, **told: Any) -> ListClaim:
    """An asks for it."""
    return claims.claim_resource(
        world.actor("an"),
        community_id=world.willow.pk,
        resource_id=row.pk,
        time=time_of(days, at),
        **told,
    )


def lent(world: World, row: Resource, days: int = 7, at: int = 9) -> ListClaim:
    """An asks for it and Dai agrees."""
    return claims.accept_claim(world.actor("dai"), list_claim_id=booked(world, row, days, at).pk)


def need(world: World, text: str = "居民议事借用场地开会", units: int = 1) -> Need:
    """A need of An's community, on its list for units."""
    an = world.actor("an")
    row = collect(an, community_id=world.willow.pk, facts=NeedFacts(text, "other"))
    screen(an, need_id=row.pk, category="other", urgency="normal")
    projects.publish_need(an, need_id=row.pk, units=units)
    return row


def project(world: World, by: str = "an", **told: Any) -> Project:
    """An's community proposes a project for the year, or Deng's unit does."""
    place = world.willow if by == "an" else world.bureau
    return projects.propose_project(
        world.actor(by),
        organisation_id=place.pk,
        year=hour().year,
        facts=ProjectFacts(**{"title": "科普进楼道", "activities": 4} | told),
    )


def joined(world: World, row: Project) -> ListClaim:
    """Dai's unit takes part in a project of An's community, who agrees."""
    claim = claims.claim_project(
        world.actor("dai"), organisation_id=world.bureau.pk, project_id=row.pk
    )
    return claims.accept_claim(world.actor("an"), list_claim_id=claim.pk)
