"""A decision about claims is taken back for a moment, once, by whoever made it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from baodao.accounts.models import Account
from baodao.claims.commands import claims, decisions
from baodao.claims.models import Claim
from baodao.kernel import clock, journal, undo
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Absent
from baodao.kernel.models import UndoNote
from baodao.notices.models import Notice
from baodao.offers.commands import offers
from tests import factories
from tests.claims.test_claiming import refusal
from tests.offers import steps
from tests.registration.browsing import browser, text
from tests.teams import steps as crews
from tests.world import World


def applied(world: World, count: int = 2, places: int = 2) -> list[Claim]:
    post = steps.published(world, "post", places=places)
    return steps.claimed(post, *steps.registered(world, count))


def of(row: Claim) -> Actor:
    """Whoever claimed."""
    account = Account.objects.get(person=row.person)
    return Actor(account.pk, row.person_id, row.person.name)


def decided(world: World, rows: list[Claim], *, approve: bool = True) -> UUID:
    batch = decisions.decide_claims(
        world.actor("an"), claim_ids=[row.pk for row in rows], approve=approve,
        reason="" if approve else "名额已满",
    )  # fmt: skip
    assert batch.undo_id is not None
    return batch.undo_id


def facts(row: Claim) -> tuple[object, ...]:
    row = steps.fresh(row)
    return row.state, row.seated_at, row.decided_at, row.decided_by, row.reason, row.ended_at


@pytest.mark.parametrize("approve", [True, False])
def test_claims_wait_again_as_they_did_and_who_claimed_is_told(
    world: World, *, approve: bool
) -> None:
    rows = applied(world)
    before = [facts(row) for row in rows]
    undo_id = decided(world, rows, approve=approve)
    batch = undo.take_back(world.actor("an"), undo_id=undo_id)
    assert (len(batch.done), batch.refused) == (2, [])
    assert [facts(row) for row in rows] == before
    for row in rows:
        assert [entry.verb for entry in journal.timeline(row.pk)][-1] == "claim.decision-undone"
        assert (
            Notice.objects.filter(about=row.pk).latest("created_at").kind == "claim-decision-undone"
        )
    decided(world, rows)
    assert {steps.fresh(row).state for row in rows} == {"active"}


def test_who_was_let_go_is_asked_about_again_while_the_place_is_free(world: World) -> None:
    rows, an = applied(world), world.actor("an")
    decided(world, rows)
    first = steps.fresh(rows[0])
    answered = (first.decided_at, first.decided_by)
    for row in rows:
        member = of(row)
        claims.request_exit(member, claim_id=row.pk, reason="搬家")
    batch = decisions.decide_exits(an, claim_ids=[row.pk for row in rows], approve=True)
    assert batch.undo_id is not None
    undo.take_back(an, undo_id=batch.undo_id)
    for row in rows:
        fresh = steps.fresh(row)
        assert (fresh.state, fresh.reason, fresh.ended_at) == ("exit-requested", "搬家", None)
        assert (fresh.decided_at, fresh.decided_by) == answered
        assert fresh.seated_at is not None


def test_a_place_that_has_gone_on_stays_where_it_is(world: World) -> None:
    rows, an = applied(world, 2, places=1), world.actor("an")
    decided(world, rows[:1])
    decisions.line_up(an, claim_ids=[rows[1].pk])
    claims.request_exit(of(rows[0]), claim_id=rows[0].pk, reason="搬家")
    batch = decisions.decide_exits(an, claim_ids=[rows[0].pk], approve=True)
    assert batch.undo_id is not None
    again = undo.take_back(an, undo_id=batch.undo_id)
    assert [no.code for _, no in again.refused] == ["claim.gone-on"]
    assert [steps.fresh(row).state for row in rows] == ["left", "invited"]


def test_places_of_a_team_that_have_gone_on_are_taken_from_nobody_and_who_undoes_reads_it(
    world: World,
) -> None:
    """The control: with both places free the same undo puts the team back."""
    leader, second = crews.team(world, 2)
    [waiting] = steps.registered(world, 1)
    post = steps.published(world, "post", places=2)
    claim = crews.claimed(world, post, leader, leader, second)
    an, browsing = world.actor("an"), browser(world, "an")
    decided(world, [claim])

    def let_go() -> UUID:
        claims.request_exit(leader, claim_id=claim.pk, reason="队里有事")
        batch = decisions.decide_exits(an, claim_ids=[claim.pk], approve=True)
        assert batch.undo_id is not None
        return batch.undo_id

    undo.take_back(an, undo_id=let_go())
    assert (steps.fresh(claim).state, steps.fresh(claim).places) == ("exit-requested", 2)
    claims.stay(leader, claim_id=claim.pk)
    [next_one] = steps.claimed(post, waiting)
    decisions.line_up(an, claim_ids=[next_one.pk])
    undo_id = let_go()
    assert steps.fresh(next_one).state == "invited"
    answer = browsing.post(f"/undo/{undo_id}/", {"back": "/offers/claims/"}, follow=True)
    assert f"{claim.claimant_name}：名额已给下一位，未撤销。" in text(answer)
    assert [steps.fresh(row).state for row in (claim, next_one)] == ["left", "invited"]


def test_what_happened_since_stays_and_is_named(world: World) -> None:
    rows, an = applied(world, 3, places=3), world.actor("an")
    first = decided(world, rows)
    claims.request_exit(of(rows[0]), claim_id=rows[0].pk, reason="搬家")
    batch = undo.take_back(an, undo_id=first)
    assert [no.code for _, no in batch.refused] == ["claim.changed"]
    assert [steps.fresh(row).state for row in rows] == ["exit-requested", "applied", "applied"]
    refused = decided(world, rows[1:2], approve=False)
    claims.claim(of(rows[1]), offer_id=rows[1].offer_id)
    again = undo.take_back(an, undo_id=refused)
    assert [no.code for _, no in again.refused] == ["claim.applied"]
    last = decided(world, rows[2:])
    offers.cancel(an, offer_id=rows[2].offer_id, reason="撤岗")
    over = undo.take_back(an, undo_id=last)
    assert [no.code for _, no in over.refused] == ["offer.cancelled"]


def test_only_who_did_it_undoes_it_once_and_within_the_minute(world: World) -> None:
    rows, an = applied(world), world.actor("an")
    undo_id = decided(world, rows)
    world.accounts["ai"] = factories.account("艾文", Role.COMMUNITY_WORKER, world.willow)
    for actor in (world.actor("ai"), world.actor("bao"), of(rows[0])):
        with pytest.raises(Absent):
            undo.take_back(actor, undo_id=undo_id)
    with pytest.raises(Absent):
        undo.take_back(an, undo_id=uuid4())
    with clock.at(clock.now() + undo.WINDOW + timedelta(seconds=1)):
        assert refusal(undo.take_back, an, undo_id=undo_id) == "undo.late"
    assert {steps.fresh(row).state for row in rows} == {"active"}
    undo.take_back(an, undo_id=undo_id)
    assert refusal(undo.take_back, an, undo_id=undo_id) == "undo.done"


def test_the_sentence_after_a_decision_has_its_button(world: World) -> None:
    rows = applied(world)
    an = browser(world, "an")
    an.post("/offers/claims/decide/", {"ids": [str(row.pk) for row in rows]})
    page = an.get("/offers/claims/")
    note = UndoNote.objects.get(act="claims.decision")
    assert f'action="/undo/{note.pk}/"' in page.content.decode()
    assert "撤销" in text(page)
    answer = an.post(f"/undo/{note.pk}/", {"back": "/offers/claims/"})
    assert (answer.status_code, answer["Location"]) == (302, "/offers/claims/")
    page = an.get("/offers/claims/")
    assert "已撤销 2 项" in text(page)
    assert "/undo/" not in page.content.decode()
    assert {steps.fresh(row).state for row in rows} == {"applied"}
    assert browser(world, "bao").post(f"/undo/{note.pk}/").status_code == 404
