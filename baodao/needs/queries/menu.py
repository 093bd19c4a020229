"""What stands on the menu of a community, and how much of it was ordered this week."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.needs.models import MenuItem, Need
from baodao.needs.rules.life import NEED, NeedState
from baodao.needs.rules.menu import week_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, places
from baodao.orgs.rules.tree import Kind

PUBLISHING = {Kind.COMMUNITY: Permission.OFFER_EDIT, Kind.UNIT: Permission.CLAIM_MAKE}
"""By which permission who serves residents puts it on a menu."""


TEAMS: list[Callable[[Actor], QuerySet[Organisation]]] = []


def register_leading(teams: Callable[[Actor], QuerySet[Organisation]]) -> None:
    """Let a slice above say which teams an actor leads: whoever leads one keeps what it serves."""
    TEAMS.append(teams)


def led_teams(actor: Actor) -> QuerySet[Organisation]:
    """The teams that the actor leads now."""
    rows = places(Kind.TEAM).none()
    for teams in TEAMS:
        rows = rows | teams(actor)
    return rows


def standing_items() -> QuerySet[MenuItem]:
    """Everything that stands on a menu, for this slice."""
    return MenuItem.objects.select_related("community", "provider").filter(ended_at=None)


def items_in_charge(actor: Actor) -> QuerySet[MenuItem]:
    """What the actor may change or take off: on the menu of their community, of their unit, or of a
    team that they lead."""
    rows = standing_items()
    own = within(rows, actor, PUBLISHING[Kind.UNIT], "provider__path")
    led = rows.filter(provider__in=led_teams(actor))
    return within(rows, actor, PUBLISHING[Kind.COMMUNITY], "community__path") | own | led


def menu_of(community: Organisation) -> QuerySet[MenuItem]:
    """The menu of a community, its own and what it took over, for all to see."""
    rows = standing_items().filter(community__in=ids_below(community.path))
    return with_orders(rows).order_by("published_at", "pk")


def item_on_menu(community: Organisation, item_id: UUID) -> MenuItem:
    """One service of a community's menu, with its orders of this week. Raises `Absent`."""
    item = menu_of(community).filter(pk=item_id).first()
    if item is None:
        raise Absent("menu item")
    return item


def item_of(actor: Actor, item_id: UUID) -> MenuItem:
    """What the actor may change or take off. Raises `Absent`."""
    item = items_in_charge(actor).filter(pk=item_id).first()
    if item is None:
        raise Absent("menu item")
    return item


def provider_of(order: Need) -> Organisation | None:
    """The unit or the team that serves what was ordered; None where the community itself does."""
    item = order.item
    return item.provider if item and item.provider_id != order.community_id else None


def menu_by(provider: Organisation) -> QuerySet[MenuItem]:
    """What a unit, or one that it took over from, put on the menus of its partner communities; the
    caller speaks for it."""
    rows = standing_items().filter(provider__in=ids_below(provider.path))
    return with_orders(rows).order_by("published_at", "pk")


def open_orders_of(provider: Organisation) -> QuerySet[Need]:
    """What residents ordered of what a unit serves and is not done yet, the oldest first; the
    caller speaks for it. Who ordered, and in which words, is the community's alone."""
    rows = Need.objects.select_related("item", "community").filter(state__in=NEED.live)
    ours = rows.filter(item__provider__in=ids_below(provider.path))
    return ours.order_by("collected_at", "pk")


def with_orders(rows: QuerySet[MenuItem]) -> QuerySet[MenuItem]:
    """With how many were `ordered` this week."""
    orders = orders_of_week().filter(item=OuterRef("pk")).order_by().values("item")
    number = Subquery(orders.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    columns: dict[str, Any] = {"ordered": Coalesce(number, 0)}
    return rows.annotate(**columns)


def orders_of_week() -> QuerySet[Need]:
    """What was ordered since Monday and did not come to nothing, for this slice."""
    since = clock.midnight(week_of(clock.today()))
    return Need.objects.filter(collected_at__gte=since).exclude(
        state__in=(NeedState.UNMET, NeedState.MERGED)
    )
