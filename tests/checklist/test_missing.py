"""查漏补缺: who has not reported and why, by branch, with both denominators."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.checklist.queries.missing_members import check_list
from baodao.checklist.queries.standings import unit_standing
from baodao.checklist.rules.reasons import why_missing
from baodao.exemptions import commands as exemptions
from baodao.exemptions.commands import ExemptionRequest
from baodao.exemptions.rules.reasons import Effect
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from baodao.registration.commands import arrivals, departures
from baodao.registration.rules.states import State
from tests import factories
from tests.registration import steps
from tests.world import World


@pytest.fixture
def mixed(world: World) -> dict[str, Person]:
    """Seven people of the second branch, one for each way of not being registered, and a
    registered one; the retired and the one living elsewhere do not count."""
    names = ["letter", "waiting", "returned", "far", "later", "exempt", "done", "none"]
    people = dict(zip(names, steps.members(world, 8, world.second), strict=True))
    deng, dai, an = world.actor("deng"), world.actor("dai"), world.actor("an")
    steps.issued(world, people["letter"])
    steps.submitted(world, people["waiting"])
    back = steps.submitted(world, people["returned"])
    arrivals.return_to_member(an, registration_id=back.pk, reason="地址不符")
    steps.accepted(world, people["done"])
    until = clock.today() + timedelta(days=30)
    for name, reason, effect in [
        ("far", "living-elsewhere", "other-place"),
        ("later", "maternity", "delay"),
        ("exempt", "long-illness", "full"),
    ]:
        request = ExemptionRequest(people[name].pk, reason, "证明", effect, clock.today(), until)
        held = exemptions.request_exemption(dai, request=request)
        exemptions.decide_exemption(deng, exemption_id=held.pk, approve=True)
    factories.member("退休者", world.second, standing="retired", pinyin="z")
    Membership.objects.filter(person=people["none"]).update(lives_in_city=False)
    return people


def test_everybody_in_service_without_a_reception_has_a_reason(
    world: World, mixed: dict[str, Person]
) -> None:
    found = check_list(world.actor("deng"), world.bureau, world.second)
    assert {one.person: one.reason.value for one in found} == {
        mixed["letter"]: "not-presented",
        mixed["waiting"]: "waiting",
        mixed["returned"]: "returned",
        mixed["far"]: "other-place",
        mixed["later"]: "delayed",
        mixed["exempt"]: "exempt",
        mixed["none"]: "no-letter",
    }
    by_person = {one.person: one for one in found}
    assert by_person[mixed["later"]].until == clock.today() + timedelta(days=30)
    assert by_person[mixed["later"]].note == "Pregnancy and birth"
    assert by_person[mixed["waiting"]].since is not None
    assert by_person[mixed["none"]].registration_id is None
    assert not by_person[mixed["none"]].lives_in_city


def test_the_figures_of_a_unit_add_up_with_both_denominators(
    world: World, mixed: dict[str, Person]
) -> None:
    standing = unit_standing(world.actor("deng"), world.bureau).answer()
    first, second = standing.rows
    assert (first.branch, second.branch) == (world.first, world.second)
    assert (second.members, second.in_service, second.living_in_city) == (9, 8, 7)
    assert (second.registered, second.waiting, second.delayed, second.exempt) == (1, 1, 1, 2)
    assert second.missing == 3
    totals = standing.totals
    assert (totals.members, totals.in_service, totals.missing) == (10, 9, 4)
    assert totals.unregistered == totals.in_service - totals.registered


def test_only_the_unit_and_its_supervisor_see_the_list(
    world: World, mixed: dict[str, Person]
) -> None:
    assert len(check_list(world.actor("fan"), world.bureau)) == 8
    for name in ("an", "bao", "chen", "gu", "sun"):
        with pytest.raises(Absent):
            check_list(world.actor(name), world.bureau)
        with pytest.raises(Absent):
            unit_standing(world.actor(name), world.bureau).answer()
    with pytest.raises(Absent):
        check_list(world.actor("deng"), world.bureau, world.office)


def test_a_branch_secretary_sees_their_branch_alone(world: World, mixed: dict[str, Person]) -> None:
    world.accounts["first"] = factories.account("一支书", Role.BRANCH_SECRETARY, world.first)
    actor = world.actor("first")
    standing = unit_standing(actor, world.bureau).answer()
    assert [row.branch for row in standing.rows] == [world.first]
    assert standing.totals.missing == 1
    assert [one.person for one in check_list(actor, world.bureau)] == [world.people["chen"]]
    with pytest.raises(Absent):
        check_list(actor, world.bureau, world.second)


def test_who_reported_through_another_unit_is_registered_in_this_one(world: World) -> None:
    registration = steps.accepted(world)
    Membership.objects.filter(person=registration.person).update(branch=world.second)
    standing = unit_standing(world.actor("deng"), world.bureau).answer()
    assert [row.registered for row in standing.rows] == [0, 1]
    assert standing.totals.missing == 0


def test_a_closed_branch_without_members_is_left_out(world: World) -> None:
    Organisation.objects.filter(pk=world.second.pk).update(closed_at=clock.now())
    standing = unit_standing(world.actor("deng"), world.bureau).answer()
    assert [row.branch for row in standing.rows] == [world.first]


def test_an_ended_registration_is_missing_again(world: World) -> None:
    registration = steps.accepted(world)
    departures.end(
        world.actor("deng"),
        registration_id=registration.pk,
        reason="revoked",
        ended_on=clock.today(),
    )
    [one] = check_list(world.actor("deng"), world.bureau)
    assert (one.person, one.reason) == (registration.person, "no-letter")


def test_queries_do_not_grow_with_the_unit(world: World) -> None:
    counts = []
    for _ in range(2):
        steps.members(world, 25)
        with CaptureQueriesContext(connection) as captured:
            unit_standing(world.actor("deng"), world.bureau).answer()
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_letter_and_an_exemption_together_have_the_reason_of_the_rule(world: World) -> None:
    """The list is counted in the database, by what `why_missing` decides."""
    people = steps.members(world, 4)
    effects = [Effect.FULL, Effect.FULL, Effect.PRO_RATA, Effect.PRO_RATA]
    states = [State.SUBMITTED, State.ISSUED, State.ISSUED, None]
    steps.submitted(world, people[0])
    for person in people[1:3]:
        steps.issued(world, person)
    for person, effect in zip(people, effects, strict=True):
        request = ExemptionRequest(person.pk, "long-illness", "证明", effect, clock.today())
        asked = exemptions.request_exemption(world.actor("dai"), request=request)
        exemptions.decide_exemption(world.actor("deng"), exemption_id=asked.pk, approve=True)
    reasons = {one.person: one.reason for one in check_list(world.actor("deng"), world.bureau)}
    for person, state, effect in zip(people, states, effects, strict=True):
        assert reasons[person] == why_missing(state, effect)
