"""Whom a call-up calls: decided by what holds at the instant at which it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from baodao.accounts.queries import accounts_that_open
from baodao.callups.models import CallUp
from baodao.kernel.choice_lists import MARK
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.rules.standing import Standing
from baodao.registration.queries.registrations import registration_rows
from baodao.registration.rules.states import State

STANDINGS = (Standing.IN_SERVICE, Standing.SECONDED)
"""Who is retired or lives elsewhere is not called."""


def audience_of(call: CallUp) -> QuerySet[Any]:
    """The registrations of everybody whom a call-up calls, each with the `branch_now` of its member
    and whether an account of theirs can be told (`reached_now`)."""
    rows = call.targets.select_related("organisation")
    targets = [place for row in rows for place in _today(row.organisation)]
    return audience(standing_of(call.caller), targets, call.skills)


def _today(place: Organisation) -> list[Organisation]:
    """The place itself while it is open, else all that took it over; itself where nobody did."""
    if place.closed_at is None:
        return [place]
    heirs = [row.successor for row in place.successors.select_related("successor")]
    return [one for heir in heirs for one in _today(heir)] or [place]


def audience(caller: Organisation, targets: Collection[Organisation], skills: str) -> QuerySet[Any]:
    """Members whom a community of the caller has received, who are in one of the target places and
    units, where there are such, and say that they know one of the skills."""
    condition = Q(
        state=State.ACCEPTED,
        community__path__startswith=caller.path,
        person__memberships__closed_at=None,
        person__memberships__standing__in=STANDINGS,
    )
    for lookups in (BELONGING, PLACING):
        places = [
            Q(**{lookups[k]: one.path}) for one in targets if (k := Kind(one.kind)) in lookups
        ]
        condition &= _any(places)
    condition &= _any([Q(person__specialty__contains=word) for word in words_of(skills)])
    return (
        registration_rows()
        .filter(condition)
        .annotate(
            branch_now=F("person__memberships__branch"),
            reached_now=Exists(accounts_that_open().filter(person=OuterRef("person"))),
        )
        .order_by()
    )


BELONGING = dict.fromkeys((Kind.UNIT, Kind.BRANCH), "person__memberships__branch__path__startswith")
PLACING = {
    Kind.COMMUNITY: "community__path__startswith",
    Kind.GRID: "grid__path__startswith",
    Kind.TEAM: "team__path__startswith",
}
"""How a registration lies below a target of each kind."""


def words_of(skills: str) -> list[str]:
    """The words of a text of specialties."""
    return [word for word in skills.split(MARK) if word]


def _any(conditions: Collection[Q]) -> Q:
    """One of them; everything where there is none."""
    whole = Q()
    for condition in conditions:
        whole |= condition
    return whole


def units_with_members(caller: Organisation) -> QuerySet[Organisation]:
    """The units of which members are registered here."""
    rows = audience(caller, (), "").values_list("person__memberships__branch__path", flat=True)
    codes = {code for path in rows.distinct() for code in path.split(".")}
    return places(Kind.UNIT).filter(code__in=codes, closed_at=None).order_by("name", "pk")


@dataclass(frozen=True)
class Preview:
    """How many a call-up would call now, and how many of them no notice reaches."""

    people: int
    unreached: int


def preview_of(call: CallUp) -> Preview:
    """Counted now; who is called is decided once more when it is sent."""
    rows = audience_of(call)
    return Preview(rows.count(), rows.filter(reached_now=False).count())
