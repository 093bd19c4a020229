"""Agreements in scope, how each clause stands, what is signed, from which clauses one begins."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, cast
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from baodao.agenda.queries.calendars import theme_words
from baodao.agreements.models import (
    Agreement,
    AgreementClause,
    ClauseKeeping,
    ClauseTemplate,
    ClauseWording,
    PlanLine,
)
from baodao.agreements.rules.agreements import (
    AGREEMENT,
    CLAUSES,
    AgreementState,
    ClauseText,
    check_agreed,
)
from baodao.documents.rules import digest_of, facts_text
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.notices.queries.pending import PendingRows
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestors, ids_below
from baodao.orgs.rules.policies import UNITS
from baodao.people.queries.members import unit_of
from baodao.resources.models import ListClaim
from baodao.resources.queries.claims import agreed_between
from baodao.resources.queries.lists import READ, RECEIVE, WRITE
from baodao.resources.rules.lists import when_of
from baodao.resources.rules.lives import ListSide

Agreements = QuerySet[Agreement]


def agreement_rows() -> Agreements:
    """Every agreement with what pages show of it."""
    wordings = Prefetch("clauses__wordings", ClauseWording.objects.order_by("proposed_at", "pk"))
    clauses = Prefetch("clauses", AgreementClause.objects.order_by("position"))
    keepings = Prefetch("clauses__keepings", ClauseKeeping.objects.order_by("-stated_at", "-pk"))
    rows = Agreement.objects.select_related("unit", "community")
    return rows.prefetch_related(clauses, wordings, keepings)


def agreements(actor: Actor) -> Agreements:
    """Agreements of units and communities that the actor reads."""
    return within(agreement_rows(), actor, READ, "unit__path", "community__path")


def agreements_in(actor: Actor, place: Organisation) -> Agreements:
    """Those of a unit or of the communities of a place, the latest first."""
    here = Q(community__in=ids_below(place.path))
    if place.kind in UNITS:
        here = Q(unit=unit_of(place))
    return agreements(actor).filter(here).order_by("-year", "-drafted_at", "pk")


def agreement_of(actor: Actor, agreement_id: UUID) -> Agreement:
    """One that the actor reads. Raises `Absent`."""
    row = agreements(actor).filter(pk=agreement_id).first()
    if row is None:
        raise Absent("agreement")
    return row


def agreements_to_write(actor: Actor) -> Agreements:
    """Those in which the actor writes for one of the two sides."""
    mine = within(Agreement.objects.all(), actor, WRITE, "unit__path")
    here = within(Agreement.objects.all(), actor, RECEIVE, "community__path")
    return agreement_rows().filter(Q(pk__in=mine.values("pk")) | Q(pk__in=here.values("pk")))


def agreement_to_write(actor: Actor, agreement_id: UUID) -> Agreement:
    """One in which the actor writes for one of the two sides. Raises `Absent`."""
    row = agreements_to_write(actor).filter(pk=agreement_id).first()
    if row is None:
        raise Absent("agreement")
    return row


def side_of(actor: Actor, row: Agreement) -> ListSide | None:
    """For which side the actor writes; None for who only reads. Who may write for both writes for
    the unit."""
    if actor.may(WRITE, row.unit.path):
        return ListSide.UNIT
    return ListSide.COMMUNITY if actor.may(RECEIVE, row.community.path) else None


class ClauseStanding(NamedTuple):
    """A clause with its last wording, whether the side that reads has to answer, and who has to,
    by name; "" where both agree, or it ended. Of a signed one, `keeping` is what was said last of
    its having been kept."""

    clause: AgreementClause
    wording: ClauseWording
    turn: bool
    waits_for: str
    keeping: ClauseKeeping | None

    @property
    def agreed(self) -> bool:
        """Whether both sides want this wording."""
        return self.wording.agreed_at is not None

    @property
    def kept_on(self) -> date | None:
        """Since when both sides say that it was kept."""
        one = self.keeping
        return clock.day_of(one.answered_at) if one is not None and not one.refusal else None


def clauses_of(row: Agreement, side: ListSide | None = None) -> list[ClauseStanding]:
    """How each clause stands, as one side reads it."""
    standings = []
    for clause in row.clauses.all():
        wording = list(clause.wordings.all())[-1]
        keeping = next(iter(clause.keepings.all()), None)
        last = keeping if wording.agreed_at else wording
        is_open = wording.agreed_at is None or (keeping is not None and keeping.answered_at is None)
        turn = is_open and last is not None and side is not None and last.side != side
        answering = row.community if last and last.side == ListSide.UNIT else row.unit
        waits_for = answering.name if is_open and row.ended_at is None else ""
        standings.append(ClauseStanding(clause, wording, turn, waits_for, keeping))
    return standings


def open_titles(row: Agreement) -> list[str]:
    """The clauses that are not agreed."""
    return [one.clause.title for one in clauses_of(row) if not one.agreed]


class PlanMonth(NamedTuple):
    """A month of the year: its theme in the community, and what both mean to do."""

    month: int
    theme: str
    text: str


def plan_of(row: Agreement) -> list[PlanMonth]:
    """The plan of the year, month by month, with the themes of the community."""
    lines = dict(PlanLine.objects.filter(agreement=row).values_list("month", "text"))
    months = [(month, date(row.year, month, 1)) for month in range(1, 13)]
    themes = {n: theme_words(row.community, month=first)["title"] for n, first in months}
    return [PlanMonth(n, str(themes[n]), lines.get(n, "")) for n, _ in months]


def text_of(row: Agreement) -> Mapping[str, object]:
    """What is signed: the parties, the clauses, what was agreed from the lists, the plan. From the
    first signature on it is what was signed then: what is agreed from the lists later stands beside
    it. Of one that ended unsigned it is what stood in it then. A line of the lists has the id of
    what was agreed (`claim`): what is claimed may be called otherwise later."""
    if row.text is not None:
        return dict(row.text)
    rows = [{"title": one.clause.title, "words": one.wording.text} for one in clauses_of(row)]
    lines = [
        {"title": LIST_LINE, "words": _list_words(one), "claim": str(one.pk)}
        for one in _agreed(row)
    ]
    plan = [
        {"title": f"{one.month}月", "words": "：".join(filter(None, (one.theme, one.text)))}
        for one in plan_of(row)
        if one.text
    ]
    return {
        "served_year": str(row.year),
        "community": row.community.name,
        "unit": row.unit.name,
        "rows": [*rows, *lines, *plan],
    }


LIST_LINE = "清单认领"
"""What a line of the text is called that was agreed from the lists."""


def _agreed(row: Agreement) -> QuerySet[ListClaim]:
    """What was agreed from the lists for the year, until the agreement ended."""
    rows = agreed_between(row.unit, row.community, row.year)
    return rows.filter(answered_at__lt=row.ended_at) if row.ended_at else rows


def _list_words(one: ListClaim) -> str:
    return f"{one.title} {when_of(one.starts_at, one.ends_at)}".strip()


class ListLines(NamedTuple):
    """What was agreed from the lists, in words: `signed` stands in the text that was signed, or
    would be, `later` was agreed since the first signature and stands beside it."""

    signed: Sequence[str]
    later: Sequence[str]


def list_lines(row: Agreement) -> ListLines:
    """The lists as they stand in the text, and what was agreed since."""
    signed = [words for title, words in lines_to_sign(row) if title == LIST_LINE]
    if row.text is None:
        return ListLines(signed, ())
    stands = {one.get("claim") for one in _rows(row)}
    later = [_list_words(one) for one in _agreed(row) if str(one.pk) not in stands]
    return ListLines(signed, later)


def _rows(row: Agreement) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", text_of(row)["rows"])


def check_signable(row: Agreement) -> None:
    """Refuse to sign what is no draft any more, or has a clause that is open."""
    AGREEMENT.check(row.state, AgreementState.DRAFT)
    check_agreed(open_titles(row))


def lines_to_sign(row: Agreement) -> list[tuple[str, str]]:
    """The text line by line, as whoever signs it reads it: what each is about, and its words."""
    return [(one["title"], one["words"]) for one in _rows(row)]


def digest_in(row: Agreement) -> str:
    """The SHA-256 of what is signed, in hexadecimal digits."""
    return row.digest if row.signed_at else digest_of(facts_text(text_of(row))).hex()


def template_at(place: Organisation) -> Sequence[ClauseText]:
    """The clauses from which an agreement at a place begins: the nearest authority's latest, else
    the usual ones."""
    for above in reversed(ancestors(place)):
        rows = ClauseTemplate.objects.filter(organisation=above).order_by("-since", "-pk")
        version = rows.first()
        if version is not None and version.clauses:
            return [ClauseText(*pair) for pair in version.clauses]
    return CLAUSES


def live_agreement(unit: Organisation, community: Organisation, year: int) -> Agreement | None:
    """The one of a year that has not ended."""
    rows = agreement_rows().filter(unit=unit, community=community, year=year)
    return rows.filter(state__in=AGREEMENT.live).first()


def last_signed(unit: Organisation, community: Organisation) -> Agreement | None:
    """The latest that both signed, from which the next is drafted."""
    rows = agreement_rows().filter(unit=unit, community__in=ids_below(community.path))
    return rows.filter(signed_at__isnull=False).order_by("-year", "-signed_at").first()


PENDING: dict[str, PendingRows] = {
    "agreement-open": lambda: Agreement.objects.filter(
        pk=OuterRef("about"), state=AgreementState.DRAFT
    ),
    "agreement-half-signed": lambda: Agreement.objects.filter(
        pk=OuterRef("about"), state=AgreementState.DRAFT, text__isnull=False
    ),
}
"""For which rows notices ask."""
