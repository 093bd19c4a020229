"""The charts of an organisation as its page shows them, every mark with the address of its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from baodao.figures.queries.counts import FigureQuery
from baodao.figures.queries.sql import present
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.charts import OTHERS, count_by_age, minutes_by_kind
from baodao.insight.queries.tables import children, organisation_for
from baodao.insight.queries.words import figure_words, kind_words
from baodao.insight.rules.charts import AGES, Age, By, Drawing, drawings_at
from baodao.insight.tables.addresses import Addresses
from baodao.insight.tables.pages import PAGE, TrailStep, above, tabs_of
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import AsOf, read_period, year_of
from baodao.ledger.queries.categories import category_words
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.ui.charts import Chart, ChartRow, ChartShape, Mark, together
from baodao.ui.wording import period_words

_SHAPES = {By.CHILD: ChartShape.PARTS, By.MONTH: ChartShape.COLUMNS, By.AGE: ChartShape.BARS}
_SERVICE = StatSheet.SERVICE
_SHEETS = {By.CHILD: StatSheet.REGISTRATION}
"""Below which table a chart's marks open; all others below the table of services."""


@dataclass(frozen=True)
class ChartPage:
    """The charts of an organisation as of now, of this year."""

    actor: Actor
    organisation: Organisation
    as_of: AsOf

    @property
    def charts(self) -> list[Chart]:
        """What is drawn at its level."""
        level = Kind(self.organisation.kind)
        return [_DRAWN[drawing.by](self, drawing) for drawing in drawings_at(level)]

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.as_of, year_of(self.as_of))

    @property
    def tabs(self) -> list[TrailStep]:
        return tabs_of(self.organisation.code, self.addresses, None)

    @property
    def trail(self) -> list[TrailStep]:
        """The organisations above whose charts the reader may open."""
        return [
            TrailStep(place.name, self.addresses.charts(place.code))
            for place in above(self.actor, self.organisation)
        ]

    def query(self, drawing: Drawing) -> FigureQuery:
        """What counts a drawing."""
        metrics = tuple(METRICS[code] for code in drawing.metrics)
        place = place_then(self.organisation, self.as_of)
        return FigureQuery(self.organisation, place, metrics, self.as_of, year_of(self.as_of))

    def chart(
        self, drawing: Drawing, first: str, series: tuple[str, ...], rows: list[ChartRow]
    ) -> Chart:
        """A drawing with its rows."""
        heading, meaning = gettext(drawing.heading), gettext(drawing.meaning)
        return Chart(heading, meaning, _SHAPES[drawing.by], first, series, tuple(rows))

    def url(self, drawing: Drawing, code: str, metric: str, **row: str) -> str:
        """The rows behind a mark."""
        sheet = _SHEETS.get(drawing.by, _SERVICE)
        return self.addresses.number(sheet, code, metric, **row)


def chart_page(actor: Actor, code: str) -> ChartPage:
    """The charts of the organisation with `code`; `Absent` out of scope."""
    return ChartPage(actor, organisation_for(actor, code), present())


def _by_child(page: ChartPage, drawing: Drawing) -> Chart:
    """A row for each that stands below in the tree and has members; after the first `PAGE` one for
    all others together, which leads to the table of all."""
    query, rows = page.query(drawing), []
    for row in children(query):
        reads = page.actor.may(Permission.FIGURE_READ, row.path)
        narrow = {"direct": "1"} if row.direct else {}
        marks = tuple(
            Mark(
                row.figures[metric.code],
                str(figure_words(metric, row.figures[metric.code], page.as_of)),
                page.url(drawing, row.code, metric.code, **narrow)
                if reads and row.figures[metric.code]
                else "",
            )
            for metric in query.metrics
        )
        if any(mark.value for mark in marks):
            rows.append(ChartRow(row.name, marks))
    series = tuple(gettext(metric.heading) for metric in query.metrics)
    if len(rows) > PAGE + 1:
        url = page.addresses.table(_SHEETS[drawing.by], page.organisation.code)
        rest = len(rows) - PAGE
        name = ngettext("%(count)s more together", "%(count)s more together", rest)
        rows[PAGE:] = [together(rows[PAGE:], name % {"count": rest}, url)]
    return page.chart(drawing, gettext("Organisation"), series, rows)


def _by_month(page: ChartPage, drawing: Drawing) -> Chart:
    """A column a month up to now; the kinds with most hours apart, the others together."""
    query = page.query(drawing)
    (metric,) = query.metrics
    kinds = minutes_by_kind(query, metric)
    code, words = page.organisation.code, category_words(page.organisation)
    rows = []
    for month in range(1, page.as_of.on.month + 1):
        first = date(query.period.year, month, 1)
        period = read_period(f"{first:%Y-%m}", page.as_of)
        addresses = Addresses(page.as_of, period)
        marks = []
        for kind, minutes in kinds.items():
            narrow = {} if kind == OTHERS else {"kind": kind}
            url = addresses.number(_SERVICE, code, metric.code, **narrow)
            marks.append(_hours(minutes[first], url))
        rows.append(ChartRow(period_words(period), tuple(marks), str(month)))
    series = tuple(kind_words(words, kind) for kind in kinds)
    return page.chart(drawing, gettext("Month"), series, rows if kinds else [])


def _hours(minutes: int, url: str) -> Mark:
    return Mark(minutes / 60, hours_figure(minutes), url if minutes else "")


def _by_age(page: ChartPage, drawing: Drawing) -> Chart:
    """A bar an age."""
    query = page.query(drawing)
    (metric,) = query.metrics
    counts, code = count_by_age(query, metric), page.organisation.code
    rows = [
        ChartRow(
            _age_words(age),
            (
                Mark(
                    counts[age],
                    str(counts[age]),
                    page.url(drawing, code, metric.code, age=str(age)) if counts[age] else "",
                ),
            ),
        )
        for age in AGES
    ]
    return page.chart(drawing, gettext("Waiting"), (gettext(metric.heading),), rows)


def _age_words(age: Age) -> str:
    if age.most is None:
        return gettext("%(days)s days and more") % {"days": age.least}
    return gettext("%(least)s to %(most)s days") % {"least": age.least, "most": age.most}


_DRAWN: dict[By, Callable[[ChartPage, Drawing], Chart]] = {
    By.CHILD: _by_child,
    By.MONTH: _by_month,
    By.AGE: _by_age,
}
