"""Places written many at once, for a table of them: the tree locked, new ones by COPY, others
renamed and opened again."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from django.db import connection
from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.orgs.commands.changes import Changes
from baodao.orgs.commands.periods import keep_periods
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import PLACES, Kind, path_of, pinyin_of

COLUMNS = (
    "id, parent_id, kind, code, name, pinyin, path, sort, contact_name, contact_phone, address, "
    "opened_at"
)
BLOCK = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class NewPlace(Protocol):
    """A place that is to be added; `parent` is the code of the one above, None for a city."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def kind(self) -> Kind: ...


Place = TypeVar("Place", bound=NewPlace)


def lock_tree() -> None:
    """Keep everybody else from adding or changing organisations until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Organisation._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def add_places(places: Sequence[Place], changes: Changes) -> list[Place]:
    """Write places of one level whose parent is there, under `lock_tree`; returns those written.
    Their ids follow each other, for nobody else adds any meanwhile; the undo list keeps the first
    and the last."""
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
        changes.steps.append({"first": min(ids), "last": max(ids)})
    return ready


def _line(pk: int, place: NewPlace, parent: tuple[int | None, str], now: str) -> str:
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


def rename_places(names: Mapping[str, str], changes: Changes) -> list[Organisation]:
    """Give places, by their codes, other names; returns those renamed."""
    rows = Organisation.objects.filter(kind__in=PLACES, code__in=names)
    keep_periods(rows)
    places = list(rows)
    for place in places:
        changes.note(place)
        place.name = names[place.code]
        place.pinyin = pinyin_of(place.name)
    Organisation.objects.bulk_update(places, ["name", "pinyin"], batch_size=1_000)
    return places


def open_places(rows: QuerySet[Organisation], changes: Changes) -> list[Organisation]:
    """Take back the closing of places; returns those opened."""
    closed = rows.exclude(closed_at=None)
    keep_periods(closed)
    places = list(closed)
    for place in places:
        changes.note(place)
        place.closed_at = None
    Organisation.objects.bulk_update(places, ["closed_at"], batch_size=1_000)
    return places


def close_unused(rows: QuerySet[Organisation]) -> None:
    """Close, now, those that are open; nothing may hang on any of them."""
    rows.filter(closed_at=None).update(closed_at=clock.now())
