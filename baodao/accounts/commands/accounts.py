"""Accounts made by administrators and unit clerks, one-time passwords, and one's own choices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from baodao.accounts.models import Account
from baodao.accounts.queries import (
    grants_in_force,
    manageable_accounts,
    member_accounts,
    places_without,
    standing_grants,
)
from baodao.accounts.rules import (
    MOST_ACCOUNTS,
    ONE_TIME,
    RESET_VERB,
    check_username,
    one_time_password,
)
from baodao.kernel import clock, ids, jobs, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.commands.contacts import end_contacts
from baodao.orgs.queries.policies import value_of, values_by_path
from baodao.orgs.queries.tree import by_id, check_open, organisations
from baodao.people.models import Person
from baodao.people.queries.members import current

LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


@dataclass(frozen=True)
class OneTime:
    """An account and its one-time password, to be shown once; it is stored nowhere in clear."""

    account: Account
    password: str
    branch: str = ""


@command
def create_account(actor: Actor, *, username: str, name: str, organisation_id: int) -> OneTime:
    """Make an account for somebody of an organisation; what it may do is granted afterwards."""
    place = organisations(actor, Permission.ACCOUNT_GRANT).filter(pk=organisation_id).first()
    if place is None:
        raise Absent("organisation")
    check_open(place)
    username = check_username(username)
    if Account.objects.filter(username=username).exists():
        raise Refused(
            "account.taken",
            gettext_noop("“%(username)s” is taken. Choose another name to sign in with."),
            username=username,
        )
    account = Account.new(username, name.strip(), made_by_id=actor.account_id)
    password = _give_password(account, value_of(ONE_TIME, place))
    account.save()
    journal.write(actor, "account.created", account.id, place.pk, username=username)
    return OneTime(account, password)


@command
def create_member_accounts(
    actor: Actor, *, person_ids: Collection[UUID], renew: bool = False
) -> list[OneTime]:
    """Make accounts for members of the actor's unit, with their volunteer number as the name.

    Members who never used their one-time password get a new one; those who have an account in
    use only when `renew` is asked, because they forgot theirs: both are a reset. Accounts that
    hold a grant are left alone: their passwords are the security administrator's.
    """
    if len(person_ids) > MOST_ACCOUNTS:
        raise Refused(
            "account.too-many",
            gettext_noop("At most %(most)s accounts at once. Choose fewer members."),
            most=MOST_ACCOUNTS,
        )
    rows = list(member_accounts(actor).filter(person__in=list(person_ids)).order_by("person"))
    if len(rows) != len(set(person_ids)):
        raise Absent("person")
    accounts = {
        account.person_id: account
        for account in Account.objects.select_for_update().filter(
            person__in=[row.person_id for row in rows]
        )
    }
    values = values_by_path({row.branch.path for row in rows})
    fresh: list[OneTime] = []
    for row in rows:
        account = accounts.get(row.person_id)
        if account is not None and not _renewable(account, renew=renew):
            continue
        unit = row.branch.parent_id or row.branch_id
        days = values[row.branch.path].of(ONE_TIME)
        if account is not None:
            password = _reset(actor, account, days, unit)
        else:
            account = _member_account(row.person, actor.account_id)
            password = _give_password(account, days)
            account.save()
            journal.write(actor, "account.created", account.id, unit, username=account.username)
        fresh.append(OneTime(account, password, row.branch.name))
    return fresh


def _renewable(account: Account, *, renew: bool) -> bool:
    if not account.is_active or standing_grants().filter(account=account).exists():
        return False
    return renew or account.must_change_password


def _member_account(person: Person, made_by_id: UUID | None = None) -> Account:
    number = person.number.lower()
    return Account.new(number, person.name, person=person, made_by_id=made_by_id)


@command
def account_for(actor: Actor, *, person: Person, scope_id: int) -> Account:
    """The account of a person who has proved who they are; made without a password if need be.

    Raises `Refused` when the account was stopped.
    """
    fresh = _member_account(person)
    fresh.set_unusable_password()
    Account.objects.bulk_create([fresh], ignore_conflicts=True)
    account = Account.objects.select_for_update().get(person=person)
    if not account.is_active:
        raise Refused(
            "account.stopped",
            gettext_noop("This account was stopped. Please ask your unit's clerk."),
        )
    if account.pk == fresh.pk:
        journal.write(actor, "account.created", account.id, scope_id, username=account.username)
    return account


@command
def reset_password(actor: Actor, *, account_id: UUID) -> OneTime:
    """Give an account a new one-time password; it is signed out everywhere, and told so."""
    account = lock_managed(actor, account_id)
    place_id = _scope_of(actor, account)
    password = _reset(actor, account, value_of(ONE_TIME, by_id(place_id)), place_id)
    return OneTime(account, password)


def _reset(actor: Actor, account: Account, days: int, place_id: int) -> str:
    """Somebody's password is made anew: written down and told to the account as what it is."""
    password = _give_password(account, days)
    account.reset_by_id = actor.account_id
    account.save()
    facts = {"username": account.username}
    journal.write(actor, RESET_VERB, account.id, place_id, **facts)
    jobs.defer("notices.tell_reset", account_id=str(account.pk), reset_id=str(ids.new_id()))
    return password


@command
def set_active(actor: Actor, *, account_id: UUID, active: bool, reason: str) -> Account:
    """Stop an account, at once and everywhere, or let it sign in again."""
    account = lock_managed(actor, account_id)
    grants = grants_in_force().filter(account=account)
    places = set(grants.values_list("organisation", flat=True))
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        left = places_without(account.name, places)
        end_contacts(actor, name=account.name, organisation_ids=left)
    verb = "account.started" if active else "account.stopped"
    journal.write(actor, verb, account.id, _scope_of(actor, account), reason=reason)
    return account


@command
def change_preferences(
    actor: Actor,
    *,
    language: str | None = None,
    large_text: bool | None = None,
    reminders: bool | None = None,
) -> None:
    """Keep the actor's own choices on their account; None leaves a choice as it is."""
    choices: dict[str, object] = {}
    if language in LANGUAGES:
        choices["language"] = language
    if large_text is not None:
        choices["large_text"] = large_text
    if reminders is not None:
        choices["reminders"] = reminders
    if actor.account_id and choices:
        Account.objects.filter(pk=actor.account_id).update(**choices)


def lock_managed(actor: Actor, account_id: UUID) -> Account:
    """An account that the actor manages, locked; refuses one's own. Raises `Absent`.

    Grants are made under this lock: what the account holds is asked again once it is taken.
    """
    account = lock(manageable_accounts(actor), account_id)
    if account.pk == actor.account_id:
        raise Refused(
            "account.own",
            gettext_noop("This is your own account. Another administrator must do it."),
        )
    if not manageable_accounts(actor).filter(pk=account.pk).exists():
        raise Absent("account")
    return account


def _scope_of(actor: Actor, account: Account) -> int:
    """Where an act on the account is written down: at its first standing grant, else at its
    branch, else at the actor's own place."""
    grant = standing_grants().filter(account=account).order_by("granted_at").first()
    if grant is not None:
        return grant.organisation_id
    membership = current().filter(person=account.person_id).first()
    if membership is not None:
        return membership.branch_id
    place = organisations(actor, Permission.ACCOUNT_GRANT).order_by("path").first()
    if place is None:
        raise Absent("organisation")
    return place.pk


def _give_password(account: Account, days: int) -> str:
    """A new password, to be used within so many days; the caller saves the account."""
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.one_time_until = clock.now() + timedelta(days=days)
    return password
