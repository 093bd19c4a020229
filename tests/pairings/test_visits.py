"""Which visits count, how they are told, and when a reminder of one is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.claims.commands.claims import claim_for, request_exit
from baodao.claims.commands.decisions import decide_claims, decide_exits
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.ledger.commands.corrections import correct, reverse
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import with_closed
from baodao.offers.commands import offers
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.pairings import tasks
from baodao.pairings.commands import pairings as commands
from baodao.pairings.queries.pairings import to_remind
from baodao.pairings.queries.visits import visits_of
from baodao.pairings.rules.policies import REMIND_DAYS
from baodao.statements.commands.statements import return_statement
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done
from tests.pairings import steps
from tests.registration.browsing import browser, text
from tests.teams import steps as teamed
from tests.world import World


def later(days: int) -> object:
    return clock.at(offered.hour(days, 10))


def undone(world: World, record: ServiceRecord) -> None:
    told = {"community_id": record.community_id, "record_id": record.id, "reason": "登记有误"}
    reverse(world.actor("an"), **told)


def put_back(world: World, record: ServiceRecord) -> None:
    """An corrects the day: it was five days before."""
    entry = Entry(
        person_id=record.person_id,
        served_on=record.served_on - timedelta(days=5),
        minutes=record.minutes,
        category=record.category,
        way=record.way,
        result=record.result,
    )
    told = {"community_id": record.community_id, "record_id": record.id, "reason": "日期写错"}
    correct(world.actor("an"), entry=replace(entry, offer_id=record.offer_id), **told)


@pytest.mark.parametrize(("act", "visited"), [(undone, None), (put_back, -6)])
def test_a_record_that_was_reversed_is_no_visit_and_a_corrected_one_is_of_its_right_day(
    world: World, act: Callable[[World, ServiceRecord], None], visited: int | None
) -> None:
    helper = offered.chen(world)
    with later(-20):
        offer = steps.pairing(world)
        claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim, steps.days(-1)))
    assert steps.row_of(world, offer).visited_on == steps.days(-1)
    act(world, ServiceRecord.objects.get())
    expected = None if visited is None else steps.days(visited)
    assert steps.row_of(world, offer).visited_on == expected


def test_a_visit_of_a_team_is_a_service_of_the_team(world: World) -> None:
    offer, [leader] = steps.pairing(world), teamed.team(world, 1)
    people = [leader.person_id] if leader.person_id else []
    claim = claim_for(leader, offer_id=offer.pk, organisation_id=world.team.pk, person_ids=people)
    assert decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True).done
    steps.confirmed(world, steps.visited(leader, claim))
    assert ServiceRecord.objects.get().way == "team"


@pytest.mark.parametrize("words", ["看望王桂兰", "电话 199 0000 7777"])
def test_nothing_that_is_told_of_a_pairing_says_who_is_helped(world: World, words: str) -> None:
    helper, offer, an = offered.chen(world), steps.pairing(world), world.actor("an")
    claim = steps.paired(world, offer, helper)
    for act in (
        lambda: steps.visited(helper, claim, result=words),
        lambda: commands.pass_on(an, claim_id=claim.pk, reason=words),
        lambda: commands.end_pairing(an, offer_id=offer.pk, reason="moved", words=words),
        lambda: offers.cancel(an, offer_id=offer.pk, reason=words),
        lambda: offers.close(an, offer_id=offer.pk, reason=words),
        lambda: request_exit(helper, claim_id=claim.pk, reason=words),
        lambda: decide_claims(an, claim_ids=[claim.pk], approve=False, reason=words),
        lambda: decide_exits(an, claim_ids=[claim.pk], approve=False, reason=words),
    ):
        with pytest.raises(Refused, match=r"offer\.names"):
            act()
    assert steps.row_of(world, offer).stage == "going"


def test_a_returned_visit_is_shown_as_returned(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    address, an = f"/offers/pairings/{offer.pk}/", browser(world, "an")
    statement = steps.visited(helper, claim)
    assert "待核实" in text(an.get(address))
    return_statement(world.actor("an"), statement_id=statement.pk, reason="当天家里没人")
    assert [visit.state for visit in visits_of(offer)] == ["returned"]
    page = text(an.get(address))
    assert "已退回" in page
    assert "待核实" not in page


def due_notice(world: World, helper: Actor) -> Callable[[], bool]:
    """Whether the reminder of the helper is closed."""
    tasks.remind_of_visits()
    mine = with_closed(notices_to(helper, None)).filter(kind="claim-visit-due")
    return lambda: bool(mine.get().closed)


def test_a_returned_visit_leaves_the_reminder_open(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    with later(12):
        closed = due_notice(world, helper)
        statement = steps.visited(helper, claim)
        assert closed()
        return_statement(world.actor("an"), statement_id=statement.pk, reason="当天家里没人")
        assert not closed()


def test_who_handed_over_is_reminded_no_more_though_another_visits(world: World) -> None:
    first, second = offered.registered(world, 2)
    offer = steps.pairing(world)
    former = steps.paired(world, offer, first)
    with later(12):
        closed = due_notice(world, first)
        assert not closed()
        commands.pass_on(world.actor("an"), claim_id=former.pk, reason="出差半年")
        steps.paired(world, offer, second)
        assert closed()


def test_who_asks_to_leave_still_comes_to_the_page_of_visits(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    request_exit(helper, claim_id=claim.pk, reason="工作调动")
    assert f"/me/pairings/{claim.pk}/" in text(browser(world, "chen").get("/me/claims/"))


def test_who_took_a_community_over_decides_how_long_before_is_reminded(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    steps.paired(world, offer, helper)
    sun = world.actor("sun")
    set_policy(sun, organisation_id=world.willow.pk, policy=REMIND_DAYS, value=1)
    with later(11):
        assert to_remind() == []
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    with later(11):
        assert [row.pk for row, _ in to_remind()] == [offer.pk]


def test_reminders_of_many_pairings_ask_no_more_than_of_one(world: World) -> None:
    first, second = offered.registered(world, 2)
    steps.paired(world, steps.pairing(world), first)
    with later(12), CaptureQueriesContext(connection) as few:
        assert len(to_remind()) == 1
    steps.paired(world, steps.pairing(world, title="上门读报"), second)
    with later(12), CaptureQueriesContext(connection) as many:
        assert len(to_remind()) == 2
    assert len(many) == len(few)
