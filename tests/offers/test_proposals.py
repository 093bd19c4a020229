"""A unit organises an activity of its own in its partner community."""

from datetime import timedelta

import pytest

from baodao.agenda.queries.claims import own_claims
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Origin
from baodao.notices.models import Notice
from baodao.offers.commands import offers, proposals
from baodao.offers.models import Offer
from baodao.offers.queries.offers import recordable
from baodao.partnership.commands import registrations as partnerships
from baodao.partnership.models import UnitRegistration
from tests.agenda.test_parties import ids, partnered, serving
from tests.offers import steps
from tests.programs import code_of, program
from tests.registration.browsing import browser, client_id, text
from tests.world import World


def proposed(world: World, **told: object) -> Offer:
    """Deng's unit proposes an activity to An's community."""
    partnered(world)
    facts = steps.facts(title="科普进社区", **told)
    return proposals.propose(world.actor("deng"), unit_id=world.bureau.pk, facts=facts)


def state_of(offer: Offer) -> str:
    return Offer.objects.get(pk=offer.pk).state


def told(kind: str) -> list[int | None]:
    return list(Notice.objects.filter(kind=kind).values_list("organisation", flat=True))


def test_a_clerk_proposes_ticks_members_and_the_community_accepts(world: World) -> None:
    partnered(world)
    members, chen = steps.registered(world, 2), steps.chen(world)
    deng, an = browser(world, "deng"), browser(world, "an")
    assert "/unit/services/activities/new/" in deng.get("/unit/services/").content.decode()
    page = deng.get("/unit/services/activities/new/")
    day = clock.today() + timedelta(days=7)
    typed = {"title": "科普进社区", "category": "environment", "on": day.isoformat(), "places": "5",
             "begins": "09:00", "ends": "11:00", "place": "党群服务中心",
             "client_id": str(client_id(page))}  # fmt: skip
    page = deng.post("/unit/services/activities/new/", typed, follow=True)
    offer = Offer.objects.get()
    assert (offer.state, offer.organiser, offer.community) == ("proposed", world.bureau,
                                                               world.willow)  # fmt: skip
    assert told("offer-proposed") == [world.willow.pk]
    sent = {"client_id": str(client_id(page)), "ids": [str(one) for one in ids(members)]}
    assert "已认领" in text(deng.post(f"/unit/services/{offer.pk}/", sent, follow=True))
    assert Claim.objects.get().state == "applied"
    with pytest.raises(Absent):
        claims.claim(chen, offer_id=offer.pk)
    today = text(an.get("/today/"))
    assert "单位申办的活动待审核" in today
    assert "项认领待审批" not in today
    page = an.get(f"/offers/{offer.pk}/")
    assert "同意并发布" in text(page)
    an.post(f"/offers/{offer.pk}/publish/", {"client_id": str(client_id(page))})
    claim = Claim.objects.get()
    assert (state_of(offer), claim.state, claim.decided_by) == ("published", "active",
                                                                world.actor("an").name)  # fmt: skip
    assert serving(claim) == set(ids(members))
    assert told("offer-accepted") == [world.bureau.pk]
    assert claims.claim(chen, offer_id=offer.pk).state == "active"
    assert "本单位主办" in text(deng.get("/unit/services/"))


def test_what_is_given_back_is_put_right_and_proposed_anew(world: World) -> None:
    offer = proposed(world)
    an, deng = browser(world, "an"), browser(world, "deng")
    page = an.get(f"/offers/{offer.pk}/give-back/")
    an.post(page.wsgi_request.path, {"client_id": str(client_id(page)), "reason": "请改到周日"})
    assert (state_of(offer), told("offer-returned")) == ("returned", [world.bureau.pk])
    with pytest.raises(Refused) as refused:
        offers.publish(world.actor("an"), offer_id=offer.pk)
    assert refused.value.code == "offer.returned"
    assert "请改到周日" in text(deng.get("/unit/services/"))
    assert "请改到周日" in text(deng.get(f"/unit/services/activities/{offer.pk}/"))
    facts = steps.facts(title="科普进社区", starts_at=steps.hour(8), ends_at=steps.hour(8, 11))
    proposals.propose_again(world.actor("deng"), offer_id=offer.pk, facts=facts)
    row = Offer.objects.get()
    assert (row.state, row.ended_reason, row.starts_at) == ("proposed", "", steps.hour(8))
    assert told("offer-proposed") == [world.willow.pk] * 2
    offers.publish(world.actor("an"), offer_id=offer.pk)
    with pytest.raises(Refused):
        proposals.propose_again(world.actor("deng"), offer_id=offer.pk, facts=facts)


def test_a_proposal_that_is_taken_back_lets_who_was_to_serve_know(world: World) -> None:
    offer, [member] = proposed(world), steps.registered(world, 1)
    claims.claim_for(world.actor("deng"), offer_id=offer.pk, organisation_id=world.bureau.pk,
                     person_ids=ids([member]))  # fmt: skip
    assert own_claims(member).get().offer == offer
    with pytest.raises(Refused):
        offers.cancel(world.actor("an"), offer_id=offer.pk, reason="不办")
    proposals.withdraw_proposal(world.actor("deng"), offer_id=offer.pk, reason="场地有变")
    assert state_of(offer) == "cancelled"
    assert Notice.objects.filter(kind="offer-cancelled", person=member.person_id).exists()
    assert not own_claims(member).exists()


def test_who_has_another_place_by_then_keeps_it_and_the_others_are_seated(world: World) -> None:
    offer, members = proposed(world), steps.registered(world, 2)
    deng = world.actor("deng")
    claim = claims.claim_for(deng, offer_id=offer.pk, organisation_id=world.bureau.pk,
                             person_ids=ids(members))  # fmt: skip
    other = steps.published(world, starts_at=steps.hour(8), ends_at=steps.hour(8, 11))
    steps.claimed(other, members[0])
    facts = steps.facts(title="科普进社区", starts_at=steps.hour(8), ends_at=steps.hour(8, 11))
    proposals.propose_again(deng, offer_id=offer.pk, facts=facts)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    claim = steps.fresh(claim)
    assert (claim.state, claim.places, serving(claim)) == ("active", 1, set(ids(members[1:])))
    assert told("claim-seat-left") == [world.bureau.pk]


def test_the_clerk_of_the_organiser_keeps_the_list_of_who_claimed(world: World) -> None:
    offer, members = proposed(world), steps.registered(world, 2)
    offers.publish(world.actor("an"), offer_id=offer.pk)
    steps.claimed(offer, *members)
    deng = world.actor("deng")
    with clock.at(steps.hour(at=12)):
        client = browser(world, "deng")
        assert f"/offers/{offer.pk}/roll/" in client.get("/unit/services/").content.decode()
        page = client.get(f"/offers/{offer.pk}/roll/")
        assert all(one.name in text(page) for one in members)
        assert 'id="q"' not in page.content.decode()
        walk_in = Turnout([world.people["chen"].pk], 60)
        with pytest.raises(Absent):
            record_roll(deng, offer_id=offer.pk, turnout=walk_in)
        sent = {"client_id": str(client_id(page)), "ids": [str(members[0].person_id)],
                "minutes": "90", "record": "1"}  # fmt: skip
        after = client.post(page.wsgi_request.path, sent, follow=True)
        assert after.wsgi_request.path == "/unit/services/"
    record = ServiceRecord.objects.get()
    assert (record.person_id, record.community, record.origin) == (
        members[0].person_id, world.willow, Origin.LIST)  # fmt: skip
    assert state_of(offer) == "closed"


def ended(world: World) -> None:
    """Deng's unit ends its contact with An's community."""
    form = UnitRegistration.objects.get()
    partnerships.end(world.actor("deng"), unit_registration_id=form.pk, reason="结对结束")


def test_a_unit_proposes_nothing_more_where_its_contact_has_ended(world: World) -> None:
    offer = proposed(world)
    ended(world)
    deng = world.actor("deng")
    with pytest.raises(Refused, match=r"^offer\.contact-ended:"):
        proposals.propose_again(deng, offer_id=offer.pk, facts=steps.facts(title="科普周"))
    proposals.withdraw_proposal(deng, offer_id=offer.pk, reason="结对结束")
    assert state_of(offer) == "cancelled"


def test_a_unit_keeps_the_lists_of_the_days_of_its_contact_and_no_later_one(world: World) -> None:
    before = proposed(world)
    deng, unit = world.actor("deng"), world.bureau.pk
    days = {"starts_at": steps.hour(days=20), "ends_at": steps.hour(days=20, at=11)}
    later = proposals.propose(deng, unit_id=unit, facts=steps.facts(**days))
    for offer in (before, later):
        offers.publish(world.actor("an"), offer_id=offer.pk)
    assert set(recordable(deng)) == {before, later}
    with clock.at(steps.hour(days=10)):
        ended(world)
    assert set(recordable(deng)) == {before}


@pytest.mark.parametrize("name", ["an", "bao", "chen", "fan", "gu", "qin", "sun"])
def test_only_the_unit_proposes_and_only_its_community_answers(world: World, name: str) -> None:
    offer = proposed(world)
    actor, client = world.actor(name), browser(world, name)
    with pytest.raises(Absent):
        proposals.propose(actor, unit_id=world.bureau.pk, facts=steps.facts())
    with pytest.raises(Absent):
        proposals.withdraw_proposal(actor, offer_id=offer.pk, reason="撤回")
    for page in ("new", f"{offer.pk}", f"{offer.pk}/take-back"):
        assert client.get(f"/unit/services/activities/{page}/").status_code == 404
    if name != "an":
        with pytest.raises(Absent):
            proposals.return_to_unit(actor, offer_id=offer.pk, reason="退回")
        assert client.get(f"/offers/{offer.pk}/give-back/").status_code == 404


def test_posts_are_not_proposed_and_a_unit_without_partner_has_nowhere_to(world: World) -> None:
    deng, unit = world.actor("deng"), world.bureau.pk
    with pytest.raises(Refused) as refused:
        proposals.propose(deng, unit_id=unit, facts=steps.facts())
    assert refused.value.code == "offer.no-partner"
    partnered(world)
    with pytest.raises(Refused) as refused:
        proposals.propose(deng, unit_id=unit, facts=steps.facts("post"))
    assert refused.value.code == "offer.not-proposable"


def test_programs_of_both_sides_propose_and_give_back(world: World) -> None:
    partnered(world)
    ours = program(world, "deng", "bureau", Permission.CLAIM_MAKE)
    body = {"unit": world.bureau.code, "title": "科普进社区", "category": "environment",
            "places": 5, "starts_at": steps.hour().isoformat(),
            "ends_at": steps.hour(at=11).isoformat()}  # fmt: skip
    row = ours.post("/offers/propose/", body).json()
    assert (row["state"], row["organiser"]["code"]) == ("proposed", world.bureau.code)
    theirs = program(world, "an", "willow", Permission.OFFER_EDIT)
    path = f"/offers/{row['id']}/give-back/"
    assert code_of(ours.post(path, {"reason": "退回"})) == (403, "scope.missing")
    assert theirs.post(path, {"reason": "请改期"}).json()["state"] == "returned"
    listed = ours.get("/offers/organised/").json()["items"]
    assert [(one["state"], one["ended_reason"]) for one in listed] == [("returned", "请改期")]
