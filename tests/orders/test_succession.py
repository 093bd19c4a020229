"""What goes on with orders and whistles when a community or a unit is taken over by another."""

from datetime import timedelta

from baodao.agenda.queries.parties import offer_to_party
from baodao.claims.commands.claims import claim_for
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.needs.commands.menu import publish_item
from baodao.needs.models import MenuItem, Need
from baodao.needs.queries.menu import menu_by, menu_of
from baodao.notices.models import Notice
from baodao.offers.commands import offers, proposals
from baodao.offers.commands.answers import draft_offer
from baodao.orders import tasks
from baodao.orders.commands.dispatch import Dispatch, OrderWords, send_order
from baodao.orders.commands.whistles import decline
from baodao.orders.models import Whistle
from baodao.orders.queries.receivers import proposal_of, receivers_of
from baodao.orders.queries.whistles import state_of, to_answer, whistles_in
from baodao.orgs.models import Organisation, Reorganisation
from baodao.orgs.rules.handovers import Aim, Reform
from tests import factories
from tests.offers import steps as offered
from tests.orders import steps
from tests.orgs.test_reorganisations import done, undone
from tests.world import World


def merged(world: World, place: Organisation, into: Organisation) -> Reorganisation:
    return done(world, place, Aim(Reform.MERGED, successor_id=into.pk))


def whistled(world: World) -> Whistle:
    """An whistles for the bureau to take on a haircut; He speaks for the commission."""
    world.accounts["he"] = factories.account("何秘", Role.UNIT_SECRETARY, world.commission)
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    steps.dispatched(world, need, "units", unit_ids=[world.bureau.pk])
    return Whistle.objects.get()


def answers(world: World) -> list[str]:
    """How the whistles of the district stand."""
    return [state_of(row) for row in whistles_in(world.actor("fan"), world.east)]


def late() -> int:
    """Of how many units the street is told after a week."""
    with clock.at(clock.now() + timedelta(days=9)):
        tasks.tell_streets()
    return Notice.objects.filter(kind="whistle-overdue").count()


def test_who_takes_a_community_over_dispatches_its_orders(world: World) -> None:
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    merged(world, world.willow, world.bridge)
    bao, need = world.actor("bao"), Need.objects.get(pk=need.pk)
    proposal = proposal_of(need)
    assert (proposal.community, proposal.title) == (world.bridge, "上门理发")
    assert receivers_of(bao, proposal).units[0].place == world.bureau
    words, to = OrderWords("上门理发", "每周三下午"), Dispatch("units", unit_ids=[world.bureau.pk])
    [offer] = send_order(bao, need_id=need.pk, words=words, to=to).done
    assert (offer.state, offer.community, offer.organiser) == (
        "published", world.bridge, world.bridge,
    )  # fmt: skip


def test_what_is_drafted_of_a_need_taken_over_is_published(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    merged(world, world.willow, world.bridge)
    bao = world.actor("bao")
    draft = draft_offer(bao, need_id=need.pk, kind="activity")
    assert offers.publish(bao, offer_id=draft.pk).community == world.bridge


def test_who_takes_a_unit_over_answers_its_whistle_and_undoing_gives_it_back(world: World) -> None:
    row = whistled(world)
    act = merged(world, world.bureau, world.commission)
    he = world.actor("he")
    assert to_answer(he, world.commission).get() == row
    undone(world, act)
    assert Whistle.objects.get().unit == world.bureau
    merged(world, world.bureau, world.commission)
    decline(he, whistle_id=row.pk, reason="没有会理发的人")
    assert answers(world) == ["declined"]


def test_a_unit_that_comes_has_answered_when_another_takes_it_over(world: World) -> None:
    members = offered.registered(world, 1)
    row = whistled(world)
    persons = [one.person_id for one in members if one.person_id]
    claim_for(
        world.actor("deng"),
        offer_id=row.offer_id,
        organisation_id=world.bureau.pk,
        person_ids=persons,
    )
    merged(world, world.bureau, world.commission)
    assert answers(world) == ["coming"]
    assert late() == 0


def test_two_whistles_for_one_offer_are_answered_once_by_who_takes_over(world: World) -> None:
    row = whistled(world)
    other = Whistle.objects.create(
        sender=world.willow,
        offer=row.offer,
        unit=world.commission,
        due_on=row.due_on,
        blown_by="安静",
    )
    merged(world, world.bureau, world.commission)
    assert to_answer(world.actor("he"), world.commission).get() == other
    assert sorted(answers(world)) == ["over", "waiting"]
    assert late() == 2


def test_the_menu_of_a_unit_goes_on_with_its_successor_and_ends_without_one(world: World) -> None:
    steps.partner(world)
    deng = world.actor("deng")
    item = publish_item(deng, provider_id=world.bureau.pk, facts=steps.menu_facts())
    merged(world, world.bureau, world.commission)
    assert menu_by(world.commission).get() == item
    MenuItem.objects.update(provider=world.team)
    act = done(world, world.team, Aim(Reform.DISSOLVED))
    assert not menu_of(world.willow).exists()
    undone(world, act)
    assert menu_of(world.willow).get() == item


def test_what_a_unit_serves_goes_on_with_the_successor_of_its_community_and_ends_without_one(
    world: World,
) -> None:
    steps.partner(world)
    facts = steps.menu_facts()
    item = publish_item(world.actor("deng"), provider_id=world.bureau.pk, facts=facts)
    act = merged(world, world.willow, world.bridge)
    assert menu_of(world.bridge).get() == menu_by(world.bureau).get() == item
    undone(world, act)
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert not menu_by(world.bureau).exists()
    undone(world, act)
    assert menu_by(world.bureau).get() == item


def test_who_takes_a_unit_over_ticks_who_serves_in_what_it_proposed(world: World) -> None:
    members = offered.registered(world, 1)
    row = whistled(world)
    facts = offered.facts(title="科普进社区")
    offer = proposals.propose(world.actor("deng"), unit_id=world.bureau.pk, facts=facts)
    merged(world, world.bureau, world.commission)
    he, persons = world.actor("he"), [one.person_id for one in members if one.person_id]
    assert offer_to_party(he, world.commission, offer.pk) == offer != row.offer
    told = {"offer_id": offer.pk, "organisation_id": world.commission.pk, "person_ids": persons}
    assert claim_for(he, **told).state == "applied"
