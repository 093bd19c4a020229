"""The state of the 17 rules that bind this software, computed from this installation.

The rules are those of shared law on government apps and personal information; docs/operations
names the sources. A rule that shows only in behaviour is proved by the project's tests and says
so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from csp.constants import NONE, SELF
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import FileField
from django.utils.translation import gettext as _

from baodao import __version__
from baodao.accounts.queries import switches_in_force
from baodao.accounts.rules import RECORDING, REQUIRED_CHECK_IN, UNIT_ORDER
from baodao.figures.rules.catalogue import METRICS
from baodao.inquiries.queries.requests import request_counts
from baodao.kernel import crypto, journal
from baodao.kernel.errors import gettext_noop
from baodao.kernel.health import Health, check_of
from baodao.kernel.jobs import last_runs
from baodao.notices.queries.channels import channel_count
from baodao.notices.queries.complaints import complaint_counts
from baodao.notices.queries.reminders import limit_in, most_reminders, quiet_in
from baodao.notices.rules.policies import ANSWER_DAYS
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.people.models import Person
from baodao.ui.wording import instant_words

OWN_HOST = {SELF, NONE, "data:"}
POINTS = re.compile(r"(^|_)(points?|rank(ing)?|streak|score|online)(_|$)")
WHEREABOUTS = re.compile(r"(^|_)(lat(itude)?|lng|lon(gitude)?|location|gps|geo\w*|track)(_|$)")
APPLAUSE = re.compile(r"(^|_)(likes?|votes?|comments?)(_|$)")
UNMASKINGS = ("person.unmasked", "need.unmasked", "complaint.unmasked", "household.unmasked")
SIGN_INS = re.compile(r"login|sign.?in|install|download|visitor|online")


class Compliance(StrEnum):
    """How a rule stands here."""

    HOLDS = "holds"
    BROKEN = "broken"
    TESTED = "tested"


STATE_NAMES = {
    Compliance.HOLDS: gettext_noop("holds"),
    Compliance.BROKEN: gettext_noop("does not hold"),
    Compliance.TESTED: gettext_noop("proved by the tests"),
}


@dataclass(frozen=True)
class Point:
    """One rule: its number, what it demands, how it stands, and the fact that shows it."""

    number: int
    rule: str
    state: Compliance
    fact: str

    @property
    def state_words(self) -> str:
        return _(STATE_NAMES[self.state])


def _columns() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model.__module__.startswith("baodao."):
            for field in model._meta.get_fields():
                yield model.__name__, field.name


def _named(pattern: re.Pattern[str]) -> list[str]:
    return [f"{model}.{field}" for model, field in _columns() if pattern.search(field)]


def _absence(names: list[str]) -> tuple[Compliance, str]:
    if names:
        return Compliance.BROKEN, ", ".join(names)
    return Compliance.HOLDS, _("0 such columns in %(count)s columns of the database.") % {
        "count": len(list(_columns()))
    }


def _no_points() -> tuple[Compliance, str]:
    state, fact = _absence(_named(POINTS))
    on = switches_in_force().count()
    return state, f"{fact} " + _("Switches that are on: %(on)s.") % {"on": on}


def _no_public_ranking() -> tuple[Compliance, str]:
    on = switches_in_force().filter(key=UNIT_ORDER).count()
    return Compliance.HOLDS, _("Units are ordered by rate in %(on)s places, each by a switch.") % {
        "on": on
    }


def _no_whereabouts() -> tuple[Compliance, str]:
    files = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    return _absence(_named(WHEREABOUTS) + files)


def _no_sign_in_figures() -> tuple[Compliance, str]:
    names = [code for code in METRICS if SIGN_INS.search(code)]
    if names:
        return Compliance.BROKEN, ", ".join(names)
    return Compliance.HOLDS, _("0 of %(count)s figures count installing or signing in.") % {
        "count": len(METRICS)
    }


@dataclass(frozen=True)
class Jurisdiction:
    """A city that decides for itself; its name stands where there are several."""

    name: str
    path: str
    people: str
    """The path below which its people are looked at; "" for everybody, where there is one city."""


def _jurisdictions() -> list[Jurisdiction]:
    cities = list(places(Kind.CITY).order_by("path"))
    if len(cities) > 1:
        return [Jurisdiction(city.name, city.path, city.path) for city in cities]
    return [Jurisdiction("", cities[0].path if cities else "", "")]


def _of_city(city: Jurisdiction, fact: str) -> str:
    return _("%(city)s: %(fact)s") % {"city": city.name, "fact": fact} if city.name else fact


def _quiet_reminders() -> tuple[Compliance, str]:
    state, facts = Compliance.HOLDS, []
    for city in _jurisdictions():
        values = values_at(city.path)
        limit, quiet = limit_in(values), quiet_in(values)
        most = most_reminders(limit.days, city.people)
        fact = _(
            "At most %(limit)s reminders in %(days)s days, none from %(from)s to %(until)s. "
            "Lately nobody got more than %(most)s."
        ) % {
            "limit": limit.most,
            "days": limit.days,
            "from": f"{quiet.start:%H:%M}",
            "until": f"{quiet.end:%H:%M}",
            "most": most,
        }
        facts.append(_of_city(city, fact))
        state = Compliance.BROKEN if most > limit.most else state
    facts.append(_("Channels that lead outside: %(channels)s.") % {"channels": channel_count()})
    return state, " ".join(facts)


def _answers() -> tuple[Compliance, str]:
    received, waiting, late = complaint_counts()
    time = ", ".join(
        _of_city(city, values_at(city.path).words(ANSWER_DAYS)) for city in _jurisdictions()
    )
    fact = _(
        "%(received)s received, %(waiting)s wait, %(late)s of them past their day (%(time)s)."
    ) % {"received": received, "waiting": waiting, "late": late, "time": time}
    return Compliance.BROKEN if late else Compliance.HOLDS, fact


def _readings() -> tuple[Compliance, str]:
    read = journal.entries().filter(verb__in=UNMASKINGS).count()
    fact = _("%(count)s readings of a number in full, each with its reason in the journal.")
    return Compliance.HOLDS, fact % {"count": read}


def _sealed() -> tuple[Compliance, str]:
    keys = Person.id_number.by_key()
    ring = crypto.ring()
    unknown = sum(number for key, number in keys.items() if key not in ring.keys)
    mode = Path(settings.KEY_FILE).stat().st_mode & 0o777
    fact = _("%(count)s persons sealed (%(cipher)s, %(keys)s keys); key file mode %(mode)s.") % {
        "count": sum(keys.values()),
        "cipher": ring.keys[ring.current][0],
        "keys": len(ring.keys),
        "mode": f"{mode:o}",
    }
    return Compliance.BROKEN if unknown or mode != 0o600 else Compliance.HOLDS, fact


def _logs() -> tuple[Compliance, str]:
    closed = check_of("facts").look()
    if closed.health is Health.FAIL:
        return Compliance.BROKEN, _("The application's role may change or delete the journal.")
    fact = _("Kept for good, so for more than %(days)s days; the application cannot delete them.")
    return Compliance.HOLDS, fact % {"days": journal.KEPT_DAYS}


def _own_host() -> tuple[Compliance, str]:
    directives: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    foreign = {source for sources in directives.values() for source in sources} - OWN_HOST
    if foreign:
        return Compliance.BROKEN, ", ".join(sorted(foreign))
    return Compliance.HOLDS, _("The browser is told to load from this site alone.")


def _record_name() -> tuple[Compliance, str]:
    on = switches_in_force().filter(key=RECORDING).count()
    return Compliance.HOLDS, _(
        "Record sheets are named 服务记录单 and say who recorded; the switch for certificates "
        "is on in %(on)s places."
    ) % {"on": on}


def _check_in() -> tuple[Compliance, str]:
    on = switches_in_force().filter(key=REQUIRED_CHECK_IN).count()
    fact = _(
        "A code on the spot may be scanned; the organiser's list, the member's own "
        "statement and the window count the same, and nobody is shown as absent."
    )
    if on:
        more = _("In emergency call-ups it is required in %(on)s places, by a switch that ends.")
        fact = f"{fact} {more % {'on': on}}"
    return Compliance.HOLDS, fact


def _requests() -> tuple[Compliance, str]:
    count, bare = request_counts()
    fact = _(
        "%(count)s requests were sent, each with its basis and day. Before it is sent one is shown "
        "what the system holds already, and what was asked before is refused."
    )
    return Compliance.BROKEN if bare else Compliance.HOLDS, fact % {"count": count}


def _fixed(state: Compliance, fact: str) -> Callable[[], tuple[Compliance, str]]:
    return lambda: (state, _(fact))


RULES: tuple[tuple[str, Callable[[], tuple[Compliance, str]]], ...] = (
    (gettext_noop("No points, ranking, streaks or online time"), _no_points),
    (gettext_noop("No person is ranked; units' figures are totals"), _no_public_ranking),
    (gettext_noop("Check-in is optional"), _check_in),
    (gettext_noop("No location, photo or video is stored"), _no_whereabouts),
    (gettext_noop("Nothing to install; no figures about sign-ins"), _no_sign_in_figures),
    (gettext_noop("Reminders are few, by day, and end with one tap"), _quiet_reminders),
    (
        gettext_noop("Nothing is asked that is already held"),
        _fixed(Compliance.TESTED, gettext_noop("Journeys count the fields typed twice: 0.")),
    ),
    (
        gettext_noop("No likes, votes or comments; no automated decision on a person"),
        lambda: _absence(_named(APPLAUSE)),
    ),
    (gettext_noop("Complaints are answered by a day"), _answers),
    (
        gettext_noop("Requests for data from above name basis and deadline"),
        _requests,
    ),
    (gettext_noop("Reading a person's numbers is logged with a reason"), _readings),
    (gettext_noop("Identity numbers and telephones are encrypted and masked"), _sealed),
    (gettext_noop("Logs are kept at least half a year"), _logs),
    (
        gettext_noop("Large text, contrast, keyboard, no pop-ups"),
        _fixed(
            Compliance.TESTED,
            gettext_noop(
                "axe checks the pages of the journeys in Chinese, those of the menus also in "
                "English with large text, light and dark."
            ),
        ),
    ),
    (gettext_noop("No request leaves the site's own host"), _own_host),
    (
        gettext_noop("This account for inspectors"),
        _fixed(Compliance.HOLDS, gettext_noop("This page, and the command “baodao compliance”.")),
    ),
    (gettext_noop("Sheets of records are named for what they are"), _record_name),
)


def points() -> list[Point]:
    """All rules in their order, each looked at now."""
    rules = []
    for number, (rule, look) in enumerate(RULES, start=1):
        state, fact = look()
        rules.append(Point(number, _(rule), state, fact))
    return rules


@dataclass(frozen=True)
class Upkeep:
    """Work of every day: its name, when it was done last, and whether it is overdue."""

    name: str
    fact: str
    overdue: bool

    @property
    def state_words(self) -> str:
        return _("overdue") if self.overdue else _("in order")


def upkeep() -> list[Upkeep]:
    """What the worker does every day, in the order of the hours."""
    return [
        Upkeep(
            _(run.work.words),
            _("last on %(time)s") % {"time": instant_words(run.at)}
            if run.at
            else _("not done yet"),
            run.overdue,
        )
        for run in last_runs()
    ]


def filing() -> list[tuple[str, str]]:
    """The factual parts of 政务应用程序备案申请表, to be copied into the authority's form."""
    database = connection.vendor
    return [
        (_("Name of the application"), "报到 Baodao"),
        (_("Version"), __version__),
        (_("Form"), _("Web pages; nothing is installed on telephones.")),
        (
            _("Functions"),
            _(
                "Rosters, letters of introduction, registration in communities, needs, posts and "
                "activities, service records, feedback cards, papers, tables."
            ),
        ),
        (
            _("Personal information"),
            _(
                "Name, identity number, telephone, branch, registration, services; of residents "
                "what they ask, and name and telephone if they leave them."
            ),
        ),
        (
            _("Protection"),
            _("Sealed columns, three administrators, two steps to sign in, append-only journal."),
        ),
        (_("Database"), database),
    ]
