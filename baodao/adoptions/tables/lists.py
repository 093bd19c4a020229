"""The lists of results and what pages show of one: columns, filters, bars, files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import at_rest
from baodao.adoptions.queries.later_results import having_later
from baodao.adoptions.queries.results import numbers_by_place
from baodao.adoptions.queries.wording import kept_words, reason_text
from baodao.adoptions.rules.outcomes import ASKING, FULFILLED, ResultState
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import unit_of
from baodao.people.queries.search import matching
from baodao.policies.queries.wording import entered_words
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.wording import code_choices

Rows = QuerySet[Any]
SHRUNK, ENTERED = "shrunk", "entered"


@dataclass(frozen=True)
class ResultBar:
    """One thing that is asked as a page shows it, several ways to it as one: its words, how much of
    it is done in per cent, None where that cannot be said, and how it stands."""

    words: str
    share: int | None
    state: str
    shrunk: bool

    @property
    def parts(self) -> list[dict[str, object]]:
        """Of the bar, from the left."""
        kind = "done" if self.state in FULFILLED else "waiting"
        return [{"kind": kind, "x": 0, "width": self.share or 0}]


def bars_of(result: PolicyResult) -> list[ResultBar]:
    """What is asked, one by one, what is missing first as the policy has it."""
    rows = [
        ResultBar(kept_words(one["words"]), one["share"], one["state"], one["shrunk"])
        for one in result.lines
    ]
    return sorted(rows, key=lambda bar: bar.state in FULFILLED)


def period_text(first: date, last: date | None) -> str:
    """A period in words: a year or days."""
    if last is None:
        return gettext("since %(on)s") % {"on": date_format(first)}
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return gettext("the year %(year)s") % {"year": first.year}
    return gettext("%(first)s to %(last)s") % {
        "first": date_format(first),
        "last": date_format(last),
    }


def own_sentences(rows: Sequence[PolicyResult]) -> list[dict[str, object]]:
    """Of each result its policy, its period, its reason and its bars."""
    return [
        {
            "result": row,
            "name": row.adoption.version.name,
            "period": period_text(row.period_from, row.period_until),
            "bars": bars_of(row),
            "reason": reason_text(row),
        }
        for row in rows
    ]


@dataclass(frozen=True)
class StandingLine:
    """How many stand how, of one branch, unit or community, which opens to them."""

    place: Organisation
    numbers: Mapping[str, int]

    @property
    def members(self) -> int:
        return sum(self.numbers.values())

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """By state, with its words, those of whom something is missing first."""
        return [(one.value, gettext(one.words), self.numbers.get(one, 0)) for one in ASKING]

    @property
    def good(self) -> int:
        return sum(self.numbers.get(state, 0) for state in FULFILLED)

    @property
    def parts(self) -> list[dict[str, object]]:
        """Of the bar, from the left."""
        whole = self.members or 1
        good = round(100 * self.good / whole)
        rest = round(100 * self.numbers.get(ResultState.OPEN, 0) / whole)
        return [
            {"kind": "done", "x": 0, "width": good},
            {"kind": "waiting", "x": good, "width": min(rest, 100 - good)},
        ]


def standing_lines(rows: Rows, place: Organisation) -> list[StandingLine]:
    """Of a unit its branches, of everybody else the units, in the order of the tree: no order from
    best to worst."""
    numbers = numbers_by_place(rows)
    places = organisations_anywhere().filter(pk__in=numbers).select_related("parent__parent")
    groups: dict[int, StandingLine] = {}
    for row in places.order_by("path"):
        group = row if place.kind in (Kind.UNIT, Kind.BRANCH) else unit_of(row)
        before = groups.get(group.pk, StandingLine(group, {}))
        added = {key: before.numbers.get(key, 0) + n for key, n in numbers[row.pk].items()}
        groups[group.pk] = StandingLine(group, {**before.numbers, **added})
    return list(groups.values())


def total_of(lines: Iterable[StandingLine], place: Organisation) -> StandingLine:
    """All of them together."""
    numbers: dict[str, int] = {}
    for line in lines:
        for state, count in line.numbers.items():
            numbers[state] = numbers.get(state, 0) + count
    return StandingLine(place, numbers)


def _search(rows: Rows, words: str) -> Rows:
    return rows.filter(matching(words, prefix="person__") | Q(place__name__icontains=words))


def _in_state(rows: Rows, value: str) -> Rows:
    return rows.filter(state=value)


def _below(rows: Rows, value: str) -> Rows:
    path = organisations_anywhere().filter(code=value).values_list("path", flat=True).first()
    return rows.filter(place__path__startswith=path) if path else rows.none()


def _about(rows: Rows, value: str) -> Rows:
    """Of whom less is asked by the time of membership and exemptions; or who came with a list that
    tells no day of joining."""
    if value == ENTERED:
        return rows.exclude(entered_on=None)
    return rows.filter(lines__contains=[{"shrunk": value == SHRUNK}])


def name_of(row: PolicyResult) -> str:
    """Of whom it is."""
    return row.person.name if row.person else row.place.name


def results_spec(lines: Sequence[StandingLine]) -> Spec:
    """Those of whom something is missing first, then as the tree and the names stand."""
    return Spec(
        title=gettext_lazy("What an adopted policy says"),
        columns=(
            Column(
                gettext_lazy("Name"),
                name_of,
                url=lambda row: row_url("adoptions:result", row.pk),
            ),
            Column(gettext_lazy("Unit"), lambda row: unit_of(row.place).name),
            Column(gettext_lazy("Branch"), _branch_name),
            Column(gettext_lazy("State"), lambda row: row.get_state_display()),
            Column(gettext_lazy("Reason"), _reason),
            Column(gettext_lazy("Records counted"), lambda row: len(row.counted), numeric=True),
        ),
        order=("urgency", "place__path", "person__pinyin"),
        search=_search,
        search_hint=gettext_lazy("Name or branch"),
        by_number=True,
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(ASKING), _in_state),
            Filter(
                "below",
                gettext_lazy("Unit or branch"),
                [(line.place.code, line.place.name) for line in lines],
                _below,
            ),
            Filter(
                "asked",
                gettext_lazy("What is asked"),
                [
                    (SHRUNK, gettext_lazy("Less, by membership or exemption")),
                    (ENTERED, gettext_lazy("As of one who was there: no day of joining is told")),
                ],
                _about,
            ),
            Filter(
                "later",
                gettext_lazy("Records added or put right since"),
                [("yes", gettext_lazy("Another result by the records of today"))],
                lambda rows, _: having_later(rows),
            ),
        ),
        empty=gettext_lazy("Nobody is here."),
        empty_hint=gettext_lazy("Every night what was recorded is compared with the policy."),
        export=list_file,
    )


def _reason(row: PolicyResult) -> str:
    """Why it stands so, and whether it rests on a list that tells no day of joining."""
    return "；".join(filter(None, (reason_text(row), entered_words(row.entered_on))))


def _branch_name(row: PolicyResult) -> str:
    return row.place.name if row.place.kind == Kind.BRANCH else ""


@dataclass(frozen=True)
class AdoptionLine:
    """An adoption in a list: whether it holds, begins later or is over, or rests for want of a
    switch; whether the reader decides about it."""

    row: Adoption
    words: str
    stands: bool


def adoption_lines(rows: Iterable[Adoption]) -> list[AdoptionLine]:
    """With how each stands today."""
    return [AdoptionLine(row, adoption_words(row), row.stands) for row in rows]


def adoption_words(row: Adoption) -> str:
    """How an adoption stands today."""
    today = clock.today()
    if row.until_on is not None and row.until_on < today:
        return gettext("Over")
    if at_rest(row):
        return gettext("At rest: a switch that it needs is off")
    if row.from_on > today:
        return gettext("Begins later")
    return gettext("Holds now")
