"""The facts that a policy is applied to: what was done by whom and when, as plain values."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from baodao.kernel.phrases import Number
from baodao.ledger.rules.records import Way
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.measures import DeedKind, DeedTrait

ALSO = {
    Way.ACTIVITY.value: DeedKind.ACTIVITY,
    Way.WISH.value: DeedKind.WISH,
    Way.PAIRING.value: DeedKind.VISIT,
}
"""A service in one of these ways is counted as that kind of deed too; one for an offer as a part in
a project."""


NO_TRAITS: Mapping[DeedTrait, str] = MappingProxyType({})


class Deed(NamedTuple):
    """Something that counts, on a civil day; what lasts, such as a post, until another.

    `value` is what it carries: how many members, which mark. A reversal names in `reverses` what
    never was, and is nothing itself.
    """

    id: str
    kind: DeedKind
    on: date
    until: date | None = None
    minutes: int = 0
    value: Number = 1
    traits: Mapping[DeedTrait, str] = NO_TRAITS
    confirmed: bool = False
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time, both days included, in which the subject stood in one way; open without an end."""

    from_on: date
    until: date | None = None
    standing: Standing = Standing.IN_SERVICE
    grade: Grade = Grade.FULL
    group: str = ""


@dataclass(frozen=True, slots=True)
class ExemptTime:
    """Days, both included, for which nothing is asked of the subject."""

    from_on: date
    until: date | None = None


@dataclass(frozen=True)
class SubjectFacts:
    """All that is known of one subject. Without spells it is always there, as places are.

    `entered_on` is the day on which a member was first written down by a list that tells no day of
    joining, in a branch that was known before: nobody can tell a newcomer from one who was missed.
    """

    key: str
    deeds: tuple[Deed, ...] = ()
    spells: tuple[Spell, ...] = ()
    exempt: tuple[ExemptTime, ...] = ()
    joined_on: date | None = None
    entered_on: date | None = None

    @cached_property
    def reversed_ids(self) -> frozenset[str]:
        """The deeds that were taken back."""
        return frozenset(one.reverses for one in self.deeds if one.reverses)

    @cached_property
    def by_kind(self) -> dict[DeedKind, list[Deed]]:
        """The deeds of each kind, without reversals, by their day and id whatever the order."""
        groups: defaultdict[DeedKind, list[Deed]] = defaultdict(list)
        for deed in sorted(self.deeds, key=_order):
            if deed.reverses:
                continue
            groups[deed.kind].append(deed)
            if deed.kind is DeedKind.SERVICE:
                also = ALSO.get(deed.traits.get(DeedTrait.WAY, ""))
                if also is not None:
                    groups[also].append(deed)
                if deed.traits.get(DeedTrait.OFFER):
                    groups[DeedKind.PROJECT].append(deed)
        return groups

    @cached_property
    def began_on(self) -> date | None:
        """The day from which a time from joining runs."""
        return self.joined_on or min((one.from_on for one in self.spells), default=None)


_order = attrgetter("on", "id")
