"""What ends of notices when a person died: nothing waits to be read or sent."""

from collections.abc import Sequence

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.notices.models import Delivery, Notice
from baodao.notices.rules.deliveries import DeliveryState
from baodao.people.rules.departures import Departure, Ending

UNSENT = (DeliveryState.COLLECTING, DeliveryState.SENDING, DeliveryState.WAITING)


def let_go(actor: Actor, departures: Sequence[Departure]) -> None:  # noqa: ARG001 - a step's shape
    """Count every notice to who died as read, and give up what was to be sent of them."""
    died = [one.person_id for one in departures if one.ending is Ending.DIED]
    Notice.objects.filter(person__in=died, read_at=None).update(read_at=clock.now())
    unsent = Delivery.objects.filter(channel__account__person__in=died, state__in=UNSENT)
    unsent.update(state=DeliveryState.GIVEN_UP, next_at=None)
