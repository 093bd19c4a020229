"""One demo city from a seed, all or nothing, marked as such."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction

from baodao.accounts.commands.accounts import account_for
from baodao.accounts.models import Account
from baodao.demo.adoptions import CityPolicies
from baodao.demo.agreements import SharedYears
from baodao.demo.allocation import Balance
from baodao.demo.cast import CAST, SECRETARIES, CastPart
from baodao.demo.commitments import Vows
from baodao.demo.committees import GreatCommittee
from baodao.demo.contacts import ContactCadres
from baodao.demo.crowd import Crowd, add_crowd
from baodao.demo.diary import Diary, Teller
from baodao.demo.drills import Drills
from baodao.demo.flags import DoubtfulEntries
from baodao.demo.gatherings import Gatherings
from baodao.demo.help_groups import HelpGroups
from baodao.demo.honours import HonourLists
from baodao.demo.household_files import HouseholdFiles
from baodao.demo.lists import Lists
from baodao.demo.menu import Menu
from baodao.demo.models import DemoPart
from baodao.demo.names import Inventor
from baodao.demo.neighbours import NeighbourHelp
from baodao.demo.opinions import OpinionRounds
from baodao.demo.pairings import Households
from baodao.demo.problems import ProblemList
from baodao.demo.recent_weeks import Lately, sign_the_year
from baodao.demo.reports import ReportsUpward
from baodao.demo.seasons import Season
from baodao.demo.service_days import ServiceDays
from baodao.demo.stage import DIRECTOR, Calendar, CityStage, set_up
from baodao.demo.story import UNITS
from baodao.demo.time_bank import HoursKept
from baodao.demo.venues import ServiceVenues
from baodao.demo.voices import enter_voices
from baodao.demo.year import PLANS
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.queries.members import memberships_of

SIZES: Mapping[str, int] = {"small": 0, "city": 50_000, "million": 1_000_000}
"""How many members stand around the told city."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What was built, and how long it took."""

    seed: int
    size: str
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)


def build(seed: int = 1, size: str = "small", say: Say = print) -> Built:
    """Fill an empty database with the demo city and mark it; refuses any other database.

    Killed in between it leaves nothing behind. The same seed on the same day tells the same story.
    """
    if size not in SIZES:
        raise Refused(
            "demo.size",
            gettext_noop("There is no size %(size)s; choose small, city or million."),
            size=size,
        )
    began = time.monotonic()
    with transaction.atomic():
        _mark(seed, size)
        inventor = Inventor(seed, clock.today())
        stage = CityStage(Calendar(clock.now()))
        counts = Counter(live_through(stage, inventor, say))
        if SIZES[size]:
            counts.update(add_crowd(Crowd(SIZES[size]), inventor, say))
        _cast(stage)
    return Built(seed, size, time.monotonic() - began, counts)


def live_through(stage: CityStage, inventor: Inventor, say: Say) -> dict[str, int]:
    """The small city, day by day through the commands that people use."""
    set_up(stage)
    say(f"{len(stage.places)} places, {len(stage.accounts)} accounts")
    diary = Diary()
    tellers = [Teller(stage, diary, unit, inventor) for unit in UNITS]
    for teller in tellers:
        teller.enter()
    enter_voices(stage, diary)
    ReportsUpward(stage, diary).enter()
    by_unit = {teller.unit.name: teller for teller in tellers}
    Balance(stage, diary, lambda name: by_unit[name].idle()).enter()
    OpinionRounds(stage, diary).enter()
    CityPolicies(stage, diary).enter()
    for season in [Season(stage, diary, plan, inventor.seed) for plan in PLANS]:
        season.enter()
        if season.plan.home == "柳荫社区":
            Lately(season).enter()
            Menu(season).enter()
            ServiceDays(season).enter()
            Households(season).enter()
            NeighbourHelp(season).enter()
            HoursKept(season).enter()
            ServiceVenues(season).enter()
            ContactCadres(season).enter()
            HouseholdFiles(season).enter()
            HelpGroups(season).enter()
            Drills(season).enter()
            Vows(season).enter()
            Lists(season).enter()
            SharedYears(season).enter()
            DoubtfulEntries(season).enter()
            ProblemList(season).enter()
            GreatCommittee(season).enter()
            HonourLists(season).enter()
            Gatherings(season).enter()
        if season.plan.home in SECRETARIES:
            diary.enter(stage.calendar.at(6, 16), partial(sign_the_year, season))
    acts = diary.live()
    members = sum(len(teller.members) for teller in tellers)
    say(f"{len(tellers)} units, {members} members, {acts} acts")
    return {"places": len(stage.places), "units": len(tellers), "members": members, "acts": acts}


def _mark(seed: int, size: str) -> None:
    """Mark the database as a demo; refused unless nothing was ever done in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT demo_mark(%s, %s, %s)", [seed, size, clock.now()])
        (marked,) = cursor.fetchone()
    if not marked:
        raise Refused(
            "demo.not-empty",
            gettext_noop(
                "This database is not empty. A demo is built in a new one only: name another "
                "folder with BAODAO_VAR or another database with BAODAO_DATABASE_URL."
            ),
        )


def _cast(stage: CityStage) -> None:
    for part in CAST:
        if part.role is None:
            stage.accounts[part.username] = _member_account(stage, part)
    DemoPart.objects.bulk_create(
        DemoPart(id=part.username, account_id=stage.accounts[part.username].pk) for part in CAST
    )


def _member_account(stage: CityStage, part: CastPart) -> Account:
    """A member's account, as their letter would make it."""
    unit = stage.units[part.place]
    membership = memberships_of(unit).get(person__name=part.name)
    return account_for(DIRECTOR, person=membership.person, scope_id=unit.pk)
