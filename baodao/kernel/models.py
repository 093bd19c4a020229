"""Tables that every slice writes: the journal, answers given to clients' ids, quotas, and notes
of what may be taken back."""

from django.db import models

from baodao.kernel import clock, ids
from baodao.kernel.facts import Fact
from baodao.kernel.placement import TablePlacement


class JournalEntry(Fact):
    """One act, append-only: who, when, what, about which row, and the facts that explain it.

    `scope_id` is the organisation in which it happened; `about` the row it tells of. Facts hold
    no identity numbers and no telephones.
    """

    placement = TablePlacement.SCOPE
    pk = models.CompositePrimaryKey("scope_id", "id")
    scope_id = models.BigIntegerField()
    id = models.UUIDField(default=ids.new_id)
    at = models.DateTimeField(default=clock.now)
    account_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    about = models.UUIDField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about", "scope_id", "id"], name="journal_about"),
            models.Index(fields=["scope_id", "at"], name="journal_scope_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb}"


class ClientRequest(models.Model):
    """The answer given to a write that carried a client's id, to be given again."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="client_request_at")]

    def __str__(self) -> str:
        return str(self.id)


class Quota(models.Model):
    """How often something was done since an instant; `key` is a digest of what and by whom."""

    placement = TablePlacement.LOCAL
    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        db_table = "kernel_quota"
        indexes = [models.Index(fields=["since"], name="quota_since")]

    def __str__(self) -> str:
        return f"{self.times} since {self.since:%Y-%m-%d %H:%M}"


class UndoNote(models.Model):
    """What an act on many did, so that its account may take it back for a moment (`undo.py`)."""

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account_id = models.UUIDField()
    act = models.CharField(max_length=40)
    marks = models.JSONField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="undo_note_at")]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
