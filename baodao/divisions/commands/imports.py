"""The national division table into the tree: new places by COPY, all else only when agreed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from baodao.divisions.models import DivisionImport, TableUpload
from baodao.divisions.queries.imports import (
    check_import,
    differences,
    faults_of,
    place_of,
    table_in,
    upload_of,
)
from baodao.divisions.rules.differences import Differences, TablePlace, accepts
from baodao.divisions.rules.rows import WORDS
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.commands.changes import Changes, settled
from baodao.orgs.commands.organisations import end_here, rehang
from baodao.orgs.commands.places import add_places, lock_tree, open_places, rename_places
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import by_code, organisations_anywhere
from baodao.orgs.rules.tree import PLACES, Kind, about
from baodao.vocabulary.commands import remember
from baodao.vocabulary.rules.words import WordRole


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
    with settled(actor, undo_list):
        acts = _apply(actor, changes, accepted, undo_list)
    created = changes.created
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


def _apply(
    actor: Actor, changes: Differences, accepted: Collection[str], undo_list: Changes
) -> list[journal.Act]:
    """Change the tree, level by level, as far as it is agreed; `changes.created` are the places
    that were added after it. Returns what the journal says of the others."""
    created: list[TablePlace] = []
    acts: list[journal.Act] = []
    for kind in PLACES:
        acts += _move(changes, kind, accepted, undo_list)
        news = [place for place in changes.created if place.kind is kind]
        created += add_places(news, undo_list)
    changes.created = created
    return [
        *acts,
        *_rename(changes, accepted, undo_list),
        *_close(actor, changes, accepted, undo_list),
        *_reopen(changes, accepted, undo_list),
    ]


@command
def upload_table(
    actor: Actor, *, file_name: str, content: bytes, place: Organisation | None = None
) -> TableUpload:
    """Keep a division table, to be read by the words taught for `place`, until `forget_uploads`;
    refuses one that is unreadable. What is wrong with its rows is shown beside them and
    keeps it from being applied."""
    table = table_in(content, place)
    if not faults_of(table):
        check_import(actor, table.places)
    return TableUpload.objects.create(
        file_name=file_name[-200:], content=content, account_id=actor.account_id, place=place
    )


def forget_uploads() -> int:
    """Forget tables that were uploaded more than a day ago; how many."""
    day_ago = clock.now() - timedelta(days=1)
    return TableUpload.objects.filter(uploaded_at__lt=day_ago).delete()[0]


@command
def teach_columns(actor: Actor, *, upload_id: UUID, headers: Mapping[str, str]) -> None:
    """Teach, for the place of an upload of one's own and all below, which fact each of these
    headers names, "" for none."""
    upload = upload_of(actor, upload_id)
    if upload.place is None:
        raise Absent("place")
    remember(
        actor,
        organisation_id=upload.place.pk,
        table=WORDS.name,
        words={(WordRole.HEADER, header): fact for header, fact in headers.items()},
        since=upload.uploaded_at,
    )


def _move(
    changes: Differences, kind: Kind, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    """Rehang the agreed places of one level, so that those below find their parents."""
    agreed = [move for move in changes.moved if accepts(accepted, "moved", move.code)]
    codes = {move.code for move in agreed}
    rows = organisations_anywhere().filter(kind=kind, code__in=codes).in_bulk(field_name="code")
    for move in agreed:
        place = rows.get(move.code)
        parent = organisations_anywhere().filter(code=move.new_parent or "").first()
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
    for place in rename_places({code: one.new for code, one in agreed.items()}, undo_list):
        facts: dict[str, journal.Fact] = {"before": agreed[place.code].old, "name": place.name}
        yield journal.Act("organisation.renamed", about(place.pk), place.pk, facts)


def _close(
    actor: Actor, changes: Differences, accepted: Collection[str], undo_list: Changes
) -> Iterable[journal.Act]:
    """Close the agreed places; one that keeps an open organisation below it stays open."""
    agreed = [gone.code for gone in changes.vanished if accepts(accepted, "closed", gone.code)]
    rows = organisations_anywhere().filter(code__in=agreed, closed_at=None).order_by("-path")
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
    for place in open_places(organisations_anywhere().filter(code__in=agreed), undo_list):
        yield journal.Act("organisation.reopened", about(place.pk), place.pk, {"name": place.name})


def _summary(changes: Differences) -> journal.Act:
    """One entry for all that was added: 600,000 entries would tell no more."""
    top = by_code(changes.created[0].code)
    facts: dict[str, journal.Fact] = {"read": changes.read, "created": len(changes.created)}
    return journal.Act("divisions.imported", about(top.pk), top.pk, facts)
