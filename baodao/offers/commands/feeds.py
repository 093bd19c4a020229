"""The address of a member's own calendar."""

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.ids import new_token
from baodao.offers.models import Feed


@command
def renew_feed(actor: Actor) -> Feed:
    """Make the address, or a new one that ends the old."""
    if actor.person_id is None:
        raise Absent("member")
    feed, _ = Feed.objects.update_or_create(
        person_id=actor.person_id, defaults={"token": new_token(), "made_at": clock.now()}
    )
    return feed
