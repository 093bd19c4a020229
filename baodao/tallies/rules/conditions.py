"""What a row must be to be counted: conditions on its traits, written once.

A condition is made of the codes that the rules of the noun's slice know, never of typed text. From
it come both the number and the list of its rows, so they cannot differ.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baodao.kernel import clock

NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Condition:
    """What holds of a row: as SQL over the traits it asks, and whether the period decides it too.

    `%(begins)s` and `%(ends)s` are the instants between which the period lies.
    """

    sql: str = "true"
    traits: frozenset[str] = frozenset()
    of_period: bool = False

    def __and__(self, other: "Condition") -> "Condition":
        """Both hold."""
        return Condition(
            f"{self.sql} AND {other.sql}",
            self.traits | other.traits,
            self.of_period or other.of_period,
        )


EVERY = Condition()
"""Every row counts."""


@dataclass(frozen=True)
class Trait:
    """A column of a source's rows, by its name; `of_period` when the period decides it."""

    name: str
    of_period: bool = False

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"no name of a trait: {self.name}")

    @property
    def holds(self) -> Condition:
        """It is true."""
        return self._condition(self.name)

    @property
    def in_period(self) -> Condition:
        """It is an instant of the period."""
        return Condition(
            f"{self.name} >= %(begins)s AND {self.name} < %(ends)s",
            frozenset({self.name}),
            of_period=True,
        )

    def aged(self, least: int, most: int | None) -> Condition:
        """As an instant it lies from `least` to `most` days, by the calendar, before the day."""
        day = f"({self.name} AT TIME ZONE '{clock.ZONE.key}')::date"
        sql = f"{day} <= %(on)s::date - {int(least)}"
        if most is not None:
            sql += f" AND {day} >= %(on)s::date - {int(most)}"
        return self._condition(sql)

    def one_of(self, *codes: str) -> Condition:
        """It is one of these codes."""
        return self._condition(f"{self.name} IN ({listed_codes(codes)})")

    def _condition(self, sql: str) -> Condition:
        return Condition(sql, frozenset({self.name}), self.of_period)


def listed_codes(codes: Iterable[str]) -> str:
    """Codes as they stand in an SQL list; `ValueError` for what is no code."""
    texts = [str(code) for code in codes]
    if not texts or not all(_CODE.fullmatch(text) for text in texts):
        raise ValueError(f"no codes: {texts}")
    return ", ".join(f"'{text}'" for text in texts)


def columns(traits: Iterable[str], table: str, expressions: Mapping[str, str] | None = None) -> str:
    """The traits as further columns: each its expression, else the column of `table` so named."""
    known = expressions or {}
    return "".join(
        f", {known.get(trait, f'{table}.{trait}')} AS {trait}" for trait in sorted(traits)
    )
