"""The city for which the site is run, and what its operator did, in its journal."""

from baodao.accounts.queries import operator
from baodao.kernel import journal
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.ids import new_id
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind


def _first_city() -> Organisation | None:
    return places(Kind.CITY).order_by("path").first()


def city() -> Organisation:
    """The city of the installation, the first of several; refused before there is one."""
    place = _first_city()
    if place is None:
        raise Refused(
            "administrators.no-place",
            gettext_noop("There is no place yet. Run `baodao divisions import` first."),
        )
    return place


def last_note(verb: str) -> JournalEntry | None:
    """The last time that the operator did this; None where it was never written down."""
    place = _first_city()
    if place is None:
        return None
    return journal.entries().filter(scope_id=place.pk, verb=verb).order_by("-at").first()


def note(verb: str, **facts: journal.Fact) -> None:
    """Write down what the operator did, where administrators read it.

    Before there is a city nobody could read it, so nothing is written.
    """
    place = _first_city()
    if place is not None:
        journal.write(operator(), verb, new_id(), place.pk, **facts)
