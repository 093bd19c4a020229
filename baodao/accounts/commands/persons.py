"""What becomes of the account of somebody who died, or who was entered twice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from baodao.accounts.models import Account
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.people.rules.departures import Departure, Ending

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


def let_go(actor: Actor, departures: Sequence[Departure]) -> None:
    """Stop the accounts of who died; their tokens stop with them."""
    places = {one.person_id: one.branch_id for one in departures if one.ending is Ending.DIED}
    rows = Account.objects.filter(person__in=places, is_active=True).order_by("pk")
    accounts = list(rows.select_for_update(no_key=True))
    Account.objects.filter(pk__in=[account.pk for account in accounts]).update(is_active=False)
    acts = [
        journal.Act("account.stopped", row.pk, places[row.person_id], {"reason": Ending.DIED.words})
        for row in accounts
        if row.person_id is not None
    ]
    journal.write_many(actor, acts)
