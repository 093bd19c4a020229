"""The doctor sees when messages to the outside are given up."""

from baodao.kernel import clock
from baodao.kernel.health import Health
from baodao.notices.checks import RECENT, channels
from baodao.notices.commands.channels import ChannelDraft, add_channel
from baodao.notices.models import Delivery
from tests.world import World


def test_messages_that_were_given_up_are_told_for_a_week(world: World) -> None:
    channel = add_channel(
        world.actor("deng"),
        draft=ChannelDraft("党建工作群", "wecombot://geheim-9931"),
        organisation_id=world.bureau.pk,
    )
    assert channels().health is Health.OK
    Delivery.objects.create(channel=channel, state="given-up", attempts=1, planned_at=clock.now())
    assert channels().health is Health.WARN
    assert channels().advice
    with clock.at(clock.now() + 2 * RECENT):
        assert channels().health is Health.OK
