"""Help groups in scope: who is in them now, by which households they stand, what is due."""

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate

from baodao.accounts.queries import switches_in_force
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.helpgroups.models import (
    GroupAide,
    GroupHelp,
    GroupHousehold,
    GroupReminder,
    HelpGroup,
)
from baodao.helpgroups.rules.groups import MONTH
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import own, within
from baodao.ledger.queries.records import record_rows, standing
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_at
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State
from baodao.residents.queries.files import kept_files
from baodao.residents.rules.households import SupportGrade
from baodao.statements.rules.statements import StatementState
from baodao.visits.queries.contacts import serving
from baodao.visits.rules.policies import MONTHLY, MONTHLY_CLOSE, MONTHLY_LIGHT

Groups = QuerySet[Any]
Stands = QuerySet[Any]
"""Households by which groups stand, with `helped_on`, `wish` (visits a month), `due_on`."""

_PLACE = "community__path"
_GROUP = "group__community__path"


def group_rows() -> QuerySet[HelpGroup]:
    """Every group with its place, for this slice."""
    return HelpGroup.objects.select_related("community", "grid")


def groups(actor: Actor, permission: Permission = Permission.HOUSEHOLD_READ) -> Groups:
    """The groups of communities where the actor may do so, also those that are dissolved."""
    return within(group_rows(), actor, permission, _PLACE)


def groups_in(actor: Actor, community: Organisation) -> Groups:
    """The groups of a community with how many `people` are in each, and by how many `households`
    it stands now."""
    rows = groups(actor).filter(community__path__startswith=community.path)
    columns: dict[str, Any] = {
        "people": Coalesce(_number(aides_now(), "group"), 0),
        "stands": Coalesce(_number(stands_now(), "group"), 0),
    }
    counted: Groups = rows.annotate(**columns)
    return counted


def _number(rows: QuerySet[Any], column: str) -> Subquery:
    counted = rows.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def group_in(
    actor: Actor, group_id: UUID, permission: Permission = Permission.HOUSEHOLD_READ
) -> Any:
    """One with which the actor may do so; raises `Absent`."""
    group = groups(actor, permission).filter(pk=group_id).first()
    if group is None:
        raise Absent("help group")
    return group


def open_groups(actor: Actor, community: Organisation) -> Groups:
    """The groups of a community that a household may be given to."""
    rows = groups(actor, Permission.HOUSEHOLD_EDIT).filter(ended_at=None)
    return rows.filter(community__path__startswith=community.path).order_by("name", "pk")


def aides_now() -> QuerySet[GroupAide]:
    """Who is in a group now: as long as it goes on and they did not leave it; a member as long as
    they serve, who joined with a team as long as they are in that team."""
    mates = registration_rows().filter(
        person=OuterRef("person"), team=OuterRef("team"), team__closed_at=None, state=State.ACCEPTED
    )
    rows = GroupAide.objects.select_related("person", "team", "group")
    rows = rows.filter(ended_at=None, group__ended_at=None)
    return rows.filter(Q(person=None) | Q(serving()), Q(team=None) | Exists(mates.order_by()))


def stands_now() -> QuerySet[GroupHousehold]:
    """By which households groups stand now: as long as the group goes on and the community keeps
    the file."""
    kept = kept_files().filter(entry=OuterRef("household"), community=OuterRef("community"))
    rows = GroupHousehold.objects.select_related("household", "group", "community")
    return rows.filter(Exists(kept), ended_at=None, group__ended_at=None)


def helps() -> QuerySet[GroupHelp]:
    """Every help that waits for the community, or was recorded and stands."""
    recorded = standing(record_rows()).filter(
        community=OuterRef("statement__community"), id=OuterRef("statement__record_id")
    )
    rows = GroupHelp.objects.select_related("statement__person", "stand")
    waiting = Q(statement__state=StatementState.WAITING)
    return rows.filter(waiting | Q(Exists(recorded.order_by())))


def with_due(rows: QuerySet[Any]) -> Stands:
    """With the day last `helped_on`, how many visits a month the grade of the household asks for
    (`wish`), and when the next is `due_on`; none where the grade asks for none."""
    last = helps().filter(stand=OuterRef("pk")).order_by().values("stand")
    grade = kept_files().filter(entry=OuterRef("household")).values("grade")
    columns: dict[str, Any] = {
        "helped_on": Subquery(last.annotate(last=Max("statement__served_on")).values("last")),
        "grade": Subquery(grade[:1], output_field=CharField()),
        "since": TruncDate("taken_at", tzinfo=clock.ZONE),
    }
    wish = Case(
        When(grade=SupportGrade.CLOSE, then=days_at(MONTHLY_CLOSE, _PLACE)),
        When(grade=SupportGrade.LIGHT, then=days_at(MONTHLY_LIGHT, _PLACE)),
        default=days_at(MONTHLY, _PLACE),
        output_field=IntegerField(),
    )
    first = Greatest(F("helped_on"), F("since"), output_field=DateField())
    step = ExpressionWrapper(Value(MONTH) / F("wish"), output_field=IntegerField())
    due = ExpressionWrapper(first + step, output_field=DateField())
    dated = rows.annotate(**columns).annotate(wish=wish)
    stands: Stands = dated.annotate(due_on=Case(When(wish__gt=0, then=due), default=None))
    return stands


def stands_of(group: HelpGroup) -> Stands:
    """The households by which a group stands now, what is due first first."""
    return with_due(stands_now().filter(group=group)).order_by("due_on", "taken_at", "pk")


def past_stands(group: HelpGroup) -> QuerySet[GroupHousehold]:
    """The households by which a group stood, the latest first."""
    rows = GroupHousehold.objects.filter(group=group)
    return rows.exclude(pk__in=stands_now().values("pk")).order_by("-taken_at", "pk")


def past_aides(group: HelpGroup) -> QuerySet[GroupAide]:
    """Who was in a group, the latest first."""
    rows = GroupAide.objects.filter(group=group)
    return rows.exclude(pk__in=aides_now().values("pk")).order_by("-joined_at", "pk")


def stand_to_steer(actor: Actor, stand_id: UUID) -> GroupHousehold:
    """A household by which a group of a community of the actor's stands or stood; raises
    `Absent`."""
    rows = GroupHousehold.objects.select_related("group__community", "household", "community")
    stand = within(rows, actor, Permission.HOUSEHOLD_EDIT, _GROUP).filter(pk=stand_id).first()
    if stand is None:
        raise Absent("household")
    return stand


def aide_to_steer(actor: Actor, aide_id: UUID) -> GroupAide:
    """Somebody who is or was in a group of a community of the actor's; raises `Absent`."""
    rows = GroupAide.objects.select_related("group__community", "person")
    aide = within(rows, actor, Permission.HOUSEHOLD_EDIT, _GROUP).filter(pk=aide_id).first()
    if aide is None:
        raise Absent("aide")
    return aide


def stand_of(household_id: UUID | None) -> GroupHousehold | None:
    """The group that stands by the household of an entry now."""
    return stands_now().filter(household=household_id).first() if household_id else None


def own_aides(actor: Actor) -> QuerySet[GroupAide]:
    """In which groups the actor is now."""
    rows = own(aides_now(), actor).select_related("group__community", "group__grid")
    return rows.order_by("joined_at", "pk")


def own_stands(actor: Actor) -> Question[list[Any]]:
    """The households of the groups in which the actor is now, where files are switched on, what is
    due first first."""
    return _OWN.question(actor)


def _own_stands(actor: Actor) -> Stands:
    mine = own(aides_now(), actor).order_by().values("group")
    path = ExpressionWrapper(OuterRef(_PLACE), output_field=CharField())
    switches = switches_in_force().filter(key=HOUSEHOLD_FILES).order_by().select_related(None)
    turned_on = switches.annotate(place=path).filter(place__startswith=F("organisation__path"))
    rows = stands_now().select_related(None).select_related("group")
    rows = rows.filter(Exists(turned_on), group__in=mine)
    return with_due(rows).order_by("due_on", "taken_at", "pk")


_OWN = Prepared(_own_stands)


def own_stand(actor: Actor, stand_id: UUID) -> Any:
    """One of them; raises `Absent`, also once the actor left, or the group stands by it no
    longer."""
    rows = _own_stands(actor).select_related("household", "group__community", "community")
    stand = rows.filter(pk=stand_id).first()
    if stand is None:
        raise Absent("household")
    return stand


def _unvisited() -> QuerySet[GroupReminder]:
    """For who was reminded: of a visit that is still the next one due, while they are in the
    group."""
    due = with_due(stands_now().filter(pk=OuterRef("stand"))).filter(due_on=OuterRef("due_on"))
    mine = aides_now().filter(group=OuterRef("stand__group"), person=OuterRef(OuterRef("person")))
    rows = GroupReminder.objects.filter(pk=OuterRef("about"))
    return rows.filter(Exists(due.order_by()), Exists(mine.order_by()))


PENDING: dict[str, PendingRows] = {"help-group-due": _unvisited}
"""For which rows notices ask."""
