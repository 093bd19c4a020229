"""The national division table into the tree: new places by COPY, all else only when agreed."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from django.db import connection

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.commands.organisations import rehang
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import Organisation, TableUpload
from baodao.orgs.queries.divisions import check_import, differences
from baodao.orgs.queries.tables import read_file
from baodao.orgs.rules import PLACES, Kind, about, path_of
from baodao.orgs.rules.divisions import Differences, Place, accepts
from baodao.orgs.rules.pinyin import pinyin_of

COLUMNS = (
    "id, parent_id, kind, code, name, pinyin, path, sort, contact_name, contact_phone, address, "
    "opened_at"
)
BLOCK = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@command
def import_divisions(
    actor: Actor, *, places: Sequence[Place], prefix: str = "", accepted: Collection[str] = ()
) -> Differences:
    """Add the places that are new, and of the others change what `accepted` names.

    `accepted` holds "renamed", "moved", "closed", "reopened", or one of them with a code:
    "renamed:610102001001". Returns what the table said otherwise before; the same table again
    changes nothing. A place below one whose move is not agreed waits with it.
    """
    check_import(actor, places)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Organisation._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    found = differences(places, prefix)
    created: list[Place] = []
    acts: list[journal.Act] = []
    for kind in PLACES:
        acts += _move(found, kind, accepted)
        created += _create([place for place in found.created if place.kind is kind])
    acts += [*_rename(found, accepted), *_close(found, accepted), *_reopen(found, accepted)]
    found.created = created
    if created:
        acts.append(_summary(found))
    journal.write_many(actor, acts)
    return found


@command
def upload_table(actor: Actor, *, file_name: str, content: bytes) -> TableUpload:
    """Keep a division table until it is applied, a day at most; refuses one that is unreadable."""
    check_import(actor, read_file(content))
    day_ago = clock.now() - timedelta(days=1)
    TableUpload.objects.filter(uploaded_at__lt=day_ago).delete()
    return TableUpload.objects.create(
        file_name=file_name[-200:], content=content, account_id=actor.account_id
    )


def _create(places: Sequence[Place]) -> list[Place]:
    """Write places of one level whose parent is there; returns those written."""
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
    return ready


def _line(pk: int, place: Place, parent: tuple[int | None, str], now: str) -> str:
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


def _move(found: Differences, kind: Kind, accepted: Collection[str]) -> Iterable[journal.Act]:
    """Rehang the agreed places of one level, so that those below find their parents."""
    agreed = [move for move in found.moved if accepts(accepted, "moved", move.code)]
    codes = {move.code for move in agreed}
    rows = Organisation.objects.filter(kind=kind, code__in=codes).in_bulk(field_name="code")
    for move in agreed:
        held = rows.get(move.code)
        parent = Organisation.objects.filter(code=move.new_parent or "").first()
        if held is None or (parent is None and move.new_parent):
            continue
        held.refresh_from_db()
        before = held.path
        rehang(held, parent, move.new_code)
        yield journal.Act(
            "organisation.moved", about(held.pk), held.pk, {"before": before, "path": held.path}
        )


def _rename(found: Differences, accepted: Collection[str]) -> Iterable[journal.Act]:
    agreed = {one.code: one for one in found.renamed if accepts(accepted, "renamed", one.code)}
    rows = Organisation.objects.filter(kind__in=PLACES, code__in=agreed)
    keep_periods(rows)
    places = list(rows)
    for place in places:
        place.name = agreed[place.code].new
        place.pinyin = pinyin_of(place.name)
        facts: dict[str, journal.Fact] = {"before": agreed[place.code].old, "name": place.name}
        yield journal.Act("organisation.renamed", about(place.pk), place.pk, facts)
    Organisation.objects.bulk_update(places, ["name", "pinyin"], batch_size=1_000)


def _close(found: Differences, accepted: Collection[str]) -> Iterable[journal.Act]:
    """Close the agreed places; one that keeps an open organisation below it stays open."""
    agreed = [gone.code for gone in found.vanished if accepts(accepted, "closed", gone.code)]
    rows = Organisation.objects.filter(code__in=agreed, closed_at=None).order_by("-path")
    for held in rows:
        if held.children.filter(closed_at=None).exists():
            raise Refused(
                "division.not-empty",
                gettext_noop(
                    "%(name)s %(division)s cannot be closed: what hangs below it is still open. "
                    "Move or close that first."
                ),
                name=held.name,
                division=held.code,
            )
        held.closed_at = clock.now()
        held.save(update_fields=["closed_at"])
        yield journal.Act("organisation.closed", about(held.pk), held.pk, {"name": held.name})


def _reopen(found: Differences, accepted: Collection[str]) -> Iterable[journal.Act]:
    agreed = [gone.code for gone in found.closed if accepts(accepted, "reopened", gone.code)]
    rows = Organisation.objects.filter(code__in=agreed).exclude(closed_at=None)
    keep_periods(rows)
    for held in rows:
        held.closed_at = None
        held.save(update_fields=["closed_at"])
        yield journal.Act("organisation.reopened", about(held.pk), held.pk, {"name": held.name})


def _summary(found: Differences) -> journal.Act:
    """One entry for all that was added: 600,000 entries would tell no more."""
    top = Organisation.objects.get(code=found.created[0].code)
    facts: dict[str, journal.Fact] = {"read": found.read, "created": len(found.created)}
    return journal.Act("divisions.imported", uuid.UUID(int=top.pk), top.pk, facts)
