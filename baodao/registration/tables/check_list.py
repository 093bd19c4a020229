"""The check list as a list: searched, filtered, sorted by branch, in pages, as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from baodao.documents.files import Rendered, list_workbook
from baodao.kernel import clock
from baodao.registration.queries.check_list import Missing
from baodao.registration.rules.check_list import Why
from baodao.ui.wording import code_choices

MOST_NAMES = 6
PAGE_SIZE = 200


@dataclass(frozen=True)
class FilterValue:
    """One value of a filter, and whether the list is narrowed to it."""

    value: str
    label: str
    selected: bool


@dataclass
class CheckList:
    """Who is missing, narrowed by what stands in the url: `q`, `branch`, `reason`, `lives`."""

    everybody: Sequence[Missing]
    query: dict[str, str]

    @cached_property
    def rows(self) -> list[Missing]:
        """Everybody that fits."""
        return [row for row in self.everybody if self._fits(row)]

    def _fits(self, row: Missing) -> bool:
        query = self.query
        words = query.get("q", "").strip().lower()
        person = row.person
        return (
            query.get("branch", "") in ("", str(row.branch.pk))
            and query.get("reason", "") in ("", row.reason)
            and query.get("lives", "") in ("", "city" if row.lives_in_city else "elsewhere")
            and (
                not words
                or words in person.name.lower()
                or words in person.initials
                or person.pinyin.replace(" ", "").startswith(words.replace(" ", ""))
            )
        )

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def narrowed(self) -> bool:
        return any(self.query.get(key) for key in ("q", "branch", "reason", "lives"))

    @cached_property
    def page(self) -> Page[Missing]:
        return Paginator(self.rows, PAGE_SIZE).get_page(self.query.get("page"))

    @property
    def branches(self) -> list[FilterValue]:
        branches = {row.branch.pk: row.branch for row in self.everybody}
        selected = self.query.get("branch")
        return [FilterValue(str(pk), row.name, selected == str(pk)) for pk, row in branches.items()]

    @property
    def reasons(self) -> list[FilterValue]:
        reasons = {row.reason for row in self.everybody}
        selected = self.query.get("reason")
        return [
            FilterValue(code, label, code == selected)
            for code, label in code_choices(Why)
            if code in reasons
        ]

    def workbook(self) -> Rendered:
        """The narrowed list with its reasons, for Excel."""
        heads = [
            gettext("Branch"),
            gettext("Name"),
            gettext("Reason"),
            gettext("Since"),
            gettext("Until"),
            gettext("Lives in this city"),
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
            for row in self.rows
        )
        return list_workbook(gettext("Check list"), heads, rows)


@dataclass(frozen=True)
class ReasonGroup:
    """Some who are missing for the same reason: the first by name, the others counted."""

    rows: tuple[Missing, ...]
    more: int
    reason: str
    words: str


def words_of(row: Missing) -> str:
    """Why somebody is missing, with since when or until when: 社区待接收 2 天."""
    words = gettext(row.reason.words)
    if row.note:
        words = f"{gettext(row.note)}{gettext(', ')}{words}"
    if row.until:
        day = date_format(row.until, "MONTH_DAY_FORMAT")
        return gettext("%(words)s until %(day)s") % {"words": words, "day": day}
    if row.since and row.reason == Why.WAITING:
        days = (clock.today() - clock.local(row.since).date()).days
        with_days = ngettext("%(words)s, %(days)s day", "%(words)s, %(days)s days", days)
        return with_days % {"words": words, "days": days} if days else words
    return words


def in_words(missing: Iterable[Missing]) -> list[ReasonGroup]:
    """Those of one branch by reason, in words."""
    groups: dict[str, list[Missing]] = {}
    for row in missing:
        groups.setdefault(words_of(row), []).append(row)
    return [
        ReasonGroup(tuple(rows[:MOST_NAMES]), max(0, len(rows) - MOST_NAMES), rows[0].reason, words)
        for words, rows in groups.items()
    ]
