"""A member states what they took on and is over, with one tap; the list and the statement agree."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from baodao.accounts.queries import operator
from baodao.agenda.commands.services import state_claim
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.queries.rolls import roll_of
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.ledger.models import ServiceRecord
from baodao.offers.commands import hours, offers
from baodao.offers.models import Offer
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Person
from baodao.statements.commands.statements import (
    confirm_statements,
    entry_of,
    return_statement,
    state,
    withdraw_statement,
)
from baodao.statements.models import Statement
from tests.claims.test_claiming import refusal
from tests.ledger.steps import record
from tests.offers import steps
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import browser, text
from tests.world import World


@pytest.fixture
def yesterday(world: World) -> tuple[Offer, Actor, Claim]:
    """An activity of yesterday, nine to eleven, in which Chen has a place; nobody is recorded."""
    chen = steps.chen(world)
    with clock.at(clock.now() - timedelta(days=3)):
        offer = steps.published(world, starts_at=steps.hour(2), ends_at=steps.hour(2, 11))
        [row] = steps.claimed(offer, chen)
    return offer, chen, row


def test_of_several_claims_the_one_whose_place_lapses_has_the_red_button(world: World) -> None:
    chen = steps.chen(world)
    person = Person.objects.get(pk=chen.person_id)
    branch = person.memberships.get(closed_at=None).branch
    wish = steps.published(world, "wish", particulars={"situation": "elderly"})
    later = steps.published(world)
    steps.kept(wish, person, branch, claimed_at=clock.now())
    reds = re.compile(r'class="btn btn-primary"[^>]*>([^<]+)')
    page = browser(world, "chen")
    assert reds.findall(text(page.get("/me/claims/"))) == ["联系本人"]
    until = clock.now() + timedelta(days=1)
    steps.kept(later, person, branch, claimed_at=clock.now(), state="invited", confirm_by=until)
    for address in ("/me/today/", "/me/claims/"):
        shown = text(page.get(address)).split("<main")[-1]
        assert reds.findall(shown) == ["确认参加"], address
        assert "联系本人" in shown


Yesterday = tuple[Offer, Actor, Claim]


def test_one_tap_states_what_was_claimed_for_as_long_as_it_lasted(
    world: World, yesterday: Yesterday
) -> None:
    offer, _, row = yesterday
    chen = browser(world, "chen")
    for page in ("/me/claims/", "/me/today/"):
        assert "填报：2 小时" in text(chen.get(page))
    assert "昨天 · 2 小时" in text(chen.get("/me/services/"))
    answer = chen.post(f"/me/claims/{row.pk}/state/", follow=True)
    assert "已提交" in text(answer)
    stated = Statement.objects.get()
    assert (stated.minutes, stated.offer_id, stated.began_at) == (120, offer.pk, offer.starts_at)
    assert (stated.category, stated.community) == (offer.category, world.willow)
    for page in ("/me/claims/", "/me/today/"):
        told = text(chen.get(page))
        assert "填报：2 小时" not in told
        assert "服务已填报，待社区核实" in told, "it waits, and says for whom"
    assert "昨天 · 2 小时" not in text(chen.get("/me/services/"))
    for name in ("an", "bao", "deng", "gu"):
        assert browser(world, name).post(f"/me/claims/{row.pk}/state/").status_code == 404


def test_only_a_place_that_was_held_to_the_end_and_only_once(
    world: World, yesterday: Yesterday
) -> None:
    _, chen, row = yesterday
    coming = steps.claimed(steps.published(world), chen)[0]
    assert refusal(state_claim, chen, claim_id=coming.pk) == "claim.not-over"
    claims.withdraw_claim(chen, claim_id=coming.pk)
    assert refusal(state_claim, chen, claim_id=coming.pk) == "claim.left"
    with pytest.raises(Absent):
        state_claim(world.actor("an"), claim_id=row.pk)
    statement = state_claim(chen, claim_id=row.pk)
    assert refusal(state_claim, chen, claim_id=row.pk) == "claim.stated"
    withdraw_statement(chen, statement_id=statement.pk)
    assert state_claim(chen, claim_id=row.pk).state == "waiting"


def test_an_activity_next_door_is_stated_to_the_community_next_door(world: World) -> None:
    chen = steps.chen(world)
    with clock.at(clock.now() - timedelta(days=3)):
        when = {"starts_at": steps.hour(2), "ends_at": steps.hour(2, 11)}
        [row] = steps.claimed(steps.published(world, where=world.bridge, **when), chen)
    statement = state_claim(chen, claim_id=row.pk)
    assert confirm_statements(world.actor("an"), statement_ids=[]).done == []
    assert confirm_statements(world.actor("bao"), statement_ids=[statement.pk]).done
    assert ServiceRecord.objects.get().community == world.bridge


def test_a_returned_service_next_door_put_right_stays_that_of_what_was_claimed(
    world: World,
) -> None:
    chen = steps.chen(world)
    with clock.at(clock.now() - timedelta(days=3)):
        when = {"starts_at": steps.hour(2), "ends_at": steps.hour(2, 11)}
        offer = steps.published(world, where=world.bridge, **when)
        [row] = steps.claimed(offer, chen)
    statement = state_claim(chen, claim_id=row.pk)
    return_statement(world.actor("bao"), statement_id=statement.pk, reason="只来了一小时")
    browsing = browser(world, "chen")
    page = text(browsing.get(f"/me/services/add/?again={statement.pk}"))
    assert world.bridge.name in page
    day = clock.local(offer.starts_at).date()
    form = {
        "community": world.willow.pk, "served_on": day.isoformat(), "began": "09:00",
        "minutes": "1 小时", "category": offer.category, "way": "post", "result": "搬桌椅",
    }  # fmt: skip
    longer = browsing.post(f"/me/services/add/?again={statement.pk}", form | {"minutes": "5 小时"})
    assert "共2 小时" in text(longer), "of an activity nobody states more than it lasted"
    browsing.post(f"/me/services/add/?again={statement.pk}", form)
    statement.refresh_from_db()
    assert (statement.state, statement.minutes, statement.result) == ("waiting", 60, "搬桌椅")
    assert (statement.offer_id, statement.offer_title) == (offer.pk, offer.title)
    assert (statement.community, statement.way) == (world.bridge, "activity")
    assert "填报：2 小时" not in text(browsing.get("/me/claims/"))
    assert refusal(state_claim, chen, claim_id=row.pk) == "claim.stated"


def test_a_returned_service_belongs_to_who_stood_on_the_day_that_is_said_now(world: World) -> None:
    """Bao's community is merged between the day that was said first and the day that was right."""
    chen, now = steps.chen(world), clock.now()
    with clock.at(now - timedelta(days=7)):
        when = {"starts_at": steps.hour(2), "ends_at": steps.hour(2, 11)}
        [row] = steps.claimed(steps.published(world, where=world.bridge, **when), chen)
    with clock.at(now - timedelta(days=4)):
        done(world, world.bridge, Aim(Reform.MERGED, successor_id=world.north.pk))
    statement = state_claim(chen, claim_id=row.pk)
    assert statement.community == world.bridge
    for day, name in ((-6, "bridge"), (-2, "north"), (-6, "bridge")):
        return_statement(operator(), statement_id=statement.pk, reason="日期不对")
        service = replace(entry_of(statement), served_on=steps.hour(day).date(), began_at=None)
        statement = state(
            chen, community_id=world.willow.pk, entry=service, statement_id=statement.pk
        )
        assert statement.community == world.places[name], day
    assert confirm_statements(operator(), statement_ids=[statement.pk]).done
    assert ServiceRecord.objects.get().community == world.bridge


def test_the_list_answers_a_statement_that_waits(world: World, yesterday: Yesterday) -> None:
    offer, chen, row = yesterday
    state_claim(chen, claim_id=row.pk)
    record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout([chen.person_id], 120))
    record, statement = ServiceRecord.objects.get(), Statement.objects.get()
    assert (statement.state, statement.record_id) == ("confirmed", record.id)
    assert steps.fresh(row).state == "done"


def test_whose_statement_is_confirmed_came_whether_ticked_or_not(
    world: World, yesterday: Yesterday
) -> None:
    offer, chen, row = yesterday
    an = world.actor("an")
    statement = state_claim(chen, claim_id=row.pk)
    confirm_statements(an, statement_ids=[statement.pk])
    roll = roll_of(offer)
    assert (len(roll.expected), len(roll.recorded)) == (0, 1)
    assert refusal(offers.cancel, an, offer_id=offer.pk, reason="暴雨") == "offer.took-place"
    later = {"starts_at": offer.starts_at, "ends_at": steps.hour(-1, 10)}
    assert refusal(hours.reschedule, an, offer_id=offer.pk, **later) == "offer.recorded"
    record_roll(an, offer_id=offer.pk, turnout=Turnout([], 120))
    assert steps.fresh(row).state == "done"
    assert ServiceRecord.objects.count() == 1


def test_whom_a_closed_list_does_not_have_is_told_and_their_statement_is_looked_at(
    world: World, yesterday: Yesterday
) -> None:
    """Chen and another are left unticked; Chen states it before the list is closed or afterwards,
    and freely for the same hours; nothing of it is ticked for the worker."""
    offer, _, row = yesterday
    other = steps.registered(world, 1)[0]
    with clock.at(clock.now() - timedelta(days=3)):
        [theirs] = steps.claimed(offer, other)
    early = state_claim(other, claim_id=theirs.pk)
    record_roll(world.actor("an"), offer_id=offer.pk, turnout=Turnout([], 120))
    assert (steps.fresh(row).state, steps.fresh(theirs).state) == ("absent", "absent")
    chen = browser(world, "chen")
    before = text(chen.get("/me/claims/")).partition("以往")[2]
    assert "到场名单上没有您" in before
    assert "填报：2 小时" in before
    assert "已提交" in text(chen.post(f"/me/claims/{row.pk}/state/", follow=True))
    told = text(chen.get("/me/claims/"))
    assert ("到场名单上没有您" in told, "服务已填报，待社区核实" in told) == (False, True)
    assert refusal(state_claim, world.actor("chen"), claim_id=row.pk) == "claim.stated"
    late = Statement.objects.exclude(pk=early.pk).get()
    an = browser(world, "an")

    def ticked() -> list[bool]:
        page = an.get("/records/statements/").content.decode()
        assert page.count("已登记完毕的到场名单") == 2
        boxes = re.findall(r'<input[^>]*name="ids"[^>]*>', page)
        return ["checked" in box for box in boxes]

    assert ticked() == [False, False]
    free = replace(entry_of(late), offer_id=None, offer_title="", began_at=None)
    withdraw_statement(world.actor("chen"), statement_id=late.pk)
    state(world.actor("chen"), community_id=world.willow.pk, entry=free)
    evening = replace(free, began_at=steps.hour(-1, 19))
    state(world.actor("chen"), community_id=world.willow.pk, entry=evening)
    assert ticked() == [False, False, True]
    confirm_statements(world.actor("an"), statement_ids=[early.pk])
    assert roll_of(offer).recorded[0].person_id == other.person_id


def test_a_second_service_of_the_same_day_is_asked_about_not_refused(
    world: World, yesterday: Yesterday
) -> None:
    offer, _, row = yesterday
    day = clock.local(offer.starts_at).date()
    form = {
        "community": world.willow.pk, "served_on": day.isoformat(), "minutes": "1 小时",
        "category": "convenience", "way": "activity", "result": "修水龙头",
    }  # fmt: skip
    browsing = browser(world, "chen")
    browsing.post("/me/services/add/", form)
    assert Statement.objects.count() == 1
    asked = browsing.post(f"/me/claims/{row.pk}/state/")
    assert asked.status_code == 422
    assert "当天已有：修水龙头（1 小时）" in text(asked)
    browsing.post(f"/me/claims/{row.pk}/state/", {"another": "on"})
    assert Statement.objects.count() == 2
    asked = browsing.post("/me/services/add/", form | {"minutes": "30 分钟"})
    assert "楼道清洁（2 小时）" in text(asked)
    browsing.post("/me/services/add/", form | {"minutes": "30 分钟", "another": "on"})
    assert Statement.objects.count() == 3


def test_a_double_tap_is_not_asked_about_itself(world: World, yesterday: Yesterday) -> None:
    _, _, row = yesterday
    browsing, body = browser(world, "chen"), {"client_id": str(uuid4())}
    for _ in range(2):
        assert browsing.post(f"/me/claims/{row.pk}/state/", body).status_code == 302
    assert Statement.objects.count() == 1


def test_the_free_form_has_no_kind_until_one_is_chosen(world: World) -> None:
    steps.chen(world)
    chen = browser(world, "chen")
    assert "请选择" in text(chen.get("/me/services/add/"))
    form = {
        "community": world.willow.pk, "served_on": clock.today().isoformat(), "minutes": "1 小时",
        "category": "", "way": "activity",
    }  # fmt: skip
    assert chen.post("/me/services/add/", form).status_code == 422
    assert not Statement.objects.exists()


def test_what_overlaps_with_a_record_is_refused_with_the_record(
    world: World, yesterday: Yesterday
) -> None:
    _, chen, row = yesterday
    record(world, began_at=steps.hour(-1, 10), served_on=steps.hour(-1).date())
    assert refusal(state_claim, chen, claim_id=row.pk) == "record.overlap"
