"""Those of before: whom the canary, its unit or its community had to do with once."""

from datetime import timedelta

from baodao.accounts.models import Account, Grant
from baodao.identities.commands.merges import confirm_merge, propose_merge
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.transfers import accept_transfer, propose_transfer
from baodao.people.models import Person
from baodao.registration.commands import arrivals, departures, letters, presentations
from baodao.registration.models import Registration
from tests import factories
from tests.permissions.cast import PRESENT
from tests.world import World


def former(world: World) -> None:
    """Lu keeps the unit and Mei works in the community to which the canary belonged before; Zhou
    works in An's community, and in another too; Tao's community, the canary's second, is merged
    into Mei's afterwards; Wen kept the canary's second unit, split between Deng's and Lu's since;
    Xu keeps Deng's unit, and Gao works for An's community."""
    bank = factories.organisation(Kind.COMMUNITY, "河岸社区", world.north_street)
    trade = factories.organisation(Kind.UNIT, "区商贸局机关党委", world.east)
    for key in ("retail", "market"):
        world.places[key] = factories.organisation(Kind.BRANCH, f"{key}党支部", trade)
    world.places |= {"bank": bank, "trade": trade}
    staff = (
        ("lu", "卢云", Role.UNIT_SECRETARY, world.commission),
        ("mei", "梅香", Role.COMMUNITY_WORKER, world.north),
        ("zhou", "周全", Role.COMMUNITY_WORKER, world.lake),
        ("tao", "陶然", Role.COMMUNITY_WORKER, bank),
        ("wen", "温故", Role.UNIT_CLERK, trade),
        ("xu", "徐进", Role.UNIT_CLERK, world.bureau),
        ("gao", "高停", Role.COMMUNITY_WORKER, world.willow),
    )
    for key, name, role, place in staff:
        world.accounts[key] = factories.account(name, role, place, username=key)
    zhou = world.accounts["zhou"]
    zhou.grants.create(role=Role.COMMUNITY_WORKER, organisation=world.willow)


def end(world: World) -> None:
    """Zhou's grant in An's community is taken back, Xu's is over by its day, Gao is stopped."""
    Grant.objects.filter(account__username="zhou", organisation=world.willow).update(
        revoked_at=clock.now()
    )
    yesterday = clock.today() - timedelta(days=1)
    Grant.objects.filter(account__username="xu").update(until_on=yesterday)
    Account.objects.filter(username="gao").update(is_active=False)


def canary(world: World) -> Person:
    """A member of Lu's unit whom Mei and then Tao received, who moved to Wen's and then to Deng's
    unit and to An's community; Tao's community was merged into Mei's since, Wen's unit was split,
    and facts of the canary changed."""
    canary = factories.member(
        "金丝雀", world.office, pinyin="jin si que", initials="jsq", phone="19900006666",
        home_community=world.north,
    )  # fmt: skip
    lu, mei, deng = (world.actor(name) for name in ("lu", "mei", "deng"))
    letters.issue_letters(lu, person_ids=[canary.pk], community_id=world.north.pk)
    before = Registration.objects.get(person=canary)
    presentations.present_group(lu, registration_ids=[before.pk])
    arrivals.accept(mei, registration_ids=[before.pk])
    between = departures.transfer(
        lu, registration_id=before.pk, community_id=world.places["bank"].pk, reason="搬家"
    )
    arrivals.accept(world.actor("tao"), registration_ids=[between.pk])
    wen, today = world.actor("wen"), {"person_id": canary.pk, "on": clock.today()}
    moving = propose_transfer(lu, unit_id=world.places["trade"].pk, **today)
    accept_transfer(wen, transfer_id=moving.pk, branch_id=world.places["retail"].pk)
    moving = propose_transfer(wen, unit_id=world.bureau.pk, **today)
    accept_transfer(deng, transfer_id=moving.pk, branch_id=world.first.pk)
    now = departures.transfer(
        deng, registration_id=between.pk, community_id=world.willow.pk, reason="搬家"
    )
    arrivals.accept(world.actor("an"), registration_ids=[now.pk])
    reorganise(
        world.actor("sun"),
        organisation_id=world.places["bank"].pk,
        aim=Aim(Reform.MERGED, successor_id=world.north.pk),
        reason="社区规模调整",
    )
    shares = {world.places["market"].pk: world.commission.pk}
    reorganise(
        world.actor("sun"),
        organisation_id=world.places["trade"].pk,
        aim=Aim(Reform.SPLIT, successor_id=world.bureau.pk, shares=shares),
        reason="机构改革",
    )
    phone, address, position = PRESENT
    Person.objects.filter(pk=canary.pk).update(
        address=address,
        position=position,
        home_community=world.willow,
        **Person.phone.columns(phone),
    )
    canary.refresh_from_db()
    return canary


def merged(world: World) -> None:
    """Yan was entered three times: the first entry, with the account, was merged into the second,
    and that into the third."""
    first, second, third = (factories.member("严复", world.second) for _ in range(3))
    world.accounts["yan"] = factories.account("严复", username="yan", person=first)
    papers = {"reason": "名册号码录错，登记了两次", "evidence": "两份身份证复印件核对"}
    for gone, kept in ((first, second), (second, third)):
        merge = propose_merge(world.actor("dai"), person_id=kept.pk, number=gone.number, **papers)
        confirm_merge(world.actor("deng"), merge_id=merge.pk)
    world.accounts["yan"].refresh_from_db()
    assert world.accounts["yan"].person == third
