"""One scene with an object for every address, and a browser for everybody in the cast."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from baodao.accounts.models import Account, Switch
from baodao.accounts.queries import operator
from baodao.agenda.commands.calendars import renew_feed, renew_unit_feed
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices
from baodao.appraisal.models import Objection
from baodao.attendance.queries.check_ins import code_now
from baodao.claims.commands import claims
from baodao.claims.commands.decisions import decide_claims
from baodao.commitments.commands.commitments import commit
from baodao.commitments.models import Commitment
from baodao.commitments.rules.commitments import CONSENT as AGREED
from baodao.commitments.rules.commitments import CommitmentFacts
from baodao.commitments.rules.policies import BOARD, POSTED
from baodao.committees.commands.minutes import draft_minutes
from baodao.exemptions import commands as exemptions
from baodao.figures.queries.sql import present
from baodao.inquiries.commands.requests import send_request
from baodao.inquiries.rules.requests import RequestContent, RequestField, RequestFieldKind
from baodao.insight.commands.tables import issue_table
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.moments import AsOf, read_period, year_of
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.needs.commands.menu import publish_item
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import collect
from baodao.needs.commands.residents import renew_page
from baodao.needs.models import Need
from baodao.needs.rules.menu import MenuFacts
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.notices.commands.channels import ChannelDraft, add_channel
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Complaint, Delivery
from baodao.offers.commands import offers as offering
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.post.kind import POST
from baodao.offers.models import Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.opinions.commands.rounds import express_opinion
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.opinions.rules.rounds import OpinionAudience
from baodao.orders.models import Whistle
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.tree import Kind
from baodao.partnership.commands import registrations as partnership
from baodao.problems.commands.escalations import escalate
from baodao.registration.commands import arrivals, letters, placements, presentations
from baodao.registration.models import Registration
from baodao.reports.commands.drafts import draft_report
from baodao.reports.models import ReportReceipt
from baodao.reports.rules.plans import ReportKind
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn
from baodao.rosters.models import RosterImport
from baodao.series.commands.series import publish_series
from baodao.series.models import SeriesDate
from baodao.series.rules.series import SeriesFacts, on_day
from baodao.teams.commands.teams import name_leader
from baodao.teams.models import TeamRequest
from tests import factories
from tests.agreements.steps import lists_between
from tests.alliance.steps import values_of as alliance_of
from tests.callups import steps as steps_of_callups
from tests.committees.steps import committee as committee_of
from tests.committees.steps import meeting as meeting_of
from tests.gatherings.steps import values_of as gatherings_of
from tests.helpgroups.steps import values_of as groups_of
from tests.honours.steps import values_of as honours_of
from tests.householdsheets.test_imports import values_of as registers_of
from tests.opinions.steps import answer_facts
from tests.pairings.steps import pairing as pair_up
from tests.permissions import past
from tests.permissions.cast import ASKERS, BACKEND, CAST, PROGRAMS
from tests.permissions.lives import lives
from tests.permissions.services import LEFT, services, signed_card
from tests.problems.steps import problem as problem_of
from tests.problems.steps import task as task_of
from tests.reports.steps import submitted
from tests.residents import steps as file_steps
from tests.talents.steps import values_of as talents_of
from tests.timebank.steps import values_of as hours_of
from tests.venues.steps import values_of as venues_of
from tests.visits import steps as contact_steps
from tests.world import World, draw


@dataclass
class Scene:
    """The world, what the addresses point at, and who is signed in where."""

    world: World
    values: dict[str, Any]
    clients: dict[str, Client]
    programs: dict[str, Client]

    def client(self, name: str) -> Client:
        """A browser of that person, signed in."""
        return self.clients[name]


def play() -> Scene:
    """Chen's letter waits at An's desk; the canary is registered there; each list has a row."""
    world = draw()
    deng = world.actor("deng")
    past.former(world)
    programs = {name: _program(world, name, place) for name, place in PROGRAMS.items()}
    past.end(world)
    world.people["canary"] = past.canary(world)
    past.merged(world)
    chen = world.people["chen"]
    letters.issue_letters(deng, person_ids=[chen.pk], community_id=world.willow.pk)
    waiting = Registration.objects.get(person=chen)
    presentations.present_group(deng, registration_ids=[waiting.pk])
    clients = {name: _client(world.accounts.get(name)) for name in CAST}
    values = _values(world, waiting)
    return Scene(world, values, clients, {"none": Client(), **programs})


def _program(world: World, name: str, place: str) -> Client:
    """A program that asks with everything which that person holds at a place."""
    made = factories.token(world.actor(name), world.places[place])
    headers = {"Authorization": f"Bearer {made.secret}", "Idempotency-Key": str(uuid4())}
    return Client(raise_request_exception=False, headers=headers)


def _posted(world: World) -> Commitment:
    """Communities of the street post commitments up; Yan, whom Bao received, commits and agrees."""
    street, yan = world.willow_street, world.actor("yan")
    set_policy(operator(), organisation_id=street.pk, policy=POSTED, value=BOARD)
    assert yan.person_id is not None
    deng, person = world.actor("deng"), [yan.person_id]
    letters.issue_letters(deng, person_ids=person, community_id=world.bridge.pk)
    mine = Registration.objects.get(person=yan.person_id)
    presentations.present_group(deng, registration_ids=[mine.pk])
    arrivals.accept(world.actor("bao"), registration_ids=[mine.pk])
    facts = CommitmentFacts(times=6, consent=AGREED)
    return commit(yan, year=clock.today().year, facts=facts)


def _opinions(world: World) -> dict[str, object]:
    """An's community asks Deng's unit, which has answered by its link."""
    row = OpinionRound.objects.create(
        asker=world.willow, audience="units", period_text="2026", due_on=clock.today()
    )
    sheet = OpinionSheet.objects.create(round=row, organisation=world.bureau)
    facts = answer_facts(OpinionAudience.UNITS, text="活动多放周末", name="戴文")
    express_opinion(operator(), token=sheet.token, facts=facts)
    answer = OpinionAnswer.objects.get(sheet=sheet)
    return {"round_id": row.pk, "answer_id": answer.pk, "sheet_token": sheet.token}


def _joined(world: World) -> int:
    """A team of Bao's community, in which Yan is."""
    team = factories.organisation(Kind.TEAM, "邻里服务队", world.bridge)
    mine = Registration.objects.get(person=world.actor("yan").person_id)
    bao = world.actor("bao")
    placements.place(bao, registration_id=mine.pk, grid_id=None, team_id=team.pk)
    return team.pk


def _client(account: Account | None) -> Client:
    """Signed in, and seen just now: what a page notes of that is undone with it, and would be
    written again by every request."""
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account, backend=BACKEND)
        session, now = client.session, int(clock.now().timestamp())
        session.update({"began": now, "seen": now})
        session.save()
    return client


def _asked(world: World) -> Need:
    """A need that the canary's neighbour asked at An's window; screened, so that units see it."""
    name, phone = ASKERS
    facts = NeedFacts("请人帮忙搬旧家具", "convenience", asker=name, phone=phone, consent=CONSENT)
    made = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    return screen(world.actor("an"), need_id=made.pk, category="convenience", urgency="normal")


def _values(world: World, waiting: Registration) -> dict[str, Any]:
    """An argument of every name that addresses use, all of them in the east of the city."""
    deng = world.actor("deng")
    contact = partnership.UnitContact("邓敏", "戴文", "0990-5550100", "")
    unit = partnership.present(
        deng, unit_id=world.bureau.pk, community_id=world.willow.pk, contact=contact
    )
    delayed = factories.member("缓报到", world.second)
    request = exemptions.ExemptionRequest(
        person_id=delayed.pk,
        reason="seconded-away",
        evidence="借调函",
        effect="delay",
        from_on=clock.today(),
        to_on=clock.today() + timedelta(days=90),
    )
    exemption = exemptions.request_exemption(world.actor("dai"), request=request)
    gu = world.accounts["gu"]
    switch = Switch.objects.create(
        key="points", organisation=world.city, basis="测试", approver="测试",
        ends_on=date(2099, 1, 1), proposed_by=world.accounts["sun"],
    )  # fmt: skip
    complaint = Complaint.objects.create(
        code="TEST-CODE", organisation=world.willow, text="路灯坏了", due_on=clock.today()
    )
    group = ChannelDraft("党建工作群", "wecombot://geheim-9931")
    channel = add_channel(deng, draft=group, organisation_id=world.bureau.pk)
    issued = Message("letter-issued", person_id=world.people["chen"].pk,
                     facts={"number": "1", "community": "柳荫社区"})  # fmt: skip
    accepted = Message("unit-accepted", organisation_id=world.bureau.pk,
                       facts={"community": "柳荫社区"})  # fmt: skip
    notice, _ = announce([issued, accepted])
    roster = RosterImport.objects.create(
        unit=world.bureau, file_name="名册.xlsx", created_by="戴文", report={"leftovers": [LEFT]}
    )
    card = signed_card(world)
    table = issue_table(operator(), code=world.bureau.code, as_of=present())
    report = issue_report_table(
        operator(),
        code=world.bureau.code,
        table_code="implementation",
        as_of=table.moment,
        period=year_of(table.moment),
    )
    need = _asked(world)
    page = renew_page(world.actor("an"), community_id=world.willow.pk)
    return services(world) | {
        **_offers(world),
        **_problems(world),
        **_team(world),
        **lists_between(world),
        **_callup(world),
        **lives(world),
        **_report(world),
        "account_id": gu.pk,
        "card_id": card.pk,
        "objection_id": Objection.objects.create(
            card=card, text="少记一次", due_on=clock.today()
        ).pk,
        "what": "kinds",
        "option": "environment",
        "as_of": clock.today().isoformat(),
        "channel_id": channel.pk,
        "code": world.bureau.code,
        "complaint_id": complaint.pk,
        "ending": "pdf",
        "exemption_id": exemption.pk,
        "field": "phone",
        "grant_id": world.accounts["an"].grants.get().pk,
        "import_id": roster.pk,
        "key": "registration.place",
        "kind": "grid",
        "metric": "registered",
        "notice_id": notice.pk,
        "off_token": Delivery.objects.get(channel=channel).token,
        "need_code": need.code,
        "need_id": need.pk,
        "of": "roster",
        "organisation_id": world.bureau.pk,
        "page_token": page.token,
        "paper": "letter",
        "person_id": world.people["canary"].pk,
        "part": "steps",
        "counted": "lent",
        "place": 0,
        "place_id": world.grid.pk,
        "registration_id": waiting.pk,
        "rest": "no-such-address/",
        "switch_id": switch.pk,
        "table_id": table.pk,
        "report_table_id": report.pk,
        "report_sheet": "implementation",
        "open_ending": "csv",
        "token": waiting.letter.token,
        "token_id": factories.token(deng, world.bureau).token.pk,
        "unit_registration_id": unit.pk,
    }


def _report(world: World) -> dict[str, Any]:
    """A report of Deng's unit, submitted to its authority and to An's community."""
    deng = world.actor("deng")
    half = due_period(PeriodSpan.HALF, clock.today()).text
    drawn = draft_report(deng, writer_id=world.bureau.pk, kind=ReportKind.SUMMARY, period=half)
    report = submitted(world, "deng", drawn)
    came = ReportReceipt.objects.create(report=report, receiver=world.willow)
    request = send_request(
        world.actor("fan"),
        sender_id=world.east.pk,
        content=RequestContent(
            "困难党员摸底",
            "区委组织部通知",
            read_period("", AsOf(clock.now())),
            clock.today() + timedelta(days=9),
            (world.bureau.pk, world.willow.pk),
            (OwnColumn("", "在职党员数", metric_formula("in_service")),),
            (RequestField("困难党员数", RequestFieldKind.NUMBER),),
        ),
    )
    line = request.lines.get(organisation=world.bureau)
    return {
        "report_id": report.pk,
        "receipt_id": came.pk,
        "report_request_id": request.pk,
        "line_id": line.pk,
        **_allocation_values(world),
    }


def _allocation_values(world: World) -> dict[str, Any]:
    """A proposal of the eastern district, of which Deng's unit is asked to serve next door."""
    choices = AllocationChoices(AllocationAim.UNITS, world.east.pk)
    nothing = {
        "need_met": 0, "farthest": None, "crowded_id": None,
        "crowded_helpers": 0, "crowded_share": 0,
        "wishes_kept": 0, "wishes": 0, "placed": 0, "left": 0,
    }  # fmt: skip
    row = Allocation.objects.create(
        authority=world.east,
        choices=choices.packed(),
        created_by="范立",
        state="ready",
        as_of=clock.now(),
        measures=dict.fromkeys(("today", "first_come", "proposal"), nothing),
    )
    line = AllocationLine.objects.create(
        allocation=row, unit=world.bureau, community=world.bridge, way=2,
        state="invited", invited_at=clock.now(),
    )  # fmt: skip
    return {"allocation_id": row.pk, "allocation_line_id": line.pk}


def _callup(world: World) -> dict[str, Any]:
    """A call-up of An's community that calls the canary too, and a shift of it."""
    call = steps_of_callups.sent(world)
    post = steps_of_callups.post(world, call)
    supply = steps_of_callups.supply(world, call, item="沙袋", amount=10)
    return {"callup_id": call.pk, "callup_post_id": post.pk, "supply_id": supply.pk}


def _team(world: World) -> dict[str, Any]:
    """A team of An's community that the canary leads, and somebody who asks to join it."""
    an, canary = world.actor("an"), world.people["canary"]
    mine = Registration.objects.get(person=canary, state="accepted")
    placements.place(an, registration_id=mine.pk, grid_id=None, team_id=world.team.pk)
    leader = name_leader(an, team_id=world.team.pk, registration_id=mine.pk)
    others = Registration.objects.filter(community=world.willow, state="accepted")
    other = others.exclude(pk=mine.pk).first() or mine
    asking = TeamRequest.objects.create(team=world.team, registration=other)
    talk = MenuFacts("公证咨询", "policy", "每月初", 5)
    item = publish_item(Actor(None, canary.pk, "本人"), provider_id=world.team.pk, facts=talk)
    ids = {"leader_id": leader.pk, "request_id": asking.pk, "led_item_id": item.pk}
    return {"team_id": world.team.pk, **ids}


def _problems(world: World) -> dict[str, Any]:
    """A problem of An's community that Deng's unit solves, with a task, and whistled for the
    street; a committee in which the unit is, its meeting and the draft of its minutes."""
    problem = problem_of(world, world.bureau, asker="何桂兰", phone="19900007777")
    task = task_of(world, problem, world.bureau)
    call = escalate(world.actor("an"), problem_id=problem.pk, question="大修资金怎么办")
    committee = committee_of(world, world.bureau)
    meeting = meeting_of(world, committee)
    with clock.at(clock.now() + timedelta(days=3)):
        minutes = draft_minutes(world.actor("an"), meeting_id=meeting.pk)
    return {
        "problem_code": problem.code,
        "problem_id": problem.pk,
        "problem_task_id": task.pk,
        "escalation_id": call.pk,
        "committee_id": committee.pk,
        "committee_member_id": committee.members.get().pk,
        "meeting_id": meeting.pk,
        "meeting_item_id": meeting.items.get().pk,
        "minutes_id": minutes.pk,
        "register": "problems",
    }


def _offers(world: World) -> dict[str, Any]:
    """A post of An's community that the canary has claimed, and their calendar; an activity that
    Deng's unit proposes there, and one that is over."""
    an, canary = world.actor("an"), world.people["canary"]
    facts = OfferFacts(POST, "法律咨询岗", "policy", 3, approval=True)
    offer = offering.draft(an, community_id=world.willow.pk, facts=facts)
    offering.publish(an, offer_id=offer.pk)
    actor = Actor(None, canary.pk, "本人")
    claim = claims.claim(actor, offer_id=offer.pk)
    haircut = MenuFacts("上门理发", "convenience", "每周三下午", 5)
    item = publish_item(an, provider_id=world.willow.pk, facts=haircut)
    asker, phone = ASKERS
    asked = NeedFacts("", "other", asker=asker, phone=phone, consent=CONSENT, item_id=item.pk)
    order = collect(an, community_id=world.willow.pk, facts=asked)
    on, hours = clock.today() + timedelta(days=7), (time(9), time(11))
    first = on_day(OfferFacts(ACTIVITY, "固定服务日", "culture", 3), on, *hours)
    facts = SeriesFacts(first, "week", on + timedelta(days=7), on, *hours)
    series = publish_series(an, community_id=world.willow.pk, facts=facts)
    question = SeriesDate.objects.create(series=series, on=on + timedelta(days=1))
    whistle = Whistle.objects.create(
        offer=offer, unit=world.bureau, sender=world.willow, due_on=clock.today()
    )
    pairing = pair_up(world)
    standing = claims.claim(actor, offer_id=pairing.pk)
    assert decide_claims(an, claim_ids=[standing.pk], approve=True).done
    commitment = commit(actor, year=clock.today().year, facts=CommitmentFacts(times=6))
    proposal = Offer.objects.create(
        community=world.willow,
        organiser=world.bureau,
        kind=ACTIVITY,
        title="科普进社区",
        category="culture",
        places=5,
        state="proposed",
        starts_at=clock.now() + timedelta(days=7),
        ends_at=clock.now() + timedelta(days=7, hours=2),
        created_by="邓敏",
    )
    over = Offer.objects.create(
        community=world.willow,
        organiser=world.willow,
        kind=ACTIVITY,
        title="清洁家园",
        category="environment",
        places=5,
        state="closed",
        published_at=clock.now() - timedelta(days=1),
        starts_at=clock.now() - timedelta(hours=3),
        ends_at=clock.now() - timedelta(hours=1),
        recorded_at=clock.now(),
        created_by="安静",
    )
    renew_unit_feed(world.actor("deng"), unit_id=world.bureau.pk)
    return {
        **_opinions(world),
        **gatherings_of(world),
        **honours_of(world, world.people["canary"]),
        **file_steps.values_of(world, *ASKERS),
        **registers_of(world, ASKERS[0]),
        **talents_of(world, *ASKERS),
        **alliance_of(world, *ASKERS, world.people["canary"]),
        **hours_of(world),
        **venues_of(world, *ASKERS),
        **contact_steps.values_of(world, world.people["canary"], *ASKERS),
        **groups_of(world, world.people["canary"], ASKERS[0]),
        "claim_id": claim.pk,
        "commitment_id": commitment.pk,
        "pairing_id": pairing.pk,
        "pairing_claim_id": standing.pk,
        "item_id": item.pk,
        "order_id": order.pk,
        "own_commitment_id": _posted(world).pk,
        "own_team_id": _joined(world),
        "series_id": series.pk,
        "date_id": question.pk,
        "whistle_id": whistle.pk,
        "feed_token": renew_feed(actor).token,
        "offer_id": offer.pk,
        "activity_id": over.pk,
        "place_code": code_now(offer),
        "proposal_id": proposal.pk,
        "party_offer_id": proposal.pk,
        "offer_kind": "activity",
    }
