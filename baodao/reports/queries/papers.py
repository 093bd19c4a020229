"""What stands on a report when it is submitted, in Chinese as every paper is: its figures carry
notes that say what each counts."""

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from django.utils.translation import gettext, override

from baodao.documents.rules import digest_of, facts_text
from baodao.documents.sheets import Item, paper_text
from baodao.figures.rules.definitions import Metric
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.reports.models import Report
from baodao.reports.queries.figures import part_texts, sentences_in, texts_of
from baodao.sentences.rules.sentences import (
    BEFORE,
    NAMED_ROWS,
    PART_TITLES,
    RATE,
    ReportPart,
    Sentence,
    metric_of,
)
from baodao.ui.wording import period_words

NUMERALS = "一二三四"
Piece = str | dict[str, str]
"""Words, or a figure with its note and the place of a sentence in which it stands."""
Lines = Sequence[list[Piece]]


def report_facts(report: Report, receivers: Sequence[Organisation], lines: Lines) -> Item:
    """The facts of a report that says these lines; for the command that submits it."""
    with override("zh-hans"):
        return {
            "organisation": report.writer.name,
            "period": period_words(report.period),
            "number": report.number_text,
            "addressees": "、".join(place.name for place in receivers),
            "report_text": list(lines),
            "report_signer": report.signer,
            "months": report.chart.get("months", []),
            "submitted_on": clock.day_of(report.submitted_at) if report.submitted_at else None,
        }


def report_lines(report: Report) -> Lines:
    """The parts that say anything, each below its title; what says nothing is left out. A sentence
    that stands as figures say it carries their notes, own words carry none. In Chinese, whoever
    reads or submits it."""
    with override("zh-hans"):
        return list(_report_lines(report))


def _report_lines(report: Report) -> Iterator[list[Piece]]:
    sentences, texts = sentences_in(report), texts_of(report)
    parts = {part: text for part, text in part_texts(report).items() if text}
    for numeral, (part, text) in zip(NUMERALS, parts.items(), strict=False):
        yield [f"{numeral}、{PART_TITLES[part]}"]
        for line in text.splitlines():
            yield list(_noted(report, line, sentences[ReportPart(part)], texts))


def lines_to_sign(report: Report) -> list[tuple[str, str]]:
    """What a report says by its parts, as whoever signs it reads it: title and words."""
    texts = part_texts(report)
    return [(PART_TITLES[part], text) for part, text in texts.items() if text]


def digest_in(report: Report) -> str:
    """The hash of what a report says now, figures with their notes too: a signature carries it, of
    the words that were read. SHA-256 in hexadecimal digits."""
    return digest_of(facts_text({"lines": report_lines(report)})).hex()


def _noted(
    report: Report, line: str, sentences: Sequence[Sentence], texts: Mapping[str, str]
) -> Iterator[Piece]:
    """A line with the notes of each sentence that stands in it."""
    rest = line
    for sentence in sentences:
        before, stands, after = rest.partition(sentence.words.format_map(texts))
        if stands:
            yield from filter(None, [before])
            yield from _pieces(report, sentence, texts)
            rest = after
    yield from filter(None, [rest])


def _pieces(report: Report, sentence: Sentence, texts: Mapping[str, str]) -> Iterator[Piece]:
    for words, place, _, _ in Formatter().parse(sentence.words):
        if words:
            yield words
        metric = metric_of(place) if place else None
        if place and metric:
            note = figure_note(report, place, metric)
            yield {"text": texts[place], "note": note, "place": place}
        elif place:
            yield texts[place]


def figure_note(report: Report, place: str, metric: Metric) -> str:
    """What a figure is called, of when it is, and what it counts."""
    heading, when = metric.paper_heading, f"截至{paper_text(report.moment.on, 'day')}"
    meaning = gettext(metric.meaning)
    if place in NAMED_ROWS:
        heading, meaning = NAMED_ROWS[place].paper_heading, NAMED_ROWS[place].paper_meaning
    elif place.endswith(RATE) and metric.share:
        heading = metric.share.paper_heading
    if metric.of_period:
        period = report.period_before if place.endswith(BEFORE) else report.period
        when = f"{period_words(period)}，{when}"
    return f"{heading}（{when}）：{meaning}"
