"""The doctor sees when records wait too long for their seal."""

from datetime import timedelta

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.kernel.health import Health
from baodao.ledger.checks import LATEST, seals
from baodao.ledger.commands.seals import seal
from tests.ledger.steps import at, entry, recorded
from tests.world import World


def record(world: World, hour: int) -> None:
    """One more service of Chen's."""
    served = entry(world.people["chen"].pk, began_at=at(hour))
    assert recorded(world, served).refused == []


def test_records_that_no_night_has_sealed_are_told(world: World) -> None:
    assert seals().health is Health.OK
    record(world, 8)
    assert seals().health is Health.OK, "there was no night yet"
    with clock.at(clock.now() + LATEST):
        assert seals().health is Health.WARN
        assert seals().advice
        seal(operator())
        assert seals().health is Health.OK


def test_a_quiet_month_between_two_records_is_no_reason(world: World) -> None:
    record(world, 8)
    seal(operator())
    with clock.at(clock.now() + timedelta(days=30)):
        record(world, 10)
        assert seals().health is Health.OK
