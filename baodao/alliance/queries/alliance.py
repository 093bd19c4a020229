"""Who offers in a community's alliance and what, for residents and for who keeps it; which hours
are free."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from baodao.alliance.models import AllianceMember, AllianceService, Appointment, ServiceDay
from baodao.alliance.rules.alliance import MemberKind
from baodao.bookings.queries.bookings import free_hours
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.hours import FreeHour, OpenWeek
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below

Members = QuerySet[AllianceMember]
Services = QuerySet[AllianceService]


def names_of(member_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these are called in the journal: a shop by its name, of a neighbour only that it is
    one."""
    rows = AllianceMember.objects.filter(pk__in=member_ids)
    return {
        row.pk: row.name if row.kind == MemberKind.SHOP else gettext(MemberKind.NEIGHBOUR.words)
        for row in rows
    }


def offered_services() -> Services:
    """Everything that is offered now, for this slice."""
    rows = AllianceService.objects.select_related("member__community", "member__person")
    return rows.filter(ended_at=None, member__ended_at=None)


def alliance_members(actor: Actor) -> Members:
    """Who offers in the communities whose alliance the actor keeps."""
    rows = AllianceMember.objects.select_related("community", "person")
    return within(rows, actor, Permission.ALLIANCE_EDIT, "community__path")


def members_in(actor: Actor, community: Organisation) -> Members:
    """Who offers in a community, with what they offer, in the order in which they joined: it says
    nothing of who is asked more."""
    rows = alliance_members(actor).filter(community__path__startswith=community.path)
    offered = offered_services().order_by("published_at", "pk")
    here = rows.filter(ended_at=None).order_by("joined_at", "pk")
    return here.prefetch_related(Prefetch("services", offered, to_attr="offered"))


def member_of(actor: Actor, member_id: UUID) -> AllianceMember:
    """One who offers, in scope, and has not ended. Raises `Absent`."""
    row = alliance_members(actor).filter(pk=member_id, ended_at=None).first()
    if row is None:
        raise Absent("member")
    return row


def services_in_charge(actor: Actor) -> Services:
    """What is offered in the communities whose alliance the actor keeps."""
    return within(offered_services(), actor, Permission.ALLIANCE_EDIT, "member__community__path")


def service_in_charge(actor: Actor, service_id: UUID) -> AllianceService:
    """One of them. Raises `Absent`."""
    row = services_in_charge(actor).filter(pk=service_id).first()
    if row is None:
        raise Absent("service")
    return row


def services_here(community: Organisation) -> Services:
    """What is offered in a community, for all to see, in the order in which it was put up."""
    rows = offered_services().filter(member__community__in=ids_below(community.path))
    return rows.order_by("published_at", "pk")


def service_here(community: Organisation, service_id: UUID) -> AllianceService:
    """One service of a community's alliance. Raises `Absent`."""
    row = services_here(community).filter(pk=service_id).first()
    if row is None:
        raise Absent("service")
    return row


def free_of(service: AllianceService, besides: UUID | None = None) -> list[FreeHour]:
    """The hours of a service that are free; `besides` is an appointment that moves."""

    def week(first: date, last: date) -> OpenWeek:
        rows = ServiceDay.objects.filter(service=service, on__gte=first, on__lte=last)
        return OpenWeek(service.weekly, dict(rows.values_list("on", "hours")))

    rows = Appointment.objects.filter(service=service)
    return free_hours(week, service.minutes, service.member.community, rows, besides)


def days_that_differ(service: AllianceService) -> QuerySet[ServiceDay]:
    """Days from today on whose hours differ from those of the week."""
    return ServiceDay.objects.filter(service=service, on__gte=clock.today()).order_by("on")
