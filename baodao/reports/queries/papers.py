"""What stands on a report when it is submitted, in Chinese as every paper is."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, override

from baodao.documents.sheets import Item
from baodao.figures.rules.catalogue import METRICS
from baodao.insight.queries.words import period_words
from baodao.kernel import clock
from baodao.kernel.moments import read_period
from baodao.orgs.models import Organisation
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts, texts_of
from baodao.reports.rules.plans import half_before
from baodao.reports.rules.sentences import BEFORE, PART_TITLES

NUMERALS = "一二三四"


def report_facts(report: Report, receivers: Sequence[Organisation]) -> Item:
    """The facts of a report; for the command that submits it."""
    with override("zh-hans"):
        return {
            "organisation": report.unit.name,
            "period": period_words(report.period),
            "number": report.number_text,
            "addressees": "、".join(place.name for place in receivers),
            "report_text": "\n".join(report_lines(report)),
            "report_signer": report.signer,
            "submitted_on": clock.day_of(report.submitted_at) if report.submitted_at else None,
            "as_of": report.moment.on,
            "rows": list(_rows(report)),
        }


def report_lines(report: Report) -> Iterator[str]:
    """The parts that say anything, each below its title; what says nothing is left out."""
    texts = {part: text for part, text in part_texts(report).items() if text}
    for numeral, (part, text) in zip(NUMERALS, texts.items(), strict=False):
        yield f"{numeral}、{PART_TITLES[part]}"
        yield from text.splitlines()


def _rows(report: Report) -> Iterator[Item]:
    """The annex: each figure that was counted, with what it counts."""
    texts, before = texts_of(report), read_period(half_before(report.period), report.moment)
    for place in report.figures:
        metric = METRICS.get(place.removesuffix(BEFORE))
        if metric is None:
            continue
        period = before if place.endswith(BEFORE) else report.period
        yield {
            "name": metric.paper_heading,
            "figure": texts[place],
            "span": period_words(period) if metric.of_period else "截止日",
            "meaning": gettext(metric.meaning),
        }
