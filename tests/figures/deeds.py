"""More of a past of services: every way in, wishes and orders, words of who asked, teams, series;
and a slow count of the figures that stand in no table of their own."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from baodao.adoptions.models import PolicyResult
from baodao.attendance.commands.rolls import Turnout, record_roll
from baodao.attendance.queries.rolls import roll_of
from baodao.burden.commands.entries import note_burden
from baodao.burden.models import BurdenEntry
from baodao.burden.rules.entries import BurdenKind, BurdenNote
from baodao.callups.commands.answers import answer_call
from baodao.callups.commands.callups import draft_call, send_call, summon
from baodao.callups.commands.posts import publish_post, seat_best
from baodao.callups.models import CallPost, CallUp, Summons
from baodao.callups.rules.callups import CallFacts, Readiness
from baodao.claims.models import Claim, Seat
from baodao.commitments.models import Commitment
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, SYSTEM, Actor
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, Period
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry, Origin
from baodao.needs.commands.needs import close_need
from baodao.needs.commands.requests import collect, request_help_as_unit
from baodao.needs.commands.residents import answer_as_asker
from baodao.needs.models import Need, NeedRating, NeedStage
from baodao.needs.rules.requests import NeedFacts
from baodao.offers.commands.answers import match_offer
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.models import Answer, Offer
from baodao.offers.rules.offers import OfferFacts
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.orgs.commands.organisations import close
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import paths_at
from baodao.orgs.rules.tree import Kind
from baodao.partnership.models import UnitRegistration
from baodao.people.commands.facts import set_homes
from baodao.people.commands.homes import move_home
from baodao.people.models import Membership, Person
from baodao.registration.commands.placements import place
from baodao.registration.models import Registration, RegistrationStage
from baodao.series.models import ActivitySeries, SeriesDate
from tests import factories
from tests.figures.histories import CLERK, History, below_then, unit_reports
from tests.figures.honours import honour_numbers
from tests.figures.households import household_figures
from tests.figures.listings import (
    committee_figures,
    neighbour_figures,
    problem_figures,
    solved_beside_needs,
    time_figures,
    venue_figures,
    visit_figures,
)
from tests.figures.partners import partner_figures
from tests.figures.services import DEEDS, rehang

WAYS = ["post", "team", "pairing", "menu"]


def serve_somehow(history: History) -> None:
    """Some served in one community, on an offer or not; however it came in."""
    dice, here = history.dice, history.dice.choice(history.communities)
    offers = list(Offer.objects.filter(community=here).order_by("created_at", "pk"))
    entries = []
    for person in dice.sample(history.people, 3):
        offer = dice.choice([None, *offers])
        entries.append(
            Entry(
                person.pk,
                history.now.date() - timedelta(days=dice.choice([0, 1, 30])),
                dice.randint(20, 200),
                "environment",
                dice.choice(WAYS),
                offer_id=offer.pk if offer else None,
                recipient_confirmed=dice.random() < 0.5,
            )
        )
    by = Confirmed(dice.choice(list(Origin)), "安静")
    append(CLERK, entries={here: entries}, confirmed=by)


def help_one(history: History) -> None:
    """A need becomes a wish, an order or a post, and somebody serves for it; it may be met."""
    dice = history.dice
    waiting = Need.objects.filter(state__in=("collected", "screened")).order_by("collected_at")
    for need in waiting[:2]:
        offer = Offer.objects.create(
            community=need.community,
            organiser=need.community,
            kind=dice.choice(["wish", "order", "post"]),
            title="送一台收音机",
            category="relief",
            places=1,
            state="published",
            published_at=history.now,
            created_by="安静",
        )
        match_offer(CLERK, need_id=need.pk, offer_id=offer.pk)
        for person in dice.sample(history.people, dice.choice([0, 1, 2])):
            done = Entry(person.pk, history.now.date(), 30, "relief", "menu", offer_id=offer.pk)
            append(
                CLERK,
                entries={need.community: [done]},
                confirmed=Confirmed(Origin.STATEMENT, "安静"),
            )
        if dice.random() < 0.7:
            close_need(CLERK, need_id=need.pk, met=True, reason="")


def rate(history: History) -> None:
    for need in Need.objects.filter(state="met", satisfied="").order_by("closed_at")[:2]:
        word = history.dice.choice(["yes", "partly", "no"])
        answer_as_asker(NOBODY, code=need.code, satisfied=word)


def ask_as_unit(history: History) -> None:
    unit = history.dice.choice([history.world.bureau, history.world.small])
    request_help_as_unit(CLERK, unit_id=unit.pk, facts=NeedFacts("借会议室", "other"))


def ask_more(history: History) -> None:
    here = history.dice.choice(history.communities)
    collect(CLERK, community_id=here.pk, facts=NeedFacts("想要一台收音机", "relief"))


def team_up(history: History) -> None:
    """Members join a team, which may be new; or one is closed."""
    dice, here = history.dice, history.dice.choice(history.communities)
    teams = list(Organisation.objects.filter(kind="team", parent=here, closed_at=None))
    if not teams:
        made = factories.organisation(Kind.TEAM, "清扫队", here, opened_at=history.now)
        teams = [made]
    elif dice.random() < 0.2:
        close(CLERK, organisation_id=teams[0].pk)
        return
    for row in history.some("accepted"):
        if row.community_id == here.pk:
            place(CLERK, registration_id=row.pk, grid_id=row.grid_id, team_id=teams[0].pk)


def repeat(history: History) -> None:
    """A date of a series is published, or one is cancelled."""
    dice, here = history.dice, history.dice.choice(history.communities)
    dates = Offer.objects.filter(date__isnull=False, state="published").order_by("published_at")
    if dates and dice.random() < 0.3:
        dates.filter(pk=dates[0].pk).update(state="cancelled", ended_at=history.now)
        return
    series, _ = ActivitySeries.objects.get_or_create(
        community=here,
        defaults={
            "organiser": here, "title": "固定服务日", "category": "other", "places": 9,
            "rhythm": "weekly", "first_on": history.now.date(),
            "until_on": history.now.date() + timedelta(days=400), "published_by": "安静",
            "begins": time(9), "ends": time(11),
        },
    )  # fmt: skip
    starts = history.now + timedelta(days=dice.randint(0, 30))
    offer = Offer.objects.create(
        community=here, organiser=here, kind="activity", title="固定服务日", category="other",
        places=9, state="published", published_at=history.now, created_by="安静",
        starts_at=starts, ends_at=starts + timedelta(hours=2),
    )  # fmt: skip
    on = clock.local(starts).date()
    if not SeriesDate.objects.filter(series=series, on=on).exists():
        SeriesDate.objects.create(series=series, on=on, offer=offer)


def pair(history: History) -> None:
    """Somebody takes a pairing on."""
    dice, here = history.dice, history.dice.choice(history.communities)
    offer = Offer.objects.create(
        community=here, organiser=here, kind="pairing", title="结对帮扶", category="relief",
        places=1, state="published", published_at=history.now, created_by="安静",
    )  # fmt: skip
    unit = dice.choice([history.world.bureau, history.world.small])
    Claim.objects.create(
        offer=offer, unit=unit, branch=unit, community=here, state="active",
        claimed_at=history.now, seated_at=history.now,
    )  # fmt: skip


def commit_some(history: History) -> None:
    """Who has been received commits, one in four to the year before; one in five takes back what
    they said. It throws no dice: what else happens stays as it is."""
    rows = Registration.objects.filter(state="accepted").order_by("person__pinyin", "pk")
    for number, row in enumerate(rows):
        year = history.now.year - (number % 4 == 0)
        versions = Commitment.objects.filter(registration=row, year=year, until=None)
        versions.update(until=history.now)
        if number % 5:
            Commitment.objects.create(registration=row, year=year, since=history.now, times=6)


def move_house(history: History) -> None:
    """Each fourth member moves to the next community, and of each ninth it is not known any more
    where they live. It throws no dice."""
    held = Membership.objects.filter(closed_at=None).select_related("person")
    rows = [row.person for row in held.order_by("person__pinyin", "person")]
    places = [one for one in history.communities if one.closed_at is None]
    with clock.at(history.now):
        homes = {
            one.pk: places[(number + len(history.instants)) % len(places)].pk
            for number, one in enumerate(rows)
            if number % 4 == 0
        }
        set_homes(CLERK, homes=homes)
        for one in rows[3::9]:
            move_home(one, None, history.now)
            one.save()


def report_up(history: History) -> None:
    """The communities and units are asked, type and are spared something. It throws no dice."""
    places = [*history.communities, history.world.bureau, history.world.small]
    with clock.at(history.now):
        note_burden(
            CLERK,
            notes=[
                BurdenNote(place.pk, kind, uuid4(), "困难党员摸底", "东岸区", "困难党员数")
                for number, place in enumerate(places)
                for kind in [*BurdenKind][: number % 4 + 1]
            ],
        )


def call_up(history: History) -> None:
    """A community calls everybody whom it has received; each third answers, one of three that they
    cannot come. Where most was served already some serve, so that others stay without help. It
    throws no dice."""
    with clock.at(history.now):
        for here in history.communities:
            facts = CallFacts("防汛", "水位上涨", "东堤", "巡堤", history.now + timedelta(hours=2))
            with suppress(Refused):
                call = draft_call(CLERK, caller_id=here.pk, facts=facts)
                send_call(CLERK, call_id=call.pk, another=True)
                summon(SYSTEM, call_id=call.pk)
        rows = Summons.objects.filter(called_at=history.now).order_by("person__pinyin", "pk")
        for number, row in enumerate(rows[::3]):
            actor = Actor(None, row.person_id, "本人")
            word = Readiness.CANNOT if number % 3 == 2 else Readiness.CAN
            answer_call(actor, call_id=row.call_id, answer=word)
        calls = sorted(CallUp.objects.filter(sent_at=history.now), key=_served_at)
        posts = [_shift(one, history.now) for one in calls[-1:]]
    history.now += timedelta(hours=6)
    with clock.at(history.now):
        for post in posts:
            came = [seat.person_id for seat in roll_of(post.offer).expected]
            if came:
                record_roll(CLERK, offer_id=post.pk, turnout=Turnout(came[:2], 60))


def _served_at(call: CallUp) -> tuple[int, str]:
    served = ServiceRecord.objects.filter(community=call.caller_id).count()
    return served, call.caller.path


def _shift(call: CallUp, now: datetime) -> CallPost:
    """A shift of a call-up in which who can come has a place."""
    hours = {"starts_at": now + timedelta(hours=3), "ends_at": now + timedelta(hours=5)}
    facts = OfferFacts(kind=ACTIVITY, title="巡堤一班", category="patrol", places=3, **hours)
    post = publish_post(CLERK, call_id=call.pk, community_id=call.caller_id, facts=facts)
    seat_best(CLERK, post_id=post.pk)
    return post


def _summonses(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    rows = [
        row
        for row in Summons.objects.filter(community__in=within)
        if _during(row.called_at, as_of, period)
    ]
    words = [
        row.answers.filter(at__lt=as_of.instant).order_by("-at", "-pk").first() for row in rows
    ]
    able = sum(one is not None and one.answer == Readiness.CAN for one in words)
    minutes = [_served(row, as_of) for row in rows]
    return {
        "summonses": len(rows),
        "summonses_able": able,
        "summonses_placed": sum(_had_place(row, as_of) for row in rows),
        "summonses_came": sum(one > 0 for one in minutes),
        "summonses_minutes": sum(one for one in minutes if one > 0),
    }


def _served(row: Summons, as_of: AsOf) -> int:
    """How many minutes of who was summoned were recorded in the posts of the call-up by then."""
    posts = list(CallPost.objects.filter(call=row.call_id).values_list("pk", flat=True))
    records = ServiceRecord.objects.filter(person=row.person_id, offer_id__in=posts)
    kept = records.filter(recorded_at__lt=as_of.instant).values_list("minutes", flat=True)
    return sum(kept)


def _had_place(row: Summons, as_of: AsOf) -> bool:
    seats = Seat.objects.filter(person=row.person_id, since__lt=as_of.instant)
    return seats.filter(
        claim__offer__call_post__call=row.call_id, claim__seated_at__lt=as_of.instant
    ).exists()


def ask_around(history: History) -> None:
    """Each asks the next; some are answered, some of these get a reply. It throws no dice."""
    places = [*history.communities, history.world.bureau, history.world.small]
    for number, (asker, receiver) in enumerate(pairwise(places)):
        row = OpinionRound.objects.create(
            asker=asker, audience="units", period_text=str(history.now.year),
            due_on=clock.local(history.now).date(), asked_at=history.now, asked_by="安静",
        )  # fmt: skip
        later = history.now + timedelta(days=9 * number)
        sheet = OpinionSheet.objects.create(
            round=row, organisation=receiver, answered_at=later if number % 3 else None
        )
        if sheet.answered_at:
            OpinionAnswer.objects.create(
                id=uuid4(), round=row, sheet=sheet, marks={}, name="戴文",
                reply="已办" if number % 2 else "",
                replied_at=later + timedelta(days=1) if number % 2 else None,
            )  # fmt: skip


MORE_DEEDS: dict[Callable[[History], None], int] = {
    **{act: weight for act, weight in DEEDS.items() if act is not rehang},
    unit_reports: 4,
    serve_somehow: 24,
    help_one: 14,
    rate: 10,
    ask_as_unit: 5,
    ask_more: 12,
    team_up: 10,
    repeat: 8,
    pair: 5,
}


def _live(row: Any, since: str, until: str, instant: datetime) -> bool:
    ended = getattr(row, until)
    return getattr(row, since) < instant and (ended is None or ended >= instant)


def slow_rest(whole: Organisation, as_of: AsOf, period: Period) -> dict[str, int]:
    """The figures of one organisation that stand in no table of their own, row by row."""
    within = below_then(whole, as_of.instant)
    return {
        **problem_figures(within, as_of, period),
        **_homes(within, as_of),
        **committee_figures(within, as_of, period),
        **visit_figures(within, as_of, period),
        **neighbour_figures(within, as_of, period),
        **venue_figures(within, as_of, period),
        **time_figures(within, as_of, period),
        **household_figures(within, as_of, period),
        **_services(within, as_of, period),
        **_needs(within, as_of, period),
        **_places(within, as_of, period),
        **_burden(within, as_of, period),
        **_summonses(within, as_of, period),
        **_opinions(within, as_of, period),
        **partner_figures(within, as_of, period),
        **honour_numbers(within, as_of, period),
    }


def _homes(within: set[int], as_of: AsOf) -> dict[str, int]:
    """Where members in service lived as it was known then, in the districts of then."""
    at = as_of.instant - timedelta(microseconds=1)
    paths = paths_at(Organisation.objects.values_list("pk", flat=True), at)
    districts = [paths[one.pk] for one in Organisation.objects.filter(kind=Kind.DISTRICT)]
    figures = Counter[str](living_in_district=0, home_unknown=0)
    for row in Membership.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=as_of.instant),
        recorded_at__lt=as_of.instant, branch__in=within, standing="in-service",
        lives_in_city=True,
    ):  # fmt: skip
        home = _home_then(row.person, as_of.instant)
        branch = paths[row.branch_id]
        district = next((one for one in districts if branch.startswith(one)), "")
        figures["home_unknown"] += home is None
        figures["living_in_district"] += home is not None and paths[home].startswith(district)
    return dict(figures)


def _home_then(person: Person, instant: datetime) -> int | None:
    told = sorted((one.since, one.until, one.community_id) for one in person.former_homes.all())
    for since, until, community_id in told:
        if since < instant <= until:
            return community_id
    since = person.home_since or person.created_at
    return person.home_community_id if since < instant else None


def _burden(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    rows = [
        row.kind
        for row in BurdenEntry.objects.filter(organisation__in=within)
        if _during(row.noted_at, as_of, period)
    ]
    return {
        "forms_to_fill": rows.count("form"),
        "fields_typed": rows.count("field"),
        "figures_filled": rows.count("figure"),
        "doubles_refused": rows.count("double"),
    }


def _opinions(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    def during(instant: datetime | None) -> bool:
        return instant is not None and _during(instant, as_of, period)

    sheets = [
        (row.round.asked_at, row.answered_at, getattr(row, "answer", None))
        for row in OpinionSheet.objects.filter(round__asker__in=within).select_related("round")
    ]
    return {
        "opinions_asked": sum(during(asked) for asked, _given, _answer in sheets),
        "opinions_given": sum(during(given) for _asked, given, _answer in sheets),
        "opinions_replied": sum(
            during(answer.replied_at) for _asked, _given, answer in sheets if answer
        ),
    }


def _services(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    known = list(ServiceRecord.objects.filter(recorded_at__lt=as_of.instant))
    undone = {row.reverses: row.recorded_at for row in known if row.reverses}
    stood = [row for row in known if not row.reverses and row.id not in undone]
    stood = [row for row in stood if period.first <= row.served_on <= period.last]
    figures: dict[str, int] = {
        "corrections": sum(
            row.community_id in within and _during(row.recorded_at, as_of, period)
            for row in known
            if row.reverses
        )
    }
    for ending, leaf in (("", "branch_id"), ("_here", "community_id")):
        rows = [row for row in stood if getattr(row, leaf) in within]
        answering = [row for row in rows if _answered(row)]
        figures |= {
            **{f"by_{o.name.lower()}{ending}": _sum(r.origin == o for r in rows) for o in Origin},
            f"confirmed{ending}": _sum(row.recipient_confirmed for row in rows),
            f"in_teams{ending}": _sum(row.way == "team" for row in rows),
            f"pairing_visits{ending}": _sum(row.way == "pairing" for row in rows),
            f"for_needs{ending}": len(answering),
            f"minutes_for_needs{ending}": sum(row.minutes for row in answering),
        }
    return figures


def _sum(these: Iterable[bool]) -> int:
    return sum(these)


def _answered(row: ServiceRecord) -> bool:
    rows = Answer.objects.filter(offer=row.offer_id) if row.offer_id else []
    return any(_live(one, "since", "until", row.recorded_at) for one in rows)


def _during(instant: datetime | None, as_of: AsOf, period: Period) -> bool:
    if instant is None or instant >= as_of.instant:
        return False
    return period.first <= clock.local(instant).date() <= period.last


def _sort(need: Need, as_of: AsOf) -> str:
    answers = Answer.objects.filter(need=need).select_related("offer")
    kinds = {str(a.offer.kind) for a in answers if _live(a, "since", "until", as_of.instant)}
    return "wish" if "wish" in kinds else "order" if need.item_id or "order" in kinds else "problem"


def _first_branch(need: Need, as_of: AsOf) -> int | None:
    answers = Answer.objects.filter(need=need)
    offers = [a.offer_id for a in answers if _live(a, "since", "until", as_of.instant)]
    rows = list(
        ServiceRecord.objects.filter(offer_id__in=offers, recorded_at__lt=as_of.instant).order_by(
            "served_on", "recorded_at", "id"
        )
    )
    undone = {row.reverses for row in rows}
    stood = [row for row in rows if not row.reverses and row.id not in undone]
    return stood[0].branch_id if stood else None


def _needs(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    here: Counter[str] = Counter()
    solved: Counter[str] = Counter()
    solutions: set[object] = set()
    for need in Need.objects.filter(collected_at__lt=as_of.instant):
        sort, inside = _sort(need, as_of), need.community_id in within
        stages = NeedStage.objects.filter(subject=need)
        (stage,) = [row for row in stages if _live(row, "since", "until", as_of.instant)]
        met = stage.state == "met" and _during(stage.since, as_of, period)
        entered = _during(need.collected_at, as_of, period)
        going = stage.state in ("collected", "screened", "open")
        days = (as_of.on - clock.local(need.collected_at).date()).days
        if inside:
            here["wishes_collected"] += sort == "wish" and entered
            here["orders_placed"] += sort == "order" and entered
            here["orders_long"] += sort == "order" and going and days > 7
            here["problems_met"] += sort == "problem" and met
            here["orders_met"] += sort == "order" and met
        here["unit_needs"] += need.unit_id in within and entered
        first = _first_branch(need, as_of) if stage.state == "met" else None
        if first:
            solutions.add(need.pk)
        if met and first in within:
            solved["solutions"] += 1
            plural = {"wish": "wishes", "order": "orders", "problem": "problems"}[sort]
            solved[f"solutions_{plural}"] += 1
    beside = solved_beside_needs(within, as_of, period, solutions)
    solved["solutions"] += beside
    solved["solutions_problems"] += beside
    ratings = [
        row.word
        for row in NeedRating.objects.filter(need__community__in=within)
        if _during(row.rated_at, as_of, period)
    ]
    return {
        **here,
        **{f"solutions{end}": solved[f"solutions{end}"] for end in ("", "_problems", "_wishes")},
        "solutions_orders": solved["solutions_orders"],
        "ratings": len(ratings),
        "ratings_satisfied": sum(word != "no" for word in ratings),
        "ratings_unsolved": sum(word == "no" for word in ratings),
    }


def _places(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    at = as_of.instant
    stages = [
        row
        for row in RegistrationStage.objects.filter(state="accepted", community__in=within)
        if _live(row, "since", "until", at)
    ]
    units = [row for row in UnitRegistration.objects.exclude(accepted_at=None)
             if _live(row, "accepted_at", "ended_at", at)]  # fmt: skip
    places = [row for row in Organisation.objects.filter(pk__in=within)
              if _live(row, "opened_at", "closed_at", at)]  # fmt: skip
    helped = {row.community_id for row in [*stages, *units]}
    claims = [
        row
        for row in Claim.objects.filter(seated_at__lt=at, offer__kind="pairing")
        if _live(row, "claimed_at", "ended_at", at)
    ]
    return {
        "communities_alone": sum(
            row.kind == "community" and row.pk not in helped for row in places
        ),
        "teams": sum(row.kind == "team" for row in places),
        "hosted_in_teams": sum(row.team_id is not None for row in stages),
        "hosted_committed": sum(_committed(row.subject_id, as_of, period) for row in stages),
        "hosted_invited": sum(row.subject.invited_by_id is not None for row in stages),
        "hosted_units_invited": sum(
            row.invited_by_id is not None and row.community_id in within for row in units
        ),
        "committed": _members_committed(within, as_of, period),
        **_policies(within, as_of),
        "pairings_held": sum(row.branch_id in within for row in claims),
        "series_dates": _dates(within, as_of, period),
    }


def _committed(registration_id: UUID, as_of: AsOf, period: Period) -> bool:
    rows = Commitment.objects.filter(registration=registration_id, year=period.year)
    return any(_live(row, "since", "until", as_of.instant) for row in rows)


def _members_committed(within: set[int], as_of: AsOf, period: Period) -> int:
    people = {
        row.person_id
        for row in Membership.objects.filter(branch__in=within, standing="in-service")
        if _live(row, "recorded_at", "closed_at", as_of.instant)
    }
    registered = RegistrationStage.objects.filter(state="accepted", subject__person__in=people)
    return sum(
        _committed(row.subject_id, as_of, period)
        for row in registered
        if _live(row, "since", "until", as_of.instant)
    )


def _policies(within: set[int], as_of: AsOf) -> dict[str, int]:
    good = {
        person: all(state in ("met", "excused") for state in states)
        for person, states in _said(within, as_of).items()
    }
    return {"policy_members": len(good), "policy_met": sum(good.values())}


def _said(within: set[int], as_of: AsOf) -> dict[Any, list[str]]:
    """What every adopted policy said of each member, by person."""
    states: dict[Any, list[str]] = {}
    for row in Membership.objects.filter(branch__in=within):
        if not _live(row, "recorded_at", "closed_at", as_of.instant):
            continue
        rows = PolicyResult.objects.filter(person=row.person_id, period_from__lte=as_of.on)
        rows = rows.exclude(period_until__lt=as_of.on).exclude(state__in=("apart", "judged"))
        rows = rows.filter(adoption__withdrawn_at=None)
        found = [one.state for one in rows if _live(one, "since", "until", as_of.instant)]
        if found:
            states[row.person_id] = found
    return states


def _dates(within: set[int], as_of: AsOf, period: Period) -> int:
    rows = SeriesDate.objects.filter(offer__community__in=within).select_related("offer")
    return sum(_stands(row.offer, as_of) and _inside(row.on, period) for row in rows)


def _inside(on: date, period: Period) -> bool:
    return period.first <= on <= period.last


def _stands(offer: Offer | None, as_of: AsOf) -> bool:
    assert offer is not None
    assert offer.published_at is not None
    cancelled = offer.state == "cancelled" and offer.ended_at is not None
    gone = cancelled and offer.ended_at < as_of.instant  # type: ignore[operator]
    return offer.published_at < as_of.instant and not gone
