"""A past of the lists of problems, of committees and of contact cadres, and a slow count of their
figures."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from baodao.alliance.models import AllianceMember, AllianceService, Appointment
from baodao.committees.commands.committees import add_member, form_committee
from baodao.committees.commands.meetings import (
    add_decision_task,
    call_meeting,
    cancel_meeting,
    enter_meeting,
    resolve_item,
)
from baodao.committees.models import Committee, Meeting
from baodao.committees.rules.committees import MeetingFacts, MemberFacts
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.needs.models import Need
from baodao.needs.rules.requests import NeedFacts
from baodao.problems.commands.problem_tasks import end_task, withdraw_task
from baodao.problems.commands.problems import (
    raise_from_visit,
    raise_problem,
    reopen_problem,
    solve_problem,
)
from baodao.problems.models import PlaceProblem, ProblemClosure, ProblemTask
from baodao.problems.rules.problems import Duty, ProblemFacts
from baodao.talents.commands.services import enter_deed, reverse_deed
from baodao.talents.commands.talents import add_talent, remove_talent
from baodao.talents.models import Talent, TalentService
from baodao.talents.rules.talents import CONSENT, TalentDeed, TalentFacts
from baodao.timebank.commands.bookings import counter_of, post_minutes
from baodao.timebank.models import TimeAccount, TimeBooking, TimeOrder
from baodao.timebank.rules.accounts import BookingKind
from baodao.venues.models import RoomBooking, Venue, VenueRoom
from baodao.visits.commands.visits import make_need
from baodao.visits.models import ContactPoint, ContactVisit
from tests.figures.histories import CLERK, History


def list_problems(history: History) -> None:
    """Each community lists a problem of its own and one of a need, for the units to solve; one is
    opened again, what was listed before is solved, in time or late. It throws no dice."""
    units = (history.world.bureau, history.world.small)
    with clock.at(history.now):
        for row in PlaceProblem.objects.filter(state="solved").order_by("raised_at", "pk")[:1]:
            reopen_problem(CLERK, problem_id=row.pk, reason="又坏了")
        for row in PlaceProblem.objects.filter(state="open").order_by("raised_at", "pk")[:5]:
            solve_problem(CLERK, problem_id=row.pk, evidence="已经修好")
        for number, place in enumerate(history.communities):
            needs = Need.objects.filter(community=place, problem=None, merged_into=None)
            wanted = needs.order_by("state", "collected_at", "pk").first()
            due_on = history.now.date() + timedelta(days=number % 2 * 300)
            duty = Duty(units[number % 2].pk, due_on)
            for need_id in {None, wanted and wanted.pk}:
                source = "need" if need_id else "window"
                facts = ProblemFacts(source, "楼道灯坏了", need_id=need_id)
                raise_problem(CLERK, place_id=place.pk, facts=facts, duty=duty)


def hold_meetings(history: History) -> None:
    """The committee of each community meets today and is called for tomorrow, decides and gives
    tasks; what was given before is done, in time or late, or withdrawn. It throws no dice."""
    with clock.at(history.now):
        waiting = ProblemTask.objects.filter(done_at=None, withdrawn_at=None)
        for number, task in enumerate(waiting.order_by("added_at", "pk")[:5]):
            if number % 3 == 2:
                withdraw_task(CLERK, task_id=task.pk, reason="改由社区办理")
            else:
                end_task(CLERK, task_id=task.pk, result="已经完成")
        ahead = Meeting.objects.filter(starts_at__gt=history.now).order_by("starts_at", "pk")
        for meeting in ahead[:1]:
            cancel_meeting(CLERK, meeting_id=meeting.pk, reason="改期")
        for number, place in enumerate(history.communities):
            row = Committee.objects.filter(place=place).first()
            if row is None:
                row = form_committee(CLERK, place_id=place.pk, kind="joint", name="联席会议")
                facts = MemberFacts(history.now.date() - timedelta(days=1), person="何教授")
                add_member(CLERK, committee_id=row.pk, facts=facts)
            _meet(history, row, timedelta(days=number % 2 * 300))


def _meet(history: History, row: Committee, due: timedelta) -> None:
    facts = MeetingFacts(history.now - timedelta(hours=1), "会议室", ("东门拥堵", "车棚改造"))
    held = enter_meeting(CLERK, committee_id=row.pk, facts=facts)
    item = resolve_item(CLERK, item_id=held.items.get(position=1).pk, decision="派人引导")
    duty = Duty(history.world.bureau.pk, history.now.date() + due)
    add_decision_task(CLERK, item_id=item.pk, text="派人引导", duty=duty)
    later = replace(facts, starts_at=history.now + timedelta(days=1))
    call_meeting(CLERK, committee_id=row.pk, facts=later)


def committee_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """What tasks and committees of the places say."""
    tasks = ("tasks_given", "tasks_done", "tasks_in_time")
    figures = Counter(dict.fromkeys((*tasks, "meetings_held", "decisions_taken"), 0))
    at = as_of.instant
    for task in ProblemTask.objects.filter(problem__place__in=within, added_at__lt=at):
        if task.withdrawn_at is not None and task.withdrawn_at < at:
            continue
        figures["tasks_given"] += during(task.added_at, as_of, period)
        done = during(task.done_at, as_of, period)
        figures["tasks_done"] += done
        figures["tasks_in_time"] += done and clock.day_of(task.done_at) <= task.due_on
    for row in Meeting.objects.filter(place__in=within, called_at__lt=at):
        if row.cancelled_at is not None and row.cancelled_at < at:
            continue
        figures["meetings_held"] += during(row.starts_at, as_of, period)
        for item in row.items.all():
            figures["decisions_taken"] += during(item.decided_at, as_of, period)
    return figures


def visit_around(history: History) -> None:
    """Each community has a contact more, whose visit of the time before is withdrawn; what was said
    becomes a problem, and the oldest contact ends. It throws no dice."""
    with clock.at(history.now):
        at, today = history.now, clock.today()
        oldest = ContactPoint.objects.filter(ended_at=None).order_by("assigned_at", "pk")[:1]
        ContactPoint.objects.filter(pk__in=oldest.values("pk")).update(ended_at=at, ending="ended")
        last = ContactVisit.objects.filter(withdrawn_at=None).order_by("-noted_at", "pk")[:1]
        ContactVisit.objects.filter(pk__in=last.values("pk")).update(withdrawn_at=at)
        for place in history.communities:
            about = {"place": place, "person": history.people[0], "assigner": place}
            point = ContactPoint.objects.create(kind="community", since=today, **about)
            words = {"on": today, "heard": "路灯不亮", "branch": history.branches[0]}
            visit = ContactVisit.objects.create(
                id=uuid4(), contact=point, person=point.person, community=place, **words
            )
            if place not in history.communities[:2]:
                continue
            raise_from_visit(CLERK, visit_id=visit.pk, text="路灯不亮", due_on=today)
            make_need(CLERK, visit_id=visit.pk, facts=NeedFacts("装一盏路灯", "relief"))


def visit_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """What contacts did, and what came of it."""
    codes = ("contact_visits", "problems_visits", "needs_visits")
    figures = Counter(dict.fromkeys(("contact_points", "contact_points_visited", *codes), 0))
    visited = set()
    for visit in ContactVisit.objects.filter(community__in=within):
        gone = visit.withdrawn_at is not None and visit.withdrawn_at < as_of.instant
        if not gone and during(visit.noted_at, as_of, period):
            figures["contact_visits"] += 1
            visited.add(visit.contact_id)
    for point in ContactPoint.objects.filter(place__in=within, assigned_at__lt=as_of.instant):
        if point.ended_at is None or point.ended_at >= as_of.instant:
            figures["contact_points"] += 1
            figures["contact_points_visited"] += point.pk in visited
    for problem in PlaceProblem.objects.filter(place__in=within, source="visit"):
        figures["problems_visits"] += during(problem.raised_at, as_of, period)
    for need in Need.objects.filter(community__in=within, source="visit"):
        figures["needs_visits"] += during(need.collected_at, as_of, period)
    return figures


def help_around(history: History) -> None:
    """Each community lists a talent more, who serves, and has an appointment that took place; in
    the first the oldest talent ends, and a service is reversed. It throws no dice."""
    with clock.at(history.now):
        at, first = history.now, history.communities[0]
        facts = TalentFacts("何巧手", "19900008881", "理发", consent=CONSENT)
        for place in history.communities:
            row = add_talent(CLERK, community_id=place.pk, facts=facts)
            deed = TalentDeed(clock.today(), 30, "other", "理发")
            service = enter_deed(CLERK, talent_id=row.pk, deed=deed)
            if place == first:
                oldest = Talent.objects.filter(community=place, state="listed").earliest(
                    "listed_at"
                )
                reverse_deed(CLERK, talent_id=row.pk, service_id=service.pk, reason="重复")
                remove_talent(CLERK, talent_id=oldest.pk, ending="removed")
            shop = AllianceMember.objects.create(community=place, kind="shop", name="铺子")
            offer = AllianceService.objects.create(
                member=shop,
                title="修小家电",
                spot="there",
                cost="free",
                minutes=30,
                weekly=[""] * 7,
            )
            for state in ("done", "missed"):
                Appointment.objects.create(
                    code=f"{uuid4()}"[:24], community=place, service=offer, way="link", state=state,
                    starts_at=at - timedelta(hours=2), ends_at=at - timedelta(hours=1), ended_at=at,
                )  # fmt: skip


_BESIDES = ("city", "district", "street", "grid")


def open_venues(history: History) -> None:
    """Each community, and the grid, streets, districts and city, open a place with a room that is
    used, cancelled and asked for; in the first community it is closed for good at once. It throws
    no dice."""
    with clock.at(history.now):
        at, first = history.now, history.communities[0]
        others = [place for place in history.world.places.values() if place.kind in _BESIDES]
        keepers = [*history.communities, *others]
        for place in keepers:
            venue = Venue.objects.create(
                organisation=place, kind="station", name="服务站", address="一楼", opened_at=at,
                weekly=[""] * 7, ended_at=at if place == first else None,
            )  # fmt: skip
            room = VenueRoom.objects.create(venue=venue, title="活动室", seats=9, minutes=60)
            for number, state in enumerate(("agreed", "cancelled", "booked")):
                RoomBooking.objects.create(
                    code=f"{uuid4()}"[:24], organisation=place, room=room, way="link", state=state,
                    starts_at=at - timedelta(hours=3 + number),
                    ends_at=at - timedelta(hours=2 + number),
                    confirmed_at=None if state == "booked" else at,
                    ended_at=at if state == "cancelled" else None,
                )  # fmt: skip


def venue_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """Which places there are, and how often their rooms were lent."""
    figures = Counter(dict.fromkeys(("venues", "room_bookings"), 0))
    for row in Venue.objects.filter(organisation__in=within, opened_at__lt=as_of.instant):
        figures["venues"] += row.ended_at is None or row.ended_at >= as_of.instant
    lent = RoomBooking.objects.filter(organisation__in=within, confirmed_at__lt=as_of.instant)
    for one in lent:
        if one.ended_at is None or one.ended_at >= as_of.instant:
            figures["room_bookings"] += during(one.starts_at, as_of, period)
    return figures


def bank_hours(history: History) -> None:
    """The pool of each community earns hours and spends some; in the first a service is put right
    and an order cancelled. It throws no dice."""
    with clock.at(history.now):
        for place in history.communities:
            counter = counter_of(place)
            pool, _ = TimeAccount.objects.get_or_create(kind="pool", community=place)
            order = TimeOrder.objects.create(
                account=pool,
                community=place,
                words="理发",
                minutes=40,
                way="window",
                ordered_by="安",
            )
            served = {"source": uuid4(), "served_on": clock.today(), "served": 90}
            post_minutes(CLERK, BookingKind.EARNED, (counter, pool), 90, **served)
            post_minutes(CLERK, BookingKind.ORDERED, (pool, counter), 40, order=order)
            if place == history.communities[0]:
                post_minutes(CLERK, BookingKind.TAKEN_BACK, (pool, counter), 30, **served)
                post_minutes(CLERK, BookingKind.GIVEN_BACK, (counter, pool), 40, order=order)


def time_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """Hours of the time bank, by the accounts that are the communities'."""
    figures = Counter(dict.fromkeys(("time_earned", "time_spent", "time_orders"), 0))
    adds = {"earned": 1, "taken-back": -1, "ordered": 1, "given-back": -1}
    for one in TimeBooking.objects.filter(payer__community__in=within):
        sort = "time_spent" if one.order_id else "time_earned"
        if during(one.booked_at, as_of, period):
            figures[sort] += adds[one.kind] * one.minutes
            figures["time_orders"] += one.kind == "ordered"
    return figures


def neighbour_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """Who of the residents helps, what they served, and which appointments took place."""
    figures = Counter(dict.fromkeys(("talents", "talent_services", "appointments_done"), 0))
    for row in Talent.objects.filter(community__in=within, listed_at__lt=as_of.instant):
        figures["talents"] += row.ended_at is None or row.ended_at >= as_of.instant
    rows = list(TalentService.objects.filter(community__in=within, recorded_at__lt=as_of.instant))
    gone = {row.reverses for row in rows}
    for service in rows:
        counts = service.reverses is None and service.pk not in gone
        figures["talent_services"] += counts and during(service.recorded_at, as_of, period)
    for one in Appointment.objects.filter(community__in=within, state="done"):
        figures["appointments_done"] += during(one.ended_at, as_of, period)
    return figures


def during(instant: object, as_of: AsOf, period: Period) -> bool:
    """Whether it was by then, on a day of the period."""
    if instant is None or instant >= as_of.instant:  # type: ignore[operator]
        return False
    return period.first <= clock.local(instant).date() <= period.last  # type: ignore[arg-type]


def problem_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """What the list of the places says."""
    figures = Counter(
        dict.fromkeys((f"problems_{end}" for end in ("raised", "solved", "in_time", "reopened")), 0)
    )
    for row in PlaceProblem.objects.filter(place__in=within, raised_at__lt=as_of.instant):
        figures["problems_raised"] += during(row.raised_at, as_of, period)
        closures = list(row.closures.order_by("closed_at"))
        reopened = [one.reopened_at for one in closures if one.reopened_at]
        before = [at for at in reopened if at < as_of.instant]
        figures["problems_reopened"] += bool(before) and during(max(before), as_of, period)
        for one in closures:
            if stood(one, as_of) and during(one.closed_at, as_of, period):
                figures["problems_solved"] += 1
                figures["problems_in_time"] += one.in_time
    return figures


def stood(closure: ProblemClosure, as_of: AsOf) -> bool:
    """Whether the problem stood as solved by it at the instant."""
    again = closure.reopened_at
    return closure.closed_at < as_of.instant and (again is None or again >= as_of.instant)


def solved_beside_needs(within: set[int], as_of: AsOf, period: Period, met: set[object]) -> int:
    """Problems that units solved and that are none of the needs that were met."""
    return sum(
        stood(one, as_of)
        and during(one.closed_at, as_of, period)
        and one.problem.need_id not in met
        for one in ProblemClosure.objects.filter(
            owner__in=within, owner__kind="unit"
        ).select_related("problem")
    )
