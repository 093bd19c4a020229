"""What goes on with orders and whistles when a community or a unit is taken over by another."""

from baodao.needs.models import Need
from baodao.offers.commands import offers
from baodao.offers.commands.answers import draft_offer
from baodao.orders.commands.dispatch import Dispatch, OrderWords, send_order
from baodao.orders.queries.receivers import proposal_of, receivers_of
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from tests.orders import steps
from tests.orgs.test_reorganisations import done
from tests.world import World


def merged(world: World, place: Organisation, into: Organisation) -> None:
    done(world, place, Aim(Reform.MERGED, successor_id=into.pk))


def test_who_takes_a_community_over_dispatches_its_orders(world: World) -> None:
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    merged(world, world.willow, world.bridge)
    bao, need = world.actor("bao"), Need.objects.get(pk=need.pk)
    proposal = proposal_of(need)
    assert (proposal.community, proposal.title) == (world.bridge, "上门理发")
    assert receivers_of(bao, proposal).units == [world.bureau]
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
