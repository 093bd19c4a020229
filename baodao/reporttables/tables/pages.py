"""How a declared table looks on a page: cells that open, the choices of period and day."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from baodao.documents.blocks import HeadCell, head_rows
from baodao.figures.rules.figures import Figures
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.tables import StatRow
from baodao.insight.queries.words import figure_words, row_name
from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.pages import ShownFigure, ShownRow
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, Period, periods_until, weeks_until
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.queries.policies import values_at
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries.rows import FactRow
from baodao.reporttables.queries.tables import ReportTable
from baodao.reporttables.rules.declarations import PLACE, ColumnDeclaration, RowsOf
from baodao.reporttables.rules.formulas import CODES, DASH, Formula, read_formula
from baodao.reporttables.rules.open_totals import open_quarter
from baodao.reporttables.rules.papers import PROPOSED, paper_columns
from baodao.reporttables.rules.policies import MINUTES_PER_FIGURE
from baodao.ui.addresses import row_url
from baodao.ui.wording import period_words

PAGE, WEEKS = 50, 8


@dataclass(frozen=True)
class PeriodChoice:
    """A period that may be chosen: its text in the address, its words, whether it is shown."""

    value: str
    words: str
    here: bool


class ReportTablePage:
    """A declared table on a page: `PAGE` rows at a time, its total always that of all."""

    def __init__(self, actor: Actor, table: ReportTable, page: int = 1) -> None:
        self.table = table
        self._actor = actor
        self._addresses = Addresses(table.as_of, table.period)
        self.pages = max(1, -(-len(table.rows) // PAGE))
        self.page = min(max(1, page), self.pages)

    @property
    def as_of(self) -> AsOf:
        return self.table.as_of

    @property
    def title(self) -> str:
        return self.table.declaration.title

    @property
    def proposed(self) -> str:
        """What is said of a table whose form no authority has given."""
        return PROPOSED if self.table.declaration.proposed else ""

    @property
    def url(self) -> str:
        """The table as of the same instant, of the same period."""
        keys = [self.table.organisation.code, self.table.declaration.code]
        return f"{reverse('reporttables:table', args=keys)}?{self._addresses.moment}"

    @property
    def issue_url(self) -> str:
        keys = [self.table.organisation.code, self.table.declaration.code]
        return reverse("reporttables:issue", args=keys)

    @property
    def open_quarter(self) -> Period | None:
        """The quarter of its open figures: its own where that is over, else the last one; none
        before the first that can be read."""
        for text in (str(self.table.period), ""):
            with suppress(Refused):
                return open_quarter(text, self.as_of.on)
        return None

    @property
    def open_quarter_words(self) -> str:
        return period_words(self.open_quarter) if self.open_quarter else ""

    @property
    def open_files(self) -> list[tuple[str, str]]:
        """Endings and addresses of its open figures; none where rows are people or services."""
        if self.table.declaration.rows is not RowsOf.BELOW or self.open_quarter is None:
            return []
        keys = [self.table.organisation.code, self.table.declaration.code]
        period = urlencode({"period": self.open_quarter})
        return [
            (ending.upper(), f"{reverse('reporttables:open', args=[*keys, ending])}?{period}")
            for ending in ("csv", "json")
        ]

    @property
    def period(self) -> str:
        """The period in words, where anything is of it."""
        return period_words(self.table.period) if self.table.declaration.of_period else ""

    @property
    def periods(self) -> list[PeriodChoice]:
        here = self.table.period
        offered = [*periods_until(self.as_of), *weeks_until(self.as_of, WEEKS)]
        periods = offered if here in offered else [here, *offered]
        return [PeriodChoice(str(one), period_words(one), one == here) for one in periods]

    @property
    def note(self) -> Iterator[tuple[str, str]]:
        """The note below the table in pieces, each with the rows behind it where it is a figure
        that opens."""
        texts = PLACE.split(self.table.declaration.note)
        for text, place in zip_longest(texts[::2], texts[1::2]):
            yield text, ""
            if place is not None:
                formula = read_formula(place, CODES)
                value = formula.value(self.table.total, self.as_of.on)
                yield str(DASH if value is None else value), self._note_url(formula, value)

    def _note_url(self, formula: Formula, value: object) -> str:
        """Where the rows of a total are, for who may read them."""
        place, metric = self.table.organisation, formula.metric
        opens = self.table.opens_total and self._actor.may(Permission.FIGURE_READ, place.path)
        if metric is None or not opens or not value:
            return ""
        return self._addresses.number(StatSheet.SERVICE, place.code, metric.code)

    @property
    def heads(self) -> list[list[tuple[HeadCell, bool, str]]]:
        """Each row of headings: each with whether it is of figures, and what it counts."""
        columns = self.table.declaration.columns
        _number, *paper = paper_columns(self.table.declaration)
        return [
            [(cell, *self._counted(cell, columns[cell.column])) for cell in row]
            for row in head_rows(paper)
        ]

    def _counted(self, cell: HeadCell, column: ColumnDeclaration) -> tuple[bool, str]:
        if cell.label != column.heading or cell.span > 1 or column.formula is None:
            return False, ""
        return True, gettext(column.metric.meaning) if column.metric else ""

    @property
    def rows(self) -> list[ShownRow]:
        part = self.table.rows[(self.page - 1) * PAGE : self.page * PAGE]
        return [ShownRow("", "", tuple(self._cells(one))) for one in part]

    @property
    def total(self) -> list[ShownFigure]:
        """One cell a column; the first says what it is. Nothing without figures."""
        if not self.table.declaration.metrics:
            return []
        place = self.table.organisation
        opens = self.table.opens_total and self._actor.may(Permission.FIGURE_READ, place.path)
        code = place.code if opens else ""
        cells = list(self._figures(self.table.total, code, {}))
        return [ShownFigure("", gettext("Total"), numeric=False), *cells[1:]]

    def _cells(self, one: FactRow) -> Iterator[ShownFigure]:
        row, facts = one
        code, more = self._opened(row)
        figures = self._figures(row.figures, code, more, row)
        for column, figure in zip(self.table.declaration.columns, figures, strict=True):
            if not column.fact:
                yield figure
            elif column.fact == "name" and self.table.declaration.rows is not RowsOf.SERVICES:
                yield ShownFigure(column.heading, *self._name(row, facts), numeric=False)
            else:
                yield ShownFigure(column.heading, _cell_text(facts.get(column.fact)), numeric=False)

    def _name(self, row: StatRow, facts: dict[str, object]) -> tuple[str, str]:
        if self.table.declaration.rows is RowsOf.MEMBERS:
            return row.name, row_url("home:person", UUID(str(facts["id"])))
        return row_name(row), self._table_url(row)

    def _table_url(self, row: StatRow) -> str:
        declaration = self.table.declaration
        if row.direct or row.kind not in declaration.levels or not self._reads(row):
            return ""
        keys = [row.code, declaration.code]
        return f"{reverse('reporttables:table', args=keys)}?{self._addresses.moment}"

    def _reads(self, row: StatRow) -> bool:
        return self._actor.may(Permission.FIGURE_READ, row.path)

    def _opened(self, row: StatRow) -> tuple[str, dict[str, str]]:
        """Of which organisation the numbers of a row are opened, and how they are narrowed."""
        if self.table.declaration.rows is RowsOf.MEMBERS:
            return self.table.organisation.code, {"person": row.code}
        if self.table.level is Kind.COMMUNITY and not row.direct:
            return "", {}
        code = row.code if row.code and self._reads(row) else ""
        return code, {"direct": "1"} if row.direct else {}

    def _figures(
        self, figures: Figures, code: str, more: dict[str, str], row: StatRow | None = None
    ) -> Iterator[ShownFigure]:
        for column in self.table.declaration.columns:
            if column.formula is None or not self.table.says(row, column):
                yield ShownFigure(column.heading, DASH if column.formula else "")
            elif column.metric:
                figure = figures.get(column.metric.code, 0)
                opens = bool(figure and code)
                address = self._addresses.number(
                    StatSheet.SERVICE, code, column.metric.code, **more
                )
                words = figure_words(column.metric, figure, self.as_of)
                yield ShownFigure(column.heading, words, address if opens else "")
            else:
                value = column.formula.value(figures, self.as_of.on)
                yield ShownFigure(column.heading, DASH if value is None else value)


class BurdenPage(ReportTablePage):
    """What reporting costs, on a page that everybody reads: what is spared in minutes only where an
    authority has said how long a figure takes."""

    @property
    def spared(self) -> str:
        """How much typing the records spared, in words; empty while nobody has set a value."""
        place, figures = self.table.organisation, self.table.total["figures_filled"]
        values = values_at(place.path)
        minutes = values.of(MINUTES_PER_FIGURE)
        if not minutes:
            return ""
        words = gettext("%(hours)s hours: %(figures)s figures at %(each)s each")
        each, hours = values.words(MINUTES_PER_FIGURE), hours_figure(figures * minutes)
        return words % {"hours": hours, "figures": figures, "each": each}

    @property
    def above(self) -> str:
        """The table of the place above; empty for the city."""
        parent = self.table.organisation.parent
        return self._place_url(parent.code) if parent else ""

    def _table_url(self, row: StatRow) -> str:
        if row.direct or row.kind not in self.table.declaration.levels:
            return ""
        return self._place_url(row.code)

    def _place_url(self, code: str) -> str:
        query = urlencode({"of": code, "period": str(self.table.period)})
        return f"{reverse('reporttables:burden')}?{query}"


def _cell_text(value: object) -> object:
    return "" if value is None else value
