"""What a team serves residents, on the menu of its community: put on it, changed and taken off by
who leads the team."""

from uuid import UUID

from baodao.agenda.queries.menus import led_items
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locks import lock
from baodao.needs.commands.menu import change_on_menu, put_on_menu, take_off_menu
from baodao.needs.models import MenuItem
from baodao.needs.rules.menu import MenuFacts
from baodao.orgs.queries.tree import ancestor_of
from baodao.orgs.rules.tree import Kind
from baodao.teams.queries.teams import led_teams


@command
def publish_led_item(actor: Actor, *, team_id: int, facts: MenuFacts) -> MenuItem:
    """Residents of the community order it at once; the community is told."""
    team = lock(led_teams(actor), team_id)
    community = ancestor_of(team, Kind.COMMUNITY)
    if community is None:
        raise Absent("community")
    return put_on_menu(actor, community, team, facts)


@command
def edit_led_item(actor: Actor, *, item_id: UUID, facts: MenuFacts) -> MenuItem:
    """Change what the team serves; orders that were taken stay as they are."""
    return change_on_menu(actor, lock(led_items(actor), item_id), facts)


@command
def end_led_item(actor: Actor, *, item_id: UUID) -> MenuItem:
    """Take it off the menu; who ordered it before is served all the same."""
    item = lock(led_items(actor), item_id)
    take_off_menu(actor, item)
    return item
