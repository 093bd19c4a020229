"""The list behind a number: its columns by what one row is, search for people, and the export."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.burden.rules.entries import BurdenKind
from baodao.documents.files import list_file
from baodao.figures.queries.sources.needs import ListedNeed
from baodao.figures.queries.sources.organisations import ListedOrganisation
from baodao.figures.queries.sources.records import ListedRecord
from baodao.figures.rules import sources
from baodao.figures.rules.metrics.needs import NeedSort
from baodao.figures.rules.metrics.people import ENDED, SERVED
from baodao.figures.rules.sheets import StatSheet
from baodao.figures.rules.sources import Source
from baodao.honours.rules.lives import HonourKind
from baodao.insight.queries.numbers import Listed, OpenNumber
from baodao.insight.queries.words import accepted_on, figure_words, reason
from baodao.insight.tables.addresses import Addresses
from baodao.kernel import clock
from baodao.kernel.errors import gettext_noop
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.ledger.rules.records import BY_HAND, Origin, Way
from baodao.needs.rules.life import AskerWord, NeedState
from baodao.offers.kinds.registry import kind_of
from baodao.opinions.rules.rounds import OpinionAudience
from baodao.orgs.models import Organisation
from baodao.problems.rules.problems import ProblemSource
from baodao.timebank.rules.accounts import BookingKind
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Listing, Spec
from baodao.ui.requests import ActorRequest
from baodao.visits.rules.contacts import ContactKind

SORTS = {
    NeedSort.WISH: gettext_noop("Small wish"),
    NeedSort.ORDER: gettext_noop("Order"),
    NeedSort.PROBLEM: gettext_noop("Problem"),
}

Words = Callable[[Any], object]


class NumberRows:
    """What a list asks of a queryset, answered by a number; its order is that of the tree."""

    def __init__(self, number: OpenNumber, start: int = 0, stop: int | None = None) -> None:
        self.number = number
        self._start, self._stop = start, stop

    def none(self) -> "NumberRows":
        return NoRows(self.number)

    def order_by(self, *_order: str) -> Self:
        return self

    def __getitem__(self, part: slice) -> "NumberRows":
        return NumberRows(self.number, part.start or 0, part.stop)

    def __iter__(self) -> Iterator[Listed]:
        return iter(self.number.rows(self._start, self._stop or self.count()))

    def iterator(self, chunk_size: int) -> Iterator[Listed]:
        stop = min(self._stop or self.count(), self.count())
        for start in range(self._start, stop, chunk_size):
            yield from self.number.rows(start, min(start + chunk_size, stop))

    def count(self) -> int:
        return self.number.count


class NoRows(NumberRows):
    """A number whose reader may not search it as they did: no row is shown."""

    def __getitem__(self, part: slice) -> "NumberRows":
        return self

    def count(self) -> int:
        return 0


class NumberListing(Listing):
    """The list behind a number: counted exactly, however long."""

    @property
    def number(self) -> object:
        """The number as its table shows it."""
        opened = cast(NumberRows, self.queryset).number
        return figure_words(opened.metric, opened.figure, opened.as_of)

    @property
    def capped(self) -> bool:
        return False

    @cached_property
    def _counted(self) -> int:
        return 0 if self._unknown else cast(NumberRows, self.narrowed_rows).count()

    @property
    def count(self) -> int:
        return self._counted


def number_listing(request: ActorRequest, number: OpenNumber) -> NumberListing:
    """The rows of `number` as a page shows them, with search for people and an export."""
    spec = Spec(
        title=gettext(number.metric.heading),
        columns=_COLUMNS[number.metric.source](number),
        order=(),
        search=_search if number.metric.source.of_people else None,
        by_number=True,
        search_hint=gettext("Name, pinyin initials"),
        empty=gettext("Nobody and nothing is counted here."),
        export=list_file,
    )
    return NumberListing(cast("QuerySet[Organisation]", NumberRows(number)), request, spec)


def _search(rows: object, text: str) -> "QuerySet[Organisation]":
    number = cast(NumberRows, rows).number
    return cast("QuerySet[Organisation]", NumberRows(replace(number, sought=text)))


def _person_url(row: Any) -> str:
    return row_url("home:person", row.person_id) if row.person_id else ""


def _who() -> list[Column]:
    return [
        Column(
            gettext("Name"),
            lambda row: row.name,
            url=_person_url,
        ),
        Column(gettext("Volunteer number"), lambda row: row.number, export_only=True),
        Column(gettext("Unit"), lambda row: row.unit),
        Column(gettext("Branch"), lambda row: row.branch),
    ]


def _community() -> Column:
    return Column(gettext("Community"), lambda row: row.community)


def _whose() -> Column:
    return Column(gettext("Place"), lambda row: row.place)


def _person_columns(number: OpenNumber) -> Sequence[Column]:
    columns = [
        *_who(),
        _community(),
        Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
    ]
    if number.metric.condition == ENDED:
        columns.append(Column(gettext("Ended on"), lambda row: row.ended_on or ""))
    if number.metric.source == sources.MEMBERS and SERVED.name not in number.metric.traits:
        columns.append(Column(gettext("Why not"), reason))
    return columns


def _organisation_columns(number: OpenNumber) -> Sequence[Column]:
    def url(row: ListedOrganisation) -> str | None:
        inside = row.path.startswith(here) and number.metric.source != sources.TEAMS
        return addresses.table(StatSheet.REGISTRATION, row.code) if inside else None

    here, addresses = number.organisation.path, Addresses(number.as_of, number.period)
    columns = [
        Column(gettext("Organisation"), lambda row: row.name, url=url),
        Column(gettext("Organisation code"), lambda row: row.code, export_only=True),
        Column(gettext("Belongs to"), lambda row: row.above),
    ]
    if number.metric.source not in (sources.COMMUNITIES, sources.TEAMS):
        columns += [
            Column(gettext("Registered with"), lambda row: row.community),
            Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
        ]
    return columns


def _record_url(row: ListedRecord) -> str:
    return reverse("statements:record", args=[row.community_id, row.id])


def _record_columns(number: OpenNumber) -> Sequence[Column]:
    category = _category(number)
    return [
        Column(gettext("Served on"), lambda row: row.served_on, url=_record_url),
        *_who(),
        _community(),
        Column(gettext("What was done"), lambda row: row.offer_title or category(row)),
        Column(gettext("Kind"), category, export_only=True),
        Column(gettext("Way of service"), lambda row: gettext(Way(row.way).words)),
        Column(gettext("Hours served"), lambda row: hours_figure(row.minutes), numeric=True),
        Column(gettext("Origin of the record"), lambda row: _origin(Origin(row.origin))),
    ]


def _origin(origin: Origin) -> str:
    """In words; what was entered by hand says so."""
    words = gettext(origin.words)
    return gettext("%(origin)s (by hand)") % {"origin": words} if origin in BY_HAND else words


def _category(number: OpenNumber) -> Words:
    words = category_words(number.organisation)
    return lambda row: gettext(words.get(row.category, row.category))


def _need_columns(number: OpenNumber) -> Sequence[Column]:
    def age(row: ListedNeed) -> str:
        return ngettext("%(days)s day", "%(days)s days", row.days) % {"days": row.days}

    return [
        Column(gettext("Code of the need"), lambda row: row.code),
        _community(),
        Column(gettext("Kind"), _category(number)),
        Column(gettext("What was asked for"), lambda row: row.text),
        Column(gettext("State"), lambda row: gettext(NeedState(row.state).words)),
        Column(gettext("Collected on"), lambda row: _day(row.collected_at)),
        Column(gettext("Age of the need"), age, numeric=True),
    ]


def _solution_columns(number: OpenNumber) -> Sequence[Column]:
    columns = [
        Column(gettext("Code of the need"), lambda row: row.code),
        Column(gettext("Branch or unit"), lambda row: row.place),
        _community(),
        Column(gettext("Kind"), _category(number)),
        Column(gettext("Collected on"), lambda row: _day(row.collected_at)),
    ]
    if number.metric.source == sources.SOLUTIONS:
        columns += [
            Column(gettext("Sort"), lambda row: gettext(SORTS[row.sort])),
            Column(gettext("Closed on"), lambda row: _day(row.met_at)),
        ]
    return columns


def _rating_columns(number: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Code of the need"), lambda row: row.code),
        _community(),
        Column(gettext("Kind"), _category(number)),
        Column(gettext("Their word"), lambda row: gettext(AskerWord(row.word).words)),
        Column(gettext("Given on"), lambda row: _day(row.rated_at)),
    ]


def _problem_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(
            gettext("Where it comes from"), lambda row: gettext(ProblemSource(row.source).words)
        ),
        Column(gettext("Raised on"), lambda row: _day(row.raised_at)),
        Column(gettext("Due on"), lambda row: row.due_on),
        Column(gettext("Closed on"), lambda row: _day(row.closed_at) if row.closed_at else None),
    ]


def _task_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("Who does it"), lambda row: row.owner),
        Column(gettext("Given on"), lambda row: _day(row.added_at)),
        Column(gettext("Due on"), lambda row: row.due_on),
        Column(gettext("Done on"), lambda row: _day(row.done_at) if row.done_at else None),
    ]


def _meeting_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("Committee"), lambda row: row.committee_name),
        Column(gettext("Day of the meeting"), lambda row: _day(row.starts_at)),
    ]


def _decision_columns(number: OpenNumber) -> Sequence[Column]:
    return [
        *_meeting_columns(number),
        Column(gettext("Written down on"), lambda row: _day(row.decided_at)),
    ]


def _offer_columns(number: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Post or activity"), lambda row: row.title),
        Column(gettext("Way of service"), lambda row: gettext(kind_of(row.kind).words.name)),
        _community(),
        Column(gettext("Kind"), _category(number)),
        Column(gettext("People wanted"), lambda row: row.places, numeric=True),
        Column(gettext("Published on"), lambda row: _day(row.published_at)),
    ]


def _claim_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        *_who(),
        Column(gettext("Post or activity"), lambda row: row.title),
        Column(gettext("Way of service"), lambda row: gettext(kind_of(row.kind).words.name)),
        _community(),
        Column(gettext("Claimed on"), lambda row: _day(row.claimed_at)),
    ]


def _opinion_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Unit or community"), lambda row: row.place),
        Column(gettext("Asked"), lambda row: row.receiver or _audience(row.audience)),
        Column(gettext("Sent on"), lambda row: _day(row.asked_at)),
        Column(
            gettext("Answered on"), lambda row: _day(row.answered_at) if row.answered_at else None
        ),
    ]


def _partner_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Unit or community"), lambda row: row.place),
        Column(gettext("With whom"), lambda row: row.partner),
        Column(gettext("What"), lambda row: row.title),
        Column(gettext("Since"), lambda row: _day(row.since)),
    ]


def _deed_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Unit"), lambda row: row.place),
        Column(gettext("Community"), lambda row: row.partner),
        Column(gettext("Activity, or who served"), lambda row: row.title),
        Column(gettext("On"), lambda row: _day(row.since)),
    ]


def _honour_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Held by"), lambda row: row.place),
        Column(gettext("What is judged"), lambda row: gettext(HonourKind(row.kind).words)),
        Column(gettext("On"), lambda row: _day(row.since)),
    ]


def _audience(code: str) -> str:
    return gettext(OpinionAudience(code).words)


def _burden_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        Column(gettext("Unit or community"), lambda row: row.place),
        Column(gettext("Sort"), lambda row: gettext(BurdenKind(row.kind).words)),
        Column(gettext("Field or figure"), lambda row: row.what),
        Column(gettext("Request"), lambda row: row.title),
        Column(gettext("Sent by"), lambda row: row.authority),
        Column(gettext("On"), lambda row: _day(row.noted_at)),
    ]


def _summons_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        *_who(),
        _community(),
        Column(gettext("Call-up"), lambda row: row.title),
        Column(gettext("Called on"), lambda row: _day(row.called_at)),
    ]


def _contact_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("Contact point"), lambda row: row.title),
        Column(gettext("Kind"), lambda row: gettext(ContactKind.words_of(row.kind))),
        Column(gettext("Cadre"), lambda row: row.cadre),
        Column(gettext("First day"), lambda row: row.since),
    ]


def _visit_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("Kind"), lambda row: gettext(ContactKind.words_of(row.kind))),
        Column(gettext("Cadre"), lambda row: row.cadre),
        Column(gettext("Day of the visit"), lambda row: row.visited_on),
        Column(gettext("Written down on"), lambda row: _day(row.noted_at)),
    ]


def _talent_columns(_: OpenNumber) -> Sequence[Column]:
    return [_community(), Column(gettext("Listed since"), lambda row: _day(row.at))]


def _talent_service_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("Day of service"), lambda row: row.served_on),
        Column(gettext("Hours"), lambda row: hours_figure(row.minutes), numeric=True),
    ]


def _appointment_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("What is booked"), lambda row: row.title),
        Column(gettext("Day"), lambda row: _day(row.at)),
    ]


def _venue_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _whose(),
        Column(gettext("Service venue"), lambda row: row.title),
        Column(gettext("Listed since"), lambda row: _day(row.at)),
    ]


def _room_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _whose(),
        Column(gettext("Room"), lambda row: row.title),
        Column(gettext("Day"), lambda row: _day(row.at)),
    ]


def _booking_columns(_: OpenNumber) -> Sequence[Column]:
    return [
        _community(),
        Column(gettext("What of"), lambda row: gettext(BookingKind.words_of(row.kind))),
        Column(gettext("Booked on"), lambda row: _day(row.at)),
        Column(gettext("Hours"), lambda row: hours_figure(row.minutes), numeric=True),
    ]


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


_COLUMNS: dict[Source, Callable[[OpenNumber], Sequence[Column]]] = {
    sources.MEMBERS: _person_columns,
    sources.HOSTED: _person_columns,
    sources.UNITS: _organisation_columns,
    sources.HOSTED_UNITS: _organisation_columns,
    sources.COMMUNITIES: _organisation_columns,
    sources.SERVICES: _record_columns,
    sources.SERVICES_HERE: _record_columns,
    sources.CORRECTIONS: _record_columns,
    sources.TEAMS: _organisation_columns,
    sources.SOLUTIONS: _solution_columns,
    sources.UNIT_NEEDS: _solution_columns,
    sources.RATINGS: _rating_columns,
    sources.PROBLEMS: _problem_columns,
    sources.PROBLEM_TASKS: _task_columns,
    sources.MEETINGS: _meeting_columns,
    sources.DECISIONS: _decision_columns,
    sources.POSTS: _claim_columns,
    sources.CLAIMS: _claim_columns,
    sources.NEEDS: _need_columns,
    sources.OFFERS: _offer_columns,
    sources.OPINIONS: _opinion_columns,
    sources.RESOURCES: _partner_columns,
    sources.LIST_CLAIMS: _partner_columns,
    sources.PROJECTS: _partner_columns,
    sources.AGREEMENTS: _partner_columns,
    sources.AGREED_CLAUSES: _partner_columns,
    sources.AGREED_DEEDS: _deed_columns,
    sources.BURDEN: _burden_columns,
    sources.SUMMONSES: _summons_columns,
    sources.CONTACT_POINTS: _contact_columns,
    sources.CONTACT_VISITS: _visit_columns,
    sources.HOUSEHOLDS: lambda _: [_community()],
    sources.TALENTS: _talent_columns,
    sources.TALENT_SERVICES: _talent_service_columns,
    sources.APPOINTMENTS: _appointment_columns,
    sources.VENUES: _venue_columns,
    sources.ROOM_BOOKINGS: _room_columns,
    sources.TIME_BOOKINGS: _booking_columns,
    sources.HONOUR_LISTS: _honour_columns,
    sources.HONOUR_OBJECTIONS: _honour_columns,
}
