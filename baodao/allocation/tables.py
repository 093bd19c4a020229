"""Proposals on pages: the trade-off, each row with its reasons, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.allocations import SiteOutcome
from baodao.allocation.queries.inputs import METRIC_OF
from baodao.allocation.rules.life import AllocationState, LineState
from baodao.allocation.rules.measures import (
    DISTANCES,
    AllocationReason,
    Measures,
    Yardstick,
    trade_off,
    worse,
)
from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf
from baodao.people.queries.search import matching
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices, filled, instant_words, worded

DASH = "—"
LINE_ORDER = ("community__path", "unit__path", "person__pinyin")
"""By community, then unit, then name."""
TICKS = "chosen"
"""The form to which the ticks of the list belong."""


def reason_words(line: AllocationLine) -> str:
    """Why a row stands as it does, in the reader's language."""
    sentences = (filled(AllocationReason(code).words, facts) for code, facts in line.reasons)
    return gettext("; ").join(sentences)


def refusal_words(allocation: Allocation) -> str:
    """Why nothing could be calculated."""
    why = dict(allocation.refusal)
    return worded(Refused(why.pop("code"), why.pop("message"), **why)) if why else ""


def _wish_words(line: AllocationLine) -> str:
    if line.wish_kept is None:
        return DASH
    return gettext("kept") if line.wish_kept else gettext("could not be kept")


def row_words(line: AllocationLine) -> str:
    """How a row stands, with the reason of a no."""
    words = str(line.get_state_display())
    if line.state == LineState.ACCEPTED and line.settled_at is None:
        words = gettext("Agreed, waits for the letter")
    return f"{words}：{line.reason}" if line.reason else words


def _in_need(rows: QuerySet[Any], weak_ids: list[int]) -> QuerySet[Any]:
    return rows.filter(community__in=weak_ids)


def _line_filters(allocation: Allocation) -> tuple[Filter, ...]:
    """By community, only weak ones, by what became of wishes and rows."""
    weak = [site["id"] for site in allocation.sites if site["helpers"] < site["share"]]
    places = sorted(allocation.sites, key=lambda site: str(site["code"]))
    return (
        Filter(
            "community",
            gettext_lazy("Community"),
            [(str(site["id"]), site["name"]) for site in places],
            equals("community"),
        ),
        Filter(
            "weak",
            gettext_lazy("Which places"),
            [("1", gettext_lazy("Weak places only"))],
            lambda rows, _: _in_need(rows, weak),
        ),
        Filter(
            "wish",
            gettext_lazy("Wish"),
            [("True", gettext_lazy("kept")), ("False", gettext_lazy("could not be kept"))],
            equals("wish_kept"),
        ),
        Filter("state", gettext_lazy("State"), code_choices(LineState), equals("state")),
    )


def lines_spec(allocation: Allocation, *, adopts: bool) -> Spec:
    """The rows of a proposal, by community."""
    whose = gettext_lazy("Unit") if allocation.of_units else gettext_lazy("Name")
    unit = [] if allocation.of_units else [Column(gettext_lazy("Unit"), lambda row: row.unit.name)]
    return Spec(
        title=gettext_lazy("Proposed rows"),
        columns=(
            Column(whose, lambda row: row.name),
            *unit,
            Column(
                gettext_lazy("Community now"),
                lambda row: row.former.name if row.former else DASH,
                labelled=True,
            ),
            Column(
                gettext_lazy("Proposed community"),
                lambda row: row.community.name,
                "community",
                ("community__path",),
                labelled=True,
            ),
            Column(gettext_lazy("Way"), lambda row: gettext(DISTANCES[row.way]), "way", ("way",)),
            Column(gettext_lazy("Wish"), _wish_words, labelled=True),
            Column(gettext_lazy("Reason"), reason_words),
            Column(gettext_lazy("State"), row_words, "state", ("state",)),
        ),
        order=LINE_ORDER,
        search=lambda rows, words: rows.filter(
            matching(words, prefix="person__") | Q(unit__name__icontains=words)
        ),
        by_number=True,
        search_hint=gettext_lazy("Name, pinyin initials, unit"),
        filters=_line_filters(allocation),
        empty=gettext_lazy("No row."),
        empty_hint=gettext_lazy("Everybody stays where they are."),
        chooses=TICKS if adopts else "",
        choosable=lambda row: row.state == LineState.PROPOSED,
        export=list_file,
    )


def _standing(row: Allocation) -> str:
    """The state of a proposal, and how many of its rows were adopted of how many."""
    if row.state != AllocationState.READY or not row.adopted:  # type: ignore[attr-defined]
        return row.get_state_display()
    counts = {"n": row.adopted, "all": row.proposed}  # type: ignore[attr-defined]
    return gettext("%(n)s of %(all)s rows adopted") % counts


def proposals_spec() -> Spec:
    """The proposals of an authority, the latest first."""
    return Spec(
        title=gettext_lazy("Balanced allocation"),
        columns=(
            Column(
                gettext_lazy("Made on"),
                lambda row: instant_words(row.created_at),
                url=lambda row: row_url("allocation:allocation", row.pk),
            ),
            Column(gettext_lazy("Authority"), lambda row: row.authority.name),
            Column(gettext_lazy("Sought for"), lambda row: gettext(row.decided.aim.words)),
            Column(gettext_lazy("Made by"), lambda row: row.created_by),
            Column(gettext_lazy("State"), _standing, "state", ("state",)),
        ),
        order=("-created_at",),
        filters=(
            Filter("state", gettext_lazy("State"), code_choices(AllocationState), equals("state")),
        ),
        empty=gettext_lazy("No proposal was calculated yet."),
        empty_hint=gettext_lazy("A proposal moves nobody: you adopt its rows, and each answers."),
        export=list_file,
    )


def invitations_spec() -> Spec:
    """The invitations of a unit, what waits first."""
    return Spec(
        title=gettext_lazy("Invitations to serve"),
        columns=(
            Column(
                gettext_lazy("Sought for"),
                lambda row: row.name,
                url=lambda row: None if row.person_id else row_url("allocation:invitation", row.pk),
            ),
            Column(gettext_lazy("Invited by"), lambda row: row.allocation.authority.name),
            Column(gettext_lazy("Proposed community"), lambda row: row.community.name),
            Column(gettext_lazy("Reason"), reason_words),
            Column(gettext_lazy("Invited on"), lambda row: clock.day_of(row.invited_at)),
            Column(gettext_lazy("State"), row_words),
        ),
        order=("-invited_at",),
        empty=gettext_lazy("No invitation."),
        empty_hint=gettext_lazy("An authority may suggest another community; you say yes or no."),
        export=list_file,
    )


@dataclass(frozen=True)
class MeasureLine:
    """A line of the trade-off: today, who comes first, as proposed; whether the proposal is `worse`
    than today; and why it is so, in words."""

    label: str
    today: str
    first_come: str
    proposal: str
    worse: bool
    why: str


def measure_lines(allocation: Allocation) -> list[MeasureLine]:
    """What a proposal comes to, beside today and beside who comes first; of a minimum only where
    one was asked for."""
    today, first, proposal = _measures(allocation)
    words = _Words({site["id"]: site["name"] for site in allocation.sites})
    losses, facts = worse(today, proposal), _trade_facts(allocation, proposal)
    yardsticks = [one for one in Yardstick if one is not Yardstick.BELOW or allocation.minimum]
    return [
        MeasureLine(
            gettext(one.words),
            words.of(one, today),
            words.of(one, first),
            words.of(one, proposal),
            one in losses,
            filled(trade_off(one, today, proposal).words, facts),
        )
        for one in yardsticks
    ]


def _trade_facts(allocation: Allocation, proposal: Measures) -> dict[str, int]:
    """How many weak communities there are and how many get more helpers; how many wishes gave
    way."""
    weak = [site for site in allocation.sites if site["helpers"] < site["share"]]
    helped = sum(site["planned"] > site["helpers"] for site in weak)
    return {"weak": len(weak), "helped": helped, "lost": proposal.wishes - proposal.wishes_kept}


def _measures(allocation: Allocation) -> list[Measures]:
    """Of today, of who comes first, of the proposal."""
    names = ("today", "first_come", "proposal")
    return [Measures(**allocation.measures[name]) for name in names]


def loss_words(lines: list[MeasureLine]) -> str:
    """In what the proposal is worse than today; "" where in nothing."""
    return "、".join(line.label for line in lines if line.worse)


def shortage_words(allocation: Allocation) -> str:
    """Which communities stay below the minimum that was asked for, and with how many; "" where none
    does."""
    planned = {site["id"]: site for site in allocation.sites}
    below = [planned[pk] for pk in _measures(allocation)[2].below]
    words = gettext("%(name)s %(count)s")
    named = (words % {"name": one["name"], "count": one["planned"]} for one in below)
    return "、".join(named)


@dataclass(frozen=True)
class _Words:
    """How each yardstick is written; `names` are those of the communities."""

    names: Mapping[int, str]

    def of(self, yardstick: Yardstick, one: Measures) -> str:
        """One figure of an allocation."""
        match yardstick:
            case Yardstick.NEED_MET:
                return f"{one.need_met}%"
            case Yardstick.FARTHEST:
                return DASH if one.farthest is None else gettext(DISTANCES[one.farthest])
            case Yardstick.CROWDED:
                return self._crowded(one)
            case Yardstick.WISHES:
                return f"{one.wishes_kept} / {one.wishes}" if one.wishes else DASH
            case Yardstick.BELOW:
                return str(len(one.below))
        return str(one.left)

    def _crowded(self, one: Measures) -> str:
        """Of a community whose share is nobody there is no part of it to be told."""
        name = self.names.get(one.crowded_id or 0, DASH)
        if not one.crowded_share:
            words = gettext("%(name)s: %(count)s, its needs call for none")
            return words % {"name": name, "count": one.crowded_helpers}
        words = gettext("%(name)s, %(percent)s %% of its share")
        return words % {"name": name, "percent": round(100 * one.crowding)}


@dataclass(frozen=True)
class OutcomeLine:
    """A community of a proposal with its figures then and now, each opening its rows."""

    site: SiteOutcome
    before_url: str
    now_url: str

    @property
    def answers(self) -> str:
        """What those who were asked there said."""
        states = (LineState.ACCEPTED, LineState.INVITED, LineState.DECLINED)
        counts = ((state, self.site.answers.get(state, 0)) for state in states)
        words = (f"{gettext(state.words)} {count}" for state, count in counts if count)
        return gettext("; ").join(words) or DASH


def outcome_lines(
    allocation: Allocation, sites: list[SiteOutcome], as_of: AsOf
) -> list[OutcomeLine]:
    """What became of each community."""
    assert allocation.as_of is not None
    then, metric = AsOf(allocation.as_of), METRIC_OF[allocation.of_units]
    return [
        OutcomeLine(one, _number_url(one.code, metric, then), _number_url(one.code, metric, as_of))
        for one in sites
    ]


def _number_url(code: str, metric: str, as_of: AsOf) -> str:
    address = reverse("insight:cell", args=[code, metric])
    return f"{address}?{urlencode({'as_of': str(as_of)})}"


def weak_words(sites: list[SiteOutcome]) -> str:
    """How many of the weak communities have more helpers than before."""
    weak = [one for one in sites if one.weak]
    helped = sum(one.now > one.before for one in weak)
    words = ngettext(
        "%(helped)s of %(n)s weak community helped",
        "%(helped)s of %(n)s weak communities helped",
        len(weak),
    )
    return words % {"helped": helped, "n": len(weak)}
