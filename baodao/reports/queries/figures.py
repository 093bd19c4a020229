"""What a report counts: the figures of its sentences, the rows below that they name, and typical
cases."""

from collections.abc import Mapping, Sequence

from django.utils.translation import override

from baodao.documents.sheets import paper_text
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.figures import Figures, total
from baodao.insight.queries.papers import hours_by_month
from baodao.insight.queries.tables import StatRow, rows_below
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.reports.models import Report
from baodao.sentences.queries.cases import typical_cases
from baodao.sentences.rules.sentences import (
    BEFORE,
    CASE,
    NAMED_ROWS,
    ReportPart,
    Sentence,
    part_words,
    place_texts,
    sentence_texts,
    sentences_of,
)
from baodao.ui.wording import period_words


def count(report: Report) -> None:
    """Count what a report says as of its instant; figures of the period before only once its own
    is over, for a part is not compared with a whole. The caller may write the report."""
    place, plan = place_then(report.writer, report.moment), report.plan
    query = FigureQuery(report.writer, place, plan.metrics, report.moment, report.period)
    rows = rows_below(query)
    values = total((row.figures for row in rows), plan.metrics)
    names = {place: _names(place, rows, values) for place in plan.named}
    report.names = {place: names[place] for place in names if not NAMED_ROWS[place].counted}
    report.figures = values | {place: len(below) for place, below in names.items()}
    if plan.compared and report.moment.on >= report.period.last:
        report.figures |= _before(report, query)
    report.cases = typical_cases(query, METRICS[plan.cases]) if plan.cases else []
    report.chart = _chart(report)


def _chart(report: Report) -> dict[str, object]:
    """The hours of its months by kind, in Chinese as the whole report is."""
    with override("zh-hans"):
        rows, kinds = hours_by_month(report.writer, report.moment, report.period)
    return {"months": rows, "kinds": kinds}


def counted_of(
    organisation: Organisation, metrics: tuple[Metric, ...], as_of: AsOf, period: Period
) -> Figures:
    """The figures of an organisation, as of an instant, of a period; the caller may read them."""
    query = FigureQuery(organisation, place_then(organisation, as_of), metrics, as_of, period)
    return total((row.figures for row in rows_below(query)), metrics)


def _names(place: str, rows: Sequence[StatRow], values: Mapping[str, int]) -> list[str]:
    named = NAMED_ROWS[place]
    return [
        row.name
        for row in rows
        if row.kind is named.kind and not row.direct and named.holds(row.figures, values)
    ]


def _before(report: Report, query: FigureQuery) -> dict[str, int]:
    """The figures of the period before, where there are any."""
    compared, period = report.plan.compared, report.period_before
    earlier = FigureQuery(query.organisation, query.place, compared, query.as_of, period)
    figures = total(earlier.by_child().values(), compared)
    return {f"{code}{BEFORE}": figure for code, figure in figures.items() if figure}


def texts_of(report: Report) -> dict[str, str]:
    """What stands in the places of its sentences, in Chinese as the whole report is."""
    with override("zh-hans"):
        words = {
            "as_of": paper_text(report.moment.on, "day"),
            "period": period_words(report.period),
        }
    return place_texts(report.counted, report.moment, words)


def sentences_in(report: Report) -> dict[ReportPart, list[Sentence]]:
    """The sentences that the figures of a report bear, by part."""
    return sentences_of(report.plan.sentences, report.figures)


def words_of_figures(report: Report) -> dict[ReportPart, dict[str, str]]:
    """What the figures say in each part, by the code of the sentence; typical cases with how it
    went."""
    texts = texts_of(report)
    spoken = {
        part: sentence_texts(sentences, texts) for part, sentences in sentences_in(report).items()
    }
    spoken[ReportPart.WORK] |= {f"{CASE}{one['record']}": str(one["text"]) for one in report.cases}
    return spoken


def part_texts(report: Report) -> dict[ReportPart, str]:
    """What each part says: own words, else what the figures say."""
    texts: dict[ReportPart, str] = {}
    for part, sentences in words_of_figures(report).items():
        own = report.own_part(part)
        texts[part] = str(own["text"]) if own else part_words(part, sentences)
    return texts
