"""What can be counted of whom: subjects, deeds with their words and units, traits of a deed."""

from collections.abc import Mapping, Set

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.phrases import HOUR_FORMS
from baodao.ledger.rules.records import Origin, Way


class SubjectKind(Code):
    """Of whom a policy speaks."""

    PERSON = "person", gettext_noop("member in service")
    BRANCH = "branch", gettext_noop("Party branch")
    UNIT = "unit", gettext_noop("unit")
    COMMUNITY = "community", gettext_noop("community")
    CADRE = "cadre", gettext_noop("contact cadre")


class DeedKind(Code):
    """A counted thing. Of a stock, such as members who should report, the deed has a value."""

    SERVICE = "service", gettext_noop("services done")
    ACTIVITY = "activity", gettext_noop("activities")
    CLAIM = "claim", gettext_noop("posts claimed")
    PROJECT = "project", gettext_noop("projects")
    REPORT = "report", gettext_noop("registrations and reports")
    FEEDBACK = "feedback", gettext_noop("feedback cards")
    CONTACT = "contact", gettext_noop("contacts with the community")
    VISIT = "visit", gettext_noop("visits")
    WISH = "wish", gettext_noop("small wishes fulfilled")
    HELP = "help", gettext_noop("helps to people in difficulty")
    HOUSEHOLD = "household", gettext_noop("households visited")
    PROBLEM_COLLECTED = "problem-collected", gettext_noop("problems collected")
    PROBLEM_SOLVED = "problem-solved", gettext_noop("problems solved")
    OFFER = "offer", gettext_noop("activities offered")
    PUBLICITY = "publicity", gettext_noop("notices posted up")
    MEMBER = "member", gettext_noop("members who should report")
    REPORTED = "reported", gettext_noop("members who reported")
    COMPLETED = "completed", gettext_noop("members who did what is asked")
    SCORE = "score", gettext_noop("marks given by people")


TAKEN_PART = frozenset({DeedKind.ACTIVITY, DeedKind.SERVICE})
"""What one takes part in; the rest is done."""


_DONE = "service activity project wish visit report claim feedback"
_STOCKS = "member reported completed"
RECORDED: Mapping[SubjectKind, Set[DeedKind]] = {
    subject: {DeedKind(one) for one in kinds.split()}
    for subject, kinds in {
        SubjectKind.PERSON: _DONE,
        SubjectKind.BRANCH: f"activity help {_STOCKS}",
        SubjectKind.UNIT: f"activity help visit {_STOCKS}",
        SubjectKind.COMMUNITY: "offer",
        SubjectKind.CADRE: "visit household problem-collected problem-solved",
    }.items()
}
"""Of which deeds of whom there are records, which the readers of facts yield."""


class DeedTrait(Code):
    """Of a deed: by what it can be filtered, told apart or given points."""

    WAY = "way", gettext_noop("way")
    KIND = "kind", gettext_noop("kind")
    GRADE = "grade", gettext_noop("effect grade")
    ORIGIN = "origin", gettext_noop("way of recording")
    ROLE = "role", gettext_noop("role")
    PLACE = "place", gettext_noop("place of service")
    OFFER = "offer", gettext_noop("service offer")


CODED: Mapping[DeedTrait, type[Code]] = {DeedTrait.WAY: Way, DeedTrait.ORIGIN: Origin}
"""Traits whose words are the codes of records and no others."""

GRADED = {one: {DeedTrait.GRADE} for one in (SubjectKind.BRANCH, SubjectKind.UNIT)}
"""Of whose activities the community says how well they worked."""


UNITS = {
    "times": ngettext_noop("%(number)s time", "%(number)s times"),
    "hours": HOUR_FORMS,
    "points": ngettext_noop("%(number)s point", "%(number)s points"),
    "percent": ngettext_noop("%(number)s percent", "%(number)s per cent"),
    "kinds": ngettext_noop("%(number)s kind", "%(number)s kinds"),
    "people": ngettext_noop("%(number)s person", "%(number)s people"),
    "items": ngettext_noop("%(number)s item", "%(number)s items"),
    "days": ngettext_noop("%(number)s day", "%(number)s days"),
}
"""Units with words; another text stands behind the number as it is."""
