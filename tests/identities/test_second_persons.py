"""What two must do, two do: whoever made, granted or reset the other is not the second."""

from collections.abc import Callable
from typing import Any

import pytest

from baodao.accounts.commands.accounts import reset_password
from baodao.accounts.models import Account, Grant
from baodao.accounts.queries import actor_of
from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.identities.commands.merges import confirm_merge, propose_merge
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Refused
from tests import factories
from tests.world import World

EVIDENCE = {"reason": "名册录入错误", "evidence": "本人身份证原件"}
Second = Callable[[Actor], object]


def correction(world: World) -> Second:
    """Dai proposes another number of Chen's; who confirms it."""
    number, chen = factories.id_number(), world.people["chen"]
    row = propose_number(world.actor("dai"), person_id=chen.pk, id_number=number, **EVIDENCE)
    return lambda actor: confirm_number(actor, correction_id=row.pk, id_number=number)


def merge(world: World) -> Second:
    """Dai proposes that two entries are Chen's; who confirms it."""
    twice = factories.member("陈晓宇", world.second, home_community=world.willow)
    row = propose_merge(
        world.actor("dai"),
        person_id=world.people["chen"].pk,
        number=twice.number,
        number_wrong=True,
        **EVIDENCE,
    )
    return lambda actor: confirm_merge(actor, merge_id=row.pk)


@pytest.mark.parametrize("propose", [correction, merge])
@pytest.mark.parametrize("tie", ["made", "made-back", "reset", "granted", "granted-back"])
def test_who_is_tied_to_the_first_is_not_the_second(
    world: World, tie: str, propose: Callable[[World], Second]
) -> None:
    dai, deng = world.accounts["dai"], world.accounts["deng"]
    dai.grants.create(role=Role.SECURITY_ADMINISTRATOR, organisation=world.city)
    rows: dict[str, tuple[Any, dict[str, Any]]] = {
        "made": (Account.objects.filter(pk=deng.pk), {"made_by": dai}),
        "made-back": (Account.objects.filter(pk=dai.pk), {"made_by": deng}),
        "granted": (Grant.objects.filter(account=deng), {"granted_by": dai}),
        "granted-back": (Grant.objects.filter(account=dai), {"granted_by": deng}),
    }
    confirm = propose(world)
    if tie == "reset":
        reset_password(world.actor("dai"), account_id=deng.pk)
    else:
        subject, change = rows[tie]
        subject.update(**change)
    with pytest.raises(Refused, match=r"second\.tied"):
        confirm(world.actor("deng"))
    other = factories.account("另一位", Role.UNIT_SECRETARY, world.bureau, username="other")
    confirm(actor_of(other))
