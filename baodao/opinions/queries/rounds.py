"""Rounds in scope, who is asked, what was answered, and for whom somebody waits."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.ledger.queries.records import between, record_rows, standing
from baodao.notices.queries.pending import PendingRows
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.opinions.rules.rounds import (
    LineTotal,
    OpinionAudience,
    RoundFacts,
    are_shown,
    totals_of,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, standing_of, worked_for
from baodao.orgs.rules.tree import Kind
from baodao.partnership.queries import partner_community, partnerships_in
from baodao.registration.queries.registrations import accepted_rows
from baodao.registration.rules.states import State

Rounds = QuerySet[OpinionRound]
Sheets = QuerySet[OpinionSheet]


def audiences_of(asker: Organisation) -> list[OpinionAudience]:
    """Whom an organisation may ask."""
    if asker.kind == Kind.COMMUNITY:
        return [OpinionAudience.UNITS, OpinionAudience.MEMBERS]
    return [OpinionAudience.COMMUNITY]


def _rounds() -> Rounds:
    return OpinionRound.objects.select_related("asker")


def rounds(actor: Actor, permission: Permission = Permission.OPINION_READ) -> Rounds:
    """Rounds of organisations on which the actor holds `permission`."""
    return within(_rounds(), actor, permission, "asker__path")


def rounds_of(actor: Actor, asker: Organisation) -> Rounds:
    """What an organisation, or one that it took over, asked, the latest first; `people`
    and `replies` are counted."""
    rows = rounds(actor).filter(asker__in=ids_below(asker.path)).annotate(
        people=Count("sheet"), replies=Count("sheet", filter=Q(sheet__answered_at__isnull=False))
    )  # fmt: skip
    return rows.order_by("-asked_at", "pk")


def one_round(
    actor: Actor, round_id: UUID, permission: Permission = Permission.OPINION_READ
) -> OpinionRound:
    """One in scope; raises `Absent`."""
    row = rounds(actor, permission).filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    return row


def round_like(asker: Organisation, facts: RoundFacts) -> OpinionRound | None:
    """A round that asks the same people of the same time and can still be answered."""
    return OpinionRound.objects.filter(
        asker__in=ids_below(asker.path), audience=facts.audience, ended_at=None,
        period_text=str(facts.period), due_on__gte=clock.today(),
    ).first()  # fmt: skip


def organisations_asked(asker: Organisation, audience: OpinionAudience) -> list[Organisation]:
    """The partner units of a community, or the partner community of a unit, now."""
    if audience is OpinionAudience.COMMUNITY:
        community = partner_community(asker)
        return [community] if community is not None and community.closed_at is None else []
    rows = partnerships_in(asker).select_related("unit").order_by("unit__code")
    return [row.unit for row in rows if row.unit.closed_at is None]


def persons_asked(community: Organisation, facts: RoundFacts) -> list[UUID]:
    """Who is registered in a community and served there in these days, with a record that
    stands."""
    rows = standing(record_rows().filter(community__in=ids_below(community.path)))
    served = between(rows, facts.period.first, facts.period.last).values("person")
    here = accepted_rows(community).filter(state=State.ACCEPTED, person__in=served)
    return sorted(set(here.values_list("person", flat=True)))


def sheet_rows() -> Sheets:
    """Every sheet with what pages show of it."""
    return OpinionSheet.objects.select_related("round__asker", "organisation", "person")


def sheet_by_token(token: str) -> OpinionSheet:
    """For whoever holds the link; raises `Absent`."""
    sheet = sheet_rows().filter(token=token).first()
    if sheet is None:
        raise Absent("sheet")
    return sheet


def sheets_for(actor: Actor, organisation: Organisation) -> Sheets:
    """What an organisation, or one that it took over, is asked, with what it answered, the latest
    first."""
    rows = within(sheet_rows(), actor, Permission.OPINION_READ, "organisation__path")
    rows = rows.filter(organisation__in=ids_below(organisation.path)).select_related("answer")
    return rows.order_by("-round__asked_at", "pk")


def silent(round: OpinionRound) -> Sheets:  # noqa: A002 - the field's own term
    """Who has not answered a round and still can: without who was closed since, where nobody took
    over."""
    answering = Q(organisation=None) | worked_for("organisation")
    return sheet_rows().filter(answering, round=round, answered_at=None)


@dataclass(frozen=True)
class RoundResult:
    """What was answered in a round. `answers` is empty and `lines` None while there are too few to
    be shown."""

    sent: int
    count: int
    lines: list[LineTotal] | None
    answers: list[OpinionAnswer]


def result_of(round: OpinionRound) -> RoundResult:  # noqa: A002 - the field's own term
    """Marks counted line by line and words, those with words first, then by name."""
    answers = OpinionAnswer.objects.filter(round=round).select_related(
        "sheet__organisation", "sheet__person"
    )
    rows = sorted(answers, key=lambda row: (not row.text, row.name, str(row.pk)))
    sheets = OpinionSheet.objects.filter(round=round).count()
    if not are_shown(round.audience, len(rows)):
        return RoundResult(sheets, len(rows), None, [row for row in rows if row.name])
    lines = totals_of(round.audience, (row.marks for row in rows))
    return RoundResult(sheets, len(rows), lines, rows)


def answers_in(actor: Actor, permission: Permission) -> QuerySet[OpinionAnswer]:
    """Answers to what organisations asked on which the actor holds `permission`."""
    rows = OpinionAnswer.objects.select_related("round__asker", "sheet__organisation")
    return within(rows, actor, permission, "round__asker__path")


def answer_of(sheet: OpinionSheet) -> OpinionAnswer | None:
    """What was answered on a sheet; None where nothing was, or where no name was given."""
    return OpinionAnswer.objects.filter(sheet=sheet).select_related("round").first()


def asker_now(round: OpinionRound) -> Organisation:  # noqa: A002 - the field's own term
    """Who asks now: the asker, or who does its work."""
    return standing_of(round.asker)


def is_past(sheet: OpinionSheet) -> bool:
    """Whether a sheet can be answered no more: its round is over, or who was asked is gone."""
    place = sheet.organisation
    return sheet.round.is_over or (place is not None and standing_of(place).closed_at is not None)


def persons_of(rows: Sheets) -> set[UUID]:
    """The members among who is asked."""
    return {row.person_id for row in rows if row.person_id is not None}


def _open_sheets() -> Sheets:
    """For which sheet a notice asks for an answer."""
    return OpinionSheet.objects.filter(
        pk=OuterRef("about"), answered_at=None, round__ended_at=None,
        round__due_on__gte=clock.today(),
    )  # fmt: skip


def _open_replies() -> Sheets:
    """For which sheet a notice asks whether it is settled."""
    rows = OpinionSheet.objects.filter(answer__replied_at__isnull=False, answer__settled=None)
    return rows.filter(worked_for("round__asker"), pk=OuterRef("about"))


PENDING: dict[str, PendingRows] = {"opinion-asked": _open_sheets, "opinion-reply": _open_replies}
"""For which rows notices ask."""
