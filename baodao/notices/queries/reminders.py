"""How often somebody was reminded lately, and what the city they belong to allows."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from baodao.kernel import clock
from baodao.notices.models import Channel, Notice
from baodao.notices.rules.catalogue import reminder_kinds
from baodao.notices.rules.deliveries import WorkingHours
from baodao.notices.rules.policies import (
    MOST_REMINDERS,
    QUIET_FROM,
    QUIET_UNTIL,
    REMINDER_DAYS,
    WORK_FROM,
    WORK_UNTIL,
)
from baodao.notices.rules.reminders import Limit, QuietHours, check_reminder
from baodao.orgs.queries.policies import PolicyValues, site_path, values_at, values_by_path
from baodao.orgs.queries.tree import paths_of
from baodao.people.queries.members import current

Addressee = UUID | int


class Reminders:
    """What holds for reminding these persons and organisations, and how often each of them was
    reminded in the days that count."""

    def __init__(
        self, person_ids: Collection[UUID], organisation_ids: Collection[int] = ()
    ) -> None:
        paths: dict[Addressee, str] = dict(_paths_of(person_ids).items())
        paths.update(paths_of(organisation_ids).items())
        values = values_by_path(set(paths.values()))
        self._values = {addressee: values[path] for addressee, path in paths.items()}
        self.sent: Counter[Addressee] = Counter()
        for days in {limit_in(one).days for one in values.values()}:
            counted = {who for who, one in self._values.items() if limit_in(one).days == days}
            self.sent.update(_reminded("person", set(person_ids) & counted, days))
            self.sent.update(_reminded("organisation", set(organisation_ids) & counted, days))

    def check(self, addressee: Addressee, *, welcome: bool) -> None:
        """Refuse to remind who turned reminders off, or was reminded often enough."""
        limit = limit_in(self._values[addressee])
        check_reminder(self.sent[addressee], limit, welcome=welcome)

    def count(self, addressee: Addressee) -> None:
        """One more reminder goes out."""
        self.sent[addressee] += 1

    def quiet(self, addressee: Addressee) -> QuietHours:
        """The hours in which nobody reminds this addressee."""
        return quiet_in(self._values[addressee])


def limit_in(values: PolicyValues) -> Limit:
    """How many reminders in how many days."""
    return Limit(values.of(MOST_REMINDERS), values.of(REMINDER_DAYS))


def quiet_in(values: PolicyValues) -> QuietHours:
    """The hours in which nobody is reminded."""
    return QuietHours(values.of(QUIET_FROM), values.of(QUIET_UNTIL))


def working_in(values: PolicyValues) -> WorkingHours:
    """The hours in which an organisation's channel is written to."""
    return WorkingHours(values.of(WORK_FROM), values.of(WORK_UNTIL))


def values_for(channel: Channel) -> PolicyValues:
    """What holds for a channel: at its organisation, or for the person of its account."""
    if channel.organisation is not None:
        return values_at(channel.organisation.path)
    person_id = channel.account.person_id if channel.account else None
    return values_at(_paths_of([person_id])[person_id] if person_id else site_path())


def most_reminders(days: int, path: str = "") -> int:
    """How many reminders somebody got within so many days, at most: of the members below `path`, of
    everybody without one."""
    lately = Notice.objects.filter(
        Q(person__isnull=False),
        kind__in=reminder_kinds(),
        created_at__gt=clock.now() - timedelta(days=days),
    )
    if path:
        here = current().filter(branch__path__startswith=path)
        lately = lately.filter(person__in=here.values("person"))
    most = lately.values("person").annotate(times=Count("pk")).order_by("-times").first()
    return most["times"] if most else 0


def _paths_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The path of each person's branch; of who has none, that of the site."""
    rows = current().filter(person__in=person_ids).values_list("person", "branch__path")
    paths: dict[UUID, str] = dict(rows)
    others = set(person_ids) - paths.keys()
    return paths | dict.fromkeys(others, site_path()) if others else paths


def _reminded(addressee: str, ids: Iterable[Addressee], days: int) -> dict[Any, int]:
    """How often each of these was reminded within so many days; absent means never."""
    since = clock.now() - timedelta(days=days)
    rows = Notice.objects.filter(kind__in=reminder_kinds(), created_at__gt=since)
    counted = rows.filter(**{f"{addressee}__in": list(ids)}).values_list(addressee)
    return dict(counted.annotate(times=Count("pk")))
