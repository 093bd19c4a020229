"""Short ways to menus and orders, for tests that begin in the middle."""

from typing import Any

from baodao.kernel.authz import NOBODY, Actor
from baodao.needs.commands.menu import publish_item
from baodao.needs.commands.requests import request_help
from baodao.needs.commands.residents import renew_page
from baodao.needs.models import MenuItem, Need, ResidentPage
from baodao.needs.rules.menu import MenuFacts
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.offers.models import Offer
from baodao.orders.commands.dispatch import Dispatch, OrderWords, send_order
from baodao.partnership.commands import registrations
from tests.partnership.test_unit_registrations import presented
from tests.world import World

PHONE = "19900007777"


def menu_facts(**told: Any) -> MenuFacts:
    """Haircuts at home, two a week."""
    base: dict[str, Any] = {
        "title": "上门理发", "category": "convenience", "schedule": "每周三下午", "weekly": 2,
    }  # fmt: skip
    return MenuFacts(**base | told)


def item(world: World, **told: Any) -> MenuItem:
    """On the menu of An's community."""
    return publish_item(world.actor("an"), provider_id=world.willow.pk, facts=menu_facts(**told))


def page_of(world: World) -> ResidentPage:
    """The residents' page of An's community."""
    return renew_page(world.actor("an"), community_id=world.willow.pk)


def ordered(world: World, of: MenuItem, page: ResidentPage | None = None, **told: Any) -> Need:
    """A resident orders it on the community's page, without an account."""
    base: dict[str, Any] = {
        "text": "", "category": "other", "place": "3号楼", "asker": "王奶奶", "phone": PHONE,
        "consent": CONSENT, "item_id": of.pk,
    }  # fmt: skip
    page = page or page_of(world)
    return request_help(NOBODY, token=page.token, facts=NeedFacts(**base | told))


def sent(actor: Actor, need: Need, road: str = "members", **to: Any) -> Offer:
    """Somebody sends it on a road, in the words of the menu."""
    words = OrderWords("上门理发", "每周三下午")
    return send_order(actor, need_id=need.pk, words=words, to=Dispatch(road, **to)).done[0]


def dispatched(world: World, need: Need, road: str = "members", **to: Any) -> Offer:
    """An sends it on a road."""
    return sent(world.actor("an"), need, road, **to)


def partner(world: World) -> None:
    """Deng's unit has An's community as its partner."""
    form = presented(world)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)
