"""Numbers by which somebody could be found out: searched with the right to unmask them, typed into
a form so often, and both written down."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock, crypto, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.models import JournalEntry
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import value_of
from baodao.people.facts import BY_NAME
from baodao.people.queries.numbers import names_of_number
from baodao.people.rules.identity_documents import document_number
from baodao.people.rules.policies import MISMATCHES, SEARCHES

VERB = "person.sought-by-number"
MISMATCH = "person.number-not-fitting"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
    about = _about(number)
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


@command
def note_number(actor: Actor, *, unit: Organisation, name: str, id_number: str) -> None:
    """Write down that a number, of a card or any other document, was typed which only people of
    another name hold, once a number and day. A transaction of its own: what is refused afterwards
    takes nothing of it back."""
    number = str(BY_NAME["id_number"].read(id_number) or document_number(id_number))
    names = names_of_number(number) if number else set()
    if not names or BY_NAME["name"].read(name) in names:
        return
    about = _about(number)
    if not _mismatches(unit).filter(about=about).exists():
        journal.write(actor, MISMATCH, about, unit.pk)


def check_tries(unit: Organisation) -> None:
    """Refuse one more number in a unit in which many were typed today that somebody else holds."""
    most = value_of(MISMATCHES, unit)
    if _mismatches(unit).count() >= most:
        raise Refused(
            "identity.often",
            gettext_noop(
                "Your unit has entered %(most)s ID numbers within a day that cannot be right. "
                "Compare them with the cards, and go on tomorrow."
            ),
            most=most,
        )


def _mismatches(unit: Organisation) -> QuerySet[JournalEntry]:
    since = clock.now() - DAY
    return journal.entries().filter(scope_id=unit.pk, at__gt=since, verb=MISMATCH)


def _about(number: str) -> UUID:
    """What an entry is about that must not name the number itself."""
    return UUID(bytes=crypto.ring().blind(number, "sought-number"))
