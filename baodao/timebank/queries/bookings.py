"""What an account's bookings come to, what is due to be booked, and whether the books are right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from baodao.accounts.queries import switch_spans
from baodao.accounts.rules import TIME_BANK
from baodao.kernel import clock
from baodao.ledger.queries.records import record_rows
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of
from baodao.talents.queries.talents import service_rows
from baodao.timebank.models import TimeAccount, TimeBooking
from baodao.timebank.queries.accounts import is_open_at
from baodao.timebank.rules.accounts import HOLDERS, AccountKind, BookingKind
from baodao.timebank.rules.bookings import (
    Credit,
    EarningDeed,
    HourLot,
    Outgo,
    Taking,
    credits_due,
    expiry_due,
    left_of,
    month_of,
    parts_of,
    takings_due,
)
from baodao.timebank.rules.policies import EXPIRY_DAYS, MONTH_HOURS

Bookings = QuerySet[TimeBooking]
HOUR = 60


def bookings_of(account: TimeAccount) -> Bookings:
    """All bookings of an account, in the order in which they were booked."""
    rows = TimeBooking.objects.filter(Q(payer=account) | Q(payee=account))
    rows = rows.select_related("order__kin", "source_community")
    return rows.order_by("booked_at", "pk")


@dataclass(frozen=True)
class Due:
    """What is to be booked on an account: credits, takings back, minutes that have expired; and
    the balance after it."""

    credits: Sequence[Credit] = ()
    takings: Sequence[Taking] = ()
    expired: int = 0
    balance: int = 0


def due_of(account: TimeAccount) -> Due:
    """What is due now; nothing while the time bank is off, of a pool, or once it is closed."""
    if (
        account.kind not in HOLDERS
        or account.closed_at is not None
        or not is_open_at(account.community)
    ):
        return Due(balance=account.balance)
    rows = list(bookings_of(account))
    values = values_at(standing_of(account.community).path)
    deeds, credit_of = deeds_of(account), _credit_by_deed(rows)
    earned = [row for row in rows if row.kind == BookingKind.EARNED]
    months: Counter[tuple[int, int]] = Counter()
    for row in earned:
        assert row.source is not None
        assert row.served_on is not None
        months[month_of(row.served_on)] += credit_of[row.source]
    decided = [row.source for row in earned if row.source is not None]
    due = credits_due(deeds, decided, months, values.of(MONTH_HOURS) * HOUR)
    balance = account.balance + sum(one.minutes for one in due)
    takings = takings_due(deeds, credit_of, balance)
    balance -= sum(one.minutes for one in takings)
    taken = Counter({one.deed.source_id: one.minutes for one in takings})
    lots = _lots(account, rows, credit_of - taken)
    lots += [HourLot(one.deed.recorded_at, one.minutes) for one in due]
    before = clock.now() - timedelta(days=values.of(EXPIRY_DAYS))
    expired = expiry_due(left_of(lots, _outgoes(account, rows)), before)
    return Due(due, takings, expired, balance - expired)


def deeds_of(account: TimeAccount) -> list[EarningDeed]:
    """The services that earn for an account: recorded since it was opened, while the time bank was
    on where it is kept; with those that were put right since."""
    spans = switch_spans(TIME_BANK, account.community)
    deeds = _of_person(account) if account.person_id else _of_talent(account)
    return [one for one in deeds if any(since <= one.recorded_at < end for since, end in spans)]


def _of_person(account: TimeAccount) -> list[EarningDeed]:
    mine = {"community": OuterRef("community"), "reverses": OuterRef("id")}
    undone = record_rows().filter(**mine).values("recorded_at")[:1]
    rows = record_rows().filter(
        person=account.person_id, recorded_at__gte=account.opened_at, reverses=None
    )
    columns = ("id", "community_id", "served_on", "minutes", "recorded_at", "undone_at")
    return [
        EarningDeed(*row) for row in rows.annotate(undone_at=Subquery(undone)).values_list(*columns)
    ]


def _of_talent(account: TimeAccount) -> list[EarningDeed]:
    undone = service_rows().filter(reverses=OuterRef("pk")).values("recorded_at")[:1]
    rows = service_rows().filter(
        talent=account.talent_id, recorded_at__gte=account.opened_at, reverses=None
    )
    columns = ("pk", "community_id", "served_on", "minutes", "recorded_at", "undone_at")
    return [
        EarningDeed(*row) for row in rows.annotate(undone_at=Subquery(undone)).values_list(*columns)
    ]


def _credit_by_deed(rows: Sequence[TimeBooking]) -> Counter[UUID]:
    """By deed what is credited of it and was not taken back."""
    credit_of: Counter[UUID] = Counter()
    for row in rows:
        if row.source is not None:
            credit_of[row.source] += row.minutes if row.kind == BookingKind.EARNED else -row.minutes
    return credit_of


def _lots(
    account: TimeAccount, rows: Sequence[TimeBooking], credit_of: Mapping[UUID, int]
) -> list[HourLot]:
    lots = []
    for row in rows:
        if row.kind == BookingKind.EARNED and row.source is not None:
            lots.append(HourLot(row.of, credit_of.get(row.source, 0), row.booked_at))
        elif row.payee_id == account.pk and row.kind != BookingKind.GIVEN_BACK:
            lots.append(HourLot(row.of, row.minutes, row.booked_at))
    return lots


def _outgoes(account: TimeAccount, rows: Sequence[TimeBooking]) -> list[Outgo]:
    """What went out and did not come back, in the order in which it went."""
    back = {row.order_id for row in rows if row.kind == BookingKind.GIVEN_BACK}
    return [
        Outgo(row.booked_at, row.minutes)
        for row in rows
        if row.payer_id == account.pk
        and row.kind != BookingKind.TAKEN_BACK
        and not (row.kind == BookingKind.ORDERED and row.order_id in back)
    ]


def gift_of(account: TimeAccount, minutes: int) -> list[HourLot]:
    """Of which lots of a locked, up to date account so many minutes are that go to another."""
    rows = list(bookings_of(account))
    lots = _lots(account, rows, _credit_by_deed(rows))
    return parts_of(left_of(lots, _outgoes(account, rows)), minutes)


@dataclass(frozen=True)
class BooksFault:
    """An account whose books are not right: what it says it holds, and what its bookings come
    to."""

    account_id: UUID
    kept: int
    booked: int


def faults_of_books() -> list[BooksFault]:
    """Accounts whose balance is not what their bookings come to, and bookings that name no service
    of that length; looked at by who runs the site."""
    sums = {
        name: TimeBooking.objects.filter(**{name: OuterRef("pk")})
        .order_by()
        .values(name)
        .annotate(sum=Sum("minutes"))
        .values("sum")
        for name in ("payer", "payee")
    }
    rows = TimeAccount.objects.exclude(kind=AccountKind.CLEARING).annotate(
        booked=Coalesce(Subquery(sums["payee"]), 0) - Coalesce(Subquery(sums["payer"]), 0)
    )
    wrong = rows.exclude(balance=F("booked")).order_by("pk")
    return [BooksFault(*row) for row in wrong.values_list("pk", "balance", "booked")]


def unfounded_credits() -> list[UUID]:
    """The ids of bookings that credit hours for a service that is not there, or was of another
    length."""
    records = record_rows().filter(
        community=OuterRef("source_community"), id=OuterRef("source"), minutes=OuterRef("served")
    )
    deeds = service_rows().filter(pk=OuterRef("source"), minutes=OuterRef("served"))
    rows = TimeBooking.objects.filter(kind=BookingKind.EARNED)
    rows = rows.annotate(
        record=Subquery(records.values("minutes")[:1]), deed=Subquery(deeds.values("minutes")[:1])
    )
    wrong = rows.filter(Q(record=None, deed=None) | Q(minutes__gt=F("served")))
    return list(wrong.order_by("pk").values_list("pk", flat=True))
