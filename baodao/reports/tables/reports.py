"""Reports on pages: the writer's list, and a report with its figures as links to their rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.rules.charts import By, drawings_at
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.moments import Period, read_period
from baodao.kernel.spans import due_period
from baodao.ledger.queries.records import records
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts, sentences_in, texts_of
from baodao.reports.rules.life import ReportState
from baodao.reports.rules.plans import PAGES, ReportKind, ReportPlan, plans_of
from baodao.sentences.rules.sentences import (
    BEFORE,
    NAMED_ROWS,
    RATE,
    ReportPart,
    metric_of,
    sheet_of_metric,
)
from baodao.ui.addresses import row_url
from baodao.ui.charts import Chart, ChartRow, ChartShape, Mark
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, period_words


@dataclass(frozen=True)
class ReportSegment:
    """Words of a sentence, or what stands in one of its places, with the rows behind it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class ShownFact:
    """A figure below a part: what it counts, and where its rows are."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class ShownPart:
    """A part on a page. `lines` are the sentences of figures; `own` says whether people wrote in
    their place, `typed` what they typed and is not saved."""

    code: ReportPart
    text: str
    lines: tuple[tuple[ReportSegment, ...], ...]
    facts: tuple[ShownFact, ...]
    own: bool
    changes: tuple[Mapping[str, object], ...] = ()
    typed: str | None = None

    @property
    def title(self) -> str:
        return gettext(self.code.words)

    @property
    def field(self) -> str:
        """What stands in its field."""
        return self.text if self.typed is None else self.typed


class PlaceLinks:
    """The addresses of the rows behind the places of a report's sentences, for who may open them: a
    community reads what a unit reports to it, and not whom its figures count. Paper goes to
    anybody, and has all of them."""

    def __init__(self, report: Report, reader: Actor | None = None) -> None:
        self.report, self._reader = report, reader
        self.level, self.code = Kind(report.writer.kind), report.writer.code

    def opens(self, metric: Metric) -> bool:
        """Whether the reader may open the rows of a figure."""
        if self._reader is None:
            return True
        path = self.report.writer.path
        rights = (Permission.FIGURE_READ, metric.readers)
        return all(self._reader.may(right, path) for right in rights)

    def url(self, place: str) -> str:
        """Where the rows of a figure are, or the table that tells of rows below; none of a day."""
        metric = metric_of(place)
        if metric is None or not self.opens(metric):
            return ""
        table, number = PAGES[sheet_of_metric(metric, self.level)]
        if place in NAMED_ROWS:
            address = reverse(table, args=[self.code])
        else:
            address = reverse(number, args=[self.code, metric.code])
        period = self.report.period_text
        if place.endswith(BEFORE):
            period = self.report.period_before.text
        moment = urlencode({"as_of": str(self.report.moment), "period": period})
        return f"{address}?{moment}"


def shown_parts(
    report: Report, actor: Actor, typed: Mapping[ReportPart, str] | None = None
) -> list[ShownPart]:
    """The parts of a report in their order, as the actor reads them."""
    links, texts, words = PlaceLinks(report, actor), texts_of(report), part_texts(report)
    parts = []
    for part, sentences in sentences_in(report).items():
        own = report.own_part(part) or {}
        places = dict.fromkeys(place for one in sentences for place in one.places)
        parts.append(
            ShownPart(
                part,
                words[part],
                (
                    *(tuple(_segments(one.words, texts, links)) for one in sentences),
                    *(_case_segments(report, actor) if part is ReportPart.WORK else ()),
                ),
                (*_named_facts(report, places, links), *_facts(places, texts, links)),
                own=bool(own),
                changes=tuple(own.get("changes", ())),  # type: ignore[arg-type]
                typed=(typed or {}).get(part),
            )
        )
    return parts


def chart_of(report: Report, actor: Actor) -> Chart | None:
    """The hours of its months as they were counted, every mark with its rows for who may open them;
    None without any."""
    rows, kinds = report.chart.get("months", []), report.chart.get("kinds", {})
    level = Kind(report.writer.kind)
    drawings = [one for one in drawings_at(level) if one.by is By.MONTH]
    if not rows or not kinds or not drawings:
        return None
    (metric,) = drawings[0].metrics
    opens = PlaceLinks(report, actor).opens(METRICS[metric])
    lines = [_month(report, row, kinds, metric if opens else "") for row in rows]
    heading, meaning = gettext(drawings[0].heading), gettext(drawings[0].meaning)
    shape = ChartShape.COLUMNS
    return Chart(heading, meaning, shape, gettext("Month"), tuple(kinds), tuple(lines))


def _month(
    report: Report, row: Mapping[str, str], kinds: Mapping[str, str], metric: str
) -> ChartRow:
    """A month with a mark for each kind; `row` is as it stands on paper. Without `metric` nothing
    opens."""
    number = int(row["name"].removesuffix("月"))
    period = read_period(f"{report.period.year}-{number:02d}", report.moment)
    page = PAGES[StatSheet.SERVICE][1]
    address = reverse(page, args=[report.writer.code, metric]) if metric else ""
    moment, marks = {"as_of": str(report.moment), "period": str(period)}, []
    for words, kind in kinds.items():
        narrow = {"kind": kind} if kind else {}
        hours = float(row[words])
        url = f"{address}?{urlencode(moment | narrow)}"
        marks.append(Mark(hours, str(row[words]), url if hours and address else ""))
    return ChartRow(period_words(period), tuple(marks), str(number))


def _segments(words: str, texts: Mapping[str, str], links: PlaceLinks) -> Iterator[ReportSegment]:
    for text, place, _, _ in Formatter().parse(words):
        if text:
            yield ReportSegment(text)
        if place:
            yield ReportSegment(texts[place], links.url(place))


def _case_segments(report: Report, actor: Actor) -> Iterator[tuple[ReportSegment, ...]]:
    """The typical cases, each with one of its records where the reader may open it."""
    keys = [one["record"] for one in report.cases]
    rows = records(actor, Permission.RECORD_READ).filter(id__in=keys)
    read = {str(key) for key in rows.values_list("id", flat=True)}
    for one in report.cases:
        url = reverse("statements:record", args=[one["community"], one["record"]])
        link = (ReportSegment(gettext("See the record"), url),) if one["record"] in read else ()
        yield (ReportSegment(one["text"]), *link)


def _named_facts(
    report: Report, places: Mapping[str, None], links: PlaceLinks
) -> Iterator[ShownFact]:
    """How many rows below its sentences speak of, with the table that tells of each."""
    for place in places:
        if place in NAMED_ROWS:
            count = str(report.figures[place])
            yield ShownFact(gettext(NAMED_ROWS[place].heading), count, links.url(place))


def _facts(
    places: Mapping[str, None], texts: Mapping[str, str], links: PlaceLinks
) -> Iterator[ShownFact]:
    for place in places:
        metric = METRICS.get(place.removesuffix(BEFORE).removesuffix(RATE))
        if metric is None:
            continue
        label = gettext(metric.heading)
        if place.endswith(RATE) and metric.share:
            label = gettext(metric.share.heading)
        if place.endswith(BEFORE):
            label = gettext("%(figure)s, period before") % {"figure": label}
        yield ShownFact(label, texts[place], links.url(place))


@dataclass(frozen=True)
class DueReport:
    """A report that is to be drawn up now."""

    plan: ReportPlan
    period: Period

    @property
    def title(self) -> str:
        return f"{period_words(self.period)} · {gettext(self.plan.kind.words)}"


def due_reports(writer: Organisation, rows: QuerySet[Report]) -> list[DueReport]:
    """Of the reports of a writer, those whose period is due and which are not begun yet."""
    begun, today = set(rows.values_list("kind", "period_text")), clock.today()
    due = (DueReport(plan, due_period(plan.span, today)) for plan in plans_of(Kind(writer.kind)))
    return [one for one in due if (one.plan.kind, one.period.text) not in begun]


def title_of(report: Report) -> str:
    """How a report is called: its period and its kind, or what was asked."""
    return f"{period_words(report.period)} · {report.subject or report.get_kind_display()}"


def _state(row: Any) -> str:
    if row.state == ReportState.SUBMITTED and row.acknowledgement:
        return gettext("acknowledged")
    return str(row.get_state_display())


def reports_spec() -> Spec:
    """The reports of a writer, the latest first."""
    return Spec(
        title=gettext_lazy("Reports"),
        columns=(
            Column(
                gettext_lazy("Title"), title_of, url=lambda row: row_url("reports:report", row.pk)
            ),
            Column(gettext_lazy("Version"), lambda row: row.version, numeric=True),
            Column(gettext_lazy("State"), _state),
            Column(gettext_lazy("Number"), lambda row: row.number_text),
            Column(
                gettext_lazy("Sent up on"),
                lambda row: clock.day_of(row.submitted_at) if row.submitted_at else "",
                "submitted",
                ("submitted_at",),
            ),
        ),
        order=("-period_text", "kind", "-version"),
        search=lambda rows, words: rows.filter(period_text__icontains=words),
        search_hint=gettext_lazy("Period, such as 2026-H1"),
        filters=(
            Filter(
                "kind", gettext_lazy("Kind of report"), code_choices(ReportKind), equals("kind")
            ),
            Filter("state", gettext_lazy("State"), code_choices(ReportState), equals("state")),
        ),
        empty=gettext_lazy("No report has been drawn up yet."),
        empty_hint=gettext_lazy("One tap draws one up; every figure in it comes from the records."),
        export=list_file,
    )
