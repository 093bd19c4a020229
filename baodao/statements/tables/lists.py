"""The lists of records in a community and of a unit's members: columns, filters, export."""

from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.kernel.days import read_span
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds, kinds_in
from baodao.ledger.queries.records import between, described, is_reversed, totals_in_list
from baodao.ledger.rules.records import Origin
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import below, ids_below
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.search import matching
from baodao.statements.queries.timelines import origin_words
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, time_words

Rows = QuerySet[Any]
MONTHS = 24


def record_url(row: ServiceRecord) -> str:
    """The record's page."""
    before, between, after = _around_record()
    return f"{before}{row.community_id}{between}{row.id}{after}"


@cache
def _around_record() -> tuple[str, str, str]:
    """What stands around the ids in the address of a record, which is the same in every row."""
    number, key = 0, UUID(int=0)
    before, _, after = reverse("statements:record", args=[number, key]).partition(str(key))
    start, _, between = before.rpartition(str(number))
    return start, between, after


def _struck(value: object, row: Any) -> object:
    """A value of a record, struck through once that was reversed."""
    return format_html("<s>{}</s>", value) if row.undone else value


def _day(row: Any) -> object:
    return _struck(date_format(row.served_on), row) if row.undone else row.served_on


def _how(row: Any, *, with_reason: bool) -> object:
    """How a record came in, with a badge for what was entered by hand, and whether and why it was
    reversed."""
    words = row.get_origin_display()
    if not row.by_hand and not row.undone:
        return words
    badge = format_html(_BADGE, gettext("By hand")) if row.by_hand else ""
    reason = format_html(_REASON, row.undone_reason or "") if with_reason else ""
    undone = format_html(_UNDONE, gettext("Reversed"), reason) if row.undone else ""
    return format_html("<span>{}{}{}</span>", badge, words, undone)


_BADGE = '<span class="badge badge-outline text-reset border border-secondary">{}</span> '
_UNDONE = "<br><strong>{}</strong> {}"
_REASON = '<span class="quiet">{}</span>'


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__"))


def _span(rows: Rows, value: str) -> Rows:
    return between(rows, *read_span(value))


def _spans() -> Iterator[tuple[str, str]]:
    """This year and those in which the months lie; this month and those before it."""
    day = clock.today().replace(day=1)
    for year in range(day.year, day.year - MONTHS // 12 - 1, -1):
        yield str(year), gettext("the whole of %(year)s") % {"year": year}
    for _ in range(MONTHS):
        yield f"{day:%Y-%m}", date_format(day, "YEAR_MONTH_FORMAT")
        day = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def _in_branch(paths: dict[str, str], rows: Rows, code: str) -> Rows:
    """Of a branch with what was merged into it, or of the unit itself for who is in no branch."""
    if code in paths:
        return rows.filter(branch__in=ids_below(paths[code]))
    return rows.filter(branch__code=code)


def _standing(rows: Rows, value: str) -> Rows:
    return rows.filter(is_reversed() if value == "reversed" else ~is_reversed())


_STANDING = (
    ("standing", gettext_lazy("Counting")),
    ("reversed", gettext_lazy("Reversed")),
)


def _services(kinds: Kinds) -> tuple[Column, ...]:
    """Who served when and how: what community and unit both read of a record."""
    return (
        Column(
            gettext_lazy("Name"),
            lambda row: row.person.name,
            "name",
            ("person__pinyin",),
            record_url,
        ),
        Column(gettext_lazy("Volunteer number"), lambda row: row.person.number, export_only=True),
        Column(
            gettext_lazy("Day of service"),
            lambda row: row.served_on,
            "day",
            ("served_on",),
            display=_day,
        ),
        Column(
            gettext_lazy("Time served"),
            lambda row: time_words(row.minutes),
            "minutes",
            ("minutes",),
            display=lambda row: _struck(time_words(row.minutes), row),
        ),
        Column(gettext_lazy("Minutes"), lambda row: row.minutes, export_only=True),
        Column(gettext_lazy("Kind of service"), kinds.of),
        Column(gettext_lazy("Way of service"), lambda row: row.get_way_display(), export_only=True),
    )


def _why(row: Any) -> str:
    return (row.undone_reason or "") if row.undone else ""


def _origin(*, with_reason: bool) -> Column:
    return Column(
        gettext_lazy("How it came in"), origin_words, display=partial(_how, with_reason=with_reason)
    )


_WHY = Column(gettext_lazy("Reversed because"), _why, export_only=True)

_READ = (
    *("served_on", "minutes", "category", "way", "place", "result", "offer_title", "origin"),
    *("confirmed_by", "reverses", "person__name", "person__number"),
    *("community__name", "community__path"),
)
"""What these lists read of a record."""


def _filters(categories: list[tuple[str, str]]) -> tuple[Filter, ...]:
    return (
        Filter("month", gettext_lazy("Month or year"), list(_spans()), _span),
        Filter("kind", gettext_lazy("Kind of service"), categories, equals("category")),
        Filter("origin", gettext_lazy("How it came in"), code_choices(Origin), equals("origin")),
        Filter("state", gettext_lazy("State"), _STANDING, _standing),
    )


def records_here(community: Organisation, *, may_enter: bool) -> Spec:
    """What was recorded in a community."""
    kinds = Kinds()
    return Spec(
        title=gettext_lazy("Service records"),
        columns=(
            *_services(kinds),
            Column(gettext_lazy("Unit"), lambda row: row.unit_name),
            Column(gettext_lazy("Place of service"), lambda row: row.place, export_only=True),
            Column(
                gettext_lazy("What was done"),
                lambda row: row.offer_title or row.result,
                display=lambda row: row.offer_title or row.result or "—",
            ),
            _origin(with_reason=True),
            Column(gettext_lazy("Confirmed by"), lambda row: row.confirmed_by, export_only=True),
            _WHY,
        ),
        order=("-served_on", "-id"),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=_filters(kinds_in(community)),
        empty=gettext_lazy("Nothing is recorded yet."),
        empty_hint=gettext_lazy(
            "Records come from the lists of activities, from what members state, or from here."
        ),
        empty_url=reverse("statements:enter") if may_enter else "",
        empty_action=gettext_lazy("Enter services"),
        export=list_file,
        reads=_READ,
        describes=described,
        totals=totals_in_list,
    )


def records_of_unit(place: Organisation) -> Spec:
    """What the members of a unit or branch did, wherever, without what tells of residents."""
    kinds = Kinds()
    branches = below(place, Kind.UNIT, Kind.BRANCH).order_by("path")
    names = [(row.code, row.name) for row in branches]
    paths = {row.code: row.path for row in branches if row.kind == Kind.BRANCH}
    by_branch = Filter("branch", gettext_lazy("Branch"), names, partial(_in_branch, paths))
    return Spec(
        title=gettext_lazy("Service records of our members"),
        columns=(
            *_services(kinds),
            Column(gettext_lazy("Community"), lambda row: row.community.name),
            Column(
                gettext_lazy("Post or activity"),
                lambda row: row.offer_title,
                display=lambda row: row.offer_title or "—",
            ),
            _origin(with_reason=False),
            Column(gettext_lazy("Branch"), lambda row: row.branch_name, export_only=True),
        ),
        order=("-served_on", "-id"),
        search=_search,
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials"),
        filters=(by_branch, *_filters(kinds_in(place))),
        empty=gettext_lazy("Nothing is recorded yet."),
        empty_hint=gettext_lazy("Communities record what members do; it appears here by itself."),
        export=list_file,
        reads=_READ,
        describes=described,
        totals=totals_in_list,
    )
