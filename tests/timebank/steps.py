"""Short ways to the time bank."""

from typing import Any
from uuid import UUID

from baodao.accounts.rules import TIME_BANK
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import Refused
from baodao.talents.models import Talent
from baodao.timebank.commands.accounts import (
    add_kin,
    create_account,
    create_for_talent,
    create_pool,
)
from baodao.timebank.commands.bookings import post_account
from baodao.timebank.commands.orders import order_help
from baodao.timebank.models import TimeAccount, TimeBooking, TimeKin, TimeOrder
from baodao.timebank.rules.accounts import CONSENT, KinFacts
from baodao.timebank.rules.orders import TimeOrderFacts
from tests.ledger import steps as ledger
from tests.world import World

MOTHER = "陈妈妈"


def opened(world: World) -> TimeAccount:
    """The time bank is on in the city, Chen is registered in An's community and has an account."""
    world.turned_on(TIME_BANK)
    ledger.hosted(world)
    return create_account(world.actor("chen"), consent=CONSENT)


def with_hours(world: World, minutes: int = 120) -> TimeAccount:
    """Chen's account after a service of so many minutes was booked."""
    row = opened(world)
    ledger.record(world, minutes=minutes)
    return booked(row)


def booked(row: TimeAccount) -> TimeAccount:
    """The account after the night."""
    post_account(SYSTEM, account_id=row.pk)
    return fresh(row)


def pool(world: World) -> TimeAccount:
    return create_pool(world.actor("an"), community_id=world.willow.pk, name="柳荫互助池")


def of_talent(world: World, row: Talent) -> TimeAccount:
    return create_for_talent(world.actor("an"), talent_id=row.pk, consent=CONSENT)


def kin(world: World) -> TimeKin:
    return add_kin(world.actor("chen"), facts=KinFacts(MOTHER, "parent", CONSENT))


def ordered(world: World, minutes: int = 60, **words: Any) -> TimeOrder:
    facts = TimeOrderFacts("陪同就医", minutes, **words)
    return order_help(world.actor("chen"), facts=facts)


def fresh(row: TimeAccount) -> TimeAccount:
    return TimeAccount.objects.get(pk=row.pk)


def bookings() -> list[tuple[str, int]]:
    """Everything booked, in its order."""
    rows = TimeBooking.objects.order_by("booked_at", "pk")
    return list(rows.values_list("kind", "minutes"))


def code_of(act: Any) -> str:
    """The code with which an act is refused; "" where it is not."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


def values_of(world: World) -> dict[str, UUID | str]:
    """An account with kin and an order, for the sheet of permissions."""
    world.turned_on(TIME_BANK)
    row = TimeAccount.objects.create(
        kind="person",
        community=world.willow,
        person=world.people["canary"],
        consent=CONSENT,
        balance=0,
    )
    one = TimeKin(account=row, relation="parent", consent=CONSENT)
    one.name = MOTHER
    one.save()
    order = TimeOrder.objects.create(
        account=row,
        kin=one,
        community=world.willow,
        words="陪同就医",
        minutes=60,
        way="phone",
        ordered_by="某人",
    )
    return {
        "time_account_id": row.pk,
        "time_order_id": order.pk,
        "own_time_order_id": order.pk,
        "kin_id": one.pk,
    }
