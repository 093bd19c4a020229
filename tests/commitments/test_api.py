"""Commitments over the API: read by who reads the members; nobody commits for them."""

from baodao.kernel.authz import Permission
from tests.commitments import steps
from tests.offers import steps as offered
from tests.programs import ids, program
from tests.world import World


def test_a_program_reads_who_has_committed_where_it_may(world: World) -> None:
    chen = offered.chen(world)
    row = steps.committed(chen, steps.post_of(world, chen))
    token = program(world, "an", "willow", Permission.REGISTRATION_READ)
    listed = token.get("/commitments/", community=world.willow.code)
    assert ids(listed) == [str(row.pk)]
    assert listed.json()["items"][0]["items"][0]["title"] == "法律咨询岗"
    assert ids(token.get("/commitments/", community=world.willow.code, year=row.year - 1)) == []
    assert token.get("/commitments/", community=world.bridge.code).json()["items"] == []
    unit = program(world, "deng", "bureau", Permission.REGISTRATION_READ)
    assert ids(unit.get("/commitments/", unit=world.bureau.code)) == [str(row.pk)]
    blind = program(world, "an", "willow", Permission.OFFER_READ)
    assert blind.get("/commitments/", community=world.willow.code).status_code == 403
