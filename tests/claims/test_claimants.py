"""Units and teams that claim for their people: one claim, a seat for each who serves."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoDbBlocker

from baodao.accounts.queries import operator
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims import tasks
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim, Seat
from baodao.claims.queries.places import seated_of
from baodao.claims.queries.seats import taken_by
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from baodao.offers.models import Offer
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.partnership.commands import registrations as partnerships
from baodao.partnership.models import UnitRegistration
from baodao.registration.commands import arrivals
from baodao.registration.commands.departures import end
from baodao.registration.commands.placements import place
from baodao.registration.models import Registration
from tests import factories
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.offers.further import installed
from tests.offers.test_kinds import recorded
from tests.orgs.test_reorganisations import done, undone
from tests.partnership.test_unit_registrations import presented
from tests.people.steps import transferred
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.world import World


@pytest.fixture(scope="module", autouse=True)
def errand(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A kind that units and teams may claim."""
    with django_db_blocker.unblock(), installed("tests.offers.kinds.errand"):
        yield


def errand_for(world: World, **told: object) -> Offer:
    """An errand in An's community."""
    return steps.published(world, "errand", **{"places": 4, "particulars": {"floor": 6}} | told)


def ids(members: list[Actor]) -> list[UUID]:
    return [actor.person_id for actor in members if actor.person_id]


def ours(world: World, offer: Offer, members: list[Actor]) -> Claim:
    """Deng's unit claims for these of its members."""
    return claims.claim_for(
        world.actor("deng"),
        offer_id=offer.pk,
        organisation_id=world.bureau.pk,
        person_ids=ids(members),
    )


def test_a_unit_claims_for_three_of_its_members(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 3)
    claim = ours(world, offer, members)
    assert (claim.state, claim.places, claim.claimant) == ("active", 3, world.bureau)
    assert {seat.person_id for seat in claim.seats.all()} == set(ids(members))
    assert seated_of(offer) == 3
    for person_id in ids(members):
        assert [one.title for one in taken_by([person_id])[person_id]] == [offer.title]
    assert refusal(claims.claim, members[0], offer_id=offer.pk) == "claim.active"
    assert refusal(ours, world, offer, members) == "claim.active"


def test_a_unit_claims_an_offer_once_and_is_told_where_to_change_it(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 3)
    ours(world, offer, members[:2])
    with pytest.raises(Refused) as refused:
        ours(world, offer, members[2:])
    assert refused.value.code == "claim.party-again"
    assert Seat.objects.count() == 2


def test_only_who_speaks_for_a_unit_claims_for_its_own_registered_members(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 2)
    told = {"offer_id": offer.pk, "organisation_id": world.bureau.pk, "person_ids": ids(members)}
    for name in ("an", "bao", "chen", "fan", "qin"):
        with pytest.raises(Absent):
            claims.claim_for(world.actor(name), **told)
    strangers = (world.people["hao"].pk, factories.member("未报到", world.first).pk)
    for stranger in strangers:
        with pytest.raises(Absent):
            claims.claim_for(world.actor("deng"), **told | {"person_ids": [stranger]})
    assert refusal(claims.claim_for, world.actor("deng"), **told | {"person_ids": []}) == (
        "claim.nobody"
    )
    small = errand_for(world, places=1)
    assert refusal(ours, world, small, members) == "claim.party"
    assert not Claim.objects.exists()


def test_all_have_a_place_or_all_wait_and_the_line_is_kept(world: World) -> None:
    offer = errand_for(world)
    members = steps.registered(world, 6)
    [first, _] = steps.claimed(offer, *members[:2])
    party = ours(world, offer, members[2:5])
    [late] = steps.claimed(offer, members[5])
    assert steps.states(offer) == ["active", "active", "waiting", "waiting"]
    claims.withdraw_claim(members[0], claim_id=first.pk)
    assert steps.states(offer) == ["left", "active", "invited", "waiting"]
    claims.confirm_invitation(world.actor("deng"), claim_id=party.pk)
    assert seated_of(offer) == 4
    assert Notice.objects.get(kind="claim-invited").organisation_id == world.bureau.pk
    with pytest.raises(Absent):
        claims.withdraw_claim(members[2], claim_id=party.pk)
    claims.withdraw_claim(world.actor("deng"), claim_id=party.pk)
    assert (steps.fresh(party).state, steps.fresh(late).state) == ("left", "invited")


def test_more_people_than_places_are_never_approved_and_nobody_decides_for_oneself(
    world: World,
) -> None:
    offer = errand_for(world, approval=True, places=3)
    members = steps.registered(world, 4)
    claim, [single] = ours(world, offer, members[:3]), steps.claimed(offer, members[3])
    too = Actor(None, members[0].person_id, "党员甲", world.actor("an").grants)
    own = decisions.decide_claims(too, claim_ids=[claim.pk], approve=True)
    assert [no.code for _, no in own.refused] == ["claim.own"]
    both = decisions.decide_claims(world.actor("an"), claim_ids=[claim.pk, single.pk], approve=True)
    assert [row.pk for row in both.done] == [claim.pk]
    assert [no.code for _, no in both.refused] == ["claim.full"]
    code = refusal(
        offers.edit, world.actor("an"), offer_id=offer.pk,
        facts=steps.facts("errand", places=2, particulars={"floor": 6}),
    )  # fmt: skip
    assert code == "offer.fewer"


def test_every_seat_is_recorded_and_tells_its_own_person(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 3)
    claim = ours(world, offer, members)
    recorded(world, offer, claim)
    assert set(ServiceRecord.objects.values_list("person", flat=True)) == set(ids(members))
    assert {seat.served_on for seat in claim.seats.all()} == {clock.today()}
    assert (steps.fresh(claim).state, steps.fresh(claim).served_on) == ("done", clock.today())
    served = Notice.objects.filter(kind="claim-served")
    assert {notice.person_id for notice in served} == set(ids(members))
    again = DayService(clock.today(), 60)
    assert refusal(record_day, world.actor("an"), claim_ids=[claim.pk], service=again) == (
        "claim.done"
    )


def partnered(world: World) -> UnitRegistration:
    """An's community is the partner of Deng's unit."""
    told = presented(world)
    return partnerships.accept(world.actor("an"), unit_registration_id=told.pk)


def elsewhere(world: World) -> Actor:
    """A member of Deng's unit who is registered in another street."""
    person = factories.member("外派党员", world.first, home_community=world.north)
    registered = road.submitted(world, person)
    arrivals.accept(operator(), registration_ids=[registered.pk])
    return steps.actor_for(person)


def test_a_unit_serves_in_its_partner_community_with_members_who_report_elsewhere(
    world: World,
) -> None:
    offer, member = errand_for(world), elsewhere(world)
    with pytest.raises(Absent):
        ours(world, offer, [member])
    partner = partnered(world)
    claim = ours(world, offer, [member])
    tasks.end_claims_of_departed()
    assert steps.fresh(claim).state == "active"
    told = {"unit_registration_id": partner.pk, "reason": "结对到期"}
    partnerships.end(world.actor("deng"), **told)
    tasks.end_claims_of_departed()
    assert steps.fresh(claim).state == "left"


def test_who_left_the_unit_serves_by_its_claim_no_more(world: World) -> None:
    offer, members = errand_for(world), [steps.chen(world), *steps.registered(world, 1)]
    claim = ours(world, offer, members)
    transferred(world)
    tasks.end_claims_of_departed()
    assert [seat.person_id for seat in claim.seats.filter(until=None)] == ids(members[1:])
    assert steps.fresh(claim).places == 1


def test_the_successor_of_a_unit_speaks_for_its_claim_and_undoing_gives_it_back(
    world: World,
) -> None:
    offer, members = steps.published(world, "post", approval=False), steps.registered(world, 2)
    claim = ours(world, offer, members)
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    tasks.end_claims_of_departed()
    assert steps.fresh(claim).claimant == world.commission
    assert (steps.fresh(claim).state, steps.fresh(claim).places) == ("active", 2)
    undone(world, act)
    assert steps.fresh(claim).claimant == world.bureau


def test_what_two_units_claimed_of_one_offer_is_given_up_by_one_before_they_merge(
    world: World,
) -> None:
    offer, members = errand_for(world), steps.registered(world, 2)
    claim = ours(world, offer, members[:1])
    told = {"offer": offer, "community": world.willow, "state": "active"}
    other = Claim.objects.create(**told, unit=world.commission, branch=world.commission)
    aim = Aim(Reform.MERGED, successor_id=world.commission.pk)
    assert refusal(done, world, world.bureau, aim) == "organisation.in-the-way"
    assert refusal(done, world, world.bureau, Aim(Reform.DISSOLVED)) == "organisation.in-the-way"
    Claim.objects.filter(pk=other.pk).delete()
    done(world, world.bureau, aim)
    assert steps.fresh(claim).claimant == world.commission


def test_who_moved_on_leaves_the_seat_and_the_last_one_the_claim(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 2)
    claim = ours(world, offer, members)
    for number, actor in enumerate(members):
        registered = Registration.objects.get(person=actor.person_id)
        told = {"reason": "moved", "ended_on": clock.today()}
        end(world.actor("an"), registration_id=registered.pk, **told)
        tasks.end_claims_of_departed()
        claim = steps.fresh(claim)
        left = Seat.objects.filter(claim=claim, until=None).count()
        assert (left, claim.places) == (1, 1)
        assert claim.state == ("active" if number == 0 else "left")


def test_a_team_claims_for_those_who_are_in_it(world: World) -> None:
    offer, members = errand_for(world), steps.registered(world, 2)
    an = world.actor("an")
    registered = Registration.objects.get(person=members[0].person_id)
    place(an, registration_id=registered.pk, grid_id=None, team_id=world.team.pk)
    everybody = {"offer_id": offer.pk, "organisation_id": world.team.pk}
    everywhere = operator()
    with pytest.raises(Absent):
        claims.claim_for(everywhere, **everybody, person_ids=ids(members))
    claim = claims.claim_for(everywhere, **everybody, person_ids=ids(members[:1]))
    assert (claim.claimant, claim.places) == (world.team, 1)


def test_the_pages_of_the_community_and_the_unit_name_who_claimed(world: World) -> None:
    offer, members = errand_for(world, approval=True), steps.registered(world, 2)
    claim = ours(world, offer, members)
    an = browser(world, "an")
    for page in ("/offers/claims/", f"/offers/{offer.pk}/", "/offers/claims.html", "/offers/"):
        assert world.bureau.name in text(an.get(page)) or page == "/offers/"
    decisions.decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True)
    assert world.bureau.name in text(an.get(f"/offers/{offer.pk}/roll/"))
    assert world.bureau.name in text(browser(world, "deng").get("/unit/claims/"))


def test_the_database_holds_a_claim_to_one_claimant(world: World) -> None:
    offer, chen = errand_for(world), world.people["chen"]
    shared = {"offer": offer, "community": world.willow, "state": "active"}
    wrong = (
        {"branch": world.first},
        {"branch": world.first, "person": chen, "places": 2},
        {"branch": world.first, "person": chen, "unit": world.bureau},
        {"branch": world.first, "unit": world.bureau},
    )
    for columns in wrong:
        with pytest.raises(IntegrityError, match="claim_one_claimant"), transaction.atomic():
            Claim.objects.create(**shared, **columns)
    for columns in ({"person": chen, "branch": world.first},
                    {"unit": world.bureau, "branch": world.bureau}):  # fmt: skip
        Claim.objects.create(**shared, **columns)
        with pytest.raises(IntegrityError, match="claim_one_live"), transaction.atomic():
            Claim.objects.create(**shared, **columns)
