"""How much a time bank is used, as authorities above the communities may know it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.residents.rules.households import told_count
from baodao.timebank.models import TimeAccount, TimeBooking
from baodao.timebank.rules.accounts import HOLDERS, BookingKind

HOUR = 60
SUMS = {
    "earned": (BookingKind.EARNED, BookingKind.TAKEN_BACK),
    "spent": (BookingKind.ORDERED, BookingKind.GIVEN_BACK),
    "given": (BookingKind.DONATED,),
}
BACK = (BookingKind.TAKEN_BACK, BookingKind.GIVEN_BACK)


@dataclass(frozen=True)
class TimeCount:
    """A place and what is told of its communities as of the end of a period: accounts, at least so
    many, and whole hours that were earned, spent and given in it."""

    place: Organisation
    accounts: int
    earned: int = 0
    spent: int = 0
    given: int = 0


def time_counts(actor: Actor, place: Organisation, period: Period) -> list[TimeCount]:
    """What is told of the places directly below a place, in the order of the tree.

    Of a community with fewer than five accounts nothing is told, so that no figure is somebody's;
    a place above is the sum of what is told of its communities.
    """
    mine = organisations(actor, Permission.FIGURE_READ).filter(closed_at=None)
    rows = mine.filter(path__startswith=place.path)
    communities = list(rows.filter(kind=Kind.COMMUNITY).values_list("path", flat=True))
    figures = {path: one for path, one in _communities(place, communities, period).items() if one}
    children = rows.filter(parent=place, kind__in=PLACES).order_by("sort", "pk")
    return [
        TimeCount(
            child,
            **{
                name: sum(one[name] for path, one in figures.items() if path.startswith(child.path))
                for name in ("accounts", *SUMS)
            },
        )
        for child in children
    ]


def _communities(
    place: Organisation, communities: list[str], period: Period
) -> Mapping[str, dict[str, int]]:
    """By the path of a community what is told of it; what it took over counts with it."""
    first, end = clock.midnight(period.first), clock.end_of(period.last)
    here = TimeAccount.objects.filter(
        Q(closed_at=None) | Q(closed_at__gt=end),
        kind__in=HOLDERS,
        opened_at__lt=end,
        community__path__startswith=place.path,
    )
    sums = {path: dict.fromkeys(("accounts", *SUMS), 0) for path in communities}
    for path, number in here.order_by().values_list("community__path").annotate(n=Count("pk")):
        _add(sums, path, "accounts", number)
    booked = TimeBooking.objects.filter(booked_at__gte=first, booked_at__lt=end).order_by()
    for name, kinds in SUMS.items():
        for side in ("payer", "payee"):
            mine = {
                f"{side}__kind__in": HOLDERS,
                f"{side}__community__path__startswith": place.path,
            }
            rows = booked.filter(kind__in=kinds, **mine).values_list(
                f"{side}__community__path", "kind"
            )
            for path, kind, minutes in rows.annotate(n=Sum("minutes")):
                if name != "given" or side == "payer":
                    _add(sums, path, name, -minutes if kind in BACK else minutes)
    return {path: _rounded(one) for path, one in sums.items()}


def _add(sums: dict[str, dict[str, int]], path: str, name: str, number: int) -> None:
    home = max((one for one in sums if path.startswith(one)), key=len, default=None)
    if home is not None:
        sums[home][name] += number


def _rounded(one: Mapping[str, int]) -> dict[str, int]:
    """What is told of a community; nothing of one with few accounts."""
    accounts = told_count(one["accounts"])
    if not accounts:
        return {}
    return {"accounts": accounts} | {name: one[name] // HOUR for name in SUMS}
