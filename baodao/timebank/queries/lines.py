"""The statement of an account: each line what was booked, of what, and what was left then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from baodao.ledger.queries.records import record_rows
from baodao.talents.queries.talents import service_rows
from baodao.timebank.models import TimeAccount, TimeBooking
from baodao.timebank.queries.bookings import Due, bookings_of, due_of
from baodao.timebank.rules.accounts import BookingKind
from baodao.timebank.rules.bookings import running

MOVED = (BookingKind.DONATED, BookingKind.JOINED)
"""What goes from account to account keeps the days of its hours, and is told on its own day."""


@dataclass(frozen=True)
class AccountLine:
    """What was booked: of which instant, what it is of in words, by how many minutes the balance
    changed, what it was then. `served` are the minutes of the service it is of, `served_on` its
    day, under which one's records open; `pending` is booked tonight."""

    at: datetime
    kind: BookingKind
    words: str
    change: int
    balance: int = 0
    served: int | None = None
    served_on: date | None = None
    pending: bool = False

    @property
    def title(self) -> str:
        """What it is of, in the reader's language."""
        return gettext(self.kind.words)

    @property
    def is_capped(self) -> bool:
        """Whether fewer minutes were credited than were served: the month was full."""
        return self.kind == BookingKind.EARNED and self.change < (self.served or 0)


@dataclass(frozen=True)
class AccountStatement:
    """An account with its lines, the latest last; what came in and what went out."""

    account: TimeAccount
    lines: Sequence[AccountLine]

    @property
    def balance(self) -> int:
        """What it holds, what is booked tonight included."""
        return self.lines[-1].balance if self.lines else 0

    @property
    def earned(self) -> int:
        """What was served, less what was put right."""
        of_service = (BookingKind.EARNED, BookingKind.TAKEN_BACK)
        return sum(line.change for line in self.lines if line.kind in of_service)

    @property
    def spent(self) -> int:
        """What was ordered and not given back."""
        of_orders = (BookingKind.ORDERED, BookingKind.GIVEN_BACK)
        return -sum(line.change for line in self.lines if line.kind in of_orders)

    @property
    def latest(self) -> Sequence[AccountLine]:
        """The lines as the page has them."""
        return self.lines[::-1]


def statement_of(account: TimeAccount) -> AccountStatement:
    """The statement of an account that the caller may see, with what is booked tonight."""
    rows, due = list(bookings_of(account)), due_of(account)
    words = _words(rows, due)
    plain = [_line(account, row, words) for row in rows] + _pending(due, words)
    balances = running([line.change for line in plain])
    lines = [replace(line, balance=balance) for line, balance in zip(plain, balances, strict=True)]
    return AccountStatement(account, lines)


def _line(account: TimeAccount, row: TimeBooking, words: Mapping[UUID, str]) -> AccountLine:
    return AccountLine(
        row.booked_at if row.kind in MOVED else row.of,
        BookingKind(row.kind),
        row.order.words if row.order else words.get(row.source, "") if row.source else "",
        row.minutes if row.payee_id == account.pk else -row.minutes,
        served=row.served,
        served_on=row.served_on,
    )


def _pending(due: Due, words: Mapping[UUID, str]) -> list[AccountLine]:
    """What is booked tonight. What has expired is not told of before it is booked."""
    lines = [(BookingKind.EARNED, one.deed, one.minutes) for one in due.credits]
    lines += [(BookingKind.TAKEN_BACK, one.deed, -one.minutes) for one in due.takings]
    return [
        AccountLine(
            deed.undone_at or deed.recorded_at,
            kind,
            words.get(deed.source_id, ""),
            change,
            served=deed.minutes,
            served_on=deed.served_on,
            pending=True,
        )
        for kind, deed, change in lines
    ]


def _words(rows: Sequence[TimeBooking], due: Due) -> dict[UUID, str]:
    """By deed what was done, as its record says."""
    keys = {row.source for row in rows if row.source is not None}
    keys |= {one.deed.source_id for one in due.credits}
    keys |= {one.deed.source_id for one in due.takings}
    records = record_rows().filter(id__in=keys).values_list("id", "offer_title", "result")
    words = {key: title or result for key, title, result in records}
    deeds = service_rows().filter(pk__in=keys).values_list("pk", "result")
    return words | dict(deeds)
