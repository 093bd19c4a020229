"""Two clerks of one unit at the same moment."""

from baodao.kernel.errors import Refused
from baodao.partnership.commands import registrations
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.models import UnitRegistration
from tests.concurrency import at_once
from tests.world import World


def test_two_clerks_present_one_contact_form(committed_world: World) -> None:
    answers = at_once(
        *[
            lambda name=name: registrations.present(
                committed_world.actor(name),
                unit_id=committed_world.bureau.pk,
                community_id=committed_world.willow.pk,
                contact=UnitContact("邓敏", "戴文", "010-66660000"),
            )
            for name in ("deng", "dai")
        ]
    )
    refusals = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert refusals == ["unit-registration.submitted"]
    assert UnitRegistration.objects.count() == 1
