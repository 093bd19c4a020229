"""Records in scope: a unit's by the branch, a community's by the place, one's own; their totals."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import own
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import TELLS_OF_RESIDENTS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.communities import without_successor
from baodao.orgs.queries.tree import below, organisations
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import unit_column

Rows = QuerySet[ServiceRecord]
Marked = QuerySet[Any]
"""Records with what `marked` says of them."""

BY_PLACE = frozenset(
    {
        Permission.RECORD_CONFIRM,
        Permission.RECORD_CREATE,
        Permission.RECORD_IMPORT,
        Permission.RECORD_REVERSE,
    }
)
"""Held by the community in which a record was made; reading holds by the member's branch too."""


def numbers_of(record_ids: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of whose services these records are, for the journal."""
    rows = ServiceRecord.objects.filter(id__in=record_ids)
    return dict(rows.values_list("id", "person__number"))


def record_rows() -> Rows:
    """Every record with what pages and papers show of it; the caller narrows them."""
    return ServiceRecord.objects.select_related("person", "community")


def records(actor: Actor, permission: Permission = Permission.RECORD_READ) -> Rows:
    """Records on which the actor holds `permission`, reversals included.

    A community sees what was done in it, a unit what its members did, wherever: both as the tree
    stands today, however it stood when it was recorded. Asked by ids, not by joins: whatever else
    narrows the records finds them by its index.
    """
    if actor.paths(permission) == ("",):
        return record_rows()
    reach = organisations(actor, permission).order_by().values("pk")
    here = Q(community__in=reach)
    return record_rows().filter(here if permission in BY_PLACE else here | Q(branch__in=reach))


def records_to_put_right(actor: Actor) -> Rows:
    """Records that the actor may reverse: of their communities; for who looks through flags also
    of communities below whose work nobody took over."""
    above = organisations(actor, Permission.FLAG_DECIDE).filter(pk__in=without_successor())
    here = organisations(actor, Permission.RECORD_REVERSE) | above
    return record_rows().filter(community__in=here.order_by().values("pk"))


def records_of_members(actor: Actor, place: Organisation) -> Rows:
    """What the members of a unit or branch, or of all units below a place, did, wherever."""
    return records(actor).filter(branch__in=below(place, Kind.UNIT, Kind.BRANCH))


def record_of(
    actor: Actor, permission: Permission, community_id: int, record_id: UUID
) -> ServiceRecord:
    """One record on which the actor holds `permission`. Raises `Absent`."""
    rows = records(actor, permission).filter(community=community_id, id=record_id)
    return _one(rows)


def record_to_put_right(actor: Actor, community_id: int, record_id: UUID) -> ServiceRecord:
    """One of `records_to_put_right`. Raises `Absent`."""
    return _one(records_to_put_right(actor).filter(community=community_id, id=record_id))


def reads_whole(actor: Actor, record: ServiceRecord) -> bool:
    """Whether this reader reads the record by its community, with what tells of residents."""
    return actor.may(Permission.RECORD_READ, record.community.path)


def in_view(actor: Actor, record: ServiceRecord) -> ServiceRecord:
    """The record as this reader sees it: blank in what tells of residents, unless they read it
    whole. `record` itself is blanked and is not to be saved; so is the reason of `described`."""
    if not reads_whole(actor, record):
        for name in (*TELLS_OF_RESIDENTS, "undone_reason"):
            setattr(record, name, "")
    return record


def own_records(actor: Actor) -> Rows:
    """The actor's own, in whatever community, reversals included, the latest first."""
    return own(record_rows(), actor).order_by("-served_on", "-recorded_at", "-id")


def own_record(actor: Actor, community_id: int, record_id: UUID) -> ServiceRecord:
    """One of the actor's own. Raises `Absent`."""
    return _one(own(record_rows(), actor).filter(community=community_id, id=record_id))


def _one(rows: Rows) -> ServiceRecord:
    record = rows.first()
    if record is None:
        raise Absent("record")
    return record


def reversal_of(record: ServiceRecord) -> ServiceRecord | None:
    """The record that undid this one, if there is one."""
    rows = record_rows().filter(community=record.community_id, reverses=record.id)
    return rows.first()


def correction_of(record: ServiceRecord) -> ServiceRecord | None:
    """The record that took the place of a reversed one, if there is one."""
    rows = record_rows().filter(community=record.community_id, supersedes=record.id)
    return rows.order_by("-seq").first()


def is_reversed() -> Exists:
    """Whether the record of a row was reversed; rows that name a record join its `Reversal`."""
    mine = {"community": OuterRef("community"), "reverses": OuterRef("id")}
    return Exists(ServiceRecord.objects.filter(**mine, reverses__isnull=False))


def marked(rows: Rows) -> Marked:
    """Each row says in `undone` whether it was reversed; reversals are among them."""
    return rows.annotate(undone=is_reversed())


def originals(rows: Rows) -> Rows:
    """Without reversals. They alone have negative minutes, which the indexes hold."""
    return rows.filter(minutes__gt=0)


def described(rows: Rows) -> Marked:
    """Each row says in `undone` whether it was reversed, in `undone_reason` why, and in `unit_name`
    and `branch_name` where its person belonged."""
    mine = {"community": OuterRef("community"), "reverses": OuterRef("id")}
    why = ServiceRecord.objects.filter(**mine).values("reason")[:1]
    in_branch = Q(branch__kind=Kind.BRANCH)
    whole: Marked = marked(rows).annotate(
        undone_reason=Subquery(why),
        branch_name=Case(When(in_branch, then="branch__name"), default=Value("")),
        unit_name=unit_column("branch", "name"),
    )
    return whole


def standing(rows: Rows) -> Rows:
    """What counts: neither reversals nor what they reversed."""
    return rows.filter(~is_reversed(), reverses=None)


@dataclass(frozen=True)
class Totals:
    """Standing records: how many, how many minutes, of how many persons."""

    records: int = 0
    minutes: int = 0
    persons: int = 0


_RECORDS = Count("id", filter=Q(minutes__gt=0)) - Count("id", filter=Q(minutes__lt=0))
_MINUTES = Sum("minutes", default=0)


def totals_of(rows: Rows) -> Totals:
    """The figures of rows that hold reversals together with what they reverse."""
    figures = _by_person(rows).aggregate(
        records=Sum("standing", default=0),
        minutes=Sum("spent", default=0),
        persons=Count("standing", filter=Q(standing__gt=0)),
    )
    return Totals(**figures)


@dataclass(frozen=True)
class ListTotals(Totals):
    """What stands of the services in a list, and how many of them were `reversed`."""

    reversed: int = 0


def totals_in_list(rows: Rows) -> ListTotals:
    """The figures of rows without reversals, whatever narrows them."""
    plain = marked(rows.order_by().select_related(None)).values("person", "undone")
    stands = Q(undone=False)
    figures = plain.annotate(number=Count("id"), spent=_MINUTES).aggregate(
        records=Sum("number", filter=stands, default=0),
        minutes=Sum("spent", filter=stands, default=0),
        persons=Count("number", filter=stands),
        reversed=Sum("number", filter=~stands, default=0),
    )
    return ListTotals(**figures)


def persons_serving(rows: Rows) -> QuerySet[Any, Any]:
    """Each `person` with standing records, of rows that hold reversals together with what they
    reverse."""
    return _by_person(rows).filter(standing__gt=0)


def _by_person(rows: Rows) -> QuerySet[Any, Any]:
    """Each person with how many standing records they have and how long these are."""
    plain = rows.order_by().select_related(None)
    return plain.values("person").annotate(standing=_RECORDS, spent=_MINUTES)


def own_totals(actor: Actor, since: date | None = None, until: date | None = None) -> Totals:
    """The figures of the actor's own services of these days, in whatever community."""
    row = _OWN.first(actor, since, until)
    figures = Totals(row["records"], row["minutes"]) if row else Totals()
    return replace(figures, persons=1) if figures.records else figures


def _own(actor: Actor, since: date | None, until: date | None) -> QuerySet[Any, Any]:
    rows = between(own(ServiceRecord.objects.all(), actor), since, until)
    return rows.order_by().values("person").annotate(records=_RECORDS, minutes=_MINUTES)


_OWN = Prepared(_own)


def between(rows: Rows, since: date | None, until: date | None) -> Rows:
    """Services of the days from `since` to `until`, both included; None leaves a side open."""
    if since is not None:
        rows = rows.filter(served_on__gte=since)
    return rows.filter(served_on__lte=until) if until is not None else rows


def totals_of_persons(
    person_ids: Collection[UUID], since: date | None = None, until: date | None = None
) -> dict[UUID, Totals]:
    """By person, in all communities; who served nothing is left out. The caller may see them."""
    rows = between(ServiceRecord.objects.filter(person__in=person_ids), since, until)
    counted = rows.order_by().values("person").annotate(records=_RECORDS, minutes=_MINUTES)
    return {
        row["person"]: Totals(row["records"], row["minutes"], 1)
        for row in counted
        if row["records"]
    }


def _by_branch(
    actor: Actor, unit: Organisation, since: date | None, until: date | None
) -> QuerySet[Any, Any]:
    rows = between(records_of_members(actor, unit), since, until)
    grouped = rows.order_by().select_related(None).values("branch", "person")
    return grouped.annotate(records=_RECORDS, minutes=_MINUTES)


_BY_BRANCH = Prepared(_by_branch)


def _merged(unit: Organisation) -> "QuerySet[Organisation, tuple[Any, ...]]":
    """What hangs, closed, below one of its own kind, which took over."""
    rows = below(unit).filter(kind=F("parent__kind"), closed_at__isnull=False)
    return rows.exclude(pk=unit.pk).order_by("path").values_list("pk", "parent")


_MERGED = Prepared(_merged)


def by_branch(
    actor: Actor, unit: Organisation, since: date | None = None, until: date | None = None
) -> Question[dict[int, Totals]]:
    """By the id of each branch below `unit`, as far as the actor may read them; what was merged
    into one counts with it, and a person once in each."""
    rows = _BY_BRANCH.question(actor, unit, since, until)
    return together(_totals_by_branch, merged=_MERGED.question(unit), rows=rows)


def _totals_by_branch(
    merged: Iterable[tuple[int, int]], rows: Iterable[Mapping[str, Any]]
) -> dict[int, Totals]:
    tops: dict[int, int] = {}
    for key, above in merged:
        tops[key] = tops.get(above, above)
    records: Counter[tuple[int, UUID]] = Counter()
    minutes: Counter[int] = Counter()
    for row in rows:
        branch = tops.get(row["branch"], row["branch"])
        records[branch, row["person"]] += row["records"]
        minutes[branch] += row["minutes"]
    services: Counter[int] = Counter()
    persons: Counter[int] = Counter()
    for (branch, _), count in records.items():
        services[branch] += count
        persons[branch] += 1 if count else 0
    return {key: Totals(services[key], minutes[key], persons[key]) for key in services}


def standing_of(
    person_ids: Collection[UUID],
    communities: Collection[int],
    since: date,
    until: date,
    as_of: datetime,
) -> Rows:
    """Services of these persons in these communities, by id, from `since` to `until`, as they stood
    at `as_of`.

    The caller has seen the persons through its own scope. What was recorded or reversed at `as_of`
    or later is not yet so: the same question has the same answer for ever.
    """
    known = ServiceRecord.objects.filter(community__in=communities, recorded_at__lt=as_of)
    undone = ServiceRecord.objects.filter(
        community=OuterRef("community"), reverses=OuterRef("id"), recorded_at__lt=as_of
    )
    rows = known.filter(
        person__in=person_ids, served_on__range=(since, until), reverses__isnull=True
    )
    return rows.filter(~Exists(undone)).order_by("served_on", "recorded_at", "seq")
