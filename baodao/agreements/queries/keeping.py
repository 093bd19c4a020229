"""What both sides say of clauses that were kept."""

from django.db.models import OuterRef, Q, QuerySet

from baodao.agreements.models import Agreement, AgreementClause, ClauseKeeping
from baodao.agreements.rules.agreements import AGREEMENT, AgreementState
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.notices.queries.pending import PendingRows
from baodao.resources.rules.lives import ListSide

Keepings = QuerySet[ClauseKeeping]


def keepings_of(row: Agreement) -> Keepings:
    """Everything that was said of its clauses, also what the other side declined."""
    return ClauseKeeping.objects.filter(clause__agreement=row)


def check_unstated(row: Agreement, clause: AgreementClause) -> None:
    """Refuse to say that a clause was kept where the agreement is not in force, or it is said."""
    AGREEMENT.check(row.state, AgreementState.SIGNED)
    if keepings_of(row).filter(clause=clause, refusal="").exists():
        message = gettext_noop("It is said already; the page shows by whom.")
        raise Refused("clause.stated", message)


def waiting_keepings(row: Agreement) -> Keepings:
    """What one side says and the other has not answered."""
    return keepings_of(row).filter(answered_at=None)


def kept_clauses(row: Agreement) -> Keepings:
    """Clauses that were kept, as both sides say, in their order; each once."""
    rows = keepings_of(row).exclude(answered_at=None).filter(refusal="")
    return rows.select_related("clause").order_by("clause__position")


def waiting_for(row: Agreement, side: ListSide, clause: AgreementClause) -> ClauseKeeping:
    """What the other side says of a clause and this one has to answer. Raises `Absent`."""
    keeping = waiting_keepings(row).filter(clause=clause).exclude(side=side).first()
    if keeping is None:
        raise Absent("clause")
    return keeping


def _waiting_here() -> Keepings:
    """Tied to a notice: of its agreement, and by the other side than the one that was told."""
    by_unit = Q(side=ListSide.UNIT, clause__agreement__community=OuterRef("organisation"))
    by_place = Q(side=ListSide.COMMUNITY, clause__agreement__unit=OuterRef("organisation"))
    return ClauseKeeping.objects.filter(
        by_unit | by_place,
        answered_at=None,
        clause__agreement=OuterRef("about"),
        clause__agreement__state=AgreementState.SIGNED,
    )


PENDING: dict[str, PendingRows] = {"agreement-kept-stated": _waiting_here}
"""For which rows notices ask."""
