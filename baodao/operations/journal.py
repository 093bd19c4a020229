"""The operator's part in the journal: for which city the site is run, and what was done to it."""

from baodao.accounts.queries import operator
from baodao.kernel import journal
from baodao.kernel.ids import new_id
from baodao.orgs.models import Organisation
from baodao.orgs.queries import places
from baodao.orgs.rules import Kind


def city() -> Organisation | None:
    """The city of the installation, the first of several; None before there is one."""
    return places(Kind.CITY).order_by("path").first()


def note(verb: str, **facts: journal.Fact) -> None:
    """Write down what the operator did, where administrators read it.

    Before there is a city nobody could read it, so nothing is written.
    """
    place = city()
    if place is not None:
        journal.write(operator(), verb, new_id(), place.pk, **facts)
