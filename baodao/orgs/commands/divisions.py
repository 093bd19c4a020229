"""The national division table into the tree: new places by COPY, all else only when agreed."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from django.db import connection

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.commands.changes import Changes
from baodao.orgs.commands.organisations import end_here, rehang
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import DivisionImport, Organisation, TableUpload
from baodao.orgs.queries.division_tables import read_table
from baodao.orgs.queries.divisions import check_import, differences, faults_of, place_of
from baodao.orgs.rules.divisions import Differences, TablePlace, accepts
from baodao.orgs.rules.tree import PLACES, Kind, about, path_of, pinyin_of

COLUMNS = (
    "id, parent_id, kind, code, name, pinyin, path, sort, contact_name, contact_phone, address, "
    "opened_at"
)
BLOCK = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@command
def import_divisions(
    actor: Actor,
    *,
    places: Sequence[TablePlace],
    prefix: str = "",
    accepted: Collection[str] = (),
    source: str = "",
) -> Differences:
    """Add the places that are new, and of the others change what `accepted` names.

    `accepted` holds "renamed", "moved", "closed", "reopened", or one of them with a code:
    "renamed:610102001001". `source` names the file or city. Returns what the table said otherwise
    before; the same table again changes nothing. A place below one whose move is not agreed waits
    with it.
    """
    check_import(actor, places)
    lock_tree()
    changes = differences(places, prefix)
    undo_list = Changes(clock.now())
    created: list[TablePlace] = []
    acts: list[journal.Act] = []
    for kind in PLACES:
        acts += _move(changes, kind, accepted, undo_list)
        news = [place for place in changes.created if place.kind is kind]
        created += _create(news, undo_list)
    acts += [
        *_rename(changes, accepted, undo_list),
        *_close(actor, changes, accepted, undo_list),
        *_reopen(changes, accepted, undo_list),
    ]
    changes.created = created
    changed = len(acts)
    if created:
        acts.append(_summary(changes))
    if acts:
        with clock.at(clock.now()):  # the instant of the act is that of its entries
            journal.write_many(actor, acts)
            DivisionImport.objects.create(
                place=place_of(places),
                source=source[-200:],
                by=actor.name,
                created=len(created),
                changed=changed,
                changes=undo_list.steps,
            )
    return changes


def lock_tree() -> None:
    """Keep everybody else from adding or changing organisations until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Organisation._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


@command
def upload_table(actor: Actor, *, file_name: str, content: bytes) -> TableUpload:
    """Keep a division table until it is applied, a day at most; refuses one that is unreadable.
    What is wrong with its rows is shown beside them and keeps it from being applied."""
    table = read_table(content)
    if not faults_of(table):
        check_import(actor, table.places)
    day_ago = clock.now() - timedelta(days=1)
    TableUpload.objects.filter(uploaded_at__lt=day_ago).delete()
    return TableUpload.objects.create(
        file_name=file_name[-200:], content=content, account_id=actor.account_id
    )


def _create(places: Sequence[TablePlace], undo_list: Changes) -> list[TablePlace]:
    """Write places of one level whose parent is there; returns those written. Their ids follow
    each other, for nobody else adds any meanwhile (`lock_tree`)."""
    above = {place.parent for place in places if place.parent}
    rows = Organisation.objects.filter(code__in=above).values_list("code", "pk", "path")
    parents = {code: (pk, path) for code, pk, path in rows}
    ready = [place for place in places if place.parent is None or place.parent in parents]
    now = clock.now().isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Organisation._meta.db_table, len(ready)],
        )
        ids = [row[0] for row in cursor.fetchall()]
        lines = [
            _line(pk, place, parents.get(place.parent or "", (None, "")), now)
            for pk, place in zip(ids, ready, strict=True)
        ]
        statement = f"COPY {Organisation._meta.db_table} ({COLUMNS}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for start in range(0, len(lines), BLOCK):
                copy.write("".join(lines[start : start + BLOCK]))
    if ids:
        undo_list.steps.append({"first": min(ids), "last": max(ids)})
    return ready


def _line(pk: int, place: TablePlace, parent: tuple[int | None, str], now: str) -> str:
    """One row in PostgreSQL's text format, in the order of `COLUMNS`."""
    parent_id, parent_path = parent
    above = "\\N" if parent_id is None else str(parent_id)
    name, pinyin = place.name, pinyin_of(place.name)
    if not name.isalnum():
        name, pinyin = name.translate(ESCAPES), pinyin.translate(ESCAPES)
    path = path_of(parent_path, place.code)
    return (
        f"{pk}\t{above}\t{place.kind.value}\t{place.code}\t{name}\t{pinyin}\t{path}"
        f"\t0\t\t\t\t{now}\n"
    )


def _move(
    changes: Differences, kind: Kind, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    """Rehang the agreed places of one level, so that those below find their parents."""
    agreed = [move for move in changes.moved if accepts(accepted, "moved", move.code)]
    codes = {move.code for move in agreed}
    rows = Organisation.objects.filter(kind=kind, code__in=codes).in_bulk(field_name="code")
    for move in agreed:
        place = rows.get(move.code)
        parent = Organisation.objects.filter(code=move.new_parent or "").first()
        if place is None or (parent is None and move.new_parent):
            continue
        place.refresh_from_db()
        before = place.parent.name if place.parent else ""
        undo_list.note(place)
        rehang(place, parent, move.new_code)
        facts: dict[str, journal.Fact] = {"before": before, "after": parent.name if parent else ""}
        yield journal.Act("organisation.moved", about(place.pk), place.pk, facts)


def _rename(
    changes: Differences, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    agreed = {one.code: one for one in changes.renamed if accepts(accepted, "renamed", one.code)}
    rows = Organisation.objects.filter(kind__in=PLACES, code__in=agreed)
    keep_periods(rows)
    places = list(rows)
    for place in places:
        undo_list.note(place)
        place.name = agreed[place.code].new
        place.pinyin = pinyin_of(place.name)
        facts: dict[str, journal.Fact] = {"before": agreed[place.code].old, "name": place.name}
        yield journal.Act("organisation.renamed", about(place.pk), place.pk, facts)
    Organisation.objects.bulk_update(places, ["name", "pinyin"], batch_size=1_000)


def _close(
    actor: Actor, changes: Differences, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    """Close the agreed places; one that keeps an open organisation below it stays open."""
    agreed = [gone.code for gone in changes.vanished if accepts(accepted, "closed", gone.code)]
    rows = Organisation.objects.filter(code__in=agreed, closed_at=None).order_by("-path")
    for place in rows:
        if place.children.filter(closed_at=None).exists():
            raise Refused(
                "division.not-empty",
                gettext_noop(
                    "%(name)s %(division)s cannot be closed: what hangs below it is still open. "
                    "Move or close that first."
                ),
                name=place.name,
                division=place.code,
            )
        undo_list.note(place)
        undo_list.steps += end_here(actor, place).steps
        yield journal.Act("organisation.closed", about(place.pk), place.pk, {"name": place.name})


def _reopen(
    changes: Differences, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    agreed = [gone.code for gone in changes.closed if accepts(accepted, "reopened", gone.code)]
    rows = Organisation.objects.filter(code__in=agreed).exclude(closed_at=None)
    keep_periods(rows)
    for place in rows:
        undo_list.note(place)
        place.closed_at = None
        place.save(update_fields=["closed_at"])
        yield journal.Act("organisation.reopened", about(place.pk), place.pk, {"name": place.name})


def _summary(changes: Differences) -> journal.Act:
    """One entry for all that was added: 600,000 entries would tell no more."""
    top = Organisation.objects.get(code=changes.created[0].code)
    facts: dict[str, journal.Fact] = {"read": changes.read, "created": len(changes.created)}
    return journal.Act("divisions.imported", uuid.UUID(int=top.pk), top.pk, facts)
