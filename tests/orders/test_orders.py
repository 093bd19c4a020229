"""三单制: ordered, dispatched, taken on, done and rated; who has it stands at every stage."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.agenda.commands.services import read_contact
from baodao.attendance.commands.rolls import DayService, record_day
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.ledger.models import ServiceRecord
from baodao.needs.commands.menu import edit_item, end_item, publish_item
from baodao.needs.commands.needs import close_need
from baodao.needs.commands.requests import collect
from baodao.needs.commands.residents import answer_as_asker, withdraw_asked
from baodao.needs.models import MenuItem, Need
from baodao.needs.queries.menu import menu_of
from baodao.needs.queries.needs import needs, similar_to
from baodao.needs.queries.residents import asked_by_code
from baodao.needs.rules.menu import check_item, check_room
from baodao.needs.rules.requests import NeedFacts
from baodao.needs.tables import needs_of
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to, sentence_of
from baodao.offers.commands import offers
from baodao.offers.commands.answers import draft_offer, match_offer
from baodao.offers.models import Offer
from baodao.orders.commands.dispatch import Dispatch, OrderWords, send_on, send_order
from baodao.orders.queries.orders import orders_in, standing_still
from baodao.orders.tables import orders_of
from baodao.partnership.commands.registrations import end
from baodao.partnership.models import UnitRegistration
from baodao.people.models import Person
from baodao.registration.commands import arrivals
from tests.offers import steps as offered
from tests.orders import steps
from tests.registration import steps as road
from tests.world import World


def stage(world: World) -> tuple[str, str | None]:
    """The stage of the only order, and who has it."""
    row = orders_in(world.actor("an"), world.willow).get()
    return row.stage, row.holder


def served(world: World, claim: Claim) -> None:
    service = DayService(clock.today(), 40, "理发一次")
    record_day(world.actor("an"), claim_ids=[claim.pk], service=service)


def test_an_order_goes_from_the_menu_to_the_word_of_who_ordered(world: World) -> None:
    need = steps.ordered(world, steps.item(world), text="腿脚不便，下午都在家")
    assert (need.text, need.category) == ("上门理发：腿脚不便，下午都在家", "convenience")
    chen = offered.chen(world)
    assert stage(world) == ("asked", None)
    offer = steps.dispatched(world, need)
    assert (offer.title, offer.schedule, offer.text) == ("上门理发", "每周三下午", "")
    assert stage(world) == ("dispatched", None)
    assert asked_by_code(need.code).headline == "正在帮办"
    [claim] = offered.claimed(offer, chen)
    assert stage(world) == ("taken", "陈晓宇")
    assert asked_by_code(need.code).headline == "已有人接单"
    contact = read_contact(chen, claim_id=claim.pk)
    assert (contact.phone, contact.text) == (steps.PHONE, need.text)
    served(world, claim)
    assert ServiceRecord.objects.get().way == "menu"
    assert stage(world) == ("done", "陈晓宇")
    answer_as_asker(NOBODY, code=need.code, satisfied="yes", remark="剪得好")
    assert stage(world) == ("rated", "陈晓宇")


def test_a_week_bears_no_more_orders_than_the_menu_says(world: World) -> None:
    item, page = steps.item(world), steps.page_of(world)
    first = steps.ordered(world, item, page)
    steps.ordered(world, item, page)
    with pytest.raises(Refused, match=r"menu\.full"):
        steps.ordered(world, item, page)
    assert menu_of(world.willow).get().full
    close_need(world.actor("an"), need_id=first.pk, met=False, reason="不需要了")
    steps.ordered(world, item, page)
    with clock.at(clock.now() + timedelta(days=7)):
        steps.ordered(world, item, page)


def test_what_is_taken_off_the_menu_is_not_ordered_and_its_orders_go_on(world: World) -> None:
    item, page = steps.item(world), steps.page_of(world)
    need = steps.ordered(world, item, page)
    end_item(world.actor("an"), item_id=item.pk)
    with pytest.raises(Absent):
        steps.ordered(world, item, page)
    assert not menu_of(world.willow).exists()
    assert steps.dispatched(world, need).state == "published"


def test_nothing_of_another_community_is_ordered_or_changed(world: World) -> None:
    item = publish_item(world.actor("bao"), provider_id=world.bridge.pk, facts=steps.menu_facts())
    with pytest.raises(Absent):
        steps.ordered(world, item)
    for act in (edit_item, end_item):
        facts = {"facts": steps.menu_facts()} if act is edit_item else {}
        with pytest.raises(Absent):
            act(world.actor("an"), item_id=item.pk, **facts)
    for name in ("an", "chen", "fan"):
        with pytest.raises(Absent):
            publish_item(world.actor(name), provider_id=world.bridge.pk, facts=steps.menu_facts())


def test_a_unit_puts_on_the_menu_of_its_partner_community_which_is_told(world: World) -> None:
    deng = world.actor("deng")
    with pytest.raises(Refused, match=r"menu\.no-partner"):
        publish_item(deng, provider_id=world.bureau.pk, facts=steps.menu_facts())
    steps.partner(world)
    item = publish_item(deng, provider_id=world.bureau.pk, facts=steps.menu_facts())
    assert (item.community, item.provider) == (world.willow, world.bureau)
    assert Notice.objects.filter(kind="menu-published", organisation=world.willow).count() == 1
    assert steps.ordered(world, item).item == item
    end_item(world.actor("an"), item_id=item.pk)


def test_what_a_unit_serves_goes_off_the_menu_with_its_contact(world: World) -> None:
    steps.partner(world)
    deng, page = world.actor("deng"), steps.page_of(world)
    item = publish_item(deng, provider_id=world.bureau.pk, facts=steps.menu_facts())
    own = steps.item(world)
    form = UnitRegistration.objects.get()
    end(deng, unit_registration_id=form.pk, reason="结对结束")
    assert list(menu_of(world.willow)) == [own]
    with pytest.raises(Absent):
        edit_item(deng, item_id=item.pk, facts=steps.menu_facts())
    with pytest.raises(Absent):
        steps.ordered(world, item, page)


def test_an_order_is_taken_down_at_the_window_and_in_the_grid(world: World) -> None:
    item = steps.item(world)
    facts = NeedFacts("", "other", source="grid", item_id=item.pk)
    need = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    assert (need.text, need.source, need.item) == ("上门理发：每周三下午", "grid", item)


def test_orders_of_the_same_service_are_served_one_by_one(world: World) -> None:
    item, page = steps.item(world), steps.page_of(world)
    needs = [steps.ordered(world, item, page) for _ in range(2)]
    assert similar_to(needs) == {}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": " "}, "menu.words"),
        ({"schedule": ""}, "menu.words"),
        ({"category": "unknown"}, "menu.category"),
        ({"weekly": 0}, "menu.weekly"),
        ({"weekly": 201}, "menu.weekly"),
    ],
)
def test_what_cannot_be_ordered_does_not_stand_on_a_menu(
    told: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        check_item(steps.menu_facts(**told), ["convenience"])


def test_a_full_week_says_from_when_it_may_be_ordered_again() -> None:
    thursday = clock.midnight(clock.today()).date().replace(2026, 12, 3)
    check_room(2, 1, thursday)
    with pytest.raises(Refused) as refused:
        check_room(2, 2, thursday)
    assert refused.value.facts["day"] == "12月7日"


def test_who_is_assigned_is_asked_and_nobody_else_can_take_it(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    first, other = offered.registered(world, 2)
    offer = steps.dispatched(world, need, "named", person_ids=[first.person_id])
    assert stage(world)[0] == "kept"
    assert asked_by_code(need.code).headline == "正在帮办"
    [waiting] = offered.claimed(offer, other)
    assert waiting.state == "waiting"
    claim = Claim.objects.get(person=first.person_id)
    assert Notice.objects.filter(person=first.person_id, about=claim.pk).exists()
    claims.confirm_invitation(first, claim_id=claim.pk)
    assert stage(world) == ("taken", first.name)


def test_who_gives_an_assignment_back_leaves_it_open_to_others(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    first, other = offered.registered(world, 2)
    offer = steps.dispatched(world, need, "named", person_ids=[first.person_id])
    claims.withdraw_claim(first, claim_id=Claim.objects.get().pk)
    assert stage(world) == ("dispatched", None)
    [told] = notices_to(world.actor("an"), world.willow).filter(about=offer.pk)
    assert sentence_of(told) == f"{first.name}放弃了“上门理发”，还没有别人承接。"
    assert told.url == f"/offers/{offer.pk}/"
    offered.claimed(offer, other)
    assert stage(world) == ("taken", other.name)


def test_an_assignment_that_is_not_answered_lapses(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    [first] = offered.registered(world, 1)
    offer = steps.dispatched(world, need, "named", person_ids=[first.person_id])
    with clock.at(clock.now() + timedelta(days=3)):
        claims.lapse_invitations(world.actor("an"), offer_id=offer.pk)
        [told] = notices_to(world.actor("an"), world.willow).filter(about=offer.pk)
    assert sentence_of(told) == f"{first.name}没有按时确认“上门理发”，还没有别人承接。"
    assert stage(world) == ("dispatched", None)


@pytest.mark.parametrize(
    ("road", "code"),
    [("named", "order.one"), ("asked", "order.nobody"), ("units", "order.nobody"),
     ("", "order.road")],
)  # fmt: skip
def test_nothing_is_published_that_goes_to_nobody(world: World, road: str, code: str) -> None:
    need = steps.ordered(world, steps.item(world))
    with pytest.raises(Refused, match=code):
        steps.dispatched(world, need, road)
    assert not Offer.objects.exists()


def test_a_member_received_next_door_is_not_assigned(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    chen = world.people["chen"]
    Person.objects.filter(pk=chen.pk).update(home_community=world.bridge)
    letter = road.submitted(world)
    assert arrivals.accept(world.actor("bao"), registration_ids=[letter.pk]).done
    with pytest.raises(Absent):
        steps.dispatched(world, need, "named", person_ids=[chen.pk])
    assert not Offer.objects.exists()


def test_only_what_is_for_one_person_is_sent_on(world: World) -> None:
    [member] = offered.registered(world, 1)
    activity = offered.published(world)
    assert member.person_id
    to = Dispatch("named", person_ids=[member.person_id])
    with pytest.raises(Absent):
        send_on(world.actor("an"), offer_id=activity.pk, to=to)
    assert not Claim.objects.exists()


def test_words_that_tell_who_ordered_are_not_published(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    with pytest.raises(Refused, match=r"offer\.names"):
        send_order(
            world.actor("an"),
            need_id=need.pk,
            words=OrderWords("给王奶奶理发"),
            to=Dispatch("members"),
        )


def test_what_is_drafted_already_is_not_dispatched_beside_it(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    draft_offer(world.actor("an"), need_id=need.pk, kind="activity")
    with pytest.raises(Refused, match=r"order\.drafted"):
        steps.dispatched(world, need)


def test_an_order_that_nothing_happens_to_stands_still_until_something_does(world: World) -> None:
    an = world.actor("an")
    steps.ordered(world, steps.item(world))

    def still() -> int:
        return standing_still(orders_in(an, world.willow)).count()

    assert still() == 0
    with clock.at(clock.now() + timedelta(days=4)):
        assert still() == 1
        steps.dispatched(world, Need.objects.get())
        assert still() == 0


def test_the_next_community_sees_and_dispatches_nothing(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    bao = world.actor("bao")
    assert not orders_in(bao, world.willow).exists()
    with pytest.raises(Absent):
        send_order(bao, need_id=need.pk, words=OrderWords("理发"), to=Dispatch("members"))
    assert MenuItem.objects.get().ended_at is None


def test_who_ordered_withdraws_it_until_somebody_is_sent(world: World) -> None:
    item, page = steps.item(world), steps.page_of(world)
    first, second = (steps.ordered(world, item, page) for _ in range(2))
    withdraw_asked(NOBODY, code=first.code)
    view = asked_by_code(first.code)
    assert (view.need.state, view.may_withdraw) == ("unmet", False)
    assert view.events[-1].sentence == "您表示不再需要"
    an = world.actor("an")
    for spec, rows in (
        (orders_of(world.willow), orders_in(an, world.willow)),
        (needs_of(world.willow, {}), needs(an)),
    ):
        assert spec.columns[-1].value(rows.get(pk=first.pk)) == "提出人表示不再需要。"
    steps.dispatched(world, second)
    with pytest.raises(Refused, match=r"need\.open"):
        withdraw_asked(NOBODY, code=second.code)


def test_what_was_drafted_for_who_withdrew_is_neither_dispatched_nor_published(
    world: World,
) -> None:
    an, need = world.actor("an"), steps.ordered(world, steps.item(world))
    draft = draft_offer(an, need_id=need.pk, kind="order")
    withdraw_asked(NOBODY, code=need.code)
    with pytest.raises(Refused, match=r"need\.unmet"):
        steps.dispatched(world, need)
    with pytest.raises(Refused, match=r"offer\.nobody-waits"):
        offers.publish(an, offer_id=draft.pk)
    assert Offer.objects.get().state == "draft"


def test_an_order_that_came_back_counts_from_the_day_on_which_it_did(world: World) -> None:
    an, need = world.actor("an"), steps.ordered(world, steps.item(world))
    offer = steps.dispatched(world, need)
    with clock.at(clock.now() + timedelta(days=10)):
        offers.cancel(an, offer_id=offer.pk, reason="理发师病了")
        row = orders_in(an, world.willow).get()
        assert (row.stage, clock.days_since(row.since)) == ("asked", 0)
        assert not standing_still(orders_in(an, world.willow)).exists()


def test_what_is_drafted_already_is_locked_before_its_need(world: World) -> None:
    need = steps.ordered(world, steps.item(world))
    draft_offer(world.actor("an"), need_id=need.pk, kind="order")
    with CaptureQueriesContext(connection) as seen:
        steps.dispatched(world, need)
    locks = [one["sql"] for one in seen if "FOR NO KEY UPDATE" in one["sql"]]
    tables = [re.search('FROM "([a-z_]+)"', sql) for sql in locks]
    order = [table[1] for table in tables if table]
    assert order.index("offers_offer") < order.index("needs_need")


def test_an_order_ends_with_the_need_that_was_not_met_and_who_took_it_on_is_told(
    world: World,
) -> None:
    an, need = world.actor("an"), steps.ordered(world, steps.item(world))
    offer = steps.dispatched(world, need)
    [claim] = offered.claimed(offer, offered.chen(world))
    with pytest.raises(Refused, match=r"offer\.names"):
        close_need(an, need_id=need.pk, met=False, reason="王奶奶住院了")
    close_need(an, need_id=need.pk, met=False, reason="已由家人理好")
    offer.refresh_from_db()
    assert (offer.state, offer.ended_reason) == ("cancelled", "已由家人理好")
    assert offered.fresh(claim).state == "left"
    notice = Notice.objects.get(kind="offer-cancelled", person=world.actor("chen").person_id)
    assert notice.facts["reason"] == "已由家人理好"


def test_an_order_that_somebody_took_on_is_met_by_their_service(world: World) -> None:
    an, need = world.actor("an"), steps.ordered(world, steps.item(world))
    offer = steps.dispatched(world, need)
    [claim] = offered.claimed(offer, offered.chen(world))
    with pytest.raises(Refused, match=r"offer\.taken-on"):
        close_need(an, need_id=need.pk, met=True)
    assert offered.fresh(claim).state == "active"
    served(world, claim)
    assert stage(world) == ("done", "陈晓宇")


def test_an_order_that_nobody_took_on_is_over_when_its_need_is_met_otherwise(
    world: World,
) -> None:
    need = steps.ordered(world, steps.item(world))
    offer = steps.dispatched(world, need)
    close_need(world.actor("an"), need_id=need.pk, met=True)
    offer.refresh_from_db()
    assert offer.state == "closed"


def test_an_order_goes_on_for_who_else_waits_for_it(world: World) -> None:
    an, item, page = world.actor("an"), steps.item(world), steps.page_of(world)
    first, second = (steps.ordered(world, item, page) for _ in range(2))
    offer = steps.dispatched(world, first)
    match_offer(an, need_id=second.pk, offer_id=offer.pk)
    for need, state in ((first, "published"), (second, "cancelled")):
        close_need(an, need_id=need.pk, met=False, reason="不再需要了")
        offer.refresh_from_db()
        assert offer.state == state
