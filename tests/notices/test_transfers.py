"""Who is told of a member on the way to another unit: the other side, and the member at the end."""

from datetime import timedelta

from baodao.kernel import clock
from baodao.notices.models import Notice
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.departures import end_membership
from baodao.people.commands.transfers import (
    accept_transfer,
    decline_transfer,
    withdraw_transfer,
)
from baodao.people.rules.departures import Ending
from baodao.people.tasks import lapse_unanswered
from tests import factories
from tests.people.steps import proposed
from tests.world import World

Telling = tuple[str, int | None, object]


def told(kind: str) -> set[Telling]:
    """The organisations and persons that got a notice of a kind, with its address."""
    rows = Notice.objects.filter(kind=kind)
    return {(row.url, row.organisation_id, row.person_id) for row in rows}


def test_the_receiving_unit_is_told_of_a_proposal_and_where_to_answer(world: World) -> None:
    proposed(world)
    assert told("transfer-proposed") == {("/people/transfers/", world.commission.pk, None)}


def test_the_giving_unit_and_the_member_are_told_once_it_holds(world: World) -> None:
    transfer = proposed(world)
    assert not told("transferred")
    accept_transfer(world.actor("lin"), transfer_id=transfer.pk, branch_id=world.office.pk)
    assert told("transfer-accepted") == {("/people/transfers/", world.bureau.pk, None)}
    assert told("transferred") == {("/me/", None, world.people["chen"].pk)}


def test_a_refusal_is_told_with_its_reason(world: World) -> None:
    transfer = proposed(world)
    decline_transfer(world.actor("lin"), transfer_id=transfer.pk, reason="查无此人")
    notice = Notice.objects.get(kind="transfer-declined")
    assert (notice.organisation, notice.facts["reason"]) == (world.bureau, "查无此人")


def test_what_is_taken_back_is_told_to_who_was_asked(world: World) -> None:
    withdraw_transfer(world.actor("dai"), transfer_id=proposed(world).pk)
    assert told("transfer-withdrawn") == {("/people/transfers/", world.commission.pk, None)}


def test_a_member_who_leaves_meanwhile_is_waited_for_no_longer(world: World) -> None:
    proposed(world)
    chen = world.people["chen"]
    end_membership(world.actor("dai"), person_id=chen.pk, ending=Ending.LEFT, on=clock.today())
    assert told("transfer-withdrawn") == {("/people/transfers/", world.commission.pk, None)}


def test_both_units_are_told_that_nobody_answered(world: World) -> None:
    proposed(world)
    with clock.at(clock.now() + timedelta(days=31)):
        lapse_unanswered()
    units = {unit for _url, unit, _person in told("transfer-lapsed")}
    assert units == {world.commission.pk, world.bureau.pk}


def test_who_takes_over_from_the_receiving_unit_is_told_too(world: World) -> None:
    proposed(world)
    other = factories.organisation(Kind.UNIT, "区水务局机关党委", world.east)
    reorganise(
        world.actor("sun"),
        organisation_id=world.commission.pk,
        aim=Aim(Reform.MERGED, successor_id=other.pk),
        reason="机构改革",
    )
    assert ("/people/transfers/", other.pk, None) in told("transfer-proposed")
