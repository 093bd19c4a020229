"""支部派单: a branch is asked by its unit or the community, takes it on, says no, is merged."""

from datetime import timedelta

import pytest

from baodao.claims.commands.claims import claim_for, withdraw_claim
from baodao.claims.commands.parties import leave_seat
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.models import Need
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to, sentence_of
from baodao.offers.models import Offer
from baodao.orders import tasks
from baodao.orders.commands.whistles import decline, whistle, whistle_for_branches
from baodao.orders.models import Whistle
from baodao.orders.queries.orders import orders_in
from baodao.orders.queries.whistles import state_of, to_answer, whistle_rows
from baodao.orgs.rules.handovers import Aim, Reform
from tests import factories
from tests.offers import steps as offered
from tests.orders import steps
from tests.orders.test_pages import sent
from tests.orgs.test_reorganisations import done, undone
from tests.programs import program
from tests.registration.browsing import browser, text
from tests.world import World


def asked(world: World, *, whistled: bool = True) -> Offer:
    """An order is open to members, or the bureau is whistled for; Chen is registered."""
    offered.chen(world)
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    units = {"unit_ids": [world.bureau.pk]} if whistled else {}
    return steps.dispatched(world, need, "units" if whistled else "members", **units)


def given(world: World, offer: Offer) -> Whistle:
    """Deng gives it to Qin's branch."""
    batch = whistle_for_branches(
        world.actor("deng"),
        offer_id=offer.pk,
        unit_id=world.bureau.pk,
        branch_ids=[world.first.pk],
    )
    return batch.done[0]


def taken(world: World, offer: Offer, by: str = "qin") -> Claim:
    """The branch claims for Chen."""
    return claim_for(
        world.actor(by),
        offer_id=offer.pk,
        organisation_id=world.first.pk,
        person_ids=[world.people["chen"].pk],
    )


def states(offer: Offer) -> list[str]:
    """How the whistles of an offer stand, the first blown first."""
    return [state_of(row) for row in whistle_rows().filter(offer=offer).order_by("pk")]


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [row.organisation.name for row in rows if row.organisation]


def test_a_unit_gives_a_whistle_to_a_branch_whose_secretary_takes_it_on(world: World) -> None:
    offer = asked(world)
    row, deng, qin = given(world, offer), world.actor("deng"), world.actor("qin")
    assert (told("whistle-blown"), told("order-given")) == (["区城建局机关党委"], ["第一党支部"])
    [notice] = notices_to(qin, world.first)
    assert sentence_of(notice).startswith("区城建局机关党委派单给第一党支部：“上门理发”。请在")
    assert states(offer) == ["at-branch", "waiting"]
    verbs = JournalEntry.objects.filter(about=offer.pk).values_list("verb", flat=True)
    assert (verbs.filter(verb="offer.given").count(), "offer.whistled" in verbs) == (1, True)
    assert (list(to_answer(deng, world.bureau)), list(to_answer(qin, world.first))) == ([], [row])
    claim = taken(world, offer)
    assert (claim.state, claim.claimant_name) == ("active", "第一党支部（区城建局机关党委）")
    assert states(offer) == ["coming", "coming"]
    [order] = orders_in(world.actor("an"), world.willow)
    assert (order.stage, order.holder) == ("taken", "第一党支部（区城建局机关党委）")
    withdraw_claim(qin, claim_id=claim.pk)
    assert Notice.objects.get(kind="claim-given-back").facts["name"] == claim.claimant_name
    assert states(offer) == ["at-branch", "waiting"]


def test_who_serves_for_a_branch_reads_which_and_when_they_leave_the_community_is_told(
    world: World,
) -> None:
    offer = asked(world)
    given(world, offer)
    claim, chen = taken(world, offer), world.people["chen"]
    notice = Notice.objects.get(kind="claim-seat-given", person=chen)
    assert notice.facts["name"] == "第一党支部（区城建局机关党委）"
    read = text(browser(world, "chen").get("/notices/"))
    assert "第一党支部（区城建局机关党委）安排您参加" in read
    leave_seat(world.actor("chen"), claim_id=claim.pk)
    assert told("claim-left-alone") == ["第一党支部"]
    assert told("claim-given-back") == ["柳荫社区"]
    assert states(offer) == ["at-branch", "waiting"]


def test_a_branch_that_cannot_come_tells_who_asked_and_its_unit_answers_again(
    world: World,
) -> None:
    offer = asked(world)
    row = given(world, offer)
    for name in ("an", "chen", "fan", "he"):
        with pytest.raises((Absent, KeyError)):
            decline(world.actor(name), whistle_id=row.pk, reason="都在值班")
    decline(world.actor("qin"), whistle_id=row.pk, reason="都在值班")
    assert told("whistle-declined") == ["区城建局机关党委"]
    assert states(offer) == ["waiting", "declined"]
    assert to_answer(world.actor("deng"), world.bureau).exists()


def test_a_secretary_acts_for_their_own_branch_alone(world: World) -> None:
    offer = asked(world, whistled=False)
    qin = world.actor("qin")
    others = {"offer_id": offer.pk, "person_ids": [world.people["chen"].pk]}
    for place in (world.bureau, world.second, world.commission):
        with pytest.raises(Absent):
            claim_for(qin, organisation_id=place.pk, **others)
    for actor, unit, branch in (
        (qin, world.bureau, world.second),
        (world.actor("deng"), world.bureau, world.bureau),
        (world.actor("an"), world.bureau, world.first),
    ):
        with pytest.raises(Absent):
            whistle_for_branches(actor, offer_id=offer.pk, unit_id=unit.pk, branch_ids=[branch.pk])
    with pytest.raises(Absent):
        whistle(qin, offer_id=offer.pk, unit_ids=[world.first.pk])
    assert not Claim.objects.exists()
    assert not Whistle.objects.exists()


def test_a_community_asks_a_branch_and_who_is_late_is_told_of_as_a_unit_is(world: World) -> None:
    offer = asked(world, whistled=False)
    [row] = whistle(world.actor("an"), offer_id=offer.pk, unit_ids=[world.first.pk]).done
    with pytest.raises(Absent):
        whistle(world.actor("an"), offer_id=offer.pk, unit_ids=[world.office.pk])
    given_on = whistle_for_branches(
        world.actor("deng"),
        offer_id=offer.pk,
        unit_id=world.bureau.pk,
        branch_ids=[world.first.pk, world.second.pk],
    )
    assert [no.code for _, no in given_on.refused] == ["whistle.again"]
    assert list(to_answer(world.actor("deng"), world.bureau)) == given_on.done
    assert told("order-given") == ["第一党支部", "区城建局机关党委"]
    with clock.at(clock.midnight(row.due_on) + timedelta(days=1, hours=9)):
        tasks.tell_streets()
    assert sorted(told("order-overdue")) == ["区城建局机关党委", "柳荫社区", "柳荫街道"]


def test_a_branch_that_was_asked_where_one_was_enough_reads_that_it_is_not_needed(
    world: World,
) -> None:
    offer = asked(world, whistled=False)
    both = [world.first.pk, world.second.pk]
    whistle(world.actor("an"), offer_id=offer.pk, unit_ids=both)
    claim = taken(world, offer)
    assert sorted(states(offer)) == ["coming", "needless"]
    withdraw_claim(world.actor("qin"), claim_id=claim.pk)
    assert states(offer) == ["waiting", "waiting"], "the control: asked again once it is free"


def test_what_a_branch_has_goes_on_with_who_takes_it_over_and_not_to_another_unit(
    world: World,
) -> None:
    offer = asked(world)
    row = given(world, offer)
    claim = taken(world, offer)
    act = done(world, world.first, Aim(Reform.MERGED, successor_id=world.second.pk))
    assert Claim.objects.get(pk=claim.pk).unit == world.second
    assert Whistle.objects.get(pk=row.pk).unit == world.second
    with pytest.raises(Absent):
        withdraw_claim(world.actor("qin"), claim_id=claim.pk)
    undone(world, act)
    assert Claim.objects.get(pk=claim.pk).unit == world.first
    with pytest.raises(Refused, match=r"in-the-way"):
        done(world, world.first, Aim(Reform.DISSOLVED))
    withdraw_claim(world.actor("deng"), claim_id=claim.pk)
    assert states(offer) == ["at-branch", "waiting"]
    away = done(world, world.first, Aim(Reform.MOVED, parent_id=world.commission.pk))
    assert states(offer) == ["waiting", "declined"]
    assert told("whistle-declined") == ["区城建局机关党委"]
    undone(world, away)
    assert states(offer) == ["at-branch", "waiting"]


def test_the_pages_lead_from_the_unit_to_the_branch_and_back(world: World) -> None:
    offer = asked(world)
    world.accounts["second"] = factories.account("宋支书", Role.BRANCH_SECRETARY, world.second)
    deng, qin = browser(world, "deng"), browser(world, "qin")
    there = f"/unit/services/{offer.pk}/branches/"
    assert there in deng.get("/unit/whistles/").content.decode()
    assert qin.get(there).status_code == 404
    page = sent(deng, there, units=[str(world.first.pk)])
    assert "第一党支部" in page
    assert ("待本单位答复的吹哨" in page, "待答复" in page) == (True, True)
    assert "有 1 件派给本支部" in text(qin.get("/unit/"))
    assert 'href="/unit/whistles/"' in qin.get("/unit/services/").content.decode(), "in its family"
    assert "上门理发" in text(qin.get("/unit/whistles/"))
    assert "本支部党员认领情况" in text(qin.get("/unit/claims/"))
    choice = qin.get(f"/unit/services/{offer.pk}/").content.decode()
    assert (str(world.people["chen"].pk) in choice, there in choice) == (True, False)
    took = sent(qin, f"/unit/services/{offer.pk}/", ids=[str(world.people["chen"].pk)])
    assert "已为陈晓宇保留名额" in took
    assert "本支部已认领" in took
    assert "第一党支部" in text(deng.get("/unit/services/"))
    on_offer = text(browser(world, "an").get(f"/offers/{offer.pk}/"))
    assert "第一党支部（区城建局机关党委）" in on_offer
    assert "上门理发" not in text(browser(world, "second").get("/unit/whistles/"))


def test_a_program_of_a_unit_gives_an_offer_to_a_branch(world: World) -> None:
    offer = asked(world, whistled=False)
    body = {"unit": world.bureau.code, "branches": [world.first.code]}
    answer = program(world, "deng", "bureau").post(f"/offers/{offer.pk}/branches/", body).json()
    assert [row["unit"]["code"] for row in answer["done"]] == [world.first.code]
    assert answer["done"][0]["sender"]["code"] == world.bureau.code
    secretary = program(world, "qin", "first")
    assert secretary.post(f"/offers/{offer.pk}/branches/", body).status_code == 404
    assert Need.objects.get().state == "open"
