"""After two communities were merged, what hangs on the closed one goes on in its successor: used by
the successor's people, by the member and by the unit, each thing works once and stands once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from baodao.appraisal.commands.drafts import draft_cards
from baodao.appraisal.models import FeedbackCard
from baodao.attendance.commands.rolls import DayService, Turnout, record_day, record_roll
from baodao.attendance.queries.rolls import rolls_to_record
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf
from baodao.ledger.models import ServiceRecord
from baodao.needs.models import Need
from baodao.notices.queries.notices import of_organisation
from baodao.offers.models import Offer
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Organisation, Reorganisation
from baodao.orgs.queries.reorganisations import handover_lines, plan_of
from baodao.orgs.rules.handovers import Aim, Fate, Reform
from baodao.registration.models import Registration
from baodao.statements.commands.disputes import dispute
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.commands.statements import return_statement
from baodao.statements.models import Dispute, RecordSheet, Statement
from baodao.statements.queries.statements import stating_places
from baodao.timesheets.commands import upload
from baodao.timesheets.models import RecordImport
from tests import factories
from tests.appraisal.steps import LINE
from tests.insight.test_handovers import picture
from tests.ledger import steps as ledger
from tests.needs.steps import need
from tests.offers import steps as offered
from tests.registration import steps as road
from tests.registration.browsing import browser, text
from tests.statements.steps import stated
from tests.timesheets.test_imports import row, workbook
from tests.world import World

DAY = timedelta(days=1)
NOW = datetime(2030, 11, 20, 15, tzinfo=clock.ZONE)


@pytest.fixture
def life(world: World) -> Iterator[World]:
    """An's community in the middle of everything; Shi is the secretary of Bao's."""
    with clock.at(NOW):
        _live(world)
        yield world


def _live(world: World) -> None:
    now = NOW
    world.accounts["shi"] = factories.account(
        "石书", Role.COMMUNITY_SECRETARY, world.bridge, username="shi"
    )
    with clock.at(now - 30 * DAY):
        offered.chen(world)
        late, new = road.members(world, 2)
        world.people |= {"late": late, "new": new}
        road.accepted(world, world.people["late"])
        road.issued(world, world.people["new"])
        for key in ("late", "new"):
            person = world.people[key]
            world.accounts[key] = factories.account(person.name, person=person, username=key)
    with clock.at(now - 20 * DAY):
        _claims(world)
        _records(world)
    with clock.at(now - 2 * DAY + timedelta(hours=12)):
        activity = Offer.objects.get(kind="activity")
        came = Turnout([world.people["chen"].pk], minutes=60, more=True)
        record_roll(world.actor("an"), offer_id=activity.pk, turnout=came)
        [card, _] = draft_cards(world.actor("an"), community_id=world.willow.pk, year=now.year)
        FeedbackCard.objects.filter(pk=card.pk).update(judgement=LINE, judged_by="安静")


def _claims(world: World) -> None:
    """A post that Chen serves in, and an activity two days ago that two took part in."""
    an_hour = {"starts_at": offered.hour(18), "ends_at": offered.hour(18, 11)}
    for offer in (offered.published(world, "post"), offered.published(world, **an_hour)):
        claims.claim(world.actor("chen"), offer_id=offer.pk)
    claims.claim(world.actor("late"), offer_id=offer.pk)
    need(world)


def _records(world: World) -> None:
    """Two services with an objection and a sheet; statements that wait and came back; a table."""
    chen, an = world.people["chen"].pk, world.actor("an")
    day = clock.today() - DAY
    record = ledger.record(world, served_on=day)
    ledger.record(world, world.people["late"], served_on=day)
    dispute(
        world.actor("chen"), community_id=world.willow.pk, record_id=record.id, text="做了两小时"
    )
    issue_sheet(an, community_id=world.willow.pk, person_id=chen, since=day, until=day)
    stated(world, served_on=day - DAY)
    back = stated(world, served_on=day - 2 * DAY)
    return_statement(an, statement_id=back.pk, reason="写明地点")
    table = workbook(row(日期=str(day - 3 * DAY)))
    upload(an, community_id=world.willow.pk, file_name="十一月.xlsx", content=table)


def merged(world: World) -> Reorganisation:
    aim = Aim(Reform.MERGED, successor_id=world.bridge.pk)
    return reorganise(
        world.actor("sun"), organisation_id=world.willow.pk, aim=aim, reason="社区合并"
    )


@pytest.fixture
def one(life: World) -> World:
    """The world after the merger."""
    merged(life)
    life.places["willow"] = Organisation.objects.get(pk=life.willow.pk)
    return life


def opened(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return text(answer)


def sent(client: Client, name: str, *args: object, **fields: Any) -> str:
    """Send a form as the page would; the page that follows."""
    body = {"client_id": uuid4(), **fields}
    answer: HttpResponse = client.post(reverse(name, args=args), body, follow=True)
    assert answer.status_code == 200, (name, answer.status_code)
    return text(answer)


def service(world: World, days_ago: int = 1, **fields: Any) -> dict[str, Any]:
    """What the form about a service asks, of so many days ago."""
    day = clock.today() - days_ago * DAY
    told = {"served_on": day, "minutes": "1小时", "category": "environment", "way": "post"}
    return {"community": world.bridge.pk, "place": "", "result": "", **told, **fields}


def states() -> list[tuple[str, str]]:
    rows = Statement.objects.order_by("stated_at").values_list("community__name", "state")
    return sorted(rows)


def test_the_member_states_and_puts_right_what_came_back(one: World) -> None:
    chen = browser(one, "chen")
    assert "填报服务" in opened(chen, "statements:own")
    assert stating_places(one.actor("chen")) == [one.bridge]
    back = Statement.objects.get(state="returned")
    page = opened(chen, "statements:state", again=str(back.pk))
    assert f'<option value="{one.bridge.pk}" selected' in page
    address = f"{reverse('statements:state')}?again={back.pk}"
    day = service(one) | {"served_on": back.served_on, "place": "3号楼前"}
    answer = chen.post(address, {"client_id": uuid4(), **day}, follow=True)
    assert "已提交，等社区核实" in text(answer)
    assert states() == [("柳荫社区", "waiting")] * 2, "a service belongs to who stood on its day"
    tomorrow = clock.now() + DAY
    with clock.at(tomorrow):
        sent(browser(one, "chen"), "statements:state", **service(one, 0))
    assert states() == sorted([("柳荫社区", "waiting")] * 2 + [("石桥社区", "waiting")])


def test_the_successor_confirms_each_statement_once(one: World) -> None:
    bao = browser(one, "bao")
    [waiting] = Statement.objects.filter(state="waiting")
    assert "陈晓宇" in opened(bao, "statements:statements")
    before = ServiceRecord.objects.count()
    for _ in range(2):
        sent(bao, "statements:confirm", ids=[waiting.pk])
    assert ServiceRecord.objects.count() == before + 1
    assert states() == [("柳荫社区", "confirmed"), ("柳荫社区", "returned")]


def test_what_is_told_to_a_closed_community_is_read_by_its_successor(one: World) -> None:
    late = one.people["late"]
    [record] = ServiceRecord.objects.filter(person=late, community=one.willow)
    dispute(one.actor("late"), community_id=one.willow.pk, record_id=record.id, text="做了两小时")
    told = of_organisation(one.actor("bao"), one.bridge).filter(kind="record-disputed")
    assert [notice.facts["name"] for notice in told] == [late.name, "陈晓宇"], "what waited too"


def test_a_list_half_recorded_is_finished_by_the_successor(one: World) -> None:
    bao, activity = browser(one, "bao"), Offer.objects.get(kind="activity")
    assert list(rolls_to_record(one.actor("bao"), one.bridge)) == [activity]
    assert activity.title in opened(bao, "home:today")
    assert activity.starts_at is not None
    month = f"{clock.local(activity.starts_at):%Y-%m}"
    assert activity.title in opened(bao, "agenda:month", month=month)
    came = Turnout([one.people["late"].pk], minutes=60)
    [record] = record_roll(one.actor("bao"), offer_id=activity.pk, turnout=came).done
    assert record.community == one.willow, "on its day the other stood"
    assert not rolls_to_record(one.actor("bao"), one.bridge)
    assert ServiceRecord.objects.filter(offer_id=activity.pk).count() == 2


def test_a_post_goes_on(one: World) -> None:
    bao, post = browser(one, "bao"), Offer.objects.get(kind="post")
    [claim] = Claim.objects.filter(offer=post)
    assert post.title in opened(browser(one, "chen"), "agenda:own")
    assert "陈晓宇" in opened(bao, "agenda:claims")
    sent(bao, "agenda:decide", ids=[claim.pk], decision="approve")
    service = DayService(clock.today(), 60)
    [record] = record_day(one.actor("bao"), claim_ids=[claim.pk], service=service).done
    assert (record.person, claim.offer.title) == (one.people["chen"], record.offer_title)


def test_a_member_and_a_letter_are_found_at_the_desk(one: World) -> None:
    bao = browser(one, "bao")
    for key in ("chen", "new"):
        registration = Registration.objects.get(person=one.people[key])
        answer = bao.get(reverse("registration:find_letter"), {"number": one.people[key].name})
        assert answer.status_code == 302
        assert registration.letter.token in answer.headers["Location"]
    new = Registration.objects.get(person=one.people["new"])
    sent(browser(one, "new"), "registration:present", new.pk)
    sent(bao, "registration:accept", ids=[new.pk])
    new.refresh_from_db()
    assert (new.state, new.community) == ("accepted", one.bridge)


def test_one_card_a_person_with_what_was_served_before(one: World) -> None:
    shi, year = browser(one, "shi"), clock.today().year
    page = opened(shi, "appraisal:cards", year=str(year))
    assert page.count(LINE) >= 1
    address = f"{reverse('appraisal:draft')}?year={year}"
    assert shi.post(address, {"client_id": uuid4()}, follow=True).status_code == 200
    cards = {card.person_id: card for card in FeedbackCard.objects.all()}
    assert len(cards) == FeedbackCard.objects.count() == 2
    chen = cards[one.people["chen"].pk]
    assert (chen.community, chen.services, chen.judgement) == (one.bridge, 2, LINE)
    assert chen.facts["community"] == "石桥社区"
    sent(shi, "appraisal:sign", ids=[chen.pk])
    chen.refresh_from_db()
    assert chen.state == "signed"
    assert "陈晓宇" in opened(browser(one, "dai"), "appraisal:received")
    sent(browser(one, "chen"), "appraisal:object", chen.pk, text="少算了一次")
    objection = chen.objections.get()
    assert "陈晓宇" in opened(shi, "appraisal:cards", year=str(year))
    sent(shi, "appraisal:answer", objection.pk, answer="已核对")
    objection.refresh_from_db()
    assert objection.answered_by == "石书"


def test_a_card_signed_before_is_the_card_of_the_year_and_tells_of_later_services(
    life: World,
) -> None:
    year, ji = clock.today().year, browser(life, "ji")
    card = FeedbackCard.objects.get(person=life.people["chen"])
    sent(ji, "appraisal:sign", ids=[card.pk])
    merged(life)
    with clock.at(clock.now() + DAY):
        shi = life.actor("shi")
        draft_cards(shi, community_id=life.bridge.pk, year=year)
        assert FeedbackCard.objects.filter(person=card.person_id).count() == 1
        entry = ledger.entry(card.person_id, served_on=clock.today())
        assert ledger.recorded(life, entry, who="bao", where="bridge").done
    with clock.at(clock.now() + 2 * DAY):
        assert "未列入本卡" in opened(browser(life, "shi"), "appraisal:card", card.pk)
        sent(browser(life, "shi"), "appraisal:again", card.pk)
    anew = FeedbackCard.objects.get(person=card.person_id, state="draft")
    assert (anew.community, anew.services) == (life.bridge, 3)


def test_whoever_has_a_draft_in_both_keeps_one_with_its_line(life: World) -> None:
    chen = FeedbackCard.objects.get(person=life.people["chen"])
    twin = FeedbackCard.objects.get(pk=chen.pk)
    twin.pk, twin.community, twin.judgement = uuid4(), life.bridge, ""
    twin.save(force_insert=True)
    lines = handover_lines(plan_of(life.willow, Aim(Reform.MERGED, successor_id=life.bridge.pk)))
    told = {(line.fate, line.count) for line in lines if "draft" in line.words[0]}
    assert told == {(Fate.GOES, 1), (Fate.ENDS, 1)}
    act = merged(life)
    twin.refresh_from_db()
    assert twin.judgement == LINE
    page = opened(browser(life, "shi"), "appraisal:cards", year=str(twin.year))
    assert page.count("陈晓宇") == page.count(life.people["late"].name)
    undo(life.actor("sun"), reorganisation_id=act.pk, organisation_id=life.willow.pk)
    twin.refresh_from_db()
    assert twin.judgement == ""
    assert FeedbackCard.objects.filter(community=life.willow, state="draft").count() == 2


def test_of_two_drafts_with_a_line_each_both_lines_are_seen_until_the_undo(life: World) -> None:
    chen = FeedbackCard.objects.get(person=life.people["chen"])
    twin = FeedbackCard.objects.get(pk=chen.pk)
    twin.pk, twin.community, twin.judgement = uuid4(), life.bridge, "在石桥社区热心助老。"
    twin.save(force_insert=True)
    act = merged(life)
    shi, year = browser(life, "shi"), str(twin.year)
    for page in (opened(shi, "appraisal:cards", year=year), opened(shi, "appraisal:card", twin.pk)):
        assert "在石桥社区热心助老。" in page
        assert f"另拟评价：“{LINE}”（柳荫社区" in page
    with clock.at(clock.now() + DAY):
        draft_cards(life.actor("shi"), community_id=life.bridge.pk, year=twin.year)
        assert f"另拟评价：“{LINE}”" in opened(browser(life, "shi"), "appraisal:card", twin.pk)
    undo(life.actor("sun"), reorganisation_id=act.pk, organisation_id=life.willow.pk)
    chen.refresh_from_db()
    assert (chen.state, chen.judgement) == ("draft", LINE)


def test_drafts_of_a_closed_community_are_nobodys(one: World) -> None:
    with pytest.raises(Refused, match=r"organisation\.succeeded"):
        draft_cards(one.actor("shi"), community_id=one.willow.pk, year=clock.today().year)
    with pytest.raises(Refused, match=r"organisation\.succeeded"):
        issue_sheet(
            one.actor("shi"),
            community_id=one.willow.pk,
            person_id=one.people["chen"].pk,
            since=clock.today(),
            until=clock.today(),
        )


def test_a_sheet_says_what_was_recorded_before_and_replaces_the_former(one: World) -> None:
    bao, chen = browser(one, "bao"), one.people["chen"]
    former = RecordSheet.objects.get()
    assert reverse("statements:issue_sheet", args=[chen.pk]) in opened(
        bao, "statements:person", chen.pk
    )
    assert "陈晓宇" in opened(bao, "statements:issue_sheet", chen.pk)
    days = {"since": former.since, "until": former.until}
    sent(bao, "statements:issue_sheet", chen.pk, **days)
    sheet = RecordSheet.objects.exclude(pk=former.pk).get()
    assert (sheet.community, sheet.number) == (one.bridge, 1)
    answer = bao.get(reverse("statements:issued_sheet", args=[sheet.pk, "html"]))
    assert "以上服务由石桥社区记录" in text(answer)
    late = browser(one, "late")
    assert "石桥社区" in opened(late, "statements:sheet", "html")


def test_what_else_waited_is_finished_once(one: World) -> None:
    bao, held = browser(one, "bao"), Dispute.objects.get()
    assert "陈晓宇" in opened(bao, "statements:disputes")
    sent(bao, "statements:answer_dispute", held.pk, outcome="kept", answer="已核对签到表")
    held.refresh_from_db()
    assert held.state == "kept"
    table, before = RecordImport.objects.get(), ServiceRecord.objects.count()
    assert "十一月.xlsx" in opened(bao, "timesheets:all")
    for _ in range(2):
        sent(bao, "timesheets:apply", table.pk)
    assert ServiceRecord.objects.count() == before + 1
    mine = Need.objects.get()
    assert mine.text[:6] in opened(bao, "needs:board")
    days = {"since": clock.today() - 60 * DAY, "until": clock.today()}
    sent(bao, "statements:issue_sheet", one.people["chen"].pk, **days)
    body = {"client_id": uuid4(), "reason": "传错表"}
    answer = bao.post(reverse("timesheets:undo", args=[table.pk]), body)
    assert answer.status_code == 422, "it stands on a sheet of the successor"
    assert not ServiceRecord.objects.filter(reverses__isnull=False).exists()


def test_what_is_entered_at_the_window_belongs_to_who_stood_on_its_day(one: World) -> None:
    bao, chen = browser(one, "bao"), one.people["chen"]
    opened(bao, "statements:enter")
    before = service(one, 9)
    del before["community"]
    sent(bao, "statements:enter", ids=[chen.pk], **before)
    record = ServiceRecord.objects.order_by("recorded_at").last()
    assert record is not None
    assert (record.community, record.person) == (one.willow, chen)


def test_the_unit_reads_on(one: World) -> None:
    dai = browser(one, "dai")
    page = opened(dai, "statements:unit_records")
    assert "陈晓宇" in page
    assert one.people["late"].name in page
    assert "陈晓宇" in opened(dai, "registration:receipts")
    assert "陈晓宇" in opened(dai, "home:person", one.people["chen"].pk)


def test_no_figure_of_the_day_before_moves_with_all_that_goes_on(life: World) -> None:
    day = AsOf(NOW - timedelta(minutes=1))
    places = ("willow_street", "willow", "bridge", "bureau", "first")
    part = World({key: life.places[key] for key in places})
    before = picture(part, day)
    merged(life)
    with clock.at(NOW + DAY):
        bao = browser(life, "bao")
        sent(bao, "statements:confirm", ids=[Statement.objects.get(state="waiting").pk])
        sent(bao, "timesheets:apply", RecordImport.objects.get().pk)
        activity = Offer.objects.get(kind="activity")
        came = Turnout([life.people["late"].pk], minutes=60)
        record_roll(life.actor("bao"), offer_id=activity.pk, turnout=came)
        draft_cards(life.actor("shi"), community_id=life.bridge.pk, year=NOW.year)
        assert picture(part, day) == before
