"""A past told at random through the real commands, and a slow count of it that shares no SQL."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import Q

from baodao.accounts.queries import operator
from baodao.exemptions.commands import (
    ExemptionRequest,
    decide_exemption,
    request_exemption,
    revoke_exemption,
)
from baodao.exemptions.models import Exemption
from baodao.kernel import clock, ids
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import paths_at
from baodao.orgs.rules.tree import Kind
from baodao.partnership.commands import registrations as partnership
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.models import UnitRegistration
from baodao.people.models import Membership, Person
from baodao.registration.commands.arrivals import accept, return_to_member
from baodao.registration.commands.departures import end, transfer, withdraw
from baodao.registration.commands.letters import issue_letters
from baodao.registration.commands.presentations import present_group
from baodao.registration.models import Registration, RegistrationStage
from tests import factories
from tests.world import World

START = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)
CLERK = operator("党务干部")
SECRETARY = Actor(ids.new_id(), None, "书记", CLERK.grants)


@dataclass
class History:
    """The world, its clock, and the instants between its acts."""

    world: World
    dice: Random
    now: datetime = START
    people: list[Person] = field(default_factory=list)
    instants: list[datetime] = field(default_factory=list)

    @property
    def communities(self) -> list[Organisation]:
        return [place for place in self.world.places.values() if place.kind == Kind.COMMUNITY]

    @property
    def branches(self) -> list[Organisation]:
        """Where people are members: branches, and one unit that has members in none."""
        kinds = (Kind.BRANCH,)
        held = [place for place in self.world.places.values() if place.kind in kinds]
        return [*held, self.world.small]

    @property
    def asker(self) -> Organisation | None:
        """By whose proposal somebody goes elsewhere, two times of three."""
        return self.world.east if len(self.instants) % 3 else None

    def tell(self, acts: int, kinds: "dict[Act, int] | None" = None) -> None:
        """So many acts of these kinds, some refused, each a few hours after the one before."""
        kinds = kinds or ACTS
        for _ in range(acts):
            self.now += timedelta(hours=self.dice.randint(1, 30))
            act = self.dice.choices(list(kinds), weights=list(kinds.values()))[0]
            with clock.at(self.now):
                try:
                    act(self)
                except Refused:
                    continue
            self.instants.append(self.now)

    def some(self, state: str) -> list[Registration]:
        rows = list(Registration.objects.filter(state=state).order_by("pk"))
        return self.dice.sample(rows, min(len(rows), self.dice.randint(1, 3)))


def begin(world: World, seed: int, people: int = 30) -> History:
    """The drawn world with more branches and people, all recorded at the start."""
    history = History(world, Random(seed))
    world.places["small"] = factories.organisation(
        Kind.UNIT, "柳荫街道小学党支部", world.willow_street, code="U1003", opened_at=START
    )
    world.places["third"] = factories.organisation(
        Kind.BRANCH, "第三党支部", world.bureau, code="U1001-03", opened_at=START
    )
    Organisation.objects.update(opened_at=START)
    Membership.objects.update(recorded_at=START)
    history.people = list(world.people.values())
    with clock.at(START):
        for number in range(people):
            join(history, f"人{number:03d}")
    return history


def join(history: History, name: str = "") -> None:
    dice = history.dice
    history.people.append(
        factories.member(
            name or f"新{len(history.people)}",
            dice.choice(history.branches),
            standing=dice.choice(["in-service", "in-service", "in-service", "retired"]),
            lives_in_city=dice.random() < 0.8,
            home_community=dice.choice(history.communities),
            pinyin=f"ren {len(history.people)}",
        )
    )


def change(history: History) -> None:
    """Somebody moves to another branch, retires, or is gone."""
    person = history.dice.choice(history.people)
    held = Membership.objects.filter(person=person, closed_at=None).first()
    if held is not None:
        held.closed_at, held.to_on = history.now, history.now.date()
        held.save()
    if history.dice.random() < 0.8:
        Membership.objects.create(
            person=person,
            branch=history.dice.choice(history.branches),
            standing=history.dice.choice(["in-service", "in-service", "retired"]),
            grade="full",
            lives_in_city=history.dice.random() < 0.8,
            from_on=history.now.date(),
            recorded_at=history.now,
        )


def letters(history: History) -> None:
    held = Membership.objects.filter(closed_at=None).order_by("pk")
    chosen = history.dice.sample([row.person_id for row in held], 5)
    asker = history.asker
    askers = dict.fromkeys(chosen, asker) if asker else {}
    issue_letters(CLERK, person_ids=chosen, invited_by=askers)


def submit(history: History) -> None:
    rows = history.some("issued") + history.some("returned")
    present_group(CLERK, registration_ids=[row.pk for row in rows])


def receive(history: History) -> None:
    accept(CLERK, registration_ids=[row.pk for row in history.some("submitted")])


def give_back(history: History) -> None:
    for row in history.some("submitted")[:1]:
        return_to_member(CLERK, registration_id=row.pk, reason="不在本社区居住")


def take_back(history: History) -> None:
    for row in (history.some("issued") + history.some("submitted"))[:1]:
        withdraw(CLERK, registration_id=row.pk, reason="开错")


def finish(history: History) -> None:
    for row in history.some("accepted")[:1]:
        end(CLERK, registration_id=row.pk, reason="moved", ended_on=clock.today())


def move(history: History) -> None:
    for row in history.some("accepted")[:1]:
        place = history.dice.choice(history.communities)
        by = history.asker
        transfer(CLERK, registration_id=row.pk, community_id=place.pk, reason="搬家", invited_by=by)


def spare(history: History) -> None:
    person = history.dice.choice(history.people)
    if not Membership.objects.filter(person=person, closed_at=None).exists():
        return
    effect = history.dice.choice(["full", "delay", "other-place", "pro-rata"])
    first = clock.today() + timedelta(days=history.dice.randint(-10, 10))
    last = first + timedelta(days=history.dice.randint(10, 60))
    asked = ExemptionRequest(person.pk, "other", "病历", effect, first, last)
    made = request_exemption(CLERK, request=asked)
    if history.dice.random() < 0.8:
        approve = history.dice.random() < 0.8
        decide_exemption(SECRETARY, exemption_id=made.pk, approve=approve, note="阅")


def unspare(history: History) -> None:
    for row in Exemption.objects.filter(state="approved").order_by("pk")[:1]:
        revoke_exemption(SECRETARY, exemption_id=row.pk, reason="已回岗")


def unit_reports(history: History) -> None:
    unit = history.dice.choice([history.world.bureau, history.world.small])
    place = history.dice.choice(history.communities)
    contact = UnitContact("书记", "联系人", "010-99990000")
    made = partnership.present(
        CLERK, unit_id=unit.pk, community_id=place.pk, contact=contact, invited_by=history.asker
    )
    partnership.accept(CLERK, unit_registration_id=made.pk)


def unit_leaves(history: History) -> None:
    for row in UnitRegistration.objects.filter(state="accepted").order_by("pk")[:1]:
        partnership.end(CLERK, unit_registration_id=row.pk, reason="搬迁")


Act = Callable[[History], None]

ACTS: dict[Act, int] = {
    letters: 16,
    submit: 12,
    receive: 12,
    change: 5,
    spare: 9,
    give_back: 4,
    finish: 3,
    move: 3,
    unit_reports: 3,
    join: 2,
    take_back: 2,
    unspare: 2,
    unit_leaves: 1,
}


def _at(instant: datetime, since: str, until: str) -> Q:
    return Q(**{f"{since}__lt": instant}) & (Q(**{until: None}) | Q(**{f"{until}__gte": instant}))


def below_then(place: Organisation, instant: datetime) -> set[int]:
    """The organisations that stood at or below a place as of an instant: of what was changed, what
    was changed before it."""
    at = instant - timedelta(microseconds=1)
    paths = paths_at(Organisation.objects.values_list("pk", flat=True), at)
    return {key for key, path in paths.items() if path.startswith(paths[place.pk])}


def slow_count(place: Organisation, instant: datetime) -> dict[str, int]:
    """Every metric of one organisation, one person at a time."""
    day = clock.local(instant - timedelta(microseconds=1)).date()
    counted = dict.fromkeys(
        ("members", "in_service", "living_in_city", "registered", "registered_living"), 0
    ) | dict.fromkeys(("waiting", "exempt", "missing"), 0)
    held = Membership.objects.filter(_at(instant, "recorded_at", "closed_at"))
    for membership in held.filter(branch__in=below_then(place, instant)):
        counted["members"] += 1
        if membership.standing != "in-service":
            continue
        stands = _stands(membership.person, instant, day)
        counted["in_service"] += 1
        counted[stands] += 1
        if membership.lives_in_city:
            counted["living_in_city"] += 1
            counted["registered_living"] += stands == "registered"
    return counted | _places_count(place, instant)


def _stands(person: Person, instant: datetime, day: date) -> str:
    stages = RegistrationStage.objects.filter(
        _at(instant, "since", "until"), subject__person=person
    ).values_list("state", flat=True)
    if "accepted" in stages:
        return "registered"
    if "submitted" in stages:
        return "waiting"
    for row in Exemption.objects.filter(person=person, decided_at__lt=instant):
        revoked = row.revoked_at is not None and row.revoked_at < instant
        lifts = row.effect != "pro-rata" and row.state != "refused"
        if lifts and not revoked and row.from_on <= day and (row.to_on or day) >= day:
            return "exempt"
    return "missing"


def _places_count(place: Organisation, instant: datetime) -> dict[str, int]:
    within = below_then(place, instant)
    stages = RegistrationStage.objects.filter(_at(instant, "since", "until"), community__in=within)
    ended = stages.filter(state="ended").count()
    here = stages.filter(state="accepted")
    contacts = UnitRegistration.objects.filter(_at(instant, "accepted_at", "ended_at"))
    below = Organisation.objects.filter(_at(instant, "opened_at", "closed_at"), pk__in=within)
    units, communities = below.filter(kind="unit"), below.filter(kind="community")
    hosts = {row.community_id for row in here}
    return {
        "units": units.count(),
        "units_registered": len({row.unit_id for row in contacts.filter(unit__in=units)}),
        "hosted": here.count(),
        "hosted_waiting": stages.filter(state="submitted").count(),
        "hosted_ended": ended,
        "hosted_units": contacts.filter(community__in=within).count(),
        "communities": communities.count(),
        "communities_empty": sum(row.pk not in hosts for row in communities),
    }
