"""The three lists as each side reads them: resources, needs that want units, projects."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.choice_lists import ChoiceList, widened
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.needs.models import Need
from baodao.needs.queries.needs import need_rows
from baodao.needs.rules.life import NeedState
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import ancestor_of, ids_below, standing_of
from baodao.orgs.rules.policies import UNITS
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, partnerships_at
from baodao.people.queries.members import unit_of
from baodao.resources.models import ListClaim, NeedCall, Project, Resource
from baodao.resources.rules.lives import ListClaimState, ResourceReach, ResourceState
from baodao.resources.rules.policies import KINDS, MORE_KINDS

READ = Permission.UNIT_REGISTRATION_READ
WRITE = Permission.UNIT_REGISTRATION_PRESENT
RECEIVE = Permission.UNIT_REGISTRATION_ACCEPT


def kinds_at(place: Organisation) -> ChoiceList:
    """The kinds of resources that may be chosen at a place: the usual ones and those added."""
    more: Sequence[str] = values_at(place.path).of(MORE_KINDS)
    return widened(KINDS, tuple(more))


def own_resources(actor: Actor, permission: Permission = READ) -> QuerySet[Resource]:
    """Resources of units on which the actor holds `permission`."""
    return within(Resource.objects.select_related("unit"), actor, permission, "unit__path")


def resources_reaching(community: Organisation) -> QuerySet[Resource]:
    """Resources on the lists of units that a community may claim: of its partner units, and of
    those of its street that offer them to every community there."""
    street = ancestor_of(community, Kind.STREET)
    reaching = Q(unit__in=partnerships_at(community.path).values("unit"))
    if street is not None:
        near = partnerships_at(street.path).values("unit")
        reaching |= Q(reach=ResourceReach.STREET, unit__in=near)
    rows = Resource.objects.select_related("unit").filter(reaching, unit__closed_at=None)
    return rows.filter(state=ResourceState.PUBLISHED)


def resources_in(actor: Actor, place: Organisation) -> QuerySet[Resource]:
    """What somebody who acts for a place reads: a unit its own, a branch what its unit has on the
    list, a community what it may claim, an authority what is on the lists below it."""
    if not actor.may(READ, place.path):
        return Resource.objects.none()
    if place.kind == Kind.COMMUNITY:
        return resources_reaching(place)
    if place.kind in UNITS:
        rows = Resource.objects.select_related("unit").filter(unit=unit_of(place))
        own = place.kind == Kind.UNIT
        return rows if own else rows.filter(state=ResourceState.PUBLISHED)
    below = Q(unit__path__startswith=place.path)
    below |= Q(unit__in=partnerships_at(place.path).values("unit"))
    rows = Resource.objects.select_related("unit")
    return rows.filter(below, state=ResourceState.PUBLISHED)


def resource_in(actor: Actor, place: Organisation, resource_id: UUID) -> Resource:
    """One of them, or one that the place has claimed once. Raises `Absent`."""
    row = resources_in(actor, place).filter(pk=resource_id).first()
    if row is None and place.kind == Kind.COMMUNITY and actor.may(READ, place.path):
        before = ListClaim.objects.filter(community=place, resource=resource_id)
        rows = Resource.objects.select_related("unit")
        row = rows.filter(pk__in=before.values("resource")).first()
    if row is None:
        raise Absent("resource")
    return row


def own_resource(actor: Actor, resource_id: UUID) -> Resource:
    """One that the actor keeps for a unit. Raises `Absent`."""
    row = own_resources(actor, WRITE).filter(pk=resource_id).first()
    if row is None:
        raise Absent("resource")
    return row


def bookings_of(resource: Resource) -> QuerySet[ListClaim]:
    """For when a resource is lent, was lent or is wanted, by time; the calendar of it."""
    states = (ListClaimState.AGREED, ListClaimState.OPEN, ListClaimState.OTHER_TIME)
    rows = ListClaim.objects.select_related("community", "unit", "need")
    return rows.filter(resource=resource, state__in=states).order_by("starts_at", "pk")


def taken_units() -> Coalesce:
    """How many units have agreed to take on the need of an outer row."""
    rows = ListClaim.objects.filter(
        need=OuterRef("need"), resource=None, state=ListClaimState.AGREED
    )
    numbers = rows.order_by().values("need").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


def need_calls() -> QuerySet[Any]:
    """Needs on a list now that still wait for help, each with how many units have `taken` it."""
    rows = NeedCall.objects.select_related("need__community").annotate(taken=taken_units())
    return rows.filter(until=None, need__state__in=(NeedState.SCREENED, NeedState.OPEN))


def call_of(need: Need) -> NeedCall | None:
    """The place of a need on the list; None where it has none."""
    return NeedCall.objects.filter(need=need, until=None).first()


def needs_in(actor: Actor, place: Organisation) -> QuerySet[Any]:
    """The list of needs of a place; to a unit or a branch, that of its partner community."""
    here: Organisation | None = place
    if place.kind in UNITS:
        here = partner_community(place)
    if here is None or not actor.may(Permission.NEED_READ, place.path):
        return need_calls().none()
    rows = need_calls().filter(need__community__in=ids_below(here.path))
    return rows.order_by("since", "pk")


def need_in(actor: Actor, place: Organisation, need_id: UUID) -> Any:
    """One of them. Raises `Absent`."""
    row = needs_in(actor, place).filter(need=need_id).first()
    if row is None:
        raise Absent("need")
    return row


def needs_off_list(community: Organisation) -> QuerySet[Need]:
    """Needs of a community that could be put on its list: screened, and not there yet."""
    rows = need_rows().filter(
        community__in=ids_below(community.path),
        state__in=(NeedState.SCREENED, NeedState.OPEN),
        item=None,
    )
    return rows.exclude(call__until=None, call__isnull=False).order_by("collected_at", "pk")


def project_rows() -> QuerySet[Project]:
    """Every project with what pages show of it."""
    return Project.objects.select_related("community", "unit")


def projects_in(actor: Actor, place: Organisation) -> QuerySet[Project]:
    """The list of projects of a place; to a unit or a branch those that it proposed or claimed,
    and those of its partner community."""
    if not actor.may(READ, place.path):
        return project_rows().none()
    if place.kind not in UNITS:
        return project_rows().filter(community__in=ids_below(place.path))
    unit = unit_of(place)
    seen = Q(unit=unit) | Q(pk__in=ListClaim.objects.filter(unit=unit).values("project"))
    partner = partner_community(unit)
    if partner is not None:
        seen |= Q(unit=None, community__in=ids_below(partner.path))
    return project_rows().filter(seen)


def project_in(actor: Actor, place: Organisation, project_id: UUID) -> Project:
    """One of them. Raises `Absent`."""
    row = projects_in(actor, place).filter(pk=project_id).first()
    if row is None:
        raise Absent("project")
    return row


def projects_to_keep(actor: Actor) -> QuerySet[Project]:
    """Projects that the actor proposed for a unit or a community, or receives as the community."""
    own = within(Project.objects.all(), actor, WRITE, "unit__path")
    here = within(Project.objects.all(), actor, RECEIVE, "community__path")
    return project_rows().filter(Q(pk__in=own.values("pk")) | Q(pk__in=here.values("pk")))


def units_of(project: Project) -> list[Organisation]:
    """The units that take part in a project: who proposed it, and whose claim was agreed."""
    claims = ListClaim.objects.filter(project=project, state=ListClaimState.AGREED)
    rows = [row.unit for row in claims.select_related("unit").order_by("claimed_at", "pk")]
    return list(dict.fromkeys([*([project.unit] if project.unit else []), *rows]))


def partner_of(unit: Organisation) -> Organisation:
    """The partner community of a unit. Raises `Absent` where it has none."""
    community = partner_community(unit)
    if community is None:
        raise Absent("community")
    return standing_of(community)
