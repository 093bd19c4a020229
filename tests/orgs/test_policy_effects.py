"""Every registered policy changes what the system does: each once by default, once with another
value that the city has set."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from baodao.accounts.commands.accounts import create_member_accounts
from baodao.accounts.rules import ONE_TIME, TIME_BANK
from baodao.agenda.queries.openings import own_community, untaken
from baodao.agenda.rules import policies as agenda
from baodao.agreements.models import Agreement
from baodao.agreements.queries.progress import progress_in
from baodao.agreements.rules.policies import LEAST_ACTIVITIES, LEAST_SERVICES
from baodao.alliance.tasks import forget_visitors
from baodao.allocation.queries.inputs import inputs
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices
from baodao.allocation.rules.policies import MOST_HANDS
from baodao.appraisal.commands import objections
from baodao.appraisal.rules.policies import ANSWER_DAYS as FEEDBACK_DAYS
from baodao.attendance.commands.check_ins import check_in
from baodao.attendance.commands.lines import note_lines
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.queries.check_ins import code_now
from baodao.attendance.queries.lines import code_of
from baodao.attendance.rules import policies as checking
from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.attendance.rules.lines import SpotLine
from baodao.bookings.rules import policies as booking_values
from baodao.burden.commands.entries import note_burden
from baodao.burden.rules.entries import BurdenKind, BurdenNote
from baodao.claims.commands import claims
from baodao.claims.models import Claim
from baodao.claims.rules import policies as claiming
from baodao.commitments.commands.commitments import commit, invite_members
from baodao.commitments.queries.choices import choices_of, to_begin_with
from baodao.commitments.queries.commitments import commitment_rows, present
from baodao.commitments.rules import policies as committing
from baodao.commitments.rules.commitments import CONSENT, CommitmentFacts
from baodao.figures.queries.sql import present as figures_now
from baodao.honours.commands.publicity import object_to_verdict
from baodao.honours.rules import policies as honouring
from baodao.inquiries.rules.policies import REMIND_DAYS
from baodao.inquiries.tasks import remind_of_requests
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, SYSTEM
from baodao.kernel.errors import Refused
from baodao.kernel.ids import new_id
from baodao.kernel.models import JournalEntry
from baodao.kernel.moments import year_of
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import categories_of
from baodao.ledger.rules.policies import KINDS_OF_SERVICE, YEARS_BACK
from baodao.ledger.rules.records import Entry, Origin
from baodao.needs.commands.contacts import forget_contacts
from baodao.needs.rules import policies as needs
from baodao.notices.commands.channels import ChannelDraft, add_channel
from baodao.notices.commands.complaints import ComplaintDraft, answer, complain
from baodao.notices.commands.complaints import forget_contacts as forget_telephones
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Delivery
from baodao.notices.queries.notices import notices_to
from baodao.notices.rules import policies as notices
from baodao.offers.commands.answers import draft_offer
from baodao.offers.queries.offers import short_here
from baodao.offers.rules import policies as offers
from baodao.orders.models import Whistle
from baodao.orders.queries.orders import orders_in, standing_still
from baodao.orders.rules import policies as ordering
from baodao.orgs.rules.dictionaries import Word
from baodao.orgs.rules.policies import POLICIES, Policy
from baodao.pairings.queries.pairings import to_remind
from baodao.pairings.rules import policies as pairing
from baodao.people.models import UnitTransfer
from baodao.people.queries.choices import choice_lists_at
from baodao.people.rules import policies as people
from baodao.people.rules.transfers import TransferState
from baodao.people.tasks import lapse_unanswered
from baodao.registration.commands.access import open_by_letter
from baodao.registration.commands.letters import issue_letters
from baodao.registration.rules.policies import PARTNER, PLACE, TRIES
from baodao.reports.queries.rounds import late_writers
from baodao.reports.rules.policies import DUE_DAYS as REPORT_DAYS
from baodao.reporttables.queries.tables import filled_table
from baodao.reporttables.rules.catalogue import BURDEN, BY_CODE
from baodao.reporttables.rules.policies import MINUTES_PER_FIGURE
from baodao.reporttables.tables.pages import BurdenPage
from baodao.residents.queries.files import categories_at, files_in, proposals_for
from baodao.residents.rules import policies as files
from baodao.resources.queries.lists import kinds_at
from baodao.resources.rules.policies import MORE_KINDS
from baodao.rosters.commands import roster
from baodao.rosters.models import RosterImport
from baodao.rosters.rules import policies as rosters
from baodao.series.rules.policies import AHEAD_DAYS
from baodao.statements.rules.policies import ANSWER_DAYS as DISPUTE_DAYS
from baodao.talents.rules import policies as talent_values
from baodao.talents.tasks import forget_silent_talents
from baodao.timebank.commands.accounts import donate_to_person, donate_to_pool
from baodao.timebank.rules import policies as time_values
from baodao.timesheets.commands import forget_uploads, upload
from baodao.timesheets.models import RecordImport
from baodao.timesheets.rules.policies import FILES_A_DAY, UPLOAD_DAYS
from baodao.visits.commands.contacts import entrust_filed_household
from baodao.visits.queries.contacts import own_contacts
from baodao.visits.queries.contacts import to_remind as contacts_due
from baodao.visits.rules import policies as visiting
from baodao.visits.rules.contacts import ContactTerm
from tests.alliance.steps import booked, free_hours
from tests.alliance.steps import fresh as fresh_appointment
from tests.alliance.steps import service as alliance_service
from tests.allocation import steps as allocation
from tests.appraisal import steps as cards
from tests.honours import steps as honours
from tests.inquiries import test_requests as requests
from tests.ledger import steps as ledger
from tests.needs import steps as need_steps
from tests.offers import steps as offered
from tests.orders import steps as orders
from tests.orgs.test_policies import decide
from tests.pairings.steps import paired
from tests.pairings.steps import pairing as pairing_open
from tests.people.steps import proposed
from tests.registration import steps as registration
from tests.registration.browsing import browser
from tests.residents import steps as filing
from tests.rosters import sheets
from tests.series import steps as series
from tests.statements import test_disputes as disputes
from tests.talents.steps import fresh as fresh_talent
from tests.talents.steps import talent
from tests.timebank import steps as hours
from tests.timesheets.test_imports import NUMBERED, numbered, workbook
from tests.visits import steps as contacts
from tests.world import World

WEDNESDAY = datetime(2027, 3, 3, 12, tzinfo=clock.ZONE)
FACTS: dict[str, str | int] = {"number": "1", "community": "柳荫社区"}


def reminder(world: World) -> Message:
    return Message("reminder-present", person_id=world.people["chen"].pk, facts=FACTS)


def honour_days(world: World, policy: Policy[Any]) -> int:
    """Days from Wednesday until the end of publicity, or until an objection is answered."""
    row = honours.published(world, "deng", "陈晓宇")
    if policy is honouring.PUBLIC_DAYS:
        assert row.public_until is not None
        return (row.public_until - clock.today()).days
    [proposal] = row.proposals.all()
    objection = object_to_verdict(world.actor("chen"), proposal_id=proposal.pk, text="有误")
    return (objection.due_on - clock.today()).days


def most_posts(world: World) -> int:
    """How many posts one member gets."""
    chen = offered.chen(world)
    posts = [offered.published(world, "post", approval=False) for _ in range(4)]
    for post in posts:
        with suppress(Refused):
            claims.claim(chen, offer_id=post.pk)
    return Claim.objects.count()


def invitation(world: World, hours: int) -> float | None:
    """How many hours who waited has to confirm a place of an activity that begins in so many."""
    first, second = offered.registered(world, 2)
    begins = clock.now() + timedelta(hours=hours)
    offer = offered.published(
        world, places=1, starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    taken, waiting = offered.claimed(offer, first, second)
    claims.withdraw_claim(first, claim_id=taken.pk)
    until = offered.fresh(waiting).confirm_by
    return (until - clock.now()) / timedelta(hours=1) if until else None


def shortage(world: World) -> int:
    """How many activities that begin in five days are told as short of people."""
    offered.published(world, starts_at=offered.hour(5), ends_at=offered.hour(5, 11))
    return len(short_here(world.actor("an"), world.willow))


def dates_ahead(world: World) -> int:
    """How many dates of a series that returns every week for a year may be claimed."""
    with clock.at(series.MONDAY):
        return len(series.days(series.published(world, until_on=date(2028, 2, 29))))


def untaken_wishes(world: World) -> int:
    """How many wishes that nobody has taken on for five days are told to units."""
    particulars = {"situation": "elderly"}
    offered.published(world, "wish", particulars=particulars)
    with clock.at(clock.now() + timedelta(days=5)):
        return untaken().count()


def still_orders(world: World) -> int:
    """How many orders stand still five days after they were asked for."""
    orders.ordered(world, orders.item(world))
    with clock.at(clock.now() + timedelta(days=5)):
        return standing_still(orders_in(world.actor("an"), world.willow)).count()


def whistle_days(world: World) -> int:
    """Within how many days a unit has to answer a whistle of a Wednesday."""
    orders.partner(world)
    need = orders.ordered(world, orders.item(world))
    orders.dispatched(world, need, "units", unit_ids=[world.bureau.pk])
    return (Whistle.objects.get().due_on - clock.today()).days


def visits_near(world: World) -> int:
    """How many are reminded five days before a visit is due."""
    chen = offered.chen(world)
    paired(world, pairing_open(world), chen)
    with clock.at(clock.now() + timedelta(days=9)):
        return len(to_remind())


def wished(world: World, kind: str) -> object:
    offered.chen(world)
    contacts.contact(world)
    contacts.household(world)
    rows = own_contacts(world.actor("chen")).answer()
    return next(row.wish for row in rows if row.kind == kind)


def wished_of_a_file(world: World, grade: str) -> object:
    """How many visits are wanted of a household with a file of this grade."""
    offered.chen(world)
    row = filing.file(filing.on(world), grade=grade)
    entrust_filed_household(
        world.actor("ji"),
        file_id=row.pk,
        person_id=world.people["chen"].pk,
        title="独居老人",
        term=ContactTerm(clock.today()),
    )
    return own_contacts(world.actor("chen")).answer()[0].wish


def contacts_to_remind(world: World) -> int:
    """On a Wednesday."""
    contacts.contact(world)
    return len(contacts_due())


def visit_of_long_ago(world: World) -> str:
    row = contacts.contact(world)
    try:
        contacts.visit(world.actor("chen"), row, contacts.day(-20))
    except Refused as refused:
        return refused.code
    return "kept"


def times_proposed(world: World) -> object:
    chen = offered.chen(world)
    return to_begin_with(chen, own_community(chen), choices_of(chen))["times"]


def invited_in_february(world: World) -> int:
    offered.chen(world)
    with clock.at(datetime(clock.today().year + 1, 2, 20, 10, tzinfo=clock.ZONE)):
        return invite_members(SYSTEM, community_id=world.willow.pk)


def committed_with_consent(world: World) -> int:
    """How many commit and agree that it is posted up."""
    chen = offered.chen(world)
    with suppress(Refused):
        commit(chen, year=clock.today().year, facts=CommitmentFacts(times=6, consent=CONSENT))
    return present(commitment_rows()).count()


def forgotten_contacts(world: World) -> int:
    need_steps.need(world, "met", asker="吴大爷")
    with clock.at(clock.now() + timedelta(days=60)):
        return forget_contacts(NOBODY)


def hours_ahead(world: World) -> int:
    """On how many days from today on a service of every morning may be booked."""
    free = free_hours(alliance_service(world))
    return len({clock.local(hour).date() for hour in free} - {clock.today()})


def forgotten_visitors(world: World) -> bool:
    """Whether an appointment of tomorrow still knows who booked it ten days from today."""
    row = booked(world, alliance_service(world))
    with clock.at(clock.now() + timedelta(days=10)):
        forget_visitors()
    return bool(fresh_appointment(row).visitor)


def forgotten_talents(world: World) -> bool:
    """Whether a resident of whom nothing was heard for a hundred days is in the list of talents."""
    row = talent(world)
    with clock.at(clock.now() + timedelta(days=100)):
        forget_silent_talents()
    return fresh_talent(row).state == "listed"


def hours_credited(world: World) -> int:
    """Minutes that are credited of a service of three hours."""
    return hours.with_hours(world, 180).balance


def hours_left(world: World) -> int:
    """Minutes that an account holds fifty days after they were earned."""
    row = hours.with_hours(world, 60)
    with clock.at(clock.now() + timedelta(days=50)):
        world.turned_on(TIME_BANK)
        return hours.booked(row).balance


def hours_given(world: World) -> tuple[str, str]:
    """With which codes gifts to the pool and to a person are refused."""
    hours.with_hours(world, 60)
    hours.pool(world)
    number = hours.of_talent(world, talent(world)).number
    chen = world.actor("chen")
    return (
        hours.code_of(lambda: donate_to_pool(chen, minutes=10)),
        hours.code_of(lambda: donate_to_person(chen, number=number, minutes=10)),
    )


def days_to_claim(world: World) -> bool:
    """Whether the day proposed leaves two weeks."""
    need = need_steps.need(world, "screened")
    offer = draft_offer(world.actor("an"), need_id=need.pk, kind="activity")
    assert offer.starts_at is not None
    return offer.starts_at - clock.now() > timedelta(days=13)


def dispute_days(world: World) -> int:
    made = ledger.record(world, served_on=clock.today())
    return (disputes.raised(world, made).due_on - clock.today()).days


def feedback_days(world: World) -> int:
    cards.registered(world)
    [card] = cards.signed(world)
    made = objections.object_to(world.actor("chen"), card_id=card.pk, text="少记一次")
    return (made.due_on - clock.today()).days


def late_reports(world: World) -> list[str]:
    """Which units owe a report on the 25th day after the half-year."""
    with clock.at(datetime(2027, 1, 25, 12, tzinfo=clock.ZONE)):
        return late_writers(world.actor("fan"), world.east).answer()


def reminded_of_requests(world: World) -> int:
    """How many are reminded of a request two days before its last day."""
    requests.asked(world, due_on=clock.today() + timedelta(days=2))
    remind_of_requests()
    return notices_to(world.actor("dai"), world.bureau).filter(kind="request-due").count()


def room_for_all(world: World) -> int:
    """How many the only community in need takes, when ten are shared out."""
    allocation.needs_in(world, "an", "willow", 1)
    allocation.unreported(world, 9)
    choices = AllocationChoices(AllocationAim.MEMBERS, world.east.pk)
    read = inputs(world.actor("fan"), world.east, choices, figures_now())
    return max(site.capacity for site in read.instance.sites)


def forgotten_tables(world: World) -> int:
    RecordImport.objects.create(community=world.willow, file_name="x", file_sealed=b"x")
    with clock.at(clock.now() + timedelta(days=20)):
        return forget_uploads()


def forgotten_rosters(world: World) -> int:
    RosterImport.objects.create(
        unit=world.bureau, file_name="x", created_by="戴文", file_sealed=b"x"
    )
    with clock.at(clock.now() + timedelta(days=20)):
        return roster.forget_uploads()


def wrong_answers(world: World) -> int:
    """How many wrong answers a letter bears before it refuses to be asked."""
    letter = registration.issued(world, registration.members(world, 1)[0]).letter
    for count in range(20):
        with pytest.raises(Refused) as refused:
            open_by_letter(NOBODY, token=letter.token, tail="000000")
        if refused.value.code == "letter.tries":
            return count
    raise AssertionError("a letter bears everything")


def where_to_report(world: World) -> str:
    batch = issue_letters(world.actor("deng"), person_ids=[world.people["chen"].pk])
    return batch.refused[0][1].code if batch.refused else batch.done[0].community.name


def complaint_days(world: World) -> int:
    made = complain(NOBODY, organisation=world.willow, draft=ComplaintDraft("路灯坏了"))
    return (made.due_on - clock.today()).days


def reminders_at_once(world: World) -> int:
    return len(announce([reminder(world)] * 9))


def reminded_after_eight_days(world: World) -> int:
    announce([reminder(world)] * 9)
    with clock.at(clock.now() + timedelta(days=8)):
        return len(announce([reminder(world)]))


def shown_at(world: World, hour: time) -> str:
    """When a reminder of this hour is shown."""
    with clock.at(clock.local(clock.now()).replace(hour=hour.hour, minute=hour.minute)):
        [notice] = announce([reminder(world)])
    return f"{clock.local(notice.show_at):%d %H:%M}"


def sent_at(world: World, hour: time) -> str:
    """When a message of this hour leaves to an organisation's channel."""
    typed = ChannelDraft("社区工作群", "https://example.org/hook")
    add_channel(world.actor("sun"), draft=typed, organisation_id=world.willow.pk)
    facts: dict[str, str | int] = {"unit": "区城建局机关党委", "count": 5}
    message = Message("group-presented", organisation_id=world.willow.pk, facts=facts)
    with clock.at(clock.local(clock.now()).replace(hour=hour.hour, minute=hour.minute)):
        announce([message])
    return f"{clock.local(Delivery.objects.get().planned_at):%d %H:%M}"


def password_days(world: World) -> int:
    person = registration.members(world, 1)[0]
    [made] = create_member_accounts(world.actor("deng"), person_ids=[person.pk])
    assert made.account.one_time_until is not None
    return (made.account.one_time_until - clock.now()).days


def forgotten_telephones(world: World) -> int:
    """How many complaints lose their telephone twenty days after the answer."""
    draft = ComplaintDraft("路灯坏了", contact="19900001111")
    complaint = complain(NOBODY, organisation=world.willow, draft=draft)
    answer(world.actor("an"), complaint_id=complaint.pk, text="已修好")
    with clock.at(clock.now() + timedelta(days=20)):
        return forget_telephones(NOBODY)


def uploads(world: World) -> int:
    """How many rosters a unit uploads in a day before it is refused."""
    for count in range(30):
        try:
            roster.upload(
                world.actor("deng"), unit_id=world.bureau.pk, file_name="x", content=b"PK"
            )
        except Refused:
            return count
    raise AssertionError("a unit uploads as often as it likes")


def tables_uploaded(world: World) -> int:
    """How many tables of services a community uploads in a day before it is refused."""
    content = workbook(numbered(), head=NUMBERED)
    for count in range(50):
        try:
            upload(world.actor("an"), community_id=world.willow.pk, file_name="x", content=content)
        except Refused:
            return count
    raise AssertionError("a community uploads as often as it likes")


def largest_roster(world: World) -> str:
    """What becomes of a roster of 201 people."""
    content = sheets.roster(*(sheets.person(order) for order in range(201)))
    deng = world.actor("deng")
    file = roster.upload(deng, unit_id=world.bureau.pk, file_name="名册.xlsx", content=content)
    return str(roster.read(deng, file.pk).state)


def number_searches(world: World) -> int:
    """How many numbers a clerk searches in an hour of seventy they try."""
    deng = browser(world, "deng")
    for number in range(70):
        deng.get("/people/", {"q": f"{7000 + number}"})
    return JournalEntry.objects.filter(verb="person.sought-by-number").count()


def lapsed_transfers(world: World) -> int:
    proposed(world)
    with clock.at(clock.now() + timedelta(days=20)):
        lapse_unanswered()
    return UnitTransfer.objects.filter(state=TransferState.LAPSED).count()


def recorded_after_two_years(world: World) -> bool:
    day = clock.today() - timedelta(days=731)
    entry = Entry(world.people["chen"].pk, day, 60, "environment", "post", long_ago=True)
    confirmed = Confirmed(Origin.OFFICE, "安静")
    batch = append(world.actor("an"), entries={world.willow: [entry]}, confirmed=confirmed)
    return bool(batch.done)


def wanted_of_a_unit(world: World) -> tuple[int, int]:
    year = clock.today().year
    row = Agreement.objects.create(unit=world.bureau, community=world.willow, year=year)
    progress = progress_in(row)
    return progress.least_activities, progress.least_services


def offered_words(world: World, fact: str) -> bool:
    return "放风筝" in choice_lists_at(world.bureau.path)[fact].words


def checked_in(world: World, at: int, minutes_later: int = 0) -> int | str:
    """How long somebody served who checked in by a code of an hour, scanned some minutes later, and
    out at the end; or why they could not check in."""
    offer = offered.published(world)
    (member,) = offered.registered(world, 1)
    with clock.at(offered.hour(at=at)):
        code = code_now(offer)
    try:
        with clock.at(offered.hour(at=at) + timedelta(minutes=minutes_later)):
            check_in(member, code=code, side=CheckSide.ARRIVAL)
    except Refused as refused:
        return refused.code
    with clock.at(offered.hour(at=11)):
        check_in(member, code=code_now(offer), side=CheckSide.DEPARTURE)
    with clock.at(offered.hour(at=12)):
        turnout = Turnout([member.person_id], 120)
        record_roll(world.actor("an"), offer_id=offer.pk, turnout=turnout)
    return ServiceRecord.objects.get(person=member.person_id).minutes


def delivered(world: World, days: int) -> int | str:
    """How many lines of a list are taken so many days after the activity, or why none is."""
    offer = offered.published(world)
    [held] = offered.claimed(offer, *offered.registered(world, 1))
    came = int(offered.hour(at=9).timestamp())
    line = SpotLine(new_id(), CheckSide.ARRIVAL, came, code=code_of(offer, held.seats.get()))
    with clock.at(offered.hour(days=7 + days, at=12)):
        batch = note_lines(world.actor("an"), offer_id=offer.pk, lines=[line], way=CheckWay.SHEET)
    return batch.refused[0][1].code if batch.refused else len(batch.done)


@dataclass(frozen=True)
class Effect:
    """What is seen by default, and what once the city has set `other`."""

    policy: Policy[Any]
    look: Callable[[World], object]
    default: object
    other: Any
    then: object


def file_of_two_years(world: World) -> str:
    """Whether a household's file may be kept for two years on one basis."""
    filing.on(world)
    try:
        filing.file(world, basis=filing.basis(730))
    except Refused as refused:
        return refused.code
    return "made"


def proposed_for(world: World, grade: str) -> int:
    """How many measures are proposed for a household with a file of this grade."""
    return len(proposals_for(filing.file(filing.on(world), grade=grade)))


def expiring_files(world: World) -> int:
    """How many files stand among those that are soon deleted, of one with twenty days left."""
    filing.file(filing.on(world), basis=filing.basis(20))
    return files_in(world.actor("an"), world.willow).filter(expiring=True).count()


def typing_spared(world: World) -> str:
    """How many hours of typing the page of the costs of reporting tells."""
    notes = [
        BurdenNote(world.willow.pk, BurdenKind.FIGURE, uuid4(), "摸底", "东岸区", str(number))
        for number in range(2)
    ]
    note_burden(world.actor("fan"), notes=notes)
    as_of = figures_now()
    table = filled_table(world.city, BY_CODE[BURDEN], as_of, year_of(as_of))
    return BurdenPage(world.actor("fan"), table).spared.partition(" ")[0]


EFFECTS = (
    Effect(MINUTES_PER_FIGURE, typing_spared, "", 3, "0.1"),
    Effect(offers.MOST_POSTS, most_posts, 2, 3, 3),
    Effect(claiming.THINKING_HOURS, lambda world: invitation(world, 100), 24, 12, 12),
    Effect(claiming.HOURS_BEFORE, lambda world: invitation(world, 10), 8, 4, 6),
    Effect(claiming.LEAST_HOURS, lambda world: invitation(world, 4), 2, 3, None),
    Effect(checking.CODE_MINUTES, lambda world: checked_in(world, 9, 4),
           "check-in.expired", 5, 116),
    Effect(checking.AROUND_MINUTES, lambda world: checked_in(world, 7), "check-in.hours", 120, 120),
    Effect(checking.LIST_DAYS, lambda world: delivered(world, 8), "line.late-delivery", 14, 1),
    Effect(checking.ROUNDING_MINUTES, lambda world: checked_in(world, 10), 60, 50, 50),
    Effect(offers.SHORT_DAYS, shortage, 0, 7, 1),
    Effect(agenda.UNTAKEN_DAYS, untaken_wishes, 0, 3, 1),
    Effect(AHEAD_DAYS, dates_ahead, 8, 14, 2),
    Effect(ordering.STILL_DAYS, still_orders, 1, 10, 0),
    Effect(ordering.ANSWER_DAYS, whistle_days, 2, 1, 1),
    Effect(pairing.REMIND_DAYS, visits_near, 0, 5, 1),
    Effect(visiting.WEEKLY, lambda world: wished(world, "community"), 1, 2, 2),
    Effect(visiting.MONTHLY, lambda world: wished(world, "household"), 1, 3, 3),
    Effect(visiting.MONTHLY_CLOSE, lambda world: wished_of_a_file(world, "close"), 2, 4, 4),
    Effect(visiting.MONTHLY_LIGHT, lambda world: wished_of_a_file(world, "light"), 0, 1, 1),
    Effect(visiting.REMIND_DAYS, contacts_to_remind, 0, 4, 1),
    Effect(visiting.LATE_DAYS, visit_of_long_ago, "visit.late", 30, "kept"),
    Effect(committing.TIMES, times_proposed, 6, 12, 12),
    Effect(committing.INVITE_DAYS, invited_in_february, 0, 60, 1),
    Effect(committing.POSTED, committed_with_consent, 0, committing.BOARD, 1),
    Effect(needs.KEPT_DAYS, forgotten_contacts, 0, 30, 1),
    Effect(booking_values.AHEAD_DAYS, hours_ahead, 14, 3, 3),
    Effect(booking_values.KEPT_DAYS, forgotten_visitors, True, 2, False),
    Effect(talent_values.KEPT_DAYS, forgotten_talents, True, 90, False),
    Effect(time_values.MONTH_HOURS, hours_credited, 180, 2, 120),
    Effect(time_values.EXPIRY_DAYS, hours_left, 60, 30, 0),
    Effect(time_values.DONATION, hours_given, ("", "time.no-gifts-to"), time_values.ANYBODY,
           ("", "")),
    Effect(offers.NOTICE_DAYS, days_to_claim, False, 14, True),
    Effect(KINDS_OF_SERVICE, lambda world: "other" in categories_of(world.willow), True,
           [*KINDS_OF_SERVICE.default[:-1], Word("other", "其他", is_offered=False)], False),
    Effect(DISPUTE_DAYS, dispute_days, 7, 2, 2),
    Effect(UPLOAD_DAYS, forgotten_tables, 0, 10, 1),
    Effect(FILES_A_DAY, tables_uploaded, 40, 5, 5),
    Effect(FEEDBACK_DAYS, feedback_days, 7, 1, 1),
    Effect(MOST_HANDS, room_for_all, 21, 3, 3),
    Effect(REPORT_DAYS, late_reports, ["区城建局机关党委"], 40, []),
    Effect(REMIND_DAYS, reminded_of_requests, 1, 1, 0),
    Effect(PLACE, where_to_report, "柳荫社区", PARTNER, "letter.no-partner"),
    Effect(TRIES, wrong_answers, 5, 3, 3),
    Effect(notices.MOST_REMINDERS, reminders_at_once, 2, 4, 4),
    Effect(notices.REMINDER_DAYS, reminded_after_eight_days, 1, 14, 0),
    Effect(notices.QUIET_FROM, lambda world: shown_at(world, time(20, 30)), "03 20:30", time(20),
           "04 08:00"),
    Effect(notices.QUIET_UNTIL, lambda world: shown_at(world, time(7, 10)), "03 08:00", time(9),
           "03 09:00"),
    Effect(notices.WORK_FROM, lambda world: sent_at(world, time(6)), "03 09:00", time(7),
           "03 07:00"),
    Effect(notices.WORK_UNTIL, lambda world: sent_at(world, time(17, 30)), "03 18:00", time(16),
           "04 09:00"),
    Effect(notices.ANSWER_DAYS, complaint_days, 7, 1, 1),
    Effect(ONE_TIME, password_days, 14, 3, 3),
    Effect(rosters.UPLOAD_DAYS, forgotten_rosters, 0, 10, 1),
    Effect(notices.CONTACT_DAYS, forgotten_telephones, 0, 10, 1),
    Effect(rosters.FILES_A_DAY, uploads, 20, 5, 5),
    Effect(rosters.MOST_PEOPLE, largest_roster, "read", 200, "refused"),
    Effect(people.SEARCHES, number_searches, 60, 10, 10),
    Effect(people.TRANSFER_DAYS, lapsed_transfers, 0, 10, 1),
    Effect(people.MORE_SPECIALTIES, lambda world: offered_words(world, "specialty"), False,
           ("放风筝",), True),
    Effect(people.MORE_WISHES, lambda world: offered_words(world, "wishes"), False,
           ("放风筝",), True),
    Effect(LEAST_ACTIVITIES, lambda world: wanted_of_a_unit(world)[0], 2, 5, 5),
    Effect(LEAST_SERVICES, lambda world: wanted_of_a_unit(world)[1], 12, 30, 30),
    Effect(files.MORE_CATEGORIES, lambda world: "渔民" in categories_at(world.willow), False,
           ("渔民",), True),
    Effect(files.FILE_DAYS, file_of_two_years, "made", 365, "household.kept-until"),
    Effect(files.EXPIRY_DAYS, expiring_files, 1, 7, 0),
    Effect(files.CLOSE_MEASURES, lambda world: proposed_for(world, "close"), 0,
           ("每月上门看望：帮扶小组", "每年体检"), 2),
    Effect(files.REGULAR_MEASURES, lambda world: proposed_for(world, "regular"), 0,
           ("每季度上门看望",), 1),
    Effect(files.LIGHT_MEASURES, lambda world: proposed_for(world, "light"), 0,
           ("每半年电话问候",), 1),
    Effect(MORE_KINDS, lambda world: "泳池" in kinds_at(world.bureau).words, False,
           ("泳池",), True),
    Effect(honouring.PUBLIC_DAYS, lambda world: honour_days(world, honouring.PUBLIC_DAYS), 7, 6, 8),
    Effect(honouring.ANSWER_DAYS, lambda world: honour_days(world, honouring.ANSWER_DAYS), 7, 1, 1),
    Effect(YEARS_BACK, recorded_after_two_years, True, 1, False),
)  # fmt: skip


@pytest.mark.parametrize("effect", EFFECTS, ids=[effect.policy.key for effect in EFFECTS])
def test_what_is_decided_is_done(world: World, effect: Effect) -> None:
    with clock.at(WEDNESDAY):
        decide(world, "sun", "city", effect.policy, effect.other)
        assert effect.look(world) == effect.then


@pytest.mark.parametrize("effect", EFFECTS, ids=[effect.policy.key for effect in EFFECTS])
def test_what_nobody_decided_is_done_by_default(world: World, effect: Effect) -> None:
    with clock.at(WEDNESDAY):
        assert effect.look(world) == effect.default


def test_every_policy_has_its_effect_here() -> None:
    assert {effect.policy.key for effect in EFFECTS} == POLICIES.keys()
