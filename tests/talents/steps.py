"""Short ways to talents of residents."""

from dataclasses import replace
from typing import Any

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.needs.commands.residents import renew_page
from baodao.talents.commands.services import enter_deed
from baodao.talents.commands.talents import add_talent, offer_talent
from baodao.talents.models import Talent, TalentService
from baodao.talents.rules.talents import CONSENT, TalentDeed, TalentFacts
from tests.world import World

HE = TalentFacts("何巧手", "19900008881", "理发、维修", "周六上午", "自带工具", CONSENT)
SECRETS = (HE.name, HE.phone)


def talent(world: World, facts: TalentFacts = HE) -> Talent:
    """An enters somebody at the window."""
    return add_talent(world.actor("an"), community_id=world.willow.pk, facts=facts)


def offered(world: World, facts: TalentFacts = HE) -> Talent:
    """Somebody enters themselves on the page of An's community."""
    page = renew_page(world.actor("an"), community_id=world.willow.pk)
    return offer_talent(NOBODY, token=page.token, facts=facts)


def served(world: World, row: Talent, **words: Any) -> TalentService:
    """An records what they did today."""
    base: dict[str, Any] = {"served_on": clock.today(), "minutes": 60}
    deed = TalentDeed(**base | {"category": "convenience", "result": "理发三人"} | words)
    return enter_deed(world.actor("an"), talent_id=row.pk, deed=deed)


def values_of(world: World, name: str, phone: str) -> dict[str, Any]:
    """Somebody of An's list who served, for the sheet of permissions."""
    row = talent(world, replace(HE, name=name, phone=phone, skills="搬旧家具"))
    ids = {"talent_id": row.pk, "talent_code": row.code}
    return ids | {"talent_service_id": served(world, row).pk}


def fresh(row: Talent) -> Talent:
    return Talent.objects.get(pk=row.pk)
