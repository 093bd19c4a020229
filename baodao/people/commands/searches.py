"""Numbers by which somebody could be found out: searched with the right to unmask them, and that is
written down."""

from datetime import timedelta

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.people.commands.numbers import about_number
from baodao.people.rules.policies import SEARCHES

VERB = "person.sought-by-number"
HOUR = timedelta(hours=1)


@command
def note_search(actor: Actor, *, place: Organisation | None, number: str) -> None:
    """Write down that people of `place` are searched by a number or its end, once in an hour.

    Raises `Refused` for who may not unmask numbers there, and for who searched too often.
    """
    if place is None or not actor.may(Permission.PERSON_UNMASK, place.path):
        raise Refused(
            "search.no-right",
            gettext_noop(
                "Numbers are searched only by who may see them in full. Search by the name."
            ),
        )
    about = about_number(number)
    searches = journal.entries().filter(scope_id=place.pk, at__gt=clock.now() - HOUR, verb=VERB)
    searches = searches.filter(account_id=actor.account_id)
    if searches.filter(about=about).exists():
        return
    most = value_of(SEARCHES, place)
    if searches.count() >= most:
        raise Refused(
            "search.often",
            gettext_noop(
                "You have searched %(most)s numbers within an hour. Search by the name, or go on "
                "later."
            ),
            most=most,
        )
    journal.write(actor, VERB, about, place.pk)
