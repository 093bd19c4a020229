"""A line of a first page leads to the one thing that waits, and to the list where more do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from baodao.appraisal.commands.signatures import sign_cards
from baodao.exemptions.commands import request_exemption
from baodao.home.queries.days import day_of
from baodao.home.tables.days import tasks_of
from baodao.home.tables.units import next_act_in
from baodao.kernel import clock
from baodao.needs.commands.requests import collect
from baodao.needs.rules.requests import NeedFacts
from baodao.offers.commands.proposals import propose
from baodao.people.models import Membership, Person
from baodao.registration.commands import arrivals
from baodao.statements.models import Dispute
from tests.agenda.test_parties import partnered
from tests.appraisal import steps as appraisal
from tests.exemptions.test_exemptions import asking
from tests.ledger.steps import record
from tests.offers import steps as offers
from tests.orders import steps as orders
from tests.registration import steps as registration
from tests.registration.browsing import browser, text
from tests.statements.test_disputes import raised
from tests.world import World

Waits = Callable[[World], str]
"""Makes one more thing wait, and says the address of its page."""


def proposal(world: World) -> str:
    row = propose(world.actor("deng"), unit_id=world.bureau.pk, facts=offers.facts())
    return f"/offers/{row.pk}/"


def need(world: World) -> str:
    facts = NeedFacts("路灯不亮，晚上不好走", "patrol")
    row = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    return f"/needs/{row.pk}/"


def offer(world: World) -> str:
    return f"/offers/{offers.published(world, 'post').pk}/"


def order(world: World) -> str:
    with clock.at(clock.now() - timedelta(days=9)):
        row = orders.ordered(world, orders.item(world))
    return f"/needs/{row.pk}/"


def dispute(world: World) -> str:
    row = record(world, served_on=clock.today() - timedelta(days=Dispute.objects.count()))
    return f"/records/disputes/{raised(world, row).pk}/answer/"


@pytest.mark.parametrize(
    ("waits", "several"),
    [
        (proposal, "/offers/?state=proposed"),
        (need, "/needs/?step=screen"),
        (offer, "/offers/?lacks=yes"),
        (order, "/needs/orders/?still=yes"),
        (dispute, "/records/disputes/"),
    ],
)
def test_a_line_of_today_leads_to_the_only_one(world: World, waits: Waits, several: str) -> None:
    def addresses() -> list[str]:
        return [task.act.url for task in tasks_of(day_of(world.actor("an"), world.willow))]

    partnered(world)
    only = waits(world)
    assert only in addresses()
    assert several not in addresses()
    assert browser(world, "an").get(only).status_code == 200
    waits(world)
    assert several in addresses()
    assert only not in addresses()
    assert "请另选，或显示全部" not in text(browser(world, "an").get(several)), "a choice it knows"


def exemption(world: World, person: Person) -> str:
    request = asking(world, person_id=person.pk)
    return f"/exemptions/{request_exemption(world.actor('dai'), request=request).pk}/decide/"


def card(world: World, person: Person) -> str:
    appraisal.registered(world, person)
    drafts = appraisal.drafted(world)
    sign_cards(world.actor("ji"), card_ids=appraisal.judged(world, drafts))
    return f"/feedback/{drafts[0].pk}/"


@pytest.mark.parametrize(
    ("waits", "several"),
    [(exemption, "/exemptions/?state=requested"), (card, "/unit/feedback/")],
)
def test_a_line_of_a_unit_leads_to_the_only_one(
    world: World, waits: Callable[[World, Person], str], several: str
) -> None:
    deng, people = browser(world, "deng"), registration.members(world, 2)
    with clock.at(appraisal.on(12, 10)):
        only = waits(world, people[0])
        assert f'href="{only}"' in text(deng.get("/unit/"))
        assert deng.get(only).status_code == 200
        clerk = text(browser(world, "dai").get("/unit/"))
        assert ("decide" in only) is (f'href="{only}"' not in clerk), "a clerk decides nothing"
        waits(world, people[1])
        assert f'href="{several}"' in text(deng.get("/unit/"))


def test_the_only_returned_letter_is_led_to(world: World) -> None:
    Membership.objects.exclude(person=world.people["chen"]).update(standing="retired")

    def next_address() -> str:
        act = next_act_in(world.actor("deng"), world.bureau.pk)
        return act.url if act else ""

    registration.returned(world)
    assert next_address() == f"/persons/{world.people['chen'].pk}/"
    for person in registration.members(world, 1):
        row = registration.submitted(world, person)
        arrivals.return_to_member(world.actor("an"), registration_id=row.pk, reason="地址不符")
    assert next_address() == "/letters/?state=returned"
