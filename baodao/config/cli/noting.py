"""What the operator did, in the journal where administrators read it."""

from baodao.accounts.queries import operator
from baodao.kernel import journal
from baodao.kernel.ids import new_id
from baodao.orgs.queries import places
from baodao.orgs.rules import Kind


def note(verb: str, **facts: journal.Fact) -> None:
    """Write it down for the city; before there is one, nobody could read it."""
    city = places(Kind.CITY).order_by("path").first()
    if city is not None:
        journal.write(operator(), verb, new_id(), city.pk, **facts)
