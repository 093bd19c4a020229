"""To which households with a file a visit is due, whoever visits them, by their grade."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, TruncDate

from baodao.accounts.queries import switches_in_force
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.helpgroups.queries.groups import helps, stands_now
from baodao.helpgroups.rules.groups import MONTH
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_at, days_in, values_at
from baodao.orgs.rules.policies import Amount
from baodao.pairings.queries.visits import last_visits
from baodao.residents.queries.files import Files, files, living
from baodao.residents.rules.households import SupportGrade
from baodao.visits.queries.visits import visit_rows
from baodao.visits.rules.policies import MONTHLY, MONTHLY_CLOSE, MONTHLY_LIGHT

Days = Callable[[Amount], Combinable]
"""How many visits a month a policy asks for, as SQL."""


def visits_due(actor: Actor, community: Organisation, today: date) -> Files:
    """The living files of a community, where files are switched on, whose household was to be
    visited before `today`: by a contact cadre, by who is paired with it or by its help group, so
    often a month as its grade asks. With `visited_on` and `due_on`."""
    policies = values_at(community.path)
    return _with_days(_overdue(actor, community, today, lambda policy: Value(policies.of(policy))))


def _overdue(actor: Actor, community: Organisation, today: date, days: Days) -> Files:
    here = Value(community.path, output_field=CharField())
    switches = switches_in_force().filter(key=HOUSEHOLD_FILES).order_by().select_related(None)
    turned_on = switches.annotate(here=here).filter(here__startswith=F("organisation__path"))
    rows = living(files(actor)).filter(
        Exists(turned_on), community__path__startswith=community.path
    )
    last = ExpressionWrapper(Value(today) - F("step"), output_field=DateField())
    rows = _with_wishes(rows, days).filter(wish__gt=0)
    late: Files = rows.annotate(last=last).filter(*_unvisited(), filed_on__lt=F("last"))
    return late


def with_group(rows: Files) -> Files:
    """The files with what a list tells of each: `visited_on`, `due_on` and the `group_name`."""
    group = stands_now().filter(household=OuterRef("entry")).order_by().values("group__name")
    name = Subquery(group[:1], output_field=CharField())
    wishes = _with_wishes(rows, lambda policy: days_at(policy, "community__path"))
    files_due: Files = _with_days(wishes).annotate(group_name=name)
    return files_due


def _with_days(rows: Files) -> Files:
    """The files with the day on which somebody was there last, and on which a visit is due."""
    visited_on = Greatest(*_visited(), output_field=DateField())
    first = Greatest(F("visited_on"), F("filed_on"), output_field=DateField())
    due = ExpressionWrapper(first + F("step"), output_field=DateField())
    files_due: Files = rows.annotate(visited_on=visited_on).annotate(due_on=due)
    return files_due


def _with_wishes(rows: Files, days: Days) -> Files:
    """The files with the `wish`, how many visits a month their grade asks for where they are kept
    now, the `step` in days from one to the next, and the day on which they were filed."""
    wish = Case(
        When(grade=SupportGrade.CLOSE, then=days(MONTHLY_CLOSE)),
        When(grade=SupportGrade.LIGHT, then=days(MONTHLY_LIGHT)),
        default=days(MONTHLY),
        output_field=IntegerField(),
    )
    step = ExpressionWrapper(Value(MONTH) / F("wish"), output_field=IntegerField())
    filed_on = TruncDate("filed_at", tzinfo=clock.ZONE)
    wishes: Files = rows.annotate(wish=wish, filed_on=filed_on).annotate(step=step)
    return wishes


def _visits() -> tuple[tuple[QuerySet[Any], str], ...]:
    """The visits to a row's household by a contact cadre, by who is paired, by the group, and where
    the day of each stands."""
    entry = OuterRef("entry")
    return (
        (visit_rows().filter(contact__household=entry), "on"),
        (last_visits(), "statement__served_on"),
        (helps().filter(stand__household=entry), "statement__served_on"),
    )


def _unvisited() -> tuple[Combinable, ...]:
    """That nobody was there since the `last` day on which a visit would still count. It is asked
    beside the day itself, which takes longer and is shown of a page alone."""
    since = OuterRef("last")
    return tuple(
        ~Exists(rows.order_by().select_related(None).filter(**{f"{day}__gte": since}))
        for rows, day in _visits()
    )


def _visited() -> tuple[Subquery, ...]:
    """The last day on which each of them was there."""
    return tuple(
        Subquery(
            rows.order_by()
            .annotate(one=Value(1))
            .values("one")
            .annotate(day=Max(day))
            .values("day")
        )
        for rows, day in _visits()
    )


def due_visits(actor: Actor, community: Organisation) -> Question[int]:
    """How many households are to be visited."""
    return _DUE.number(actor, community, clock.today())


def _due(actor: Actor, community: Organisation, today: date) -> QuerySet[Any, Any]:
    rows = _overdue(actor, community, today, lambda policy: days_in(policy, community.path))
    return rows.order_by().values_list("pk")


_DUE = Prepared(_due)
