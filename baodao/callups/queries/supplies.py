"""The supply ledger of a call-up: its lines with the balance after each, and what is left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from baodao.callups.models import CallUp, SupplyEntry
from baodao.callups.rules.callups import CallStage, check_stage
from baodao.callups.rules.supplies import amount_words, check_counter


@dataclass(frozen=True)
class SupplyLine:
    """A line of the ledger as it is read, and how much of its thing was left after it."""

    entry: SupplyEntry
    balance: Decimal
    correctable: bool

    @property
    def amount_in(self) -> str:
        """What came in; empty where something went out."""
        return amount_words(self.entry.amount) if self.entry.amount > 0 else ""

    @property
    def amount_out(self) -> str:
        """What went out; empty where something came in."""
        return amount_words(-self.entry.amount) if self.entry.amount < 0 else ""

    @property
    def left(self) -> str:
        """What was left, as it is written."""
        return amount_words(self.balance)


def supply_rows(call: CallUp) -> QuerySet[SupplyEntry]:
    """The lines of a call-up that the caller fetched in its scope, as they are written."""
    return SupplyEntry.objects.filter(call=call)


def supply_lines(call: CallUp) -> Sequence[SupplyLine]:
    """All lines of a call-up that the caller fetched in its scope, in the order of writing."""
    balances: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    lines = []
    rows = supply_rows(call).select_related("correction")
    for entry in rows.order_by("at", "pk"):
        balances[entry.item, entry.unit] += entry.amount
        correctable = entry.corrects_id is None and not hasattr(entry, "correction")
        lines.append(SupplyLine(entry, balances[entry.item, entry.unit], correctable))
    return lines


def balance_of(call: CallUp, item: str, unit: str) -> Decimal:
    """How much of one thing is left; the caller holds the call-up when it decides by it."""
    rows = SupplyEntry.objects.filter(call=call, item=item, unit=unit)
    left: Decimal = rows.aggregate(left=Sum("amount", default=Decimal(0)))["left"]
    return left


@dataclass(frozen=True)
class Stock:
    """How much of one thing is left."""

    item: str
    unit: str
    left: str


def check_counterable(entry: SupplyEntry) -> None:
    """Refuse to take a line back once the call-up is over, and one that was taken back."""
    check_stage(entry.call.stage, CallStage.SENDING, CallStage.OPEN)
    check_counter(counter=entry.corrects_id is not None, countered=hasattr(entry, "correction"))


def stocks_of(call: CallUp) -> list[Stock]:
    """What is left of each thing, by its name."""
    rows = SupplyEntry.objects.filter(call=call).values("item", "unit")
    sums = rows.annotate(left=Sum("amount")).order_by("item", "unit")
    return [Stock(row["item"], row["unit"], amount_words(row["left"])) for row in sums]
