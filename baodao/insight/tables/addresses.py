"""Addresses of tables and of numbers, as of the same instant and of the same period."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from baodao.figures.rules.sheets import StatSheet
from baodao.kernel.moments import AsOf, Period

TABLES = {StatSheet.REGISTRATION: "insight:table", StatSheet.SERVICE: "insight:service_table"}
"""The names of the addresses at which each table stands, and is issued."""
ISSUES = {StatSheet.REGISTRATION: "insight:issue", StatSheet.SERVICE: "insight:service_issue"}


@dataclass(frozen=True)
class Addresses:
    """What every link of a page carries, made once: a table has a thousand of them."""

    as_of: AsOf
    period: Period

    @cached_property
    def moment(self) -> str:
        """Instant and period as they stand in an address."""
        return urlencode({"as_of": str(self.as_of), "period": str(self.period)})

    @cached_property
    def _before(self) -> dict[StatSheet, str]:
        """What stands before the code; codes are plain by the rules of the tree."""
        return {
            sheet: reverse(name, args=["-"]).removesuffix("-/") for sheet, name in TABLES.items()
        }

    def table(self, sheet: StatSheet, code: str) -> str:
        """A table of an organisation."""
        return f"{self._before[sheet]}{code}/?{self.moment}"

    def charts(self, code: str) -> str:
        """The charts of an organisation, always those of now."""
        return reverse("insight:charts", args=[code])

    def number(self, sheet: StatSheet, code: str, metric: str, **row: str) -> str:
        """The rows of a number."""
        return f"{self._before[sheet]}{code}/{metric}/?{self.moment}{_narrowed(*row.items())}"


@lru_cache(maxsize=1_024)
def _narrowed(*row: tuple[str, str]) -> str:
    """What narrows the rows; the numbers of one line of a table share it."""
    return f"&{urlencode(row)}" if row else ""
