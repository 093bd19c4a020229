"""A list as every page shows it: search, filters, sort, count, pages and export, all in the url."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.ui.cells import NO_TICK, cell, options, tick
from baodao.ui.exports import Export, FileMedium, Made, Printed, medium_of
from baodao.ui.guards import ids_of, may_search, search_hint
from baodao.ui.paging import PAGE_SIZE, page_in, pages_for
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import row_label, worded

COUNT_CAP = 10_000
EXPORT_CAP = 200_000
MOST_PRINTED = 2_000
"""Rows of a list on paper: some hundred sheets."""
LONGEST = 60
"""Characters of an address that are looked for, or told again."""
NAMED = 5
"""So many remarks about papers are told one by one."""

Text = str | Promise
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """One column: `value` of a row for the page and the export, `sorts` the order it offers.

    `sorts` names the queryset's fields; without it the head is no link. `url` of a row makes the
    cell a link. `labelled` values say nothing without their label and keep it on a phone.
    `export_only` columns are not shown. `display` is what the page shows in place of the value,
    where that needs marks.
    """

    label: Text
    value: Callable[[Any], object]
    key: str = ""
    sorts: tuple[str, ...] = ()
    url: Callable[[Any], str | None] | None = None
    numeric: bool = False
    export_only: bool = False
    display: Callable[[Any], object] | None = None
    labelled: bool = False


def equals(lookup: str) -> Callable[[Rows, str], Rows]:
    """The `apply` of a filter by one column."""
    return lambda rows, value: rows.filter(**{lookup: value})


@dataclass(frozen=True)
class Filter:
    """A choice in the url: `apply` narrows the rows to the chosen value."""

    key: str
    label: Text
    choices: Sequence[tuple[str, Text]]
    apply: Callable[[Rows, str], Rows]


@dataclass(frozen=True)
class Spec:
    """What a list is. `order` is the default; the primary key is always added to it.

    `search` narrows the rows to what was typed; one that finds people `by_number` too is asked
    about first, since finding somebody tells whose number it is; its hint does not name numbers,
    which are added for whom they are answered. `chooses` is the id of a form on
    the page: each row then has a checkbox `ids` that belongs to it, but for those that are not
    `choosable`. `export` makes its files.
    `tabs` is a choice that the page shows above the list as links; it narrows the list also where
    none is made, and its `apply` is asked with "" then.
    `reads` names the fields of a row, and of what it points at, that a page or the workbook shows,
    where the rows bring much more along; nothing else is fetched then. `describes` adds to these
    rows what they say beside their fields; it is worked out for them alone. `totals` adds up what
    the heading tells of all rows that are listed, beside their number.
    """

    title: Text
    columns: Sequence[Column]
    order: tuple[str, ...]
    search: Callable[[Rows, str], Rows] | None = None
    by_number: bool = False
    search_hint: Text = ""
    filters: Sequence[Filter] = ()
    tabs: Filter | None = None
    empty: Text = ""
    empty_hint: Text = ""
    empty_url: str = ""
    empty_action: Text = ""
    chooses: str = ""
    choosable: Callable[[Any], bool] = lambda _row: True
    export: Export | None = None
    reads: tuple[str, ...] = ()
    describes: Callable[[Rows], Rows] = lambda rows: rows
    totals: Callable[[Rows], object] = QuerySet.count


@dataclass(frozen=True)
class Head:
    """A column's head: the link that sorts by it, and how it is sorted now."""

    label: Text
    numeric: bool
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Line:
    """A row; `name` is what a screen reader calls it. Its cells are written when they are shown."""

    row: Any
    name: object
    _write: Callable[[Any], SafeString]

    @property
    def cells(self) -> SafeString:
        return self._write(self.row)


@dataclass(frozen=True)
class ShownFilter:
    """A filter as the page shows it."""

    key: str
    label: Text
    options: SafeString


@dataclass
class Listing:
    """The rows of one page of a list. Two queries, however many rows: a count and a page; three
    where the spec says what it reads: then the keys of the page are found before its rows."""

    queryset: Rows
    request: ActorRequest
    spec: Spec
    _choices_by_key: dict[str, str] = field(init=False)
    _unknown: dict[str, Refused] = field(init=False)
    _may_search: bool = field(init=False)

    def __post_init__(self) -> None:
        query = self.request.GET
        self._choices_by_key = {
            one.key: query[one.key] for one in self.spec.filters if query.get(one.key)
        }
        self._unknown = {
            one.key: unknown_choice(one.label, query[one.key])
            for one in self._choices
            if query.get(one.key) and query[one.key] not in {value for value, _ in one.choices}
        }
        by_number = self.spec.by_number and bool(self.sought)
        self._may_search = not by_number or may_search(self.request, self.sought)

    @property
    def _choices(self) -> list[Filter]:
        """All that the address can choose: filters, the tab, the order."""
        keys = [column.key for column in self.spec.columns if column.sorts]
        orders = [(order, order) for key in keys for order in (key, f"-{key}")]
        order = Filter("sort", gettext("Order"), orders, lambda rows, _: rows)
        tabs = [self.spec.tabs] if self.spec.tabs else []
        return [*self.spec.filters, *tabs, order]

    @cached_property
    def narrowed_rows(self) -> Rows:
        """All rows that match what was typed and chosen, in no order yet; refused where a filter
        does not know what was chosen."""
        for refused in self._unknown.values():
            raise refused
        rows, tabs = self.queryset, self.spec.tabs
        if tabs is not None:
            rows = tabs.apply(rows, self.request.GET.get(tabs.key, ""))
        for one in self.spec.filters:
            if one.key in self._choices_by_key:
                rows = one.apply(rows, self._choices_by_key[one.key])
        if self.spec.search and self.sought:
            rows = self.spec.search(rows, self.sought) if self._may_search else rows.none()
        return rows

    @property
    def searchable(self) -> bool:
        return self.spec.search is not None

    @property
    def hint(self) -> str:
        """By what the list is searched, as this reader may."""
        words = str(self.spec.search_hint)
        return search_hint(self.request, words) if self.spec.by_number else words

    @property
    def chooses(self) -> bool:
        return bool(self.spec.chooses)

    @cached_property
    def sought(self) -> str:
        return self.request.GET.get("q", "").strip()[:LONGEST]

    @property
    def narrowed(self) -> bool:
        return bool(self.sought or self._choices_by_key)

    @property
    def unknown(self) -> list[str]:
        """Which filters do not know what was chosen, in words: such a list has no rows."""
        return [worded(refused) for refused in self._unknown.values()]

    @property
    def chosen_filters(self) -> int:
        """How many filters narrow the list."""
        return len(self._choices_by_key)

    @property
    def filters(self) -> list[ShownFilter]:
        return [
            ShownFilter(one.key, one.label, options(one.choices, self._choices_by_key.get(one.key)))
            for one in self.spec.filters
        ]

    @cached_property
    def _sort(self) -> tuple[Column | None, bool]:
        """The column asked for, and whether downwards."""
        sort = self.request.GET.get("sort", "")
        key = sort.removeprefix("-")
        columns = (c for c in self.spec.columns if c.sorts and c.key == key)
        return next(columns, None), sort.startswith("-")

    @cached_property
    def ordered_rows(self) -> Rows:
        column, down = self._sort
        order = list(column.sorts if column else self.spec.order)
        if column and down:
            order = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
        return self.narrowed_rows.order_by(*order, "pk")

    @cached_property
    def _counted(self) -> int:
        if self._unknown:
            return 0
        keys = self.narrowed_rows.order_by().values("pk")  # else each annotation is worked out
        return keys[: COUNT_CAP + 1].count()

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are counted and paged through."""
        return self._counted > COUNT_CAP

    @property
    def count(self) -> int:
        return min(self._counted, COUNT_CAP)

    @cached_property
    def totals(self) -> object:
        """What the heading tells of the rows that are listed, on whatever page."""
        return self.spec.totals(self.narrowed_rows)

    @property
    def pages(self) -> int:
        return pages_for(self.count, PAGE_SIZE)

    @cached_property
    def page(self) -> int:
        return page_in(self.request, self.pages)

    @property
    def part(self) -> tuple[int, int]:
        """Which rows of the list the page shows, counted from one."""
        before = (self.page - 1) * PAGE_SIZE
        return before + 1, before + len(self.rows)

    @cached_property
    def rows(self) -> list[Any]:
        if self._unknown:
            return []
        start = (self.page - 1) * PAGE_SIZE
        page = self.ordered_rows[start : start + PAGE_SIZE]
        if not self.spec.reads:
            return list(page)
        keys = list(page.values_list("pk", flat=True))
        model: type[Model] = page.model
        whole = _by_keys(model, self.spec.reads, self.spec.describes)
        by_key = {row.pk: row for row in whole.rows(tuple(keys))} if keys else {}
        return [by_key[key] for key in keys if key in by_key]

    def _read(self, rows: Rows) -> Rows:
        """The rows with what the spec reads of them, and without the rest."""
        return _with(rows, self.spec.reads, self.spec.describes) if self.spec.reads else rows

    @property
    def _page_columns(self) -> list[Column]:
        return [column for column in self.spec.columns if not column.export_only]

    @property
    def lines(self) -> Iterator[Line]:
        columns = self._page_columns
        write = _row_writer(columns)
        for row in self.rows:
            yield Line(row, columns[0].value(row) if columns else row, write)

    @property
    def body(self) -> SafeString:
        """The rows as HTML, each with its tick where some are chosen."""
        return mark_safe("".join(map(self._written, self.lines)))  # noqa: S308 escaped by each

    def _written(self, line: Line) -> str:
        form = self.spec.chooses
        if not form:
            return f"<tr>{line.cells}</tr>"
        if not self.spec.choosable(line.row):
            return f"<tr>{NO_TICK}{line.cells}</tr>"
        box = tick(line.row.pk, row_label(line.row, line.name), form=form)
        return f"<tr>{box}{line.cells}</tr>"

    @property
    def heads(self) -> Iterator[Head]:
        sorted_by, down = self._sort
        for column in self._page_columns:
            if not column.sorts:
                yield Head(column.label, column.numeric)
                continue
            here = column is sorted_by
            key = f"-{column.key}" if here and not down else column.key
            way = ("descending" if down else "ascending") if here else ""
            yield Head(column.label, column.numeric, self.address(sort=key, page=None), way)

    @property
    def selection(self) -> list[UUID]:
        """The keys of the ticked rows, or of all rows of the list where that was ticked; refused
        where these are more than are counted."""
        if "all" not in self.request.POST:
            return ids_of(self.request)
        if self.capped:
            raise _too_many("choice.too-many", COUNT_CAP)
        return list(self.narrowed_rows.order_by().values_list("pk", flat=True))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search form carries along: everything in the url that it neither asks nor
        refuses."""
        own = {"q", "page", "export", *(one.key for one in self.spec.filters), *self._unknown}
        lists = self.request.GET.lists()
        return [(name, value) for name, values in lists if name not in own for value in values]

    @property
    def cleared(self) -> str:
        """The address of the whole list; where it chooses what is unknown, without any choice."""
        keys = [one.key for one in self._choices] if self._unknown else list(self._choices_by_key)
        return self.address(**dict.fromkeys(["q", "page", *keys]))

    @property
    def media(self) -> Sequence[FileMedium]:
        """In what the whole list is had, as it is searched, filtered and sorted."""
        return self.spec.export.media if self.spec.export else ()

    def address(self, **changes: str | None) -> str:
        """This page's address with these places changed, or taken out with None."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = value
        return f"?{query.urlencode()}"

    def response(self, template: str, context: Mapping[str, object] | None = None) -> HttpResponse:
        """The page with this list as `listing`, or the file that was asked for. Where the url
        chooses what is unknown, a page that says so and counts nothing: the heading of `template`
        would count other rows than were asked for."""
        medium = medium_of(self.request, self.media)
        if medium and self.spec.export:
            return paper_download(self.request, self._file(self.spec.export, medium))
        if self._unknown:
            return render(self.request, "ui/unknown_choice.html", {"listing": self})
        return render(self.request, template, {"listing": self, **(context or {})})

    def _file(self, export: Export, medium: FileMedium) -> Printed:
        """All rows; refused where these are too many, on paper or in a file."""
        if medium.on_paper:
            check_printable(self._counted)
        elif self.capped and self.narrowed_rows.order_by()[: EXPORT_CAP + 1].count() > EXPORT_CAP:
            raise _too_many("list.too-many", EXPORT_CAP)
        columns = self._page_columns if medium.on_paper else self.spec.columns
        rows: Iterator[Model] = self._read(self.ordered_rows).iterator(2_000)
        values = ([column.value(row) for column in columns] for row in rows)
        heads = [str(column.label) for column in columns]
        return export(str(self.spec.title), heads, values, medium.code)


Describes = Callable[[Rows], Rows]


def _with(rows: Rows, reads: tuple[str, ...], describes: Describes) -> Rows:
    """The rows with these fields, of what they point at too, and what is described of them."""
    joined = {name.rpartition("__")[0] for name in reads if "__" in name}
    return describes(rows.select_related(None).select_related(*joined).only(*reads))


@cache
def _by_keys(model: type[Model], reads: tuple[str, ...], describes: Describes) -> Prepared[Any]:
    """What a list reads of the rows with some keys, whatever else it is narrowed by."""

    def rows(keys: tuple[object, ...]) -> Rows:
        return _with(model._base_manager.filter(pk__in=keys), reads, describes)

    return Prepared(rows)


def _row_writer(columns: Sequence[Column]) -> Callable[[Any], SafeString]:
    """A function that writes the cells of a row as HTML."""
    writers = [_cell_writer(column) for column in columns]

    def cells(row: Any) -> SafeString:
        return mark_safe("".join(write(row) for write in writers))  # noqa: S308 escaped by each

    return cells


def _cell_writer(column: Column) -> Callable[[Any], str]:
    label, numeric, labelled = str(column.label), column.numeric, column.labelled
    value, url = column.display or column.value, column.url or (lambda _: None)
    return lambda row: cell(label, value(row), url(row), numeric=numeric, labelled=labelled)


def unknown_choice(label: Text, value: str) -> Refused:
    """What is said where a filter does not offer, or offers no longer, what the url chooses."""
    return Refused(
        "filter.unknown",
        gettext_noop("“%(filter)s” has no choice “%(value)s”: choose another, or show all."),
        filter=str(label),
        value=value[:LONGEST],
    )


def _too_many(code: str, count: int) -> Refused:
    words = gettext_noop("More than %(count)s rows: search or filter the list first.")
    return Refused(code, words, count=count)


def check_printable(count: int) -> None:
    """Refuse to print a list of more rows than anybody reads on paper."""
    if count > MOST_PRINTED:
        raise Refused(
            "list.too-long",
            gettext_noop("At most %(count)s rows on paper: search or filter the list first."),
            count=MOST_PRINTED,
        )


def paper_download(request: ActorRequest, paper: Printed) -> HttpResponse:
    """A finished paper as the answer to a request; the next page names what to look at on it."""
    for holder, remark in paper.remarks[:NAMED]:
        messages.warning(request, f"{holder}：{worded(remark)}")
    if len(paper.remarks) > NAMED:
        sentence = gettext("%(count)s more places on these papers have such boxes.")
        messages.warning(request, sentence % {"count": len(paper.remarks) - NAMED})
    return download(paper)


def download(file: Made) -> HttpResponse:
    """A finished file as the answer to a request; no cache keeps it."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = content_disposition_header(True, file.filename) or ""
    return response
