"""What is closed accepts nothing: every act on it is refused with where to turn instead."""

from collections.abc import Callable
from datetime import timedelta

from baodao.accounts.commands.accounts import create_account
from baodao.accounts.commands.grants import grant
from baodao.accounts.commands.switches import confirm_switch, propose_switch
from baodao.accounts.commands.tokens import TokenRequest, create_token
from baodao.accounts.queries import operator
from baodao.agenda.commands.calendars import set_theme
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.rules.policies import YEARS_BACK
from baodao.needs.commands.residents import renew_page
from baodao.notices.commands.channels import ChannelDraft, add_channel
from baodao.orgs.commands import organisations
from baodao.orgs.commands.policies import clear_policy, set_policy
from baodao.orgs.models import Organisation
from baodao.partnership.commands.registrations import UnitContact, present
from baodao.people.commands.transfers import propose_transfer
from baodao.vocabulary.commands import teach
from baodao.vocabulary.rules.words import WordRole
from tests import factories
from tests.ledger.steps import DAY
from tests.orgs.steps import move
from tests.world import World

SOON = timedelta(days=30)


def contact(world: World, place: Organisation) -> object:
    words = {"contact_name": "某人", "contact_phone": "0990-5501234"}
    return organisations.set_contact(world.actor("sun"), organisation_id=place.pk, **words)


def name(world: World, place: Organisation) -> object:
    return organisations.rename(world.actor("sun"), organisation_id=place.pk, name="新名社区")


def parent(world: World, place: Organisation) -> object:
    street = world.north_street.pk
    return move(world.actor("sun"), organisation_id=place.pk, parent_id=street)


def setting(world: World, place: Organisation) -> object:
    return set_policy(operator(), organisation_id=place.pk, policy=YEARS_BACK, value=2)


def setting_of_before(world: World, place: Organisation) -> object:
    return clear_policy(operator(), organisation_id=place.pk, policy=YEARS_BACK)


def account(world: World, place: Organisation) -> object:
    shen = world.actor("shen")
    return create_account(shen, username="new", name="新人", organisation_id=place.pk)


def role(world: World, place: Organisation) -> object:
    return grant(
        world.actor("shen"),
        account_id=world.accounts["gu"].pk,
        role=Role.COMMUNITY_WORKER,
        organisation_id=place.pk,
        basis="任命",
        until_on=None,
    )


def switch(world: World, place: Organisation) -> object:
    words = {"basis": "区委文件", "approver": "王书记", "ends_on": clock.today() + SOON}
    sun = world.actor("sun")
    return propose_switch(sun, key="unit-order", organisation_id=place.pk, **words)


def token(world: World, place: Organisation) -> object:
    request = TokenRequest(
        name="交换", purpose="交换", scopes=[Permission.RECORD_READ],
        organisation_id=place.pk, ends_on=clock.today() + SOON,
    )  # fmt: skip
    return create_token(world.actor("fan"), request=request)


def word(world: World, place: Organisation) -> object:
    return teach(
        operator(), organisation_id=place.pk, table="services",
        role=WordRole.HEADER, word="干了啥", meaning="result",
    )  # fmt: skip


def theme(world: World, place: Organisation) -> object:
    return set_theme(operator(), community_id=place.pk, month=DAY, title="爱国卫生")


def residents(world: World, place: Organisation) -> object:
    return renew_page(operator(), community_id=place.pk)


def channel(world: World, place: Organisation) -> object:
    draft = ChannelDraft("工作群", "wecombot://geheim-9931")
    return add_channel(operator(), draft=draft, organisation_id=place.pk)


def partner(world: World, place: Organisation) -> object:
    who = UnitContact("邓敏", "戴文", "0990-5550100", "")
    deng = world.actor("deng")
    return present(deng, unit_id=world.bureau.pk, community_id=place.pk, contact=who)


def unit(world: World, place: Organisation) -> object:
    chen, deng = world.people["chen"], world.actor("deng")
    return propose_transfer(deng, person_id=chen.pk, unit_id=place.pk, on=clock.today())


ACTS: list[Callable[[World, Organisation], object]] = [
    *(contact, name, parent, setting, setting_of_before, account, role, switch, token, word),
    *(theme, residents, channel, partner, unit),
]


def test_a_closed_organisation_takes_nothing_by_any_door(world: World) -> None:
    """Ended first, of whom it asks; what there is not for anybody is absent."""
    sun = world.actor("sun")
    proposed = propose_switch(
        sun,
        key="unit-order",
        organisation_id=world.lake.pk,
        basis="区委文件",
        approver="王书记",
        ends_on=clock.today() + SOON,
    )
    organisations.close(sun, organisation_id=world.lake.pk)
    branch = factories.organisation("unit", "小单位", world.east, closed_at=clock.now())
    outcomes = {}
    for act in ACTS:
        place = branch if act is unit else Organisation.objects.get(pk=world.lake.pk)
        outcomes[act.__name__] = answer(lambda act=act, place=place: act(world, place))
    outcomes["confirm"] = answer(lambda: confirm_switch(world.actor("shen"), switch_id=proposed.pk))
    absent = {act for act, code in outcomes.items() if code == "absent"}
    assert absent == {"theme", "residents", "token", "unit"}
    assert {outcomes[act] for act in outcomes.keys() - absent} == {"organisation.is-closed"}


def answer(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as no:
        return no.code
    except Absent:
        return "absent"
    return "done"
