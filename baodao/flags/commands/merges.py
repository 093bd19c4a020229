"""The flags of a person who was entered twice: they follow the records that take the place of
those they were noted of."""

from uuid import UUID

from baodao.flags.models import Flag
from baodao.identities.rules.merges import Json
from baodao.kernel.authz import Actor
from baodao.kernel.locks import lock_many
from baodao.ledger.queries.records import correction_of


class FlagsMerge:
    """What stood out of a record stands out of the one that was written for the other person: its
    question, its explanation and a human's word stay with it."""

    key = "flags"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:  # noqa: ARG002 - a step's shape
        _follow(gone, kept)
        return {}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002
        _follow(kept, gone)


def _follow(before: UUID, after: UUID) -> None:
    """Let flags of records of one person that were written anew for another name the new ones."""
    keys = Flag.objects.filter(record__person=before).values_list("pk", flat=True)
    lock_many(Flag.objects.all(), keys)
    for flag in Flag.objects.filter(record__person=before).select_related("record").order_by("pk"):
        right = correction_of(flag.record)
        if right is not None and right.person_id == after:
            flag.record_id = right.id
            flag.save(update_fields=["record_id"])
