"""The compliance report and the draft of the filing form as documents; always Chinese."""

from collections.abc import Callable

from django.utils import translation

from baodao.documents.files import Rendered, render
from baodao.home.queries.compliance import filing, points, upkeep
from baodao.home.rules.papers import COMPLIANCE_REPORT, FILING_DRAFT
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind

Row = dict[str, object]


def _report() -> list[Row]:
    rows = [(one.rule, one.state_words, one.fact) for one in points()]
    rows += [(one.name, one.state_words, one.fact) for one in upkeep()]
    return [{"name": name, "state": state, "fact": fact} for name, state, fact in rows]


def _filing() -> list[Row]:
    return [{"name": name, "fact": fact} for name, fact in filing()]


REPORTS: dict[str, Callable[[], list[Row]]] = {
    COMPLIANCE_REPORT.code: _report,
    FILING_DRAFT.code: _filing,
}


def compliance_report(code: str, format: str) -> Rendered:  # noqa: A002
    """One of `REPORTS` as it stands now; `Absent` when there is no such report."""
    if code not in REPORTS:
        raise Absent("report")
    with translation.override("zh-hans"):
        cities = places(Kind.CITY).values_list("name", flat=True)
        item = {
            "organisation": "、".join(cities),
            "as_of": clock.today(),
            "rows": REPORTS[code](),
        }
        return render(code, [item], format)
