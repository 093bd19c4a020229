"""Reports as papers: as they were submitted, or a draft as it would be submitted now."""

from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item
from baodao.reports.models import Report
from baodao.reports.queries.papers import report_facts
from baodao.reports.queries.reports import receivers_of


def report_item(report: Report) -> Item:
    """What stands on a report."""
    if report.number is None:
        return report_facts(report, receivers_of(report.unit))
    [item] = issued_items([report.pk], report.plan.form)
    return item


def rendered(report: Report, format: str) -> Rendered:  # noqa: A002
    """A report as pdf, docx or html."""
    return render(report.plan.form, [report_item(report)], format)
