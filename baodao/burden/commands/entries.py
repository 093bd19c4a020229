"""Noting what reporting cost, or what was spared, in the transaction of the act that caused it."""

from collections.abc import Iterable
from dataclasses import asdict

from baodao.burden.models import BurdenEntry
from baodao.burden.rules.entries import LONGEST_TITLE, LONGEST_WHAT, BurdenKind, BurdenNote
from baodao.kernel.authz import Actor
from baodao.kernel.command import command


@command
def note_burden(actor: Actor, *, notes: Iterable[BurdenNote]) -> list[BurdenEntry]:  # noqa: ARG001 - its cause stands in the journal
    """Add what happened, and return it. What was refused as asked twice is noted once, however
    often somebody tries."""
    rows = [BurdenEntry(**_columns(one)) for one in notes]
    doubles = BurdenEntry.objects.filter(
        kind=BurdenKind.DOUBLE, about__in={row.about for row in rows}
    )
    there = {_key(row) for row in doubles}
    fresh = [row for row in rows if row.kind != BurdenKind.DOUBLE or _key(row) not in there]
    return BurdenEntry.objects.bulk_create(fresh, ignore_conflicts=True)


def _key(row: BurdenEntry) -> tuple[object, ...]:
    return row.organisation_id, row.about, row.what, row.authority


def _columns(note: BurdenNote) -> dict[str, object]:
    """A note as its row keeps it."""
    cut = {"title": note.title[:LONGEST_TITLE], "what": note.what[:LONGEST_WHAT]}
    return asdict(note) | cut
