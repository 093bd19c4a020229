"""The list behind a number: its columns by what one row is, search for people, and the export."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Self, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.documents.rendering import list_workbook
from baodao.insight.documents import accepted_on, reason
from baodao.insight.queries import (
    Cell,
    Listed,
    ListedNeed,
    ListedOrganisation,
)
from baodao.insight.rules import Sheet, Source, hours
from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.pages import figure
from baodao.kernel import clock
from baodao.ledger.queries import category_words
from baodao.ledger.rules import BY_HAND, ORIGINS, WAYS, Origin, Way
from baodao.offers.queries.kinds import kind_name
from baodao.offers.rules import NEED_STATES, NeedState
from baodao.orgs.models import Organisation
from baodao.ui.listing import Column, Listing, Spec
from baodao.ui.requests import ActorRequest

Words = Callable[[Any], object]


class CellRows:
    """What a list asks of a queryset, answered by a cell; its order is that of the tree."""

    def __init__(self, cell: Cell, start: int = 0, stop: int | None = None) -> None:
        self.cell = cell
        self._start, self._stop = start, stop

    def order_by(self, *_order: str) -> Self:
        return self

    def __getitem__(self, asked: slice) -> "CellRows":
        return CellRows(self.cell, asked.start or 0, asked.stop)

    def __iter__(self) -> Iterator[Listed]:
        return iter(self.cell.rows(self._start, self._stop or self.count()))

    def iterator(self, chunk_size: int) -> Iterator[Listed]:
        stop = min(self._stop or self.count(), self.count())
        for start in range(self._start, stop, chunk_size):
            yield from self.cell.rows(start, min(start + chunk_size, stop))

    def count(self) -> int:
        return self.cell.count


class CellListing(Listing):
    """The list behind a number: counted exactly, however long."""

    @property
    def number(self) -> object:
        """The number as its table shows it."""
        cell = cast(CellRows, self.queryset).cell
        return figure(cell.metric.code, cell.number, "").text

    @property
    def capped(self) -> bool:
        return False

    @property
    def count(self) -> int:
        return cast(CellRows, self.narrowed_rows).count()


def cell_listing(request: ActorRequest, cell: Cell) -> CellListing:
    """The rows of `cell` as a page shows them, with search for people and an export."""
    spec = Spec(
        title=gettext(cell.metric.label),
        columns=_COLUMNS[cell.metric.source](cell),
        order=(),
        search=_search if cell.of_people else None,
        search_hint=gettext("Name, pinyin initials, end of ID number"),
        empty=gettext("Nobody and nothing is counted here."),
        export=list_workbook,
    )
    return CellListing(cast("QuerySet[Organisation]", CellRows(cell)), request, spec)


def _search(rows: object, text: str) -> "QuerySet[Organisation]":
    cell = cast(CellRows, rows).cell
    return cast("QuerySet[Organisation]", CellRows(replace(cell, sought=text)))


def _who() -> list[Column]:
    return [
        Column(
            gettext("Name"),
            lambda row: row.name,
            url=lambda row: reverse("registration:person", args=[row.person_id]),
        ),
        Column(gettext("Volunteer number"), lambda row: row.number, export_only=True),
        Column(gettext("Unit"), lambda row: row.unit),
        Column(gettext("Branch"), lambda row: row.branch),
    ]


def _community() -> Column:
    return Column(gettext("Community"), lambda row: row.community)


def _person_columns(cell: Cell) -> Sequence[Column]:
    columns = [
        *_who(),
        _community(),
        Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
    ]
    if cell.metric.code == "hosted_ended":
        columns.append(Column(gettext("Ended on"), lambda row: row.ended_on or ""))
    if cell.metric.source is Source.MEMBERS and cell.metric.code != "served":
        columns.append(Column(gettext("Why not"), reason))
    return columns


def _organisation_columns(cell: Cell) -> Sequence[Column]:
    def url(row: ListedOrganisation) -> str | None:
        inside = row.path.startswith(here)
        return addresses.table(Sheet.REGISTRATION, row.code) if inside else None

    here, addresses = cell.organisation.path, Addresses(cell.as_of, cell.period)
    columns = [
        Column(gettext("Organisation"), lambda row: row.name, url=url),
        Column(gettext("Organisation code"), lambda row: row.code, export_only=True),
        Column(gettext("Belongs to"), lambda row: row.above),
    ]
    if cell.metric.source is not Source.COMMUNITIES:
        columns += [
            Column(gettext("Registered with"), lambda row: row.community),
            Column(gettext("Registered on"), lambda row: accepted_on(row) or ""),
        ]
    return columns


def _record_columns(cell: Cell) -> Sequence[Column]:
    category = _category(cell)
    return [
        Column(gettext("Served on"), lambda row: row.served_on),
        *_who(),
        _community(),
        Column(gettext("What was done"), lambda row: row.offer_title or category(row)),
        Column(gettext("Kind"), category, export_only=True),
        Column(gettext("Way of service"), lambda row: gettext(WAYS[Way(row.way)])),
        Column(gettext("Hours served"), lambda row: hours(row.minutes), numeric=True),
        Column(gettext("Origin of the record"), lambda row: _origin(Origin(row.origin))),
    ]


def _origin(origin: Origin) -> str:
    """In words; what was entered by hand says so."""
    told = gettext(ORIGINS[origin])
    return gettext("%(origin)s (by hand)") % {"origin": told} if origin in BY_HAND else told


def _category(cell: Cell) -> Words:
    words = category_words(cell.organisation)
    return lambda row: gettext(words.get(row.category, row.category))


def _need_columns(cell: Cell) -> Sequence[Column]:
    def age(row: ListedNeed) -> str:
        return ngettext("%(days)s day", "%(days)s days", row.days) % {"days": row.days}

    return [
        Column(gettext("Code of the need"), lambda row: row.code),
        _community(),
        Column(gettext("Kind"), _category(cell)),
        Column(gettext("What was asked for"), lambda row: row.text),
        Column(gettext("State"), lambda row: gettext(NEED_STATES[NeedState(row.state)])),
        Column(gettext("Collected on"), lambda row: _day(row.collected_at)),
        Column(gettext("Age of the need"), age, numeric=True),
    ]


def _offer_columns(cell: Cell) -> Sequence[Column]:
    return [
        Column(gettext("Post or activity"), lambda row: row.title),
        Column(gettext("Way of service"), lambda row: gettext(kind_name(row.kind))),
        _community(),
        Column(gettext("Kind"), _category(cell)),
        Column(gettext("People wanted"), lambda row: row.wanted, numeric=True),
        Column(gettext("Published on"), lambda row: _day(row.published_at)),
    ]


def _claim_columns(_: Cell) -> Sequence[Column]:
    return [
        *_who(),
        Column(gettext("Post or activity"), lambda row: row.title),
        Column(gettext("Way of service"), lambda row: gettext(kind_name(row.kind))),
        _community(),
        Column(gettext("Claimed on"), lambda row: _day(row.claimed_at)),
    ]


def _day(instant: Any) -> date:
    return clock.local(instant).date()


_COLUMNS: dict[Source, Callable[[Cell], Sequence[Column]]] = {
    Source.MEMBERS: _person_columns,
    Source.HOSTED: _person_columns,
    Source.UNITS: _organisation_columns,
    Source.HOSTED_UNITS: _organisation_columns,
    Source.COMMUNITIES: _organisation_columns,
    Source.SERVICES: _record_columns,
    Source.SERVICES_HERE: _record_columns,
    Source.POSTS: _claim_columns,
    Source.CLAIMS: _claim_columns,
    Source.NEEDS: _need_columns,
    Source.OFFERS: _offer_columns,
}
