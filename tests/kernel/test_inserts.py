"""Rows that are written by COPY are read back as they were given, whatever stands in them."""

import uuid

import pytest
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY
from baodao.kernel.copy_lines import line_of
from baodao.kernel.inserts import MANY, append
from baodao.kernel.models import JournalEntry, UndoNote

ODD = '第1组\t"备注"\\n\\.\r\n— 𠮷 \\N'

pytestmark = pytest.mark.django_db


def test_tabs_backslashes_line_breaks_and_quotes_are_kept() -> None:
    about = uuid.uuid4()
    journal.write(NOBODY, "letter.issued", about, 7, reason=ODD, rows=["\\N", ""], none=None)
    entry = JournalEntry.objects.get()
    assert (entry.about, entry.scope_id, entry.account_id) == (about, 7, None)
    assert entry.facts == {"reason": ODD, "rows": ["\\N", ""], "none": None}


def test_bytes_as_the_driver_gives_them_are_written_like_bytes() -> None:
    assert line_of([memoryview(b"\x00\xff"), 1]) == line_of([b"\x00\xff", 1]) == b"\\\\x00ff\t1"


def test_rows_written_together_stand_in_their_order_and_are_known_to_stand_there() -> None:
    owner, now = uuid.uuid4(), clock.now()
    notes = [UndoNote(account_id=owner, act=f"{n}", marks={}, at=now) for n in range(120)]
    append(UndoNote, notes)
    assert [note.act for note in UndoNote.objects.order_by("id")] == [f"{n}" for n in range(120)]
    notes[0].act = "changed"
    notes[0].save(update_fields=["act"])
    assert UndoNote.objects.filter(act="changed").count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_table_that_was_analysed_while_many_rows_were_on_their_way_is_not_taken_for_empty() -> (
    None
):
    owner, now = uuid.uuid4(), clock.now()
    with transaction.atomic():
        append(
            UndoNote, [UndoNote(account_id=owner, act="a", marks={}, at=now) for _ in range(MANY)]
        )
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE kernel_undonote")
            assert _counted(cursor) == 0
    with connection.cursor() as cursor:
        assert _counted(cursor) == MANY


def _counted(cursor: CursorWrapper) -> float:
    """How many rows PostgreSQL plans for."""
    cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'kernel_undonote'")
    (count,) = cursor.fetchone()
    return float(count)
