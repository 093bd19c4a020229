"""Reports as papers: as they were submitted, or a draft as it would be submitted now."""

from collections.abc import Iterator, Sequence
from typing import cast

from django.conf import settings

from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.reports.models import Report
from baodao.reports.queries.papers import Piece, report_facts, report_lines
from baodao.reports.queries.reports import receivers_of
from baodao.reports.tables.reports import PlaceLinks


def report_item(report: Report) -> Item:
    """What stands on a report; each figure with the address of its rows."""
    if report.number is None:
        item = report_facts(report, receivers_of(report.writer), report_lines(report))
    else:
        [item] = issued_items([report.pk], report.plan.form)
    lines = cast(Sequence[Sequence[Piece]], item["report_text"])
    links = PlaceLinks(report)
    return {**item, "report_text": [list(_linked(line, links)) for line in lines]}


def _linked(line: Sequence[Piece], links: PlaceLinks) -> Iterator[Piece]:
    for piece in line:
        if isinstance(piece, str):
            yield piece
        else:
            yield {**piece, "url": f"{settings.PUBLIC_URL}{links.url(piece['place'])}"}


def rendered(report: Report, format: str) -> Rendered:  # noqa: A002
    """A report as pdf, docx or html."""
    return render(report.plan.form, [report_item(report)], format)
