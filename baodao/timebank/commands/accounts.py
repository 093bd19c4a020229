"""Accounts opened and closed, kin named, hours given away."""

from dataclasses import asdict
from uuid import UUID

from django.db.models import Q

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.scope import within
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import check_open, places, standing_of
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import lock_persons
from baodao.talents.queries.talents import talents
from baodao.timebank.commands.bookings import close, post_due, post_minutes
from baodao.timebank.models import TimeAccount, TimeKin
from baodao.timebank.queries.accounts import (
    account_rows,
    accounts_in_charge,
    check_first,
    check_on,
    check_opening,
    home_of,
    kin_of,
    open_own,
)
from baodao.timebank.queries.bookings import gift_of
from baodao.timebank.rules.accounts import (
    HOLDERS,
    POOL_NAME,
    AccountEnding,
    AccountKind,
    BookingKind,
    KinFacts,
    check_consent,
    check_enough,
    check_kin,
)
from baodao.timebank.rules.policies import ANYBODY, DONATION, NOWHERE


@command
def create_account(actor: Actor, *, consent: str) -> TimeAccount:
    """Open one's own account, where one is registered; services recorded from now on earn."""
    if actor.person_id is None or not actor.reaches_own:
        raise Absent("member")
    check_consent(consent)
    lock_persons([actor.person_id])
    home = home_of(actor.person_id)
    if home is None:
        raise Refused(
            "time.unregistered",
            gettext_noop("An account is opened in the community in which you are registered."),
        )
    check_on(home)
    check_first(open_own(actor).exists())
    row = TimeAccount.objects.create(
        kind=AccountKind.PERSON,
        community=home,
        person_id=actor.person_id,
        consent=consent,
        opened_at=clock.now(),
        opened_by=actor.name,
    )
    journal.write(actor, "time.account-opened", row.pk, home.pk)
    return row


@command
def create_for_talent(actor: Actor, *, talent_id: UUID, consent: str) -> TimeAccount:
    """Open an account at the window for somebody of the list of talents who asks for it."""
    talent = lock(talents(actor), talent_id)
    if not actor.may(Permission.TIMEBANK_SERVE, talent.community.path):
        raise Absent("talent")
    check_opening(talent)
    check_consent(consent)
    row = TimeAccount.objects.create(
        kind=AccountKind.TALENT,
        community=standing_of(talent.community),
        talent=talent,
        consent=consent,
        opened_at=clock.now(),
        opened_by=actor.name,
    )
    journal.write(actor, "time.account-opened", row.pk, row.community_id)
    return row


@command
def create_pool(actor: Actor, *, community_id: int, name: str) -> TimeAccount:
    """Open the pool of a community, by name; people give hours to it, and the community spends
    them for who has none."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.TIMEBANK_SERVE, "path")
    community = lock(rows, community_id)
    check_open(community)
    check_on(community)
    words = check_length(name.strip(), POOL_NAME)
    if not words:
        raise Refused("time.pool-name", gettext_noop("Say how the pool is called."))
    here = TimeAccount.objects.filter(kind=AccountKind.POOL, community=community, closed_at=None)
    if here.exists():
        raise Refused("time.pool-twice", gettext_noop("This community has a pool already."))
    row = TimeAccount.objects.create(
        kind=AccountKind.POOL,
        community=community,
        name=words,
        opened_at=clock.now(),
        opened_by=actor.name,
    )
    journal.write(actor, "time.pool-opened", row.pk, community.pk, name=words)
    return row


def held_own(actor: Actor) -> TimeAccount:
    """The actor's own account, locked and up to date; refused while the time bank is off. Part of
    a command. Raises `Absent`."""
    first = open_own(actor).values_list("pk", flat=True).first()
    if first is None:
        raise Absent("account")
    return _up_to_date(actor, lock(open_own(actor), first))


def held_by_hand(actor: Actor, account_id: UUID) -> TimeAccount:
    """An account of which the actor takes orders at the window, locked and up to date."""
    return _up_to_date(actor, lock(accounts_in_charge(actor).filter(closed_at=None), account_id))


def _up_to_date(actor: Actor, account: TimeAccount) -> TimeAccount:
    check_on(account.community)
    if account.kind in HOLDERS:
        post_due(actor, account)
    return account


@command
def close_own(actor: Actor) -> TimeAccount:
    """Close one's own account, as easily as it was opened; what it holds goes."""
    first = open_own(actor).first()
    if first is None:
        raise Absent("account")
    account = lock(open_own(actor), first.pk)
    close(actor, account, AccountEnding.WISH)
    return account


@command
def close_by_hand(actor: Actor, *, account_id: UUID) -> TimeAccount:
    """Close the account of a talent who asks for it at the window."""
    rows = accounts_in_charge(actor).filter(kind=AccountKind.TALENT, closed_at=None)
    account = lock(rows, account_id)
    close(actor, account, AccountEnding.WISH)
    return account


@command
def add_kin(actor: Actor, *, facts: KinFacts) -> TimeKin:
    """Name a relative for whom one spends hours, and who knows of it."""
    return _name(actor, held_own(actor), facts)


@command
def add_kin_by_hand(actor: Actor, *, account_id: UUID, facts: KinFacts) -> TimeKin:
    """Name a relative for a talent at the window, who knows of it."""
    return _name(actor, held_by_hand(actor, account_id), facts)


def _name(actor: Actor, account: TimeAccount, facts: KinFacts) -> TimeKin:
    if account.kind not in HOLDERS:
        raise Absent("account")
    kept = asdict(check_kin(facts, kin_of(account).count()))
    name = kept.pop("name")
    row = TimeKin.objects.create(
        account=account, named_at=clock.now(), **kept, **TimeKin.name.columns(name)
    )
    words = {"kin_relation": row.relation}
    journal.write(actor, "time.kin-named", account.pk, account.community_id, **words)
    return row


@command
def end_kin(actor: Actor, *, kin_id: UUID) -> TimeKin:
    """Name somebody no more: who they are is forgotten, what was spent for them stays."""
    rows = TimeKin.objects.filter(account__in=open_own(actor), ended_at=None)
    row = lock(rows, kin_id)
    TimeKin.objects.filter(pk=row.pk).update(name_sealed=None, consent="", ended_at=clock.now())
    journal.write(actor, "time.kin-ended", row.account_id, row.account.community_id)
    return row


@command
def donate_to_pool(actor: Actor, *, minutes: int) -> TimeAccount:
    """Give hours to the pool of the community in which one's account is kept."""
    account = held_own(actor)
    home = standing_of(account.community)
    if value_of(DONATION, home) == NOWHERE:
        raise Refused("time.no-gifts", gettext_noop("Hours are not given away here."))
    pools = account_rows().filter(kind=AccountKind.POOL, closed_at=None)
    pool = pools.filter(community__path__startswith=home.path).order_by("opened_at").first()
    if pool is None:
        raise Refused("time.no-pool", gettext_noop("This community has no pool yet."))
    _give(actor, (account, pool), minutes)
    return account


@command
def donate_to_person(actor: Actor, *, number: str, minutes: int) -> TimeAccount:
    """Give hours to somebody who has an account, by their volunteer number. Both accounts are held
    at once, in one order: two who give to each other wait in a line."""
    mine = open_own(actor).first()
    if mine is None:
        raise Absent("account")
    if value_of(DONATION, standing_of(mine.community)) != ANYBODY:
        raise Refused("time.no-gifts-to", gettext_noop("Hours are not given to persons here."))
    rows = account_rows().filter(kind__in=HOLDERS, closed_at=None)
    whose = Q(person__number=number.strip()) | Q(talent__number=number.strip())
    giftee = rows.filter(whose).exclude(pk=mine.pk).order_by("opened_at").first()
    if giftee is None:
        raise Refused(
            "time.no-account",
            gettext_noop("Nobody else with this volunteer number has an account. Check it."),
        )
    rows_by_id = {row.pk: row for row in lock_many(rows, [mine.pk, giftee.pk])}
    account, other = _up_to_date(actor, rows_by_id[mine.pk]), rows_by_id[giftee.pk]
    _give(actor, (account, other), minutes)
    if other.person_id:
        words = {"minutes": minutes}
        message = Message("time-given", person_id=other.person_id, about=other.pk, facts=words)
        announce([message])
    return account


def _give(actor: Actor, accounts: tuple[TimeAccount, TimeAccount], minutes: int) -> None:
    payer, _payee = accounts
    check_enough(minutes, payer.balance)
    for lot in gift_of(payer, minutes):
        post_minutes(actor, BookingKind.DONATED, accounts, lot.minutes, of=lot.since)
    words = {"minutes": minutes}
    journal.write(actor, "time.donated", payer.pk, payer.community_id, **words)
