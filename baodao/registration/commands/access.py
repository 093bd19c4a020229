"""A member without an account opens their letter: the last six characters of the ID number."""

from dataclasses import dataclass

from django.db import transaction

from baodao.accounts.commands.accounts import account_for
from baodao.accounts.models import Account
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.queries.policies import value_of
from baodao.people.queries.members import proves
from baodao.registration.models import Letter
from baodao.registration.queries.registrations import letter_rows
from baodao.registration.rules.policies import TRIES
from baodao.registration.rules.proofs import check_tail, tries_left
from baodao.registration.rules.states import REGISTRATION


@dataclass(frozen=True)
class _Answer:
    """The member's account, or why there is none: exactly one of the two."""

    account: Account | None = None
    refused: Refused | None = None


def open_by_letter(actor: Actor, *, token: str, tail: str) -> Account:
    """The account of a letter's member, made if need be, once `tail` proves who holds it.

    A letter bears so many wrong answers a day: each is kept, so this commits before it refuses and
    must not run inside a transaction of the caller's. Accounts that act for an organisation or
    have a password in use are opened by signing in, not here. Raises `Absent` for a wrong token.
    """
    with transaction.atomic(durable=True):
        answer = _answer(actor, token=token, tail=tail)
    if answer.refused is not None:
        raise answer.refused
    assert answer.account is not None
    return answer.account


@command
def _answer(actor: Actor, *, token: str, tail: str) -> _Answer:
    end_of_number = check_tail(tail)
    letter_id = letter_rows().filter(token=token).values_list("pk", flat=True).first()
    if letter_id is None:
        raise Absent("letter")
    letter = lock(letter_rows(), letter_id)
    if letter.registration.state not in REGISTRATION.live:
        return _no("letter.over", gettext_noop("This letter is no longer valid; ask your unit."))
    if not _tries_left(letter):
        return _no(
            "letter.tries",
            gettext_noop("Too many wrong answers today. Try again tomorrow, or ask your unit."),
        )
    if not proves(letter.person, end_of_number):
        _count(letter)
        return _wrong(letter)
    account = account_for(actor, person=letter.person, scope_id=letter.unit_id)
    if account.grants.filter(revoked_at=None).exists() or _has_password(account):
        return _no(
            "letter.sign-in",
            gettext_noop("You have an account with a password. Sign in with it, then open this."),
        )
    journal.write(actor, "letter.opened", letter.registration.pk, letter.unit_id)
    return _Answer(account=account)


def _no(code: str, message: str, **facts: object) -> _Answer:
    return _Answer(refused=Refused(code, message, **facts))


def _tries_left(letter: Letter) -> int:
    a_day = value_of(TRIES, letter.unit)
    return tries_left(letter.tried_on, letter.tries, clock.today(), a_day)


def _count(letter: Letter) -> None:
    today = clock.today()
    letter.tries = letter.tries + 1 if letter.tried_on == today else 1
    letter.tried_on = today
    letter.save(update_fields=["tries", "tried_on"])


def _wrong(letter: Letter) -> _Answer:
    return _no(
        "letter.tail-wrong",
        gettext_noop("This does not match the letter. You may try %(left)s more times today."),
        left=_tries_left(letter),
    )


def _has_password(account: Account) -> bool:
    return account.has_usable_password() and not account.must_change_password
