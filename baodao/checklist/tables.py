"""The check list as a list: searched, filtered, sorted by branch, in pages, as a workbook."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from baodao.checklist.queries.missing_members import (
    Missing,
    MissingGroup,
    MissingName,
    Rows,
    missing_of,
)
from baodao.checklist.queries.standings import BranchStanding, UnitStanding
from baodao.checklist.rules.reasons import Why
from baodao.documents.files import Rendered, list_file
from baodao.documents.formats import ListMedium
from baodao.kernel import clock
from baodao.people.facts import BY_NAME
from baodao.ui.addresses import row_url
from baodao.ui.wording import code_choices

MOST_NAMES = 6
PAGE_SIZE = 100
LIVES = ("city", "elsewhere")
"""Where those of the list live, as the url says it."""


@dataclass(frozen=True)
class FilterValue:
    """One value of a filter, and whether the list is narrowed to it."""

    value: str
    label: str
    selected: bool


@dataclass
class CheckList:
    """Who is missing, of `missing_rows`, narrowed by what stands in the url: `q`, `branch`,
    `reason`, `lives`."""

    everybody: Rows
    standing: UnitStanding
    query: dict[str, str]

    @cached_property
    def rows(self) -> Rows:
        """Everybody that fits."""
        rows, query = self.everybody, self.query
        if branch := query.get("branch"):
            rows = rows.filter(branch=branch) if branch.isdecimal() else rows.none()
        if query.get("reason"):
            rows = rows.filter(why=query["reason"])
        if lives := query.get("lives"):
            rows = rows.filter(lives_in_city=lives == "city") if lives in LIVES else rows.none()
        words = query.get("q", "").strip().lower()
        return rows.filter(_meant(words)) if words else rows

    @cached_property
    def count(self) -> int:
        return self.rows.count() if self.narrowed else self.standing.totals.unregistered

    @cached_property
    def totals(self) -> BranchStanding:
        """Who is listed, by reason, beside the figures of the whole place."""
        totals = self.standing.totals
        if not self.narrowed:
            return totals
        reasons = self.rows.order_by().values_list("why").annotate(Count("pk"))
        return replace(totals, reasons=Counter({Why(why): n for why, n in reasons}))

    @property
    def narrowed(self) -> bool:
        return bool(self.query.get("q") or self.chosen_filters)

    @property
    def chosen_filters(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(self.query.get(key)) for key in ("branch", "reason", "lives"))

    @property
    def selection(self) -> list[UUID]:
        """Everybody who fits."""
        return list(self.rows.order_by().values_list("person", flat=True))

    @cached_property
    def page(self) -> Page[Any]:
        pages = Paginator(self.rows, PAGE_SIZE)
        pages.count = self.count
        return pages.get_page(self.query.get("page"))

    @cached_property
    def lines(self) -> list[tuple[Missing, str]]:
        """Everybody of the page, each with the reason in words."""
        return [(row, words_of(row)) for row in map(missing_of, self.page)]

    @property
    def branches(self) -> list[FilterValue]:
        branches = [row.branch for row in self.standing.rows if row.branch and row.unregistered]
        selected = self.query.get("branch")
        return [FilterValue(str(one.pk), one.name, selected == str(one.pk)) for one in branches]

    @property
    def reasons(self) -> list[FilterValue]:
        reasons = self.standing.totals.reasons
        selected = self.query.get("reason")
        return [
            FilterValue(code, label, code == selected)
            for code, label in code_choices(Why)
            if reasons[Why(code)]
        ]

    @property
    def media(self) -> Sequence[ListMedium]:
        """In what the whole list is had."""
        return list_file.media

    def file(self, format: str) -> Rendered:  # noqa: A002
        """The narrowed list with its reasons, in one of its media."""
        heads = [
            gettext("Branch"),
            gettext("Name"),
            gettext("Reason"),
            gettext("Since"),
            gettext("Until"),
            gettext(BY_NAME["lives_in_city"].label),
        ]
        rows = (
            (
                row.branch.name,
                row.person.name,
                words_of(row),
                row.since,
                row.until,
                gettext("yes") if row.lives_in_city else gettext("no"),
            )
            for row in map(missing_of, self.rows.iterator(chunk_size=2_000))
        )
        return list_file(gettext("Check list"), heads, rows, format)


def _meant(words: str) -> Q:
    """By a part of the name or of its initials, or by the pinyin from its beginning on."""
    letters = r"\s?".join(re.escape(letter) for letter in words.replace(" ", ""))
    return (
        Q(person__name__icontains=words)
        | Q(person__initials__contains=words)
        | Q(person__pinyin__regex=f"^{letters}")
    )


@dataclass(frozen=True)
class ReasonGroup:
    """Some who are missing for the same reason: the first by name, with their pages, the others
    counted. Written here and not by a template: there may be a thousand names on a page."""

    first: Sequence[MissingName]
    more: int
    reason: str
    words: str

    @property
    def names(self) -> SafeString:
        links = ((row_url("home:person", one.person_id), one.name) for one in self.first)
        return format_html_join(pgettext("names", ", "), '<a href="{}">{}</a>', links)


def words_of(row: Missing | MissingName) -> str:
    """Why somebody is missing, with since when or until when: 社区待接收 2 天."""
    words = gettext(row.reason.words)
    if row.note:
        words = f"{gettext(row.note)}{gettext(', ')}{words}"
    if row.until:
        near = row.until.year == clock.today().year
        day = date_format(row.until, "MONTH_DAY_FORMAT" if near else "DATE_FORMAT")
        return gettext("%(words)s until %(day)s") % {"words": words, "day": day}
    if row.since and row.reason == Why.WAITING:
        days = clock.days_since(row.since)
        with_days = ngettext("%(words)s, %(days)s day", "%(words)s, %(days)s days", days)
        return with_days % {"words": words, "days": days} if days else words
    return words


def grouped_names(groups: Iterable[MissingGroup]) -> dict[int, list[ReasonGroup]]:
    """By branch, those missing for one reason together, in words."""
    branches: defaultdict[int, list[ReasonGroup]] = defaultdict(list)
    for group in groups:
        [one, *_] = first = group.first
        more = group.count - len(first)
        branches[group.branch_id].append(ReasonGroup(first, more, one.reason, words_of(one)))
    return branches
