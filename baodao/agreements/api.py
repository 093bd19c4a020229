"""Agreements over the API: their clauses, how each stands, and how far the year is. They are agreed
on and signed by persons on the pages."""

from datetime import date
from uuid import UUID

from ninja import Query, Router, Schema

from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import agreement_of, agreements_in, clauses_of
from baodao.agreements.queries.progress import progress_in
from baodao.agreements.rules.agreements import AgreementState
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.resources.rules.lives import ListSide
from baodao.ui.api import ApiRequest, Code, Cursor, Page, Place, answers, page_of, reading

router = Router(tags=[gettext_noop("Agreements")])


class ClauseRow(Schema):
    """A clause, its last wording and by which side, whether both agree, since when it is kept."""

    title: str
    text: str
    side: ListSide
    agreed: bool
    kept_on: date | None


class AgreementRow(Schema):
    """共驻共建协议书 of a unit and a community for a year; `number` is empty until both signed."""

    id: UUID
    unit: Place
    community: Place
    year: int
    number: str
    state: AgreementState
    signed_on: date | None
    digest: str
    clauses: list[ClauseRow]


class AgreementPage(Page[AgreementRow]):
    """Some rows of a list, in an order that does not change."""


class AgreementYear(Schema):
    """How far the year of an agreement is, as counted now, beside the least that is wanted."""

    activities: int
    least_activities: int
    services: int
    least_services: int
    minutes: int
    persons: int
    lent: int
    projects: int
    clauses: int


class SoughtAgreements(Schema):
    """Of which unit, community or authority."""

    organisation: Code


def _clauses(row: Agreement) -> list[ClauseRow]:
    return [
        ClauseRow(
            title=one.clause.title,
            text=one.wording.text,
            side=ListSide(one.wording.side),
            agreed=one.agreed,
            kept_on=one.kept_on,
        )
        for one in clauses_of(row)
    ]


def _row(row: Agreement) -> AgreementRow:
    return AgreementRow(
        id=row.pk,
        unit=Place.from_orm(row.unit),
        community=Place.from_orm(row.community),
        year=row.year,
        number=row.number_text,
        state=AgreementState(row.state),
        signed_on=clock.day_of(row.signed_at),
        digest=row.digest,
        clauses=_clauses(row),
    )


@router.get("/agreements/", response=answers(AgreementPage), summary=gettext_noop("Agreements"))
@reading(Permission.UNIT_REGISTRATION_READ)
def agreements(
    request: ApiRequest, sought: Query[SoughtAgreements], cursor: Query[Cursor]
) -> dict[str, object]:
    """共驻共建协议书: of a unit its own, of a community or an authority those there and below."""
    rows = agreements_in(request.actor, by_code(sought.organisation))
    return page_of(rows.order_by(), cursor, "id", _row)


@router.get(
    "/agreements/{uuid:agreement_id}/progress/",
    response=answers(AgreementYear),
    summary=gettext_noop("How far the year of an agreement is"),
)
@reading(Permission.UNIT_REGISTRATION_READ)
def progress(request: ApiRequest, agreement_id: UUID) -> AgreementYear:
    """Counted from records and lists at the moment of asking."""
    counted = progress_in(agreement_of(request.actor, agreement_id))
    return AgreementYear(
        activities=counted.activities,
        least_activities=counted.least_activities,
        services=counted.services.records,
        least_services=counted.least_services,
        minutes=counted.services.minutes,
        persons=counted.services.persons,
        lent=counted.lent,
        projects=counted.projects,
        clauses=counted.clauses,
    )
