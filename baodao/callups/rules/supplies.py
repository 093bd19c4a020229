"""What is written of supplies: what came in and went out, and that nothing goes out that is not
there."""

from dataclasses import dataclass
from decimal import Decimal

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code

MOST = Decimal(999_999)


class SupplySide(Code):
    """Whether something came in or went out."""

    IN = "in", gettext_noop("In")
    OUT = "out", gettext_noop("Out")


@dataclass(frozen=True)
class SupplyFacts:
    """One entry as it is typed: the amount is never negative, `side` says which way it went;
    `party` is from whom it came, or to whom it went."""

    side: SupplySide
    item: str
    unit: str
    amount: Decimal
    party: str
    remark: str = ""

    @property
    def signed(self) -> Decimal:
        """What the entry adds to the balance."""
        return self.amount if self.side is SupplySide.IN else -self.amount


def check_supply(facts: SupplyFacts) -> None:
    """Refuse an entry that leaves out what, how much, or from or to whom."""
    if not all(words.strip() for words in (facts.item, facts.unit, facts.party)):
        raise Refused("supply.words", gettext_noop("Write what, in which unit, from or to whom."))
    if not 0 < facts.amount <= MOST:
        raise Refused("supply.amount", gettext_noop("Write how much, more than nothing."))


def check_balance(item: str, unit: str, balance: Decimal, change: Decimal) -> None:
    """Refuse what would leave less than nothing."""
    if balance + change < 0:
        raise Refused(
            "supply.balance",
            gettext_noop("Of %(item)s %(balance)s %(unit)s are left; less than nothing cannot be."),
            item=item,
            balance=amount_words(balance),
            unit=unit,
        )


def check_counter(*, counter: bool, countered: bool) -> None:
    """Refuse to correct an entry twice, or a correction."""
    if counter or countered:
        raise Refused(
            "supply.corrected",
            gettext_noop("It was corrected already; write a new entry for what is right."),
        )


def amount_words(amount: Decimal) -> str:
    """An amount without idle zeros."""
    return f"{amount.normalize():f}"
