"""Registrations in scope: a unit's own by their branch, a community's once they were presented."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from baodao.kernel import journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.orgs.queries import organisations
from baodao.orgs.rules import Kind
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships
from baodao.registration.models import Letter, Registration
from baodao.registration.rules.states import REGISTRATION, STORIES
from baodao.ui.timelines import TimelineItem, told

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


def label_of(row: Registration | Membership) -> str:
    """How a batch names somebody: name and branch, since names repeat."""
    return f"{row.person.name}（{row.branch.name}）"


def registration_rows() -> QuerySet[Registration]:
    """Every registration with what pages and papers show of it, for this slice."""
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
    """Registrations on which the actor holds `permission`.

    A unit's permissions hold by the branch and a community's by the community. Reading and ending
    hold by either; then a community sees a registration from its first presentation on. Who
    may accept reaches unpresented letters too, because their holder shows them at the desk.
    """
    rows = registration_rows()
    if permission in UNIT_SIDE:
        return within(rows, actor, permission, "branch__path")
    if permission in COMMUNITY_SIDE:
        return within(rows, actor, permission, "community__path")
    if actor.paths(permission) == ("",):
        return rows
    kinds = _kinds(actor, permission)
    presented = rows.filter(submitted_at__isnull=False)
    as_host = within(presented, actor, permission, "community__path")
    as_unit = within(rows, actor, permission, "branch__path")
    if Kind.COMMUNITY not in kinds:
        return as_unit
    return as_unit | as_host if Kind.BRANCH in kinds else as_host


def reached(actor: Actor, permission: Permission) -> QuerySet[Registration]:
    """Registrations on which the actor holds `permission`, and what present members of theirs
    brought along from an earlier unit."""
    ours = memberships(actor, permission).values("person")
    return registration_rows().filter(
        Q(pk__in=registrations(actor, permission).values("pk"))
        | Q(person__in=ours, state__in=REGISTRATION.live)
    )


def _kinds(actor: Actor, permission: Permission) -> set[Kind]:
    """Which sides the actor stands on, so that most lists are found by one index."""
    scope = organisations(actor, permission)
    sides = {
        Kind.BRANCH: scope.filter(kind__in=[Kind.BRANCH, Kind.UNIT]),
        Kind.COMMUNITY: scope.filter(kind=Kind.COMMUNITY),
    }
    return {kind for kind, rows in sides.items() if rows.exists()}


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
    return own_registrations(actor).first()


def registrations_of(actor: Actor, person: Person) -> QuerySet[Registration]:
    """Everything about one person that the actor may read, the latest first.

    Their present unit also reads what an earlier unit of theirs began.
    """
    is_ours = memberships(actor, Permission.REGISTRATION_READ).filter(person=person).exists()
    rows = registration_rows() if is_ours else registrations(actor)
    return rows.filter(person=person).order_by("-letter__issued_at", "-pk")


def timeline(actor: Actor, registration: Registration) -> list[TimelineItem]:
    """What happened to a registration that the actor may see, oldest first; raises `Absent`."""
    theirs = (registrations_of(actor, registration.person), own_registrations(actor))
    if not any(rows.filter(pk=registration.pk).exists() for rows in theirs):
        raise Absent("registration")
    return told(journal.timeline(registration.pk), STORIES)


def live_registrations(person_ids: Collection[UUID]) -> dict[UUID, Registration]:
    """The live registration of each person who has one, whoever's it is."""
    rows = registration_rows().filter(person__in=person_ids, state__in=REGISTRATION.live)
    return {registration.person_id: registration for registration in rows}


def reported(organisation: Organisation) -> QuerySet[Registration]:
    """Every registration that was presented to a community below `organisation`, whatever became
    of it."""
    rows = registration_rows().filter(submitted_at__isnull=False)
    return rows.filter(community__path__startswith=organisation.path)


def current_registrations_of(organisation: Organisation) -> QuerySet[Registration]:
    """Live registrations of the present members below `organisation`, whichever branch began
    them."""
    return registration_rows().filter(
        state__in=REGISTRATION.live,
        person__memberships__closed_at=None,
        person__memberships__branch__path__startswith=organisation.path,
    )
