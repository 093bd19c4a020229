"""Accounts of the time bank in scope, one's own, the kin that an owner named."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from baodao.accounts.models import Switch
from baodao.accounts.queries import is_on, switches_in_force
from baodao.accounts.rules import TIME_BANK
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import current
from baodao.registration.queries.registrations import live_registrations, own_registrations
from baodao.registration.rules.states import State
from baodao.talents.models import Talent
from baodao.talents.queries.talents import talents_in
from baodao.talents.rules.talents import TALENT
from baodao.timebank.models import TimeAccount, TimeKin
from baodao.timebank.rules.accounts import HOLDERS, AccountEnding, AccountKind

Accounts = QuerySet[TimeAccount]


def account_rows() -> Accounts:
    """Every account with its owner, for this slice."""
    return TimeAccount.objects.select_related("community", "person", "talent__community")


def own_account(actor: Actor) -> TimeAccount | None:
    """The actor's own account, the open one, else the last that was closed."""
    rows = own(account_rows(), actor).exclude(ending=AccountEnding.JOINED)
    return rows.order_by("-closed_at", "opened_at").first()


def open_own(actor: Actor) -> Accounts:
    """The actor's own accounts that are open."""
    return own(account_rows(), actor).filter(closed_at=None).order_by("opened_at", "pk")


def accounts_in_charge(actor: Actor) -> Accounts:
    """Accounts and pools of the communities in which the actor serves at the window."""
    rows = account_rows().exclude(kind=AccountKind.CLEARING)
    return within(rows, actor, Permission.TIMEBANK_SERVE, "community__path")


def account_in_charge(actor: Actor, account_id: UUID) -> TimeAccount:
    """One of them that is open. Raises `Absent`."""
    row = accounts_in_charge(actor).filter(pk=account_id, closed_at=None).first()
    if row is None:
        raise Absent("account")
    return row


def pools_in(actor: Actor, community: Organisation) -> Accounts:
    """The pools of a community, with those of communities that it took over from."""
    rows = accounts_in_charge(actor).filter(kind=AccountKind.POOL, closed_at=None)
    return rows.filter(community__path__startswith=community.path).order_by("opened_at", "pk")


def holders_numbered(actor: Actor, community: Organisation, number: str) -> Accounts:
    """The account kept in a community of who has a volunteer number."""
    rows = accounts_in_charge(actor).filter(kind__in=HOLDERS, closed_at=None)
    whose = Q(person__number=number) | Q(talent__number=number)
    return rows.filter(whose, community__path__startswith=community.path)


def talent_without_account(actor: Actor, community: Organisation, number: str) -> Talent | None:
    """Who of a community's list of talents has a volunteer number, for whom one may be opened."""
    if not number:
        return None
    return talents_in(actor, community).filter(number=number).first()


def account_of_talent(talent: Talent) -> TimeAccount | None:
    """The account of a talent, the open one, else the last that was closed."""
    return account_rows().filter(talent=talent).order_by("-closed_at", "opened_at").first()


def home_of(person_id: UUID) -> Organisation | None:
    """The community in which a person is registered now."""
    row = live_registrations([person_id]).get(person_id)
    if row is None or row.state != State.ACCEPTED:
        return None
    return row.community


def is_open_at(community: Organisation) -> bool:
    """Whether the time bank is on for a community, or for who took over from it."""
    return is_on(TIME_BANK, standing_of(community))


def check_on(community: Organisation) -> None:
    """Refuse while the time bank is off there."""
    if not is_open_at(community):
        raise Refused(
            "time.off",
            gettext_noop("The time bank is not in use here. Statements of before stay readable."),
        )


def check_opening(talent: Talent) -> None:
    """Refuse an account for a talent who is off the list, who has one, or while the time bank is
    off there."""
    TALENT.check(talent.state, *TALENT.live)
    check_on(talent.community)
    known = account_of_talent(talent)
    check_first(known is not None and known.closed_at is None)


def check_first(is_there: bool) -> None:
    """Refuse a second account of one who has one."""
    if is_there:
        raise Refused("time.twice", gettext_noop("There is an account already."))


def kin_of(account: TimeAccount) -> QuerySet[TimeKin]:
    """Whom the owner has named, in that order."""
    return account.kin.filter(ended_at=None).order_by("named_at", "pk")


def one_kin(account: TimeAccount, kin_id: UUID) -> TimeKin:
    """One of them. Raises `Absent`."""
    row = kin_of(account).filter(pk=kin_id).first()
    if row is None:
        raise Absent("kin")
    return row


def owner_name(account: TimeAccount) -> str:
    """Who owns an account that the caller may see; "" once they were forgotten."""
    return account.name or (account.person or account.talent or account).name


def accounts_to_book() -> list[UUID]:
    """Open accounts of people, for the night."""
    rows = TimeAccount.objects.filter(kind__in=HOLDERS, closed_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def has_left(account: TimeAccount) -> bool:
    """Whether who owns it is no member of any unit any more, or was forgotten as a talent."""
    if account.talent is not None:
        return account.talent.state in TALENT.over
    return not current().filter(person=account.person_id).exists()


def time_bank_shown(actor: Actor) -> Question[bool]:
    """Whether a member finds the time bank on their first page: they have an account, or it is on
    where they are registered."""
    return together(
        lambda accounts, here: bool(accounts or here),
        accounts=_OWN.number(actor),
        here=_HERE.number(actor),
    )


def _own(actor: Actor) -> QuerySet[TimeAccount, tuple[UUID]]:
    return own(TimeAccount.objects.all(), actor).values_list("pk")


def _here(actor: Actor) -> QuerySet[Switch, tuple[UUID]]:
    mine = own_registrations(actor).filter(
        state=State.ACCEPTED,
        community__path__startswith=OuterRef("organisation__path"),
    )
    rows = switches_in_force().filter(Exists(mine.order_by().select_related(None)), key=TIME_BANK)
    return rows.order_by().select_related(None).values_list("pk")


_OWN, _HERE = Prepared(_own), Prepared(_here)
