"""Registrations in scope: a unit's own by their branch, a community's once they were presented."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission, Role
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.scope import own, within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Membership
from baodao.people.queries.members import (
    current,
    last_memberships,
    membership_periods,
    memberships,
)
from baodao.people.rules.departures import Ending
from baodao.people.rules.standing import Standing
from baodao.registration.models import Letter, Registration, RegistrationStage
from baodao.registration.rules.states import REGISTRATION, STORIES, EndReason, State
from baodao.ui.timelines import TimelineItem, timeline_items

UNIT_SIDE = frozenset(
    {
        Permission.LETTER_ISSUE,
        Permission.REGISTRATION_PRESENT,
        Permission.REGISTRATION_REMIND,
        Permission.REGISTRATION_TRANSFER,
        Permission.REGISTRATION_WITHDRAW,
    }
)
COMMUNITY_SIDE = frozenset({Permission.REGISTRATION_ACCEPT, Permission.REGISTRATION_PLACE})
READING = frozenset({Permission.REGISTRATION_READ, Permission.PERSON_UNMASK})
BOTH_SIDES = frozenset({Kind.BRANCH, Kind.COMMUNITY})
SIDES: Mapping[Role, frozenset[Kind]] = {
    Role.BRANCH_SECRETARY: frozenset({Kind.BRANCH}),
    Role.COMMUNITY_SECRETARY: frozenset({Kind.COMMUNITY}),
    Role.COMMUNITY_WORKER: frozenset({Kind.COMMUNITY}),
    Role.UNIT_CLERK: frozenset({Kind.BRANCH}),
    Role.UNIT_SECRETARY: frozenset({Kind.BRANCH}),
}
"""Roles that are granted on units and branches, or on communities, alone."""
HOSTED = (State.SUBMITTED, State.ACCEPTED)
"""While a registration stands so, its community has something to do with its person."""


def numbers_of(registration_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of whose registrations these are, for the journal."""
    rows = Registration.objects.filter(pk__in=registration_ids)
    return dict(rows.values_list("pk", "person__number"))


def letter_numbers_of(registration_ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of the letters of these registrations, for the journal."""
    rows = Registration.objects.filter(pk__in=registration_ids).select_related("letter")
    return {row.pk: row.letter.number_text for row in rows}


def label_of(row: Registration | Membership) -> str:
    """How a batch names somebody: name and branch, since names repeat."""
    return f"{row.person.name}（{row.branch.name}）"


def without(place: str) -> Q:
    """Registrations in no open grid or team (`place`); one that was closed holds nobody."""
    return Q(**{place: None}) | Q(**{f"{place}__closed_at__isnull": False})


UNPLACED = without("grid") & without("team")
"""Registrations in no grid and no team."""


def registration_rows() -> QuerySet[Registration]:
    """Every registration with what pages and papers show of it, unscoped: for questions that
    know whom they ask about."""
    return Registration.objects.select_related(
        "person", "branch__parent", "community", "letter__unit", "grid", "team"
    )


def letter_rows() -> QuerySet[Letter]:
    """Every letter with its registration, for the queries of this slice."""
    return Letter.objects.select_related(
        "person", "unit", "community", "registration__branch__parent"
    )


def registrations(
    actor: Actor, permission: Permission = Permission.REGISTRATION_READ
) -> QuerySet[Registration]:
    """Registrations on which the actor holds `permission` by a relation that is in force now.

    A unit's permissions hold for its present members, whichever unit wrote the letter, and a
    community's by the community. Ending, reading and unmasking hold by either: a community ends
    what was presented to it, and reads and unmasks only while that waits or stands. Who may accept
    reaches unpresented letters too, because their holder shows them at the desk.
    """
    rows = registration_rows()
    if permission in COMMUNITY_SIDE:
        return within(rows, actor, permission, "community__path")
    if actor.paths(permission) == ("",):
        return rows
    kinds = {Kind.BRANCH} if permission in UNIT_SIDE else _kinds(actor, permission)
    ours = rows.none()
    if Kind.BRANCH in kinds:
        ours = rows.filter(person__in=memberships(actor, permission).values("person"))
    if Kind.COMMUNITY not in kinds:
        return ours
    presented = Q(state__in=HOSTED) if permission in READING else Q(submitted_at__isnull=False)
    hosted = within(rows.filter(presented), actor, permission, "community__path")
    return ours | hosted if Kind.BRANCH in kinds else hosted


def registration_for(actor: Actor, registration_id: UUID, permission: Permission) -> Registration:
    """One registration on which the actor holds `permission`. Raises `Absent`."""
    registration = registrations(actor, permission).filter(pk=registration_id).first()
    if registration is None:
        raise Absent("registration")
    return registration


def past_registrations(actor: Actor) -> QuerySet[Registration]:
    """Registrations that the actor's organisations read once and no longer: of who was a member
    then, and what ended in a community that had accepted it. Read them by their `outline`.

    Each has `until`, the instant at which the last such relation ended, the `state_then` and
    `community_then` of that instant, and `member_ending`: how the membership ended, None for who
    was no member of the actor's.
    """
    read = Permission.REGISTRATION_READ
    if actor.paths(read) == ("",):
        return registration_rows().none()
    begun = within(registration_rows(), actor, read, "branch__path")
    accepted = registration_rows().filter(accepted_at__isnull=False)
    ended = within(accepted, actor, read, "community__path")
    theirs = membership_periods(actor, read).filter(person=OuterRef("person"))
    hosted = ended.filter(pk=OuterRef("pk")).values("ended_at")
    left_at = Subquery(theirs.order_by("-recorded_at").values("closed_at")[:1])
    stages = RegistrationStage.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("until")),
        subject=OuterRef("pk"),
        since__lte=OuterRef("until"),
    )
    rows = (begun | ended).exclude(pk__in=registrations(actor).order_by().values("pk"))
    return rows.annotate(
        until=Coalesce(Greatest(left_at, Subquery(hosted)), F("letter__issued_at")),
        state_then=Subquery(stages.values("state")[:1]),
        member_ending=Subquery(theirs.order_by("-recorded_at").values("ending")[:1]),
        community_then=Subquery(stages.values("community")[:1]),
    )


def last_registrations(actor: Actor, permission: Permission) -> QuerySet[Registration]:
    """Registrations of who died or left and is nobody's member since, and was last one of a branch
    where the actor holds `permission`, or stood accepted in such a community until then: nobody has
    taken the relation over, so that their papers are printed there as they were issued."""
    rows = registration_rows().filter(~Exists(current().filter(person=OuterRef("person"))))
    last = last_memberships(actor, permission).filter(ending__in=(Ending.DIED, Ending.LEFT))
    stood = Q(accepted_at__isnull=False, ended_reason__in=(EndReason.DIED, EndReason.MOVED))
    hosted = within(rows.filter(stood), actor, permission, "community__path")
    return rows.filter(person__in=last.values("person")) | hosted


def registrations_of(actor: Actor, person_id: UUID) -> list[Registration]:
    """Everything about one person that the actor reads or once read, the latest first."""
    rows = [
        *registrations(actor).filter(person=person_id),
        *past_registrations(actor).filter(person=person_id),
    ]
    return sorted(rows, key=lambda row: (row.letter.issued_at, row.pk), reverse=True)


def accepted_in(actor: Actor, community: Organisation) -> QuerySet[Registration]:
    """What a community in scope has accepted, whatever became of it since."""
    rows = accepted_rows(community)
    return within(rows, actor, Permission.REGISTRATION_READ, "community__path")


def accepted_rows(community: Organisation) -> QuerySet[Registration]:
    """What a community has accepted, for who knows of whom by other means."""
    return registration_rows().filter(
        community__in=ids_below(community.path), accepted_at__isnull=False
    )


def received_here(actor: Actor, permission: Permission) -> QuerySet[Registration]:
    """Members whom a community where the actor holds `permission` has received, and who are
    registered there now."""
    return within(
        registration_rows().filter(state=State.ACCEPTED), actor, permission, "community__path"
    )


def registered_on(
    actor: Actor, community: Organisation, day: date, came: Collection[UUID] = ()
) -> QuerySet[Registration]:
    """Registrations that held in the community on a day, as far as in scope, and of those who
    `came`, known to whoever keeps the list: whoever served then may have moved on since, or not
    have been received yet."""
    rows = accepted_in(actor, community)
    if came:
        rows |= accepted_rows(community).filter(person__in=came)
    return in_force_on(rows, day)


def in_force_on(
    rows: QuerySet[Registration], day: date, until: datetime | None = None
) -> QuerySet[Registration]:
    """Those of some accepted registrations that held on a day, whose end (`until`) may be given."""
    return _in_force_since(rows, day).filter(accepted_at__lt=until or clock.end_of(day))


def registered_since(actor: Actor, community: Organisation, day: date) -> QuerySet[Registration]:
    """What stands accepted in the community, as far as in scope, or stood so on a day or later."""
    return _in_force_since(accepted_in(actor, community), day)


def _in_force_since(rows: QuerySet[Registration], day: date) -> QuerySet[Registration]:
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=day))


def _kinds(actor: Actor, permission: Permission) -> set[Kind]:
    """Which sides the actor may stand on, so that most lists are found by one index: nothing below
    a community is a branch, and nothing below a unit a community."""
    granting = (grant for grant in actor.grants if permission in grant.permissions)
    return {kind for grant in granting for kind in SIDES.get(grant.role, BOTH_SIDES)}


def own_registrations(actor: Actor) -> QuerySet[Registration]:
    """The actor's own, the live one first, then the latest."""
    live = Case(
        When(state__in=REGISTRATION.live, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return own(registration_rows(), actor).order_by(live, "-letter__issued_at", "-pk")


def own_registration(actor: Actor) -> Registration | None:
    """The actor's live registration, else their last one."""
    return _OWN.first(actor)


_OWN = Prepared(lambda actor: own_registrations(actor)[:1])


def registration_of(actor: Actor, registration_id: UUID) -> Registration:
    """One registration that is the actor's own, or that they read or once read; raises `Absent`."""
    for rows in (own_registrations(actor), registrations(actor), past_registrations(actor)):
        row = rows.filter(pk=registration_id).first()
        if row is not None:
            return row
    raise Absent("registration")


def timeline(actor: Actor, registration: Registration) -> list[TimelineItem]:
    """What happened to a registration that the actor may see, oldest first; raises `Absent`."""
    return story_of(registration_of(actor, registration.pk))


def story_of(registration: Registration) -> list[TimelineItem]:
    """What happened to a registration that was fetched for its reader, oldest first.

    Who reads the past is told no more than what had happened when their relation ended.
    """
    entries = journal.timeline(registration.pk)
    if not registration.is_whole:
        entries = entries.filter(at__lte=registration.seen_until)
    return timeline_items(entries, STORIES)


def live_registrations(person_ids: Collection[UUID]) -> dict[UUID, Registration]:
    """The live registration of each person who has one, whoever's it is."""
    rows = registration_rows().filter(person__in=person_ids, state__in=REGISTRATION.live)
    return {registration.person_id: registration for registration in rows}


def reported(organisation: Organisation) -> QuerySet[Registration]:
    """Every registration that was presented to a community below `organisation`, whatever became
    of it."""
    rows = registration_rows().filter(submitted_at__isnull=False)
    return rows.filter(community__path__startswith=organisation.path)


def present_registrations_of(organisation: Organisation) -> QuerySet[Registration]:
    """Registrations of the present members below an organisation the caller may see: those that
    its branches began, and whatever is live of an earlier unit's."""
    begun = Q(branch__path__startswith=organisation.path)
    return registration_rows().filter(
        begun | Q(state__in=REGISTRATION.live),
        person__memberships__closed_at=None,
        person__memberships__branch__path__startswith=organisation.path,
    )


def received_registrations_of(organisation: Organisation) -> QuerySet[Registration]:
    """What communities have accepted of the present members in service below an organisation the
    caller may see, whichever unit began it."""
    return registration_rows().filter(
        state=State.ACCEPTED,
        person__memberships__closed_at=None,
        person__memberships__standing=Standing.IN_SERVICE,
        person__memberships__branch__path__startswith=organisation.path,
    )


def grids_of(person_ids: Collection[UUID]) -> dict[UUID, Organisation]:
    """In which grid each of these persons was placed by the community that received them; the
    others are left out."""
    rows = Registration.objects.filter(person__in=person_ids, state=State.ACCEPTED)
    placed = rows.exclude(grid=None).select_related("grid")
    return {row.person_id: row.grid for row in placed if row.grid}


def itself_in(state: State) -> PendingRows:
    """For a notice about a registration: that registration while it is in `state`."""
    return lambda: Registration.objects.filter(pk=OuterRef("about"), state=state)


PENDING: dict[str, PendingRows] = {
    "group-presented": lambda: Registration.objects.filter(
        community=OuterRef("organisation"),
        state=State.SUBMITTED,
        as_group=True,
        submitted_at__lte=OuterRef("created_at"),
    ),
    "letter-issued": itself_in(State.ISSUED),
    "member-returned": itself_in(State.RETURNED),
    "registration-returned": itself_in(State.RETURNED),
}
"""For which rows notices ask."""
