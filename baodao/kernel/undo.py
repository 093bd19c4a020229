"""Undo: for a moment after an act on many, whoever did it may take it back.

The command of the act leaves a note of what it did, in its transaction; the slice that owns it
declares what takes it back, of such a note. That asks again for the actor's
rights, puts back what is still as the act left it, and names what is not and why.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.models import UndoNote

WINDOW = timedelta(minutes=1)
"""How long an act may be taken back: time to read the sentence, also in large letters or aloud."""

Marks = Mapping[str, Any]
"""What an act did, by which it is taken back: ids, codes and instants that JSON can hold, no words
that somebody typed."""

TakeBack = Callable[[Actor, Marks], Batch[Any]]

_registered: dict[str, TakeBack] = {}


def takes_back(act: str) -> Callable[[TakeBack], TakeBack]:
    """Decorate what takes back, in the caller's transaction, the act of this name
    (`<slice>.<noun>`); its slice imports it when it starts."""

    def register(reverse: TakeBack) -> TakeBack:
        _registered[act] = reverse
        return reverse

    return register


def leave_note(actor: Actor, act: str, marks: Marks) -> UUID | None:
    """Note what an act did, in its transaction; the id under which it may be taken back, which its
    `Batch` carries. None where nobody with an account acts."""
    if actor.account_id is None:
        return None
    note = UndoNote(account_id=actor.account_id, act=act, marks=dict(marks), at=clock.now())
    note.save(force_insert=True)
    return note.pk


@command
def take_back(actor: Actor, *, undo_id: UUID) -> Batch[Any]:
    """Take back what the actor did a moment ago, once. Raises `Absent` for what another did."""
    note = UndoNote.objects.select_for_update().filter(pk=undo_id).first()
    if note is None or note.account_id != actor.account_id:
        raise Absent("undo")
    if note.undone_at is not None:
        raise Refused("undo.done", gettext_noop("This was undone already."))
    if clock.now() > note.at + WINDOW:
        raise Refused(
            "undo.late",
            gettext_noop("It can be undone for a minute only; put right what is wrong one by one."),
        )
    note.undone_at = clock.now()
    note.save(update_fields=["undone_at"])
    return _registered[note.act](actor, note.marks)
