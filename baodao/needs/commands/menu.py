"""A community's menu: put on it, changed, taken off; and whether one more order is taken."""

from dataclasses import asdict
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.ledger.queries.categories import categories_of
from baodao.needs.models import MenuItem
from baodao.needs.queries.menu import (
    PUBLISHING,
    items_in_charge,
    led_teams,
    orders_of_week,
    standing_items,
)
from baodao.needs.rules.menu import MenuFacts, check_item, check_room
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestor_of, by_id, check_open, ids_below, places
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community


@command
def publish_item(actor: Actor, *, provider_id: int, facts: MenuFacts) -> MenuItem:
    """Put something on the menu: a community on its own, a unit on that of its partner community,
    the leader of a team on that of its community, which is told. Residents order it at once."""
    rows = [within(places(kind), actor, right, "path") for kind, right in PUBLISHING.items()]
    provider = lock(rows[0] | rows[1] | led_teams(actor), provider_id)
    check_open(provider)
    community = ancestor_of(provider, Kind.COMMUNITY) or _partner_of(provider)
    clean = check_item(facts, categories_of(community))
    item = MenuItem.objects.create(
        community=community,
        provider=provider,
        published_at=clock.now(),
        published_by=actor.name,
        **asdict(clean),
    )
    journal.write(actor, "menu.published", item.pk, community.pk, title=item.title)
    if provider.pk != community.pk:
        _tell(item)
    return item


def _partner_of(unit: Organisation) -> Organisation:
    community = partner_community(unit)
    if community is None:
        raise Refused(
            "menu.no-partner",
            gettext_noop("The unit has no partner community yet; report the unit to one first."),
        )
    return community


def _tell(item: MenuItem) -> None:
    facts = {"title": item.title, "unit": item.provider.name}
    announce(
        [Message("menu-published", organisation_id=item.community_id, about=item.pk, facts=facts)]
    )


@command
def edit_item(actor: Actor, *, item_id: UUID, facts: MenuFacts) -> MenuItem:
    """Change what stands on the menu; orders that were taken stay as they are."""
    item = lock(items_in_charge(actor), item_id)
    clean = asdict(check_item(facts, categories_of(item.community, item.category)))
    for name, value in clean.items():
        setattr(item, name, value)
    item.save(update_fields=list(clean))
    journal.write(actor, "menu.edited", item.pk, item.community_id, title=item.title)
    return item


@command
def end_item(actor: Actor, *, item_id: UUID) -> MenuItem:
    """Take something off the menu; who ordered it before is served all the same."""
    item = lock(items_in_charge(actor), item_id)
    _end(actor, item)
    return item


def _end(actor: Actor, item: MenuItem) -> None:
    item.ended_at = clock.now()
    item.save(update_fields=["ended_at"])
    journal.write(actor, "menu.ended", item.pk, item.community_id, title=item.title)


def end_menu_of(actor: Actor, unit_id: int) -> None:
    """What a unit serves goes off the menu of the community with which its contact ends."""
    rows = standing_items().filter(provider__path__startswith=by_id(unit_id).path)
    for item in rows.select_for_update(of=("self",)).order_by("pk"):
        _end(actor, item)


def item_to_order(community: Organisation, item_id: UUID) -> MenuItem:
    """What stands on the menu of a community, locked, where the week bears one order more. Raises
    `Absent`."""
    item = lock(standing_items().filter(community__in=ids_below(community.path)), item_id)
    check_room(item.weekly, orders_of_week().filter(item=item).count(), clock.today())
    return item
