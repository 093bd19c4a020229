"""Every record is on one card of its person about a year or an event, whatever became of the
communities: merged, split, dissolved, or left in the middle of the year."""

from datetime import date, datetime
from uuid import UUID

import pytest
from django.urls import reverse

from baodao.appraisal.commands import drafts, signatures, withdrawals
from baodao.appraisal.commands.drafts import CardEvent
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import ticked_records
from baodao.appraisal.queries.changes import changes_of
from baodao.appraisal.rules.life import OUT
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.ledger.models import ServiceRecord
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.registration.commands import arrivals, departures
from baodao.registration.models import Registration
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.queries.papers import sheet_facts
from baodao.statements.queries.successions import Successions
from tests import factories
from tests.appraisal import steps
from tests.appraisal.steps import YEAR, day, on
from tests.ledger.steps import entry, recorded
from tests.orgs.test_reorganisations import done
from tests.registration.browsing import browser
from tests.world import World

EVENT = CardEvent("七一表彰", date(YEAR, 1, 1), date(YEAR, 11, 30))
WHO = {"willow": ("an", "ji"), "bridge": ("bao", "shi"), "north": ("bei", "beishu")}
"""By community its worker and its secretary."""


@pytest.fixture
def here(world: World) -> World:
    """Chen, registered by An in March, served there in May; each community has its people."""
    for key, (worker, secretary) in WHO.items():
        for name, role in (
            (worker, Role.COMMUNITY_WORKER),
            (secretary, Role.COMMUNITY_SECRETARY),
        ):
            if name not in world.accounts:
                account = factories.account(name, role, world.places[key], username=name)
                world.accounts[name] = account
    steps.registered(world)
    service(world, "willow", day(5, 4))
    return world


@pytest.fixture
def moved(here: World) -> World:
    """Chen, received by Bao in July, served there in August."""
    transfer(here, "bridge", month=7)
    service(here, "bridge", day(8, 4))
    return here


def service(world: World, where: str, when: date, at: datetime | None = None) -> ServiceRecord:
    """An hour of Chen's, recorded in September unless said."""
    with clock.at(at or on(9, 1)):
        chen = world.people["chen"].pk
        batch = recorded(world, entry(chen, served_on=when), who=WHO[where][0], where=where)
    [record] = batch.done
    return record


def transfer(world: World, to: str, month: int) -> None:
    """Chen goes to another community, which receives them."""
    with clock.at(on(month, 1)):
        old = Registration.objects.get(person=world.people["chen"], state="accepted")
        new = departures.transfer(
            world.actor("chen"),
            registration_id=old.pk,
            community_id=world.places[to].pk,
            reason="搬家",
        )
        actor = world.actor(WHO[to][0])
        assert arrivals.accept(actor, registration_ids=[new.pk]).done


def drawn(world: World, where: str, occasion: str, at: int = 2) -> UUID | None:
    """A card of Chen's of a community on a day of December, with a line; None where there is
    nothing to draw up."""
    worker, place = world.actor(WHO[where][0]), world.places[where].pk
    with clock.at(on(12, at)):
        if occasion:
            chen = world.people["chen"].pk
            drafts.draft_event(worker, community_id=place, person_id=chen, event=EVENT)
        else:
            drafts.draft_cards(worker, community_id=place, year=YEAR)
        rows = FeedbackCard.objects.filter(community=place, occasion=occasion, state="draft")
        ids = list(rows.values_list("pk", flat=True))
        drafts.judge(worker, lines=dict.fromkeys(ids, steps.LINE))
    return ids[0] if ids else None


def signed(world: World, where: str, occasion: str = "", at: int = 3) -> FeedbackCard:
    pk = drawn(world, where, occasion, at)
    assert pk is not None
    with clock.at(on(12, at, 10)):
        actor = world.actor(WHO[where][1])
        batch = signatures.sign_cards(actor, card_ids=[pk])
    assert batch.refused == []
    return card(pk)


def card(pk: UUID) -> FeedbackCard:
    return steps.fresh(FeedbackCard.objects.get(pk=pk))


def reformed(world: World, aim: Aim, at: datetime | None = None) -> None:
    """What is done to An's community, on 10 December unless said."""
    with clock.at(at or on(12, 10)):
        done(world, world.willow, aim)
    for place in world.places.values():
        place.refresh_from_db()


def merger(world: World) -> Aim:
    return Aim(Reform.MERGED, successor_id=world.bridge.pk)


def on_cards(occasion: str = "") -> list[UUID]:
    """The records behind all signed cards, as often as they are there."""
    rows = FeedbackCard.objects.filter(state__in=OUT, occasion=occasion)
    return sorted(record.id for row in rows for record in ticked_records(card(row.pk)))


def every_record() -> list[UUID]:
    return sorted(ServiceRecord.objects.values_list("id", flat=True))


@pytest.mark.parametrize("occasion", ["", EVENT.occasion])
def test_who_moved_in_the_middle_of_the_year_has_each_record_once(
    moved: World, occasion: str
) -> None:
    for where in ("willow", "bridge"):
        assert signed(moved, where, occasion).services == 1
    assert on_cards(occasion) == every_record()


@pytest.mark.parametrize("occasion", ["", EVENT.occasion])
def test_a_draft_of_the_successor_leaves_what_the_merged_one_has_signed(
    moved: World, occasion: str
) -> None:
    former = signed(moved, "willow", occasion)
    present = drawn(moved, "bridge", occasion)
    assert present is not None
    reformed(moved, merger(moved))
    with clock.at(on(12, 12)):
        ids = [present]
        assert signatures.sign_cards(moved.actor("shi"), card_ids=ids).refused == []
    assert [card(one).services for one in (former.pk, present)] == [1, 1]
    assert on_cards(occasion) == every_record()
    later = service(moved, "bridge", day(11, 5), at=on(12, 15))
    with clock.at(on(12, 16)):
        told = changes_of([card(former.pk), card(present)])
    assert not told[former.pk].any, "it is told beside one card"
    assert told[present].later == (later,)


def test_signed_before_the_merger_both_stay_and_tell_nothing(moved: World) -> None:
    cards = [signed(moved, where) for where in ("willow", "bridge")]
    reformed(moved, merger(moved))
    with clock.at(on(12, 12)):
        assert not any(one.any for one in changes_of([card(row.pk) for row in cards]).values())
    assert on_cards() == every_record()


def test_what_no_card_has_when_two_are_merged_is_told_beside_the_one(moved: World) -> None:
    present = signed(moved, "bridge")
    reformed(moved, merger(moved))
    with clock.at(on(12, 12)):
        [change] = changes_of([card(present.pk)]).values()
        assert [row.community for row in change.later] == [moved.willow]
        draft = withdrawals.draw_up_again(moved.actor("shi"), card_id=present.pk)
    assert card(draft.pk).services == 2


def test_drawn_up_again_the_card_of_the_merged_one_gives_its_records_to_the_other(
    moved: World,
) -> None:
    former, present = (signed(moved, where) for where in ("willow", "bridge"))
    reformed(moved, merger(moved))
    with clock.at(on(12, 12)):
        withdrawals.withdraw_card(moved.actor("shi"), card_id=former.pk, reason="写错了")
        [change] = changes_of([card(present.pk)]).values()
        assert [row.community for row in change.later] == [moved.willow]
        draft = withdrawals.draw_up_again(moved.actor("shi"), card_id=present.pk)
    assert card(draft.pk).services == 2
    assert card(present.pk).services == ticked_records(card(present.pk)).count() == 1


def test_dissolved_its_card_stays_and_nobody_counts_its_records_again(moved: World) -> None:
    signed(moved, "willow")
    reformed(moved, Aim(Reform.DISSOLVED))
    assert signed(moved, "bridge", at=12).services == 1
    assert on_cards() == every_record()


@pytest.fixture
def split(here: World) -> World:
    """An's community was split between Bao's, the first, and the northern one, which received Chen
    in July; in June they still served where Bao went on."""
    aim = Aim(Reform.SPLIT, successor_id=here.bridge.pk, further=(here.north.pk,))
    reformed(here, aim, on(6, 1))
    service(here, "bridge", day(6, 4))
    transfer(here, "north", month=7)
    service(here, "north", day(8, 4))
    return here


@pytest.mark.parametrize("occasion", ["", EVENT.occasion])
def test_of_a_split_who_received_the_member_has_their_past(split: World, occasion: str) -> None:
    assert signed(split, "bridge", occasion).services == 1
    assert signed(split, "north", occasion, at=4).services == 2
    assert on_cards(occasion) == every_record()


def test_as_of_before_it_received_them_the_past_is_with_the_first(split: World) -> None:
    chen, willow = split.people["chen"].pk, split.willow.pk
    successions = Successions.of([chen])
    for month, first, second in ((5, False, False), (6, True, False), (8, False, True)):
        stood = [
            willow in successions.stood_for(split.places[key], chen, on(month, 20))
            for key in ("bridge", "north")
        ]
        assert stood == [first, second], month
    assert willow in successions.stood_for(split.bridge, split.people["hao"].pk, on(8, 20))


def test_a_card_signed_before_the_split_keeps_its_records(here: World) -> None:
    former = signed(here, "willow")
    aim = Aim(Reform.SPLIT, successor_id=here.bridge.pk, further=(here.north.pk,))
    reformed(here, aim, on(12, 5))
    with clock.at(on(12, 6)):
        old = Registration.objects.get(person=here.people["chen"])
        new = departures.transfer(
            here.actor("chen"),
            registration_id=old.pk,
            community_id=here.north.pk,
            reason="划归北门",
        )
        arrivals.accept(here.actor("bei"), registration_ids=[new.pk])
    service(here, "north", day(12, 7), at=on(12, 8))
    assert signed(here, "north", at=9).services == 1
    assert on_cards() == every_record()
    with clock.at(on(12, 10)):
        assert not changes_of([card(former.pk)])[former.pk].any


def test_who_received_the_member_shows_and_prints_their_past(split: World) -> None:
    chen = split.people["chen"]
    with clock.at(on(9, 10)):
        client = browser(split, "bei")
        page = client.get(reverse("statements:person", args=[chen.pk])).content.decode()
        assert page.count("柳荫社区") == 1
        sheet = issue_sheet(
            split.actor("bei"),
            community_id=split.north.pk,
            person_id=chen.pk,
            since=day(1, 1),
            until=day(9, 1),
        )
        form = client.get(reverse("statements:issue_sheet", args=[chen.pk]))
    assert (form.status_code, len(sheet_facts(split.actor("bei"), sheet)["rows"])) == (200, 2)
    with clock.at(on(9, 11)):
        ours = sheet_facts(
            split.actor("bao"),
            issue_sheet(
                split.actor("bao"),
                community_id=split.bridge.pk,
                person_id=chen.pk,
                since=day(1, 1),
                until=day(9, 1),
            ),
        )
    assert [row["community"] for row in ours["rows"]] == ["石桥社区"]
