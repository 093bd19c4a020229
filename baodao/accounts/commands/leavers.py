"""What ends of accounts when a person died: nobody signs in as them any more."""

from collections.abc import Sequence

from baodao.accounts.models import Account
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.people.rules.departures import Departure, Ending


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
