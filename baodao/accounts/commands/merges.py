"""The account of a person who was entered twice."""

from typing import Any
from uuid import UUID

from baodao.accounts.models import Account
from baodao.kernel.authz import Actor

Json = dict[str, Any]


class AccountsMerge:
    """The account follows; where both have one, that of the mistaken entry is stopped."""

    key = "accounts"

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json:  # noqa: ARG002 - a step's shape
        rows = Account.objects.filter(person=gone)
        if Account.objects.filter(person=kept).exists():
            stopped = list(rows.filter(is_active=True).values_list("pk", flat=True))
            rows.update(is_active=False)
            return {"stopped": [str(pk) for pk in stopped]}
        moved = list(rows.values_list("pk", flat=True))
        rows.update(person=kept)
        return {"moved": [str(pk) for pk in moved]}

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None:  # noqa: ARG002
        Account.objects.filter(pk__in=notes.get("moved", [])).update(person=gone)
        Account.objects.filter(pk__in=notes.get("stopped", [])).update(is_active=True)
