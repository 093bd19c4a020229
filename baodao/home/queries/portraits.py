"""What the slices below tell of one person: services, claims, cards, papers and memberships, as far
as their reader may see each. A person's own page and that of any reader are made of the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.results import own_present, results_of_person
from baodao.agenda.queries.claims import own_claims, past_claims
from baodao.appraisal.queries.cards import cards, own_cards
from baodao.claims.models import Claim
from baodao.claims.queries.claims import Claims, claims
from baodao.claims.queries.seats import seats_ever_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import words_where
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.queries.records import (
    Rows,
    described,
    in_view,
    originals,
    own_records,
    records,
    standing,
)
from baodao.orgs.queries.policies import values_by_path
from baodao.people.models import Membership
from baodao.people.queries.members import membership_periods, own_memberships
from baodao.statements.queries.sheets import own_sheets, sheets
from baodao.ui.wording import word_of

FIRST = 5
"""How many lines a part shows; all of them stand behind its link."""
MOST = 200
MONTHS = 12


@dataclass
class ServiceShare:
    """Services and their minutes, of one kind or of the month that begins on `month`."""

    words: str = ""
    month: date | None = None
    count: int = 0
    minutes: int = 0

    def add(self, count: int, minutes: int) -> None:
        """Count these too."""
        self.count += count
        self.minutes += minutes


ServiceGroup = tuple[str, str, date, int, int]
"""Services of a community, by its path, of a kind and a month: how many, and their minutes."""


@dataclass(frozen=True)
class ServicePortrait:
    """Services that stand, by kind, the most time first, and of the last months with any, the
    latest first; and the latest records, reversed ones among them."""

    kinds: Sequence[ServiceShare]
    months: Sequence[ServiceShare]
    latest: Sequence[ServiceRecord]

    @property
    def count(self) -> int:
        return sum(share.count for share in self.kinds)

    @property
    def minutes(self) -> int:
        return sum(share.minutes for share in self.kinds)

    def of_year(self, year: int) -> ServiceShare:
        """The services of a year that is not over twelve months ago."""
        months = [share for share in self.months if share.month and share.month.year == year]
        return ServiceShare(
            count=sum(share.count for share in months),
            minutes=sum(share.minutes for share in months),
        )


@dataclass(frozen=True)
class Beginning:
    """The first lines of a longer list, and whether there are more."""

    lines: Sequence[Any] = field(default_factory=tuple)
    more: bool = False


@dataclass(frozen=True)
class Portrait:
    """One person as one reader may see them; memberships the latest first. `policies` is what
    adopted policies say of them, to themselves of the present periods."""

    services: ServicePortrait
    claims: Beginning
    cards: Beginning
    sheets: Beginning
    memberships: Sequence[Membership]
    policies: Sequence[PolicyResult] = ()


def portrait_of(
    actor: Actor, person_id: UUID, *, until: datetime | None = None, whole: bool = False
) -> Portrait:
    """Of somebody whom the actor reads, or once read and knows only `until` then; `whole` shows
    every claim, card and sheet.

    Each part is asked of its own slice: what the actor may not read there is not in it.
    """
    most = MOST if whole else FIRST
    claim_rows = _brief(_claims_of(actor, person_id)).order_by("-claimed_at", "-pk")
    if until is not None:
        claim_rows = claim_rows.filter(ended_at__lte=until)
    services = _services(on_their_shards(records(actor).filter(person=person_id), [person_id]))
    periods = membership_periods(actor, Permission.PERSON_READ).filter(person=person_id)
    return Portrait(
        services=ServicePortrait(
            services.kinds, services.months, [in_view(actor, row) for row in services.latest]
        ),
        claims=_beginning(claim_rows, most),
        cards=_beginning(cards(actor).filter(person=person_id).order_by("-year", "-pk"), most),
        sheets=_beginning(sheets(actor).filter(person=person_id).order_by("-issued_at"), most),
        memberships=list(periods.select_related("branch__parent").order_by("-recorded_at")),
        policies=list(results_of_person(actor, person_id)[:most]),
    )


def _claims_of(actor: Actor, person_id: UUID) -> Claims:
    """Those that the actor reads, of the person or by which they serve for a unit or a team."""
    return claims(actor).filter(pk__in=seats_ever_of(person_id).order_by().values("claim"))


def own_portrait(actor: Actor) -> Portrait:
    """The actor's own."""
    claims = [*_LIVE.rows(actor), *_PAST.rows(actor)]
    return Portrait(
        services=_portrait(_GROUPS.rows(actor), _LATEST.rows(actor)),
        claims=_begun(claims, FIRST),
        cards=_begun(_CARDS.rows(actor), FIRST),
        sheets=_begun(_SHEETS.rows(actor), FIRST),
        memberships=_MEMBERSHIPS.rows(actor),
        policies=own_present(actor).answer(),
    )


_LIVE = Prepared(lambda actor: _brief(own_claims(actor))[: FIRST + 1])
_PAST = Prepared(lambda actor: _brief(past_claims(actor))[: FIRST + 1])
_GROUPS = Prepared(lambda actor: _groups(own_records(actor)))
_LATEST = Prepared(lambda actor: _latest(own_records(actor)))
_CARDS = Prepared(lambda actor: own_cards(actor)[: FIRST + 1])
_SHEETS = Prepared(lambda actor: own_sheets(actor)[: FIRST + 1])
_MEMBERSHIPS = Prepared(own_memberships)


def _brief(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with what one line says of each."""
    return rows.select_related(None).select_related("community", "offer")


def _beginning(rows: QuerySet[Any], most: int) -> Beginning:
    return _begun(list(rows[: most + 1]), most)


def _begun(lines: Sequence[Any], most: int) -> Beginning:
    return Beginning(lines[:most], more=len(lines) > most)


def _services(rows: Rows) -> ServicePortrait:
    return _portrait(list(_groups(rows)), list(_latest(rows)))


def _latest(rows: Rows) -> QuerySet[Any]:
    return described(originals(rows)).order_by("-served_on", "-recorded_at", "-id")[:FIRST]


def _groups(rows: Rows) -> QuerySet[Any, ServiceGroup]:
    """Services by community, kind and month: how many, how many minutes."""
    months = standing(rows).order_by().annotate(month=TruncMonth("served_on"))
    groups = months.values_list("community__path", "category", "month")
    return groups.annotate(Count("id"), Sum("minutes"))


def _portrait(groups: Sequence[ServiceGroup], latest: Sequence[Any]) -> ServicePortrait:
    return ServicePortrait(_by_kind(groups), _by_month(groups), latest)


def _by_kind(groups: Sequence[ServiceGroup]) -> list[ServiceShare]:
    """By what each kind is called in its community; the most time first."""
    values = values_by_path({path for path, *_ in groups}) if groups else {}
    words = {path: words_where(one) for path, one in values.items()}
    shares: dict[str, ServiceShare] = {}
    for path, category, _month, count, minutes in groups:
        name = word_of(words[path], category)
        shares.setdefault(name, ServiceShare(words=name)).add(count, minutes)
    return sorted(shares.values(), key=lambda share: (-share.minutes, share.words))


def _by_month(groups: Sequence[ServiceGroup]) -> list[ServiceShare]:
    shares: dict[date, ServiceShare] = {}
    for _path, _category, month, count, minutes in groups:
        shares.setdefault(month, ServiceShare(month=month)).add(count, minutes)
    return [shares[month] for month in sorted(shares, reverse=True)[:MONTHS]]
