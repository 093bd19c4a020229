"""One scene with an object for every address, and a browser for everybody in the cast."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from baodao.accounts.models import Account, Grant, Switch
from baodao.accounts.queries import operator
from baodao.agenda.commands.calendars import renew_feed
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices
from baodao.appraisal.commands.drafts import draft_cards, judge
from baodao.appraisal.commands.signatures import sign_cards
from baodao.appraisal.models import FeedbackCard, Objection
from baodao.attendance.queries.check_ins import code_now
from baodao.claims.commands import claims
from baodao.claims.commands.decisions import decide_claims
from baodao.commitments.commands.commitments import commit
from baodao.commitments.models import Commitment
from baodao.commitments.rules.commitments import CONSENT as AGREED
from baodao.commitments.rules.commitments import CommitmentFacts
from baodao.commitments.rules.policies import BOARD, POSTED
from baodao.committees.commands.minutes import draft_minutes
from baodao.divisions.models import DivisionImport
from baodao.exemptions import commands as exemptions
from baodao.figures.queries.sql import present
from baodao.flags.models import Flag
from baodao.identities.commands.corrections import propose_number
from baodao.identities.commands.merges import confirm_merge, propose_merge
from baodao.identities.models import NumberCheck
from baodao.inquiries.commands.requests import send_request
from baodao.inquiries.rules.requests import RequestContent, RequestField, RequestFieldKind
from baodao.insight.commands.tables import issue_table
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.moments import AsOf, read_period, year_of
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.kernel.undo import leave_note
from baodao.layouts.documents import own_layout
from baodao.layouts.models import WordLayout
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.rules.records import Entry, Origin
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
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.partnership.commands import registrations as partnership
from baodao.people.commands.transfers import accept_transfer, propose_transfer
from baodao.people.models import Person
from baodao.problems.commands.escalations import escalate
from baodao.registration.commands import arrivals, departures, letters, placements, presentations
from baodao.registration.commands.placements import PLACEMENT
from baodao.registration.models import Registration
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from baodao.reports.commands.drafts import draft_report
from baodao.reports.commands.submissions import submit_report
from baodao.reports.models import ReportReceipt
from baodao.reports.rules.plans import ReportKind
from baodao.reporttables.commands.own import add_own_table
from baodao.reporttables.commands.tables import issue_report_table
from baodao.reporttables.rules.formulas import metric_formula
from baodao.reporttables.rules.own import OwnColumn, OwnDefinition, OwnRows
from baodao.rosters.models import RosterImport
from baodao.series.commands.series import publish_series
from baodao.series.models import SeriesDate
from baodao.series.rules.series import SeriesFacts, on_day
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.models import Dispute, RecordCode, Statement
from baodao.teams.commands.teams import name_leader
from baodao.teams.models import TeamRequest
from baodao.timesheets.models import RecordImport
from baodao.vocabulary.commands import teach
from baodao.vocabulary.rules.words import WordRole
from tests import factories
from tests.agreements.steps import lists_between
from tests.callups import steps as steps_of_callups
from tests.committees.steps import committee as committee_of
from tests.committees.steps import meeting as meeting_of
from tests.ledger import steps as ledger
from tests.opinions.steps import answer_facts
from tests.pairings.steps import pairing as pair_up
from tests.problems.steps import problem as problem_of
from tests.problems.steps import task as task_of
from tests.visits import steps as contact_steps
from tests.world import World, draw

BACKEND = "django.contrib.auth.backends.ModelBackend"
CAST = (
    *("none", "gu", "chen", "an", "ji", "bao"),
    *("deng", "dai", "qin", "fan", "sun", "shen", "su"),
    *("lu", "mei", "zhou", "tao", "wen", "yan"),
)
"""`none` is a visitor; the last six had to do with the canary, its unit or its community once, or
were entered three times, see `_former` and `_merged`; the others are drawn in `tests/world.py`."""

PROGRAMS = {
    "an": "willow",
    "bao": "bridge",
    "deng": "bureau",
    "qin": "first",
    "fan": "east",
    "lu": "commission",
    "mei": "north",
    "zhou": "willow",
    "tao": "bank",
    "wen": "trade",
    "xu": "bureau",
    "gao": "willow",
}
"""Whose programs ask the API, each with a token for everything that they held at a place: the first
five hold it still. The unit and the community of Lu and Mei are those of before, Zhou's grant was
taken back and that of Xu is over by its day, Tao's community was merged, Wen's unit was split, and
Gao is stopped."""

CANARIES = ("金丝雀", "19900007777")
"""A member of Deng's unit received by An, and their telephone: who must not see them never does."""

PRESENT = ("19900007777", "雀巷七号", "观鸟员")
"""What became of the canary after it moved: those of before never learn it."""


LEFT = {"kind": "rows-margin", "sheet": "表", "count": 1, "rows": [[9, "合计"]]}
"""A row of a table that was not read."""
ASKERS = ("云雀阿姨", "19900008888")
"""Who asked An's community for help, and their telephone: nobody but An ever sees the name."""


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
    _former(world)
    programs = {name: _program(world, name, place) for name, place in PROGRAMS.items()}
    _end(world)
    world.people["canary"] = _canary(world)
    _merged(world)
    chen = world.people["chen"]
    letters.issue_letters(deng, person_ids=[chen.pk], community_id=world.willow.pk)
    waiting = Registration.objects.get(person=chen)
    presentations.present_group(deng, registration_ids=[waiting.pk])
    clients = {name: _client(world.accounts.get(name)) for name in CAST}
    values = _values(world, waiting)
    return Scene(world, values, clients, {"none": Client(), **programs})


def _former(world: World) -> None:
    """Lu keeps the unit and Mei works in the community to which the canary belonged before; Zhou
    works in An's community, and in another too; Tao's community, the canary's second, is merged
    into Mei's afterwards; Wen kept the canary's second unit, split between Deng's and Lu's since;
    Xu keeps Deng's unit, and Gao works for An's community."""
    bank = factories.organisation(Kind.COMMUNITY, "河岸社区", world.north_street)
    trade = factories.organisation(Kind.UNIT, "区商贸局机关党委", world.east)
    for key in ("retail", "market"):
        world.places[key] = factories.organisation(Kind.BRANCH, f"{key}党支部", trade)
    world.places |= {"bank": bank, "trade": trade}
    staff = (
        ("lu", "卢云", Role.UNIT_SECRETARY, world.commission),
        ("mei", "梅香", Role.COMMUNITY_WORKER, world.north),
        ("zhou", "周全", Role.COMMUNITY_WORKER, world.lake),
        ("tao", "陶然", Role.COMMUNITY_WORKER, bank),
        ("wen", "温故", Role.UNIT_CLERK, trade),
        ("xu", "徐进", Role.UNIT_CLERK, world.bureau),
        ("gao", "高停", Role.COMMUNITY_WORKER, world.willow),
    )
    for key, name, role, place in staff:
        world.accounts[key] = factories.account(name, role, place, username=key)
    zhou = world.accounts["zhou"]
    zhou.grants.create(role=Role.COMMUNITY_WORKER, organisation=world.willow)


def _end(world: World) -> None:
    """Zhou's grant in An's community is taken back, Xu's is over by its day, Gao is stopped."""
    Grant.objects.filter(account__username="zhou", organisation=world.willow).update(
        revoked_at=clock.now()
    )
    yesterday = clock.today() - timedelta(days=1)
    Grant.objects.filter(account__username="xu").update(until_on=yesterday)
    Account.objects.filter(username="gao").update(is_active=False)


def _program(world: World, name: str, place: str) -> Client:
    """A program that asks with everything which that person holds at a place."""
    made = factories.token(world.actor(name), world.places[place])
    headers = {"Authorization": f"Bearer {made.secret}", "Idempotency-Key": str(uuid4())}
    return Client(raise_request_exception=False, headers=headers)


def _canary(world: World) -> Person:
    """A member of Lu's unit whom Mei and then Tao received, who moved to Wen's and then to Deng's
    unit and to An's community; Tao's community was merged into Mei's since, Wen's unit was split,
    and facts of the canary changed."""
    canary = factories.member(
        "金丝雀", world.office, pinyin="jin si que", initials="jsq", phone="19900006666",
        home_community=world.north,
    )  # fmt: skip
    lu, mei, deng = (world.actor(name) for name in ("lu", "mei", "deng"))
    letters.issue_letters(lu, person_ids=[canary.pk], community_id=world.north.pk)
    before = Registration.objects.get(person=canary)
    presentations.present_group(lu, registration_ids=[before.pk])
    arrivals.accept(mei, registration_ids=[before.pk])
    between = departures.transfer(
        lu, registration_id=before.pk, community_id=world.places["bank"].pk, reason="搬家"
    )
    arrivals.accept(world.actor("tao"), registration_ids=[between.pk])
    wen, today = world.actor("wen"), {"person_id": canary.pk, "on": clock.today()}
    moving = propose_transfer(lu, unit_id=world.places["trade"].pk, **today)
    accept_transfer(wen, transfer_id=moving.pk, branch_id=world.places["retail"].pk)
    moving = propose_transfer(wen, unit_id=world.bureau.pk, **today)
    accept_transfer(deng, transfer_id=moving.pk, branch_id=world.first.pk)
    now = departures.transfer(
        deng, registration_id=between.pk, community_id=world.willow.pk, reason="搬家"
    )
    arrivals.accept(world.actor("an"), registration_ids=[now.pk])
    reorganise(
        world.actor("sun"),
        organisation_id=world.places["bank"].pk,
        aim=Aim(Reform.MERGED, successor_id=world.north.pk),
        reason="社区规模调整",
    )
    shares = {world.places["market"].pk: world.commission.pk}
    reorganise(
        world.actor("sun"),
        organisation_id=world.places["trade"].pk,
        aim=Aim(Reform.SPLIT, successor_id=world.bureau.pk, shares=shares),
        reason="机构改革",
    )
    phone, address, position = PRESENT
    Person.objects.filter(pk=canary.pk).update(
        address=address,
        position=position,
        home_community=world.willow,
        **Person.phone.columns(phone),
    )
    canary.refresh_from_db()
    return canary


def _merged(world: World) -> None:
    """Yan was entered three times: the first entry, with the account, was merged into the second,
    and that into the third."""
    first, second, third = (factories.member("严复", world.second) for _ in range(3))
    world.accounts["yan"] = factories.account("严复", username="yan", person=first)
    papers = {"reason": "名册号码录错，登记了两次", "evidence": "两份身份证复印件核对"}
    for gone, kept in ((first, second), (second, third)):
        merge = propose_merge(world.actor("dai"), person_id=kept.pk, number=gone.number, **papers)
        confirm_merge(world.actor("deng"), merge_id=merge.pk)
    world.accounts["yan"].refresh_from_db()
    assert world.accounts["yan"].person == third


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
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account, backend=BACKEND)
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
    card = _card(world)
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
    return _ledger_values(world) | {
        **_offers(world),
        **_problems(world),
        **_team(world),
        **lists_between(world),
        **_callup(world),
        **_lives(world),
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


def _lives(world: World) -> dict[str, Any]:
    """What waits for a second person or another unit, the new name of Deng's unit, a word, and an
    act on many of Dai's."""
    dai, papers = world.actor("dai"), {"reason": "录入有误", "evidence": "居民身份证"}
    once, twice = (factories.member(name, world.second) for name in ("重一次", "重二次"))
    moving = propose_transfer(
        world.actor("lu"),
        person_id=world.people["hao"].pk,
        unit_id=world.bureau.pk,
        on=clock.today(),
    )
    correction = propose_number(dai, person_id=once.pk, id_number=factories.id_number(), **papers)
    merge = propose_merge(dai, person_id=once.pk, number=twice.number, **papers)
    renamed = reorganise(
        world.actor("sun"),
        organisation_id=world.bureau.pk,
        aim=Aim(Reform.RENAMED, name="区住建局机关党委"),
        reason="机构改革",
    )
    table = DivisionImport.objects.create(place=world.city, source="区划.xlsx", by="孙")
    check = NumberCheck.objects.create(person=twice, asked_by="范立")
    layout = WordLayout.objects.create(
        organisation=world.bureau,
        form=INTRODUCTION_LETTER.code,
        file_name="介绍信.docx",
        content=own_layout(INTRODUCTION_LETTER).content,
        kept_by="戴文",
    )
    columns = (OwnColumn("服务", "服务人次", metric_formula("services")),)
    own = add_own_table(
        operator(),
        organisation_id=world.bureau.pk,
        definition=OwnDefinition("单位月报", OwnRows.ALL, columns),
    )
    word = teach(
        dai,
        organisation_id=world.bureau.pk,
        table="roster",
        role=WordRole.STATUS,
        word="编外",
        meaning="seconded",
    )
    return {
        "undo_id": leave_note(dai, PLACEMENT, {}),
        "word_id": word.pk,
        "layout_id": layout.pk,
        "own_table_id": own.table_id,
        "paper_form": layout.form,
        "how": "filled",
        "correction_id": correction.pk,
        "merge_id": merge.pk,
        "check_id": check.pk,
        "reorganisation_id": renamed.pk,
        "division_import_id": table.pk,
        "transfer_id": moving.pk,
    }


def _report(world: World) -> dict[str, Any]:
    """A report of Deng's unit, submitted to its authority and to An's community."""
    deng = world.actor("deng")
    half = due_period(PeriodSpan.HALF, clock.today()).text
    drawn = draft_report(deng, writer_id=world.bureau.pk, kind=ReportKind.SUMMARY, period=half)
    report = submit_report(deng, report_id=drawn.pk, signer="邓敏")
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
        "need_met": 0, "farthest": None, "crowded": 0, "crowded_id": None,
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


def _card(world: World) -> FeedbackCard:
    """The canary's signed card of this year in An's community, with one record behind it."""
    an, today = world.actor("an"), clock.today()
    service = Entry(world.people["canary"].pk, today, 60, "environment", "post")
    confirmed = Confirmed(Origin.LIST, "安静")
    append(operator(), entries={world.willow: [service]}, confirmed=confirmed)
    cards = draft_cards(an, community_id=world.willow.pk, year=today.year)
    lines = {card.pk: "按时参加服务。" for card in cards}
    judge(an, lines=lines)
    return sign_cards(operator(), card_ids=lines).done[0]


def _ledger_values(world: World) -> dict[str, Any]:
    """A record of the canary's, disputed, and what else lies with the ledger of An's community."""
    canary, willow = world.people["canary"], world.willow
    made = ledger.record(world, canary)
    service = {"person": canary, "community": willow, "served_on": ledger.DAY, "minutes": 60}
    statement = Statement.objects.create(
        **service, category="culture", way="post", state="waiting", result="金丝雀"
    )
    dispute = Dispute.objects.create(
        community=willow, record_id=made.id, person=canary, text="有误", due_on=clock.today()
    )
    table = RecordImport.objects.create(
        community=willow, file_name="服务.xlsx", created_by="安静", state="read", leftovers=[LEFT]
    )
    RecordCode.objects.create(person=canary, token="a-code-of-the-canary")
    flag = Flag.objects.create(
        community=willow, record_id=made.id, patterns={"alone": {}, "night": {"hour": "01:40"}},
        state="asked", question="为什么在凌晨录入？", asked_by="范立", asked_at=clock.now(),
    )  # fmt: skip
    sheet = issue_sheet(
        world.actor("an"), community_id=willow.pk, person_id=canary.pk,
        since=ledger.DAY, until=ledger.DAY,
    )  # fmt: skip
    return {
        "community_id": willow.pk,
        "dispute_id": dispute.pk,
        "flag_id": flag.pk,
        "record_id": made.id,
        "record_import_id": table.pk,
        "record_token": "a-code-of-the-canary",
        "sheet_id": sheet.pk,
        "statement_id": statement.pk,
        "year": 2026,
    }


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
    return {"team_id": world.team.pk, "leader_id": leader.pk, "request_id": asking.pk}


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
    Deng's unit proposes there."""
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
    return {
        **_opinions(world),
        **contact_steps.values_of(world, world.people["canary"], *ASKERS),
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
        "place_code": code_now(offer),
        "proposal_id": proposal.pk,
        "party_offer_id": proposal.pk,
        "offer_kind": "activity",
    }
