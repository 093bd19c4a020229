"""Policies: values that an authority may set, each declared once by the slice whose rules take it.

A policy is pure: it says what may be set, by whom and in which words. What holds at an organisation
is read in `orgs/queries/policies.py`, and handed to rules as a plain value.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum
from typing import Any, Generic, TypeVar

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop, ngettext_noop
from baodao.orgs.rules.tree import Kind

T = TypeVar("T")

AUTHORITIES = frozenset({Kind.CITY, Kind.DISTRICT, Kind.STREET})
COMMUNITIES = frozenset({Kind.COMMUNITY, Kind.GRID, Kind.TEAM})
UNITS = frozenset({Kind.UNIT, Kind.BRANCH})
EVERY = frozenset(Kind)


class Quantity(Enum):
    """What an amount counts, as the two message ids of one and of many."""

    MINUTES = ngettext_noop("%(n)s minute", "%(n)s minutes")
    DAYS = ngettext_noop("%(n)s day", "%(n)s days")
    WORKING_DAYS = ngettext_noop("%(n)s working day", "%(n)s working days")
    HOURS = ngettext_noop("%(n)s hour", "%(n)s hours")
    TIMES = ngettext_noop("%(n)s time", "%(n)s times")
    YEARS = ngettext_noop("%(n)s year", "%(n)s years")
    POSTS = ngettext_noop("%(n)s post", "%(n)s posts")
    PEOPLE = ngettext_noop("%(n)s person", "%(n)s people")


@dataclass(frozen=True, kw_only=True)
class Policy(ABC, Generic[T]):
    """One value: its key (`claim.most_posts`), its question, what holds when nobody set it.

    `levels` are the kinds of organisation that may set it, for themselves and all below; `at` those
    whose acts it governs. `page` names the address of its own editor, where it has one.
    """

    key: str
    question: str
    default: T
    levels: frozenset[Kind]
    at: frozenset[Kind]
    page: str = ""

    @abstractmethod
    def check(self, value: T, current: T) -> None:
        """Refuse what may not follow `current`, the value that holds now."""

    def read(self, kept: Any) -> T:
        """The value of what the table keeps."""
        value: T = kept
        return value

    def kept(self, value: T) -> Any:
        """What the table keeps of a value."""
        return value

    def noted(self, value: T) -> str | list[str]:
        """The value as the journal notes it: message ids, or words of any language."""
        return str(value)

    def concerns(self, kind: Kind) -> bool:
        """Whether an organisation of `kind` may set it or lives by it."""
        return kind in self.levels or kind in self.at

    def check_level(self, kind: Kind) -> None:
        """Refuse an organisation whose kind may not set this policy."""
        if kind not in self.levels:
            raise Refused(
                "policy.level",
                gettext_noop("This is not decided by a %(kind)s, but above it."),
                kind=kind.words,
            )


@dataclass(frozen=True, kw_only=True)
class Amount(Policy[int]):
    """A whole number of `quantity`, from `least` to `most`."""

    quantity: Quantity
    least: int
    most: int

    def check(self, value: int, current: int) -> None:  # noqa: ARG002 - any amount may follow
        """Refuse an amount outside the bounds."""
        if not self.least <= value <= self.most:
            raise Refused(
                "policy.bounds",
                gettext_noop("Enter a number from %(least)s to %(most)s."),
                least=self.least,
                most=self.most,
            )


@dataclass(frozen=True, kw_only=True)
class TimeOfDay(Policy[time]):
    """An hour and minute of China's clock, from `least` to `most`."""

    least: time
    most: time

    def check(self, value: time, current: time) -> None:  # noqa: ARG002 - any time may follow
        """Refuse a time outside the bounds."""
        if not self.least <= value <= self.most:
            raise Refused(
                "policy.bounds-of-day",
                gettext_noop("Enter a time from %(least)s to %(most)s."),
                least=self.noted(self.least),
                most=self.noted(self.most),
            )

    def read(self, kept: Any) -> time:
        return time.fromisoformat(kept)

    def kept(self, value: time) -> str:
        return f"{value:%H:%M}"

    def noted(self, value: time) -> str:
        return f"{value.hour}:{value:%M}"


@dataclass(frozen=True, kw_only=True)
class Alternative(Policy[str]):
    """One of several answers: a code, each with its words."""

    answers: Mapping[str, str]

    def check(self, value: str, current: str) -> None:  # noqa: ARG002 - any answer may follow
        """Refuse an answer that is not offered."""
        if value not in self.answers:
            raise Refused("policy.unknown", gettext_noop("Choose one of the answers offered."))

    def noted(self, value: str) -> str:
        return self.answers.get(value, value)


POLICIES: dict[str, Policy[Any]] = {}
"""Every policy by its key, as the slices have registered them."""

GROUPS: dict[str, list[Policy[Any]]] = {}
"""The policies of each slice under the words by which its part of the settings is headed."""


def register_policies(heading: str, *policies: Policy[Any]) -> None:
    """Add a slice's policies. Raises `ValueError` for a key that is there already, and for a
    default that its own bounds refuse."""
    for policy in policies:
        if policy.key in POLICIES:
            raise ValueError(f"two policies are called {policy.key}")
        try:
            policy.check(policy.default, policy.default)
        except Refused as refused:
            raise ValueError(f"the default of {policy.key} is not allowed: {refused}") from refused
        POLICIES[policy.key] = policy
        GROUPS.setdefault(heading, []).append(policy)


def grouped(kind: Kind) -> dict[str, list[Policy[Any]]]:
    """The policies that concern an organisation of `kind`, under their headings."""
    groups = {
        heading: [policy for policy in policies if policy.concerns(kind)]
        for heading, policies in GROUPS.items()
    }
    return {heading: policies for heading, policies in groups.items() if policies}


@dataclass(frozen=True)
class SettingPage:
    """A further page of an organisation's settings: the message id of its link, the name of its
    address, and who alone reads it, where not everybody does who reads settings."""

    label: str
    address: str
    readers: Permission | None = None


SETTING_PAGES: list[SettingPage] = []


def register_setting_page(label: str, address: str, readers: Permission | None = None) -> None:
    """Add a page to the settings of the organisation one acts for."""
    SETTING_PAGES.append(SettingPage(label, address, readers))


def codes_of(paths: Collection[str]) -> set[str]:
    """The codes of every organisation at these paths and above them."""
    return {code for path in paths for code in path.rstrip(".").split(".") if code}
