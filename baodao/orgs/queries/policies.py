"""What holds of each policy at an organisation: what the nearest one above or itself has set, else
the default."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import (
    CharField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import ngettext

from baodao.kernel import clock
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.orgs.models import Organisation, Setting
from baodao.orgs.rules.policies import POLICIES, Amount, Policy, codes_of, grouped
from baodao.orgs.rules.tree import Kind
from baodao.ui.wording import fact_words

T = TypeVar("T")


def _settings(paths: Collection[str]) -> QuerySet[Setting]:
    """What was set at these paths and above them, the outermost first."""
    return _of_codes(codes_of(paths))


def _of_codes(codes: Collection[str]) -> QuerySet[Setting]:
    rows = Setting.objects.filter(organisation__code__in=codes)
    return rows.select_related("organisation").order_by("organisation__path")


def value_of(policy: Policy[T], organisation: Organisation) -> T:
    """The value of one policy that holds at one organisation."""
    return values_at(organisation.path).of(policy)


def values_at(path: str) -> "PolicyValues":
    """What holds of every policy at a path, read with one query when first asked for."""
    return PolicyValues(_set_above(path))


def values_question(path: str) -> Question["PolicyValues"]:
    """To ask what holds of every policy at a path."""
    return _SETTINGS.question(tuple(codes_of([path]))).then(PolicyValues)


def _set_above(path: str) -> Iterator[Setting]:
    """What was set at a path and above, asked for when the first of it is needed."""
    yield from _SETTINGS.rows(tuple(codes_of([path])))


_SETTINGS = Prepared(_of_codes)


def values_by_path(paths: Collection[str]) -> dict[str, "PolicyValues"]:
    """What holds of every policy at each of these paths; one query for all of them."""
    settings = list(_settings(paths))
    return {
        path: PolicyValues([one for one in settings if path.startswith(one.organisation.path)])
        for path in paths
    }


def days_at(policy: Amount, lookup: str) -> Combinable:
    """As many days as hold for each row of a queryset; `lookup` names the column with the path of
    the row's organisation."""
    return _days(policy, OuterRef(lookup))


def days_in(policy: Amount, path: str) -> Combinable:
    """As many days as hold at one place by its path: found once for all rows of a queryset."""
    return _days(policy, Value(path))


def _days(policy: Amount, path: Combinable) -> Combinable:
    here = {"here": ExpressionWrapper(path, output_field=CharField())}
    above: QuerySet[Any] = Setting.objects.filter(key=policy.key).annotate(**here)
    above = above.filter(here__startswith=F("organisation__path")).order_by("-organisation__path")
    days = above.annotate(days=Cast("value", IntegerField())).values("days")
    return Coalesce(Subquery(days[:1]), policy.default)


def days_ago(policy: Amount, lookup: str) -> Combinable:
    """The instant as many days ago as `days_at` says of each row."""
    return _from_now(days_at(policy, lookup), timedelta(days=-1))


def days_ahead(policy: Amount, lookup: str) -> Combinable:
    """The instant in as many days as `days_at` says of each row."""
    return _from_now(days_at(policy, lookup), timedelta(days=1))


def _from_now(days: Combinable, day: timedelta) -> Combinable:
    steps = Value(day, output_field=DurationField())
    way = ExpressionWrapper(days * steps, output_field=DurationField())
    now = Value(clock.now(), output_field=DateTimeField())
    return ExpressionWrapper(now + way, output_field=DateTimeField())


def words_of(policy: Policy[Any], value: Any) -> str:
    """A value in the reader's language, an amount with its unit."""
    if isinstance(policy, Amount):
        return ngettext(*policy.quantity.value, value) % {"n": value}
    return str(fact_words(policy.noted(value)))


class PolicyValues:
    """What holds of every policy at one organisation; `settings` are those made there and above,
    the outermost first. Templates read words by the key: `{{ policy.claim.most_posts }}`."""

    def __init__(self, settings: Iterable[Setting]) -> None:
        self._settings = settings

    @cached_property
    def _nearest(self) -> dict[str, Setting]:
        return {setting.key: setting for setting in self._settings}

    def of(self, policy: Policy[T]) -> T:
        """The value that holds."""
        setting = self._nearest.get(policy.key)
        return policy.default if setting is None else policy.read(setting.value)

    def words(self, policy: Policy[Any]) -> str:
        """The value that holds, in the reader's language."""
        return words_of(policy, self.of(policy))

    def __getitem__(self, noun: str) -> Mapping[str, str]:
        """The words of every policy whose key begins with `noun`, by the rest of the key."""
        return {
            key.removeprefix(f"{noun}."): self.words(policy)
            for key, policy in POLICIES.items()
            if key.startswith(f"{noun}.")
        }


def site_path() -> str:
    """The path of the authority that runs the site, where no nearer organisation is concerned; ""
    before one is set up."""
    root = Organisation.objects.filter(kind=Kind.CITY, closed_at=None).order_by("path").first()
    return root.path if root else ""


@dataclass(frozen=True)
class PolicyLine:
    """How a policy stands at an organisation.

    `nearest` is what was set there or above, None where the default holds; `above` are the words of
    what would hold without the organisation's own setting.
    """

    policy: Policy[Any]
    value: Any
    nearest: Setting | None
    own: bool
    may_set: bool
    above: str

    @property
    def words(self) -> str:
        return words_of(self.policy, self.value)

    @property
    def default(self) -> str:
        return words_of(self.policy, self.policy.default)


def lines_of(organisation: Organisation) -> dict[str, list[PolicyLine]]:
    """Every policy that an organisation may set or lives by, under the headings of their slices."""
    settings: dict[str, list[Setting]] = {}
    for setting in _settings([organisation.path]):
        settings.setdefault(setting.key, []).append(setting)
    kind = Kind(organisation.kind)
    return {
        heading: [_line(policy, organisation, settings.get(policy.key, [])) for policy in policies]
        for heading, policies in grouped(kind).items()
    }


def line_of(policy: Policy[Any], organisation: Organisation) -> PolicyLine:
    """How one policy stands at an organisation."""
    return _line(policy, organisation, list(_settings([organisation.path]).filter(key=policy.key)))


def _line(policy: Policy[Any], organisation: Organisation, settings: list[Setting]) -> PolicyLine:
    """`settings` are those of the policy at the organisation and above, the outermost first."""
    values = [policy.default, *(policy.read(setting.value) for setting in settings)]
    own = bool(settings) and settings[-1].organisation_id == organisation.pk
    return PolicyLine(
        policy=policy,
        value=values[-1],
        nearest=settings[-1] if settings else None,
        own=own,
        may_set=Kind(organisation.kind) in policy.levels,
        above=words_of(policy, values[-2] if own else values[-1]),
    )
