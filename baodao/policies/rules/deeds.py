"""The facts that a policy is applied to: what was done by whom and when, as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from baodao.ledger.rules.records import Way
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.words import Number

ALSO = {
    Way.ACTIVITY.value: DeedKind.ACTIVITY,
    Way.WISH.value: DeedKind.WISH,
    Way.PAIRING.value: DeedKind.VISIT,
}
"""A service in one of these ways is counted as that kind of deed too; one for an offer as a part in
a project."""


@dataclass(frozen=True, slots=True)
class Deed:
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
    traits: Mapping[DeedTrait, str] = field(default_factory=dict)
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
    """All that is known of one subject. Without spells it is always there, as places are."""

    key: str
    deeds: tuple[Deed, ...] = ()
    spells: tuple[Spell, ...] = ()
    exempt: tuple[ExemptTime, ...] = ()
    joined_on: date | None = None

    @cached_property
    def reversed_ids(self) -> frozenset[str]:
        """The deeds that were taken back."""
        return frozenset(one.reverses for one in self.deeds if one.reverses)

    @cached_property
    def by_kind(self) -> dict[DeedKind, list[Deed]]:
        """The deeds of each kind, without reversals, by their day and id whatever the order."""
        groups: dict[DeedKind, list[Deed]] = {}
        for deed in sorted(self.deeds, key=_order):
            if deed.reverses:
                continue
            groups.setdefault(deed.kind, []).append(deed)
            for also in _also(deed):
                groups.setdefault(also, []).append(deed)
        return groups

    @cached_property
    def began_on(self) -> date | None:
        """The day from which a time from joining runs."""
        return self.joined_on or min((one.from_on for one in self.spells), default=None)


def _also(deed: Deed) -> Iterator[DeedKind]:
    if deed.kind is not DeedKind.SERVICE:
        return
    kind = ALSO.get(deed.traits.get(DeedTrait.WAY, ""))
    if kind:
        yield kind
    if deed.traits.get(DeedTrait.OFFER):
        yield DeedKind.PROJECT


def _order(deed: Deed) -> tuple[date, str]:
    return deed.on, deed.id


def facts_of(key: str, deeds: Iterable[Deed], *spells: Spell) -> SubjectFacts:
    """The facts of a subject from its deeds and spells alone."""
    return SubjectFacts(key, tuple(deeds), spells)
