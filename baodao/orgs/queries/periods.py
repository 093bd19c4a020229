"""What organisations were as of an instant: their names, places in the tree and contacts then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from baodao.kernel.prepared import Prepared
from baodao.orgs.models import Organisation, OrganisationPeriod


@dataclass(frozen=True)
class OrganisationThen:
    """An organisation as it was at an instant; `id` is that of the `Organisation`."""

    id: int
    parent_id: int | None
    kind: str
    code: str
    name: str
    path: str
    contact_name: str
    contact_phone: str
    address: str
    closed_at: datetime | None


_COLUMNS = (
    *("parent_id", "kind", "code", "name", "path"),
    *("contact_name", "contact_phone", "address", "closed_at"),
)


def organisations_at(ids: Iterable[int], at: datetime) -> dict[int, OrganisationThen]:
    """Each of these organisations as it was at `at`; one that was added later, as it was first."""
    keys = list(ids)
    rows = _present(Organisation.objects.filter(pk__in=keys))
    rows |= _past(OrganisationPeriod.objects.filter(organisation__in=keys), at)
    return rows


def periods_of(organisation: Organisation) -> QuerySet[OrganisationPeriod]:
    """What an organisation was before, the latest first."""
    return organisation.periods.select_related("parent").order_by("-until")


def names_at(ids: Iterable[int], at: datetime) -> dict[int, str]:
    """The name that each of these organisations had at `at`."""
    return {key: row.name for key, row in organisations_at(ids, at).items()}


def paths_at(ids: Iterable[int], at: datetime) -> dict[int, str]:
    """The path at which each of these organisations stood at `at`."""
    return {key: row.path for key, row in organisations_at(ids, at).items()}


def changed_since(at: datetime) -> bool:
    """Whether any organisation became something else at `at` or later."""
    return bool(_CHANGED.rows(at))


_CHANGED = Prepared(
    lambda at: OrganisationPeriod.objects.filter(until__gte=at).order_by().values_list("pk")[:1]
)


def tree_at(at: datetime, path: str = "") -> dict[int, OrganisationThen]:
    """The organisations that stood at or below `path` at `at`, by the path of that instant, in
    its order; those already closed then are left out, and those added later."""
    added = Organisation.objects.filter(opened_at__lte=at)
    moved = _past(OrganisationPeriod.objects.filter(organisation__opened_at__lte=at), at)
    present = added.filter(path__startswith=path) if path else added
    rows = _present(present) | moved
    standing = (row for row in rows.values() if row.path.startswith(path) and _is_open(row, at))
    return {row.id: row for row in sorted(standing, key=lambda row: row.path)}


def _is_open(row: OrganisationThen, at: datetime) -> bool:
    return row.closed_at is None or row.closed_at > at


def _present(rows: QuerySet[Organisation]) -> dict[int, OrganisationThen]:
    values = rows.order_by().values_list("pk", *_COLUMNS)
    return {value[0]: OrganisationThen(*value) for value in values.iterator(20_000)}


def _past(periods: QuerySet[OrganisationPeriod], at: datetime) -> dict[int, OrganisationThen]:
    """For those that became something else after `at`, what they were until then."""
    key = "organisation_id"
    first = periods.filter(until__gt=at).order_by(key, "until").distinct(key)
    return {
        value[0]: OrganisationThen(*value)
        for value in first.values_list(key, *_COLUMNS).iterator(20_000)
    }
