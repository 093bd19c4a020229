"""What the teams that somebody leads serve residents, on the menu of their community."""

from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.needs.models import MenuItem
from baodao.needs.queries.menu import standing_items
from baodao.teams.queries.teams import led_teams


def led_items(actor: Actor) -> QuerySet[MenuItem]:
    """What stands on a menu by a team that the actor leads now."""
    return standing_items().filter(provider__in=led_teams(actor))


def led_item(actor: Actor, item_id: UUID) -> MenuItem:
    """One of them. Raises `Absent`."""
    item = led_items(actor).filter(pk=item_id).first()
    if item is None:
        raise Absent("menu item")
    return item
