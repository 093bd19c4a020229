"""A member without an account opens their letter: the last six characters of the ID number."""

from dataclasses import dataclass

from baodao.accounts.commands import account_for
from baodao.accounts.models import Account
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.people.queries.members import proves
from baodao.registration.models import Letter
from baodao.registration.queries import letter_rows
from baodao.registration.rules import LIVE, check_tail, tries_left


@dataclass(frozen=True)
class Opened:
    """The member's account, or why there is none: exactly one of the two is there.

    A wrong answer is returned, not raised, so that its count is kept.
    """

    account: Account | None = None
    refused: Refused | None = None


@command
def open_by_letter(actor: Actor, *, token: str, tail: str) -> Opened:
    """The account of a letter's member, made if need be, once `tail` proves who holds it.

    Five answers a day for each letter. Accounts that act for an organisation or have a password
    in use are opened by signing in, not here. Raises `Absent` for a wrong token and `Refused`
    for what cannot be such an answer.
    """
    told = check_tail(tail)
    found = letter_rows().filter(token=token).values_list("pk", flat=True).first()
    if found is None:
        raise Absent("letter")
    letter = lock(letter_rows(), found)
    if letter.registration.state not in LIVE:
        return _no("letter.over", gettext_noop("This letter is no longer valid; ask your unit."))
    if not tries_left(letter.tried_on, letter.tries, clock.today()):
        return _no(
            "letter.tries",
            gettext_noop("Too many wrong answers today. Try again tomorrow, or ask your unit."),
        )
    _count(letter)
    if not proves(letter.person, told):
        return _wrong(letter)
    account = account_for(actor, person=letter.person, scope_id=letter.unit_id)
    if account.grants.filter(revoked_at=None).exists() or _has_password(account):
        return _no(
            "letter.sign-in",
            gettext_noop("You have an account with a password. Sign in with it, then open this."),
        )
    journal.write(actor, "letter.opened", letter.registration.pk, letter.unit_id)
    return Opened(account=account)


def _no(code: str, message: str, **facts: object) -> Opened:
    return Opened(refused=Refused(code, message, **facts))


def _count(letter: Letter) -> None:
    today = clock.today()
    letter.tries = letter.tries + 1 if letter.tried_on == today else 1
    letter.tried_on = today
    letter.save(update_fields=["tries", "tried_on"])


def _wrong(letter: Letter) -> Opened:
    return _no(
        "letter.tail-wrong",
        gettext_noop("This does not match the letter. You may try %(left)s more times today."),
        left=tries_left(letter.tried_on, letter.tries, clock.today()),
    )


def _has_password(account: Account) -> bool:
    return account.has_usable_password() and not account.must_change_password
