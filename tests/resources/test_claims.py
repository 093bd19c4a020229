"""双向认领: each side claims of the other's list, and is answered; nothing is lent twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.orgs.commands.policies import set_policy
from baodao.partnership.commands import registrations
from baodao.partnership.models import UnitRegistration
from baodao.resources.commands import claims, projects, resources
from baodao.resources.models import ListClaim
from baodao.resources.queries.claims import done_in, endable_claims, waiting_in
from baodao.resources.queries.fits import needs_for, resources_for
from baodao.resources.queries.lists import needs_in, projects_in, resources_in
from baodao.resources.rules.policies import MORE_KINDS
from tests.ledger.steps import record
from tests.offers import steps as offered
from tests.orders.steps import partner
from tests.resources import steps
from tests.world import World


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [row.organisation.name for row in rows if row.organisation]


def test_a_resource_is_a_draft_until_the_unit_has_a_community_and_publishes_it(
    world: World,
) -> None:
    dai, an = world.actor("dai"), world.actor("an")
    row = resources.draft_resource(dai, unit_id=world.bureau.pk, facts=steps.facts())
    with pytest.raises(Refused, match=r"resource\.no-partner"):
        resources.publish_resource(dai, resource_id=row.pk)
    partner(world)
    assert not resources_in(an, world.willow).exists()
    resources.publish_resource(dai, resource_id=row.pk)
    assert resources_in(an, world.willow).get() == row
    assert resources_in(world.actor("qin"), world.first).get() == row
    assert resources_in(world.actor("fan"), world.willow_street).get() == row
    assert told("resource-published") == ["柳荫社区"]
    for name in ("an", "qin", "fan"):
        with pytest.raises(Absent):
            resources.withdraw_resource(world.actor(name), resource_id=row.pk, reason="装修")
    resources.withdraw_resource(dai, resource_id=row.pk, reason="装修")
    assert not resources_in(an, world.willow).exists()


def test_one_for_the_whole_street_reaches_the_community_next_door(world: World) -> None:
    partner(world)
    steps.hall(world)
    bus = steps.hall(world, title="大巴一辆", kind="车辆", reach="street")
    assert resources_in(world.actor("bao"), world.bridge).get() == bus


def test_kinds_are_the_usual_ones_and_those_that_an_authority_adds(world: World) -> None:
    dai = world.actor("dai")
    with pytest.raises(Refused, match=r"resource\.kind"):
        resources.draft_resource(dai, unit_id=world.bureau.pk, facts=steps.facts(kind="泳池"))
    sun, more = world.actor("sun"), ("泳池",)
    set_policy(sun, organisation_id=world.east.pk, policy=MORE_KINDS, value=more)
    resources.draft_resource(dai, unit_id=world.bureau.pk, facts=steps.facts(kind="泳池"))


def test_what_is_lent_at_a_time_is_lent_to_nobody_else_then(world: World) -> None:
    partner(world)
    row = steps.hall(world)
    one, other = steps.booked(world, row), steps.booked(world, row, at=10)
    dai = world.actor("dai")
    claims.accept_claim(dai, list_claim_id=one.pk)
    with pytest.raises(Refused, match=r"list-claim\.taken"):
        claims.accept_claim(dai, list_claim_id=other.pk)
    with pytest.raises(Refused, match=r"list-claim\.taken"):
        steps.booked(world, row, at=8)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListClaim.objects.filter(pk=other.pk).update(state="agreed")
    steps.lent(world, row, at=11)
    assert told("list-agreed") == ["柳荫社区", "柳荫社区"]


def test_the_unit_proposes_another_time_and_the_community_takes_it(world: World) -> None:
    partner(world)
    row = steps.booked(world, steps.hall(world))
    dai, an = world.actor("dai"), world.actor("an")
    assert waiting_in(dai, world.bureau).get() == row
    assert not waiting_in(an, world.willow).exists()
    claims.propose_time(dai, list_claim_id=row.pk, time=steps.time_of(8, 14))
    assert waiting_in(an, world.willow).get() == row
    with pytest.raises(Absent):
        claims.confirm_time(dai, list_claim_id=row.pk)
    claims.confirm_time(an, list_claim_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.starts_at) == ("agreed", offered.hour(8, 14))
    assert (told("list-claimed"), told("list-other-time")) == (
        ["区城建局机关党委"],
        ["柳荫社区"],
    )


def test_what_is_over_stays_and_what_is_ahead_is_taken_back_with_a_reason(world: World) -> None:
    partner(world)
    row = steps.hall(world)
    soon, later = steps.lent(world, row, days=1), steps.lent(world, row, days=9)
    dai, an = world.actor("dai"), world.actor("an")
    with clock.at(clock.now() + timedelta(days=3)):
        for who in (dai, an):
            with pytest.raises(Refused, match=r"list-claim\.over"):
                claims.withdraw_claim(who, list_claim_id=soon.pk, reason="记错了")
        assert list(endable_claims(dai)) == [later]
        resources.end_resource(dai, resource_id=row.pk, reason="改作办公室")
        states = dict(ListClaim.objects.values_list("pk", "state"))
        assert states == {soon.pk: "agreed", later.pk: "ended"}
    assert told("list-ended") == ["区城建局机关党委", "柳荫社区"]


def test_a_hard_need_is_taken_by_as_many_units_as_it_wants(world: World) -> None:
    partner(world)
    need, dai, an = steps.need(world, units=2), world.actor("dai"), world.actor("an")
    assert told("need-on-list") == ["区城建局机关党委"]
    row = claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk, words="出场地")
    with pytest.raises(Refused, match=r"list-claim\.again"):
        claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)
    with pytest.raises(Absent):
        claims.accept_claim(dai, list_claim_id=row.pk)
    claims.accept_claim(an, list_claim_id=row.pk)
    assert needs_in(an, world.willow).get().taken == 1
    projects.publish_need(an, need_id=need.pk, units=1)
    claims.withdraw_claim(an, list_claim_id=row.pk, reason="改由街道办")
    again = claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)
    claims.accept_claim(an, list_claim_id=again.pk)
    with pytest.raises(Refused, match=r"list-claim\.again"):
        claims.claim_need(dai, unit_id=world.bureau.pk, need_id=need.pk)
    projects.withdraw_need(an, need_id=need.pk)
    assert not needs_in(dai, world.bureau).exists()
    again.refresh_from_db()
    assert again.state == "agreed"


def test_what_fits_is_suggested_with_the_words_that_both_say(world: World) -> None:
    partner(world)
    row = steps.hall(world)
    steps.hall(world, kind="车辆", title="大巴一辆", text="")
    need = steps.need(world)
    steps.need(world, "楼道里的灯坏了")
    an = world.actor("an")
    [fit] = resources_for(need, resources_in(an, world.willow))
    assert (fit.row, fit.words) == (row, "场地")
    [back] = needs_for(row, needs_in(world.actor("dai"), world.bureau))
    assert back.row.need == need


@pytest.mark.parametrize("by", ["an", "dai"])
def test_a_project_is_claimed_by_the_other_side_and_counts_what_was_served(
    world: World, by: str
) -> None:
    partner(world)
    chen = offered.chen(world)
    row = steps.project(world, by)
    other, place = ("dai", world.bureau) if by == "an" else ("an", world.willow)
    with pytest.raises(Absent):
        claims.claim_project(
            world.actor(by),
            organisation_id=(world.willow if by == "an" else world.bureau).pk,
            project_id=row.pk,
        )
    claim = claims.claim_project(world.actor(other), organisation_id=place.pk, project_id=row.pk)
    claims.accept_claim(world.actor(by), list_claim_id=claim.pk)
    offer = offered.published(world)
    an = world.actor("an")
    projects.add_activity(an, project_id=row.pk, offer_id=offer.pk)
    with pytest.raises(Absent):
        projects.add_activity(an, project_id=row.pk, offer_id=offer.pk)
    assert chen.person_id
    record(world, offer_id=offer.pk)
    assert done_in(row).records == 1
    projects.close_project(world.actor(by), project_id=row.pk)
    assert projects_in(world.actor("fan"), world.east).get().state == "done"


def test_a_project_that_nobody_takes_part_in_any_more_waits_again(world: World) -> None:
    partner(world)
    row = steps.project(world)
    claim = steps.joined(world, row)
    claims.withdraw_claim(world.actor("dai"), list_claim_id=claim.pk, reason="人手不够")
    row.refresh_from_db()
    assert row.state == "open"


def test_with_the_contact_what_is_ahead_ends(world: World) -> None:
    partner(world)
    row = steps.lent(world, steps.hall(world))
    contact = UnitRegistration.objects.get()
    registrations.end(world.actor("dai"), unit_registration_id=contact.pk, reason="搬迁")
    row.refresh_from_db()
    assert (row.state, bool(row.ended_at)) == ("ended", True)
    assert not resources_in(world.actor("an"), world.willow).exists()
