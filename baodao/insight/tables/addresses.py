"""Addresses of tables and of numbers, as of the same instant and of the same period."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from baodao.insight.rules import AsOf, Period, Sheet

_TABLES = {Sheet.REGISTRATION: "insight:table", Sheet.SERVICE: "insight:service_table"}


@dataclass(frozen=True)
class Addresses:
    """What every link of a page carries, made once: a table has a thousand of them."""

    as_of: AsOf
    period: Period

    @cached_property
    def asked(self) -> str:
        return urlencode({"as_of": str(self.as_of), "period": str(self.period)})

    @cached_property
    def _before(self) -> dict[Sheet, str]:
        return {
            sheet: reverse(name, args=["-"]).removesuffix("-/") for sheet, name in _TABLES.items()
        }

    def table(self, sheet: Sheet, code: str) -> str:
        """A table of an organisation."""
        return f"{reverse(_TABLES[sheet], args=[code])}?{self.asked}"

    def cell(self, sheet: Sheet, code: str, metric: str, **row: str) -> str:
        """The rows of a number; codes are plain by the rules of the tree."""
        more = f"&{urlencode(row)}" if row else ""
        return f"{self._before[sheet]}{code}/{metric}/?{self.asked}{more}"
