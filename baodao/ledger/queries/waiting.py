"""What waits for a community, and what a member has stated or objected to."""

from django.db.models import Exists, OuterRef, QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import own, within
from baodao.ledger.models import Dispute, ServiceRecord, Statement
from baodao.ledger.rules import StatementState
from baodao.orgs.models import Organisation
from baodao.orgs.queries import places
from baodao.orgs.rules import Kind
from baodao.registration.queries.registrations import own_registrations


def statements(
    actor: Actor, permission: Permission = Permission.RECORD_CONFIRM
) -> QuerySet[Statement]:
    """Statements to communities on which the actor holds `permission`."""
    rows = Statement.objects.select_related("person", "community")
    return within(rows, actor, permission, "community__path")


def waiting_statements(actor: Actor, community: Organisation) -> QuerySet[Statement]:
    """What waits to be confirmed in a community, the longest first."""
    rows = statements(actor).filter(community=community, state=StatementState.WAITING)
    return rows.order_by("stated_at", "pk")


def own_statements(actor: Actor) -> QuerySet[Statement]:
    """The actor's own, the latest first."""
    rows = Statement.objects.select_related("person", "community")
    return own(rows, actor).order_by("-stated_at", "-pk")


def stating_places(actor: Actor) -> QuerySet[Organisation]:
    """Communities to which the actor may state: those that have received them, now or once."""
    received = own_registrations(actor).filter(accepted_at__isnull=False)
    return places(Kind.COMMUNITY).filter(pk__in=received.order_by().values("community"))


def disputes(actor: Actor, permission: Permission = Permission.RECORD_REVERSE) -> QuerySet[Dispute]:
    """Disputes in communities on which the actor holds `permission`; each row says in `undone`
    whether its record was reversed."""
    return within(_disputes(), actor, permission, "community__path")


def open_disputes(actor: Actor, community: Organisation) -> QuerySet[Dispute]:
    """What waits to be answered in a community, the first due first."""
    return disputes(actor).filter(community=community, outcome="").order_by("due_on", "pk")


def own_disputes(actor: Actor) -> QuerySet[Dispute]:
    """The actor's own, the latest first."""
    return own(_disputes(), actor).order_by("-raised_at", "-pk")


def _disputes() -> QuerySet[Dispute]:
    reversal = ServiceRecord.objects.filter(
        community=OuterRef("community"), reverses=OuterRef("record_id")
    )
    rows = Dispute.objects.select_related("person", "community")
    return rows.annotate(undone=Exists(reversal))
