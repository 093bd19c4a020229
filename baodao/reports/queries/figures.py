"""What a report counts: the totals of its unit's two official tables, and its branches by name."""

from collections.abc import Callable

from django.utils.translation import override

from baodao.documents.sheets import paper_text
from baodao.figures.rules.sheets import StatSheet
from baodao.insight.queries.tables import StatRow, StatTable, table
from baodao.insight.queries.words import period_words
from baodao.kernel.authz import Actor
from baodao.kernel.moments import AsOf, Period, read_period
from baodao.orgs.models import Organisation
from baodao.reports.models import Report
from baodao.reports.rules.plans import half_before
from baodao.reports.rules.sentences import (
    BEFORE,
    JOINTS,
    ReportFigures,
    ReportPart,
    Sentence,
    place_texts,
    sentence_texts,
    sentences_of,
)


def count_figures(actor: Actor, unit: Organisation, as_of: AsOf, period: Period) -> ReportFigures:
    """The figures of a unit as of an instant, of a half-year; those of the half-year before only
    once this one is over, for a part is not compared with a whole. Raises `Absent`."""
    registration = table(actor, unit.code, as_of, StatSheet.REGISTRATION, period)
    service = table(actor, unit.code, as_of, StatSheet.SERVICE, period)
    names = {
        "missing_branches": _branches(registration, lambda row: row.figures["missing"] > 0),
        "idle_branches": _branches(
            service, lambda row: row.figures["in_service"] > 0 and not row.figures["served"]
        ),
    }
    counts = {place: len(branches) for place, branches in names.items()}
    counts["branches"] = len(_branches(registration, lambda _row: True))
    values = _total(registration) | _total(service) | counts
    if as_of.on >= period.last:
        before = read_period(half_before(period), as_of)
        earlier = table(actor, unit.code, as_of, StatSheet.SERVICE, before)
        if earlier.total["services"]:
            values["services" + BEFORE] = earlier.total["services"]
    return ReportFigures(values, names)


def _total(counted: StatTable) -> dict[str, int]:
    """The totals that papers show, whoever draws the report up."""
    return {metric.code: counted.total[metric.code] for metric in counted.printed}


def _branches(counted: StatTable, picks: Callable[[StatRow], bool]) -> list[str]:
    return [row.name for row in counted.rows if not row.direct and picks(row)]


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
    """What the figures say in each part, by the code of the sentence."""
    texts = texts_of(report)
    return {
        part: sentence_texts(sentences, texts) for part, sentences in sentences_in(report).items()
    }


def part_texts(report: Report) -> dict[ReportPart, str]:
    """What each part says: own words, else what the figures say."""
    texts: dict[ReportPart, str] = {}
    for part, sentences in words_of_figures(report).items():
        own = report.own_part(part)
        texts[part] = str(own["text"]) if own else JOINTS[part].join(sentences.values())
    return texts
