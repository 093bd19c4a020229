"""Contact cadres of a place or a unit as a list: what each did by week and altogether. They stand
by their names, in no order of how much."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.adoptions.queries.cadres import COLLECTED, SOLVED, VISITS, CadreWork
from baodao.adoptions.queries.wording import reason_text
from baodao.documents.files import list_file
from baodao.people.queries.members import persons_of
from baodao.people.queries.search import matching
from baodao.policies.rules.windows import Days
from baodao.ui.listing import Column, Spec

NUMBERS = (
    (VISITS, gettext_lazy("Visits made")),
    (COLLECTED, gettext_lazy("Problems collected")),
    (SOLVED, gettext_lazy("Problems of visits solved")),
)


def cadre_rows(work: CadreWork) -> QuerySet[Any]:
    """The cadres as persons."""
    return persons_of([one.person_id for one in work.lines])


def cadre_work_spec(work: CadreWork) -> Spec:
    """Each with the unit, the totals, the weeks, and what an adopted policy says of the time."""
    lines = {one.person_id: one for one in work.lines}
    has_results = any(one.result for one in work.lines)
    totals = [
        Column(label, lambda row, name=name: lines[row.pk].totals[name], numeric=True)  # type: ignore[misc]
        for name, label in NUMBERS
    ]
    weeks = [
        Column(
            week_words(week),
            lambda row, at=at: done_words(lines[row.pk].weeks[at]),  # type: ignore[misc]
            labelled=True,
        )
        for at, week in enumerate(work.weeks)
    ]
    result = Column(gettext_lazy("Policy"), lambda row: _result_words(lines[row.pk].result))
    return Spec(
        title=gettext_lazy("Work of contact cadres"),
        columns=(
            Column(gettext_lazy("Name"), lambda row: row.name),
            Column(gettext_lazy("Unit"), lambda row: _unit(lines[row.pk].unit)),
            *totals,
            *weeks,
            *([result] if has_results else []),
        ),
        order=("pinyin",),
        search=lambda rows, text: rows.filter(matching(text)),
        search_hint=gettext_lazy("Name, pinyin initials"),
        by_number=True,
        empty=gettext_lazy("Nobody was a contact here in this time."),
        export=list_file,
    )


def week_words(week: Days) -> str:
    """A week by its days, short enough for the head of a column."""
    return f"{week.first.month}.{week.first.day}–{week.last.month}.{week.last.day}"


def done_words(done: Counter[str]) -> str:
    """What was done in a week; nothing is a line."""
    words = [f"{label} {done[name]}" for name, label in NUMBERS if done[name]]
    return " · ".join(words) or "—"


def _unit(unit: Any) -> str:
    return unit.name if unit else ""


def _result_words(result: Any) -> str:
    if result is None:
        return ""
    reason = reason_text(result)
    return (
        gettext("%(state)s: %(reason)s")
        % {
            "state": result.get_state_display(),
            "reason": reason,
        }
        if reason
        else result.get_state_display()
    )
