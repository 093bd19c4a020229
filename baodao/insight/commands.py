"""Taking the figures of every node of the tree in one pass over the facts; issuing tables."""
# ruff: noqa: S608 - every part is a constant of this slice, values are parameters

from django.db import connection

from baodao.documents.commands import Paper, next_numbers, register
from baodao.insight.models import IssuedTable, Snapshot
from baodao.insight.queries import Table, table
from baodao.insight.queries.asking import parameters, present
from baodao.insight.queries.sources import counted
from baodao.insight.rules import METRICS, AsOf, Source
from baodao.kernel import clock, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent
from baodao.kernel.locking import lock
from baodao.orgs.queries import organisations
from baodao.orgs.rules import about

FORM = "registration-table"
KEPT = 6
"""Snapshots held: with one every ten minutes, links into the overview stay quick for an hour, and
right for ever: older ones are counted from the facts."""


def _zeros(source: Source) -> str:
    """The figures of one source beside zeros for those of all others."""
    return ", ".join(
        f"counts.{code}" if metric.source is source else f"0 AS {code}"
        for code, metric in METRICS.items()
    )


_LEAVES = " UNION ALL ".join(
    f"SELECT counts.organisation_id, {_zeros(source)} "
    f"FROM ({counted(source, 'organisation_id')}) counts"
    for source in Source
)
_SUMS = ", ".join(f"sum(leaf.{code})" for code in METRICS)
_TAKE = f"""
    INSERT INTO insight_figure (snapshot_id, organisation_id, {", ".join(METRICS)})
    SELECT %(snapshot)s, above.id, {_SUMS}
    FROM ({_LEAVES}) leaf
    JOIN orgs_organisation o ON o.id = leaf.organisation_id
    CROSS JOIN LATERAL unnest(string_to_array(rtrim(o.path, '.'), '.')) AS part (code)
    JOIN orgs_organisation above ON above.code = part.code
    GROUP BY above.id"""


@command
def take_snapshot(actor: Actor, *, as_of: AsOf | None = None) -> Snapshot:  # noqa: ARG001
    """Keep the figures of all organisations as of now, or as of an earlier instant; once each.

    The oldest snapshots beyond `KEPT` are forgotten. Anybody may ask: no fact changes, and what
    a reader may see of it is decided on reading.
    """
    moment = as_of or present()
    snapshot, made = Snapshot.objects.get_or_create(as_of=moment.instant)
    if made:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, parameters("%", moment, snapshot=snapshot.pk))
        kept = Snapshot.objects.order_by("-taken_at", "-pk").values("pk")[:KEPT]
        Snapshot.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return snapshot


@command
def ask_for_snapshot(actor: Actor) -> None:
    """Let the worker take one as soon as it can; for who reads figures at all."""
    if not actor.may_somewhere(Permission.FIGURE_READ):
        raise Absent("snapshot")
    jobs.defer("insight.take_snapshot", lock="insight.snapshot")


@command
def issue_table(actor: Actor, *, code: str, as_of: AsOf) -> IssuedTable:
    """Give the registration table of an organisation as of an instant its number and its code.

    The same table asked for again keeps its number. `Absent` out of scope.
    """
    made = table(actor, code, as_of)
    organisation = lock(organisations(actor, Permission.FIGURE_READ), made.organisation.pk)
    held = IssuedTable.objects.filter(organisation=organisation, as_of=as_of.instant).first()
    if held is not None:
        return held
    year = clock.today().year
    (number,) = next_numbers(organisation_id=organisation.pk, form=FORM, year=year, count=1)
    issued = IssuedTable.objects.create(
        organisation=organisation,
        as_of=as_of.instant,
        day=as_of.day,
        year=year,
        number=number,
        issued_by=actor.name,
    )
    register([_paper(issued, made)])
    facts = {"number": str(issued), "as_of": str(as_of)}
    journal.write(actor, "table.issued", about(organisation.pk), organisation.pk, **facts)
    return issued


def _paper(issued: IssuedTable, made: Table) -> Paper:
    return Paper(
        form=FORM,
        organisation_id=made.organisation.pk,
        unit=made.organisation.name,
        year=issued.year,
        number=issued.number,
        about=issued.pk,
        facts={"as_of": str(made.as_of), "total": made.total},
        token=issued.token,
    )
