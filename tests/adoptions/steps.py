"""Short ways to adopted policies, for tests that begin in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from baodao.adoptions.commands.adoptions import AdoptionTerms, adopt
from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.tasks import evaluate_all
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.policies.commands.texts import save_policy
from tests.days import NEXT_YEAR
from tests.ledger import steps as ledger
from tests.world import World

TWO = """
format: 1
name: 全年至少两次
amounts: {services: {count: service, label: 志愿服务}}
outcome: {pass: {amount: services, at_least: %s}}
"""
YEAR = NEXT_YEAR
FIRST, SUMMER, LAST = date(YEAR, 1, 1), date(YEAR, 7, 1), date(YEAR, 12, 31)


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """On this day, at ten in the morning unless said."""
    with clock.at(datetime.combine(day, time(hour), clock.ZONE)):
        yield


def adopted(
    world: World, text: str = TWO % 2, who: str = "fan", where: str = "east", **terms: Any
) -> Adoption:
    """Somebody writes a policy for a place and adopts it, for the present year unless said."""
    actor, place = world.actor(who), world.places[where]
    version = save_policy(actor, organisation_id=place.pk, text=text, code=terms.pop("code", ""))
    told = {"from_on": date(clock.today().year, 1, 1)} | terms
    return adopt(
        actor, organisation_id=place.pk, version_id=version.pk, terms=AdoptionTerms(**told)
    )


def served(world: World, day: date, **fields: Any) -> ServiceRecord:
    """Chen served on a day, recorded on the same day at noon."""
    with on(day, 12):
        return ledger.record(world, served_on=day, **fields)


def night(day: date) -> None:
    """The work of the night after a day."""
    with on(day + timedelta(days=1), 4):
        evaluate_all()


def stands(adoption: Adoption, name: str = "陈晓宇") -> PolicyResult:
    """What stands of a member in the latest period."""
    rows = PolicyResult.objects.filter(adoption=adoption, person__name=name, until=None)
    return rows.latest("period_from")
