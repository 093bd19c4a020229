"""Places of service over the API: what everybody may know of them."""

from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import ApiRequest, Code, Cursor, Page, Place, answers, page_of, reading
from baodao.venues.models import Venue
from baodao.venues.queries.venues import venue_rows, venues_near, with_parts
from baodao.venues.rules.venues import VenueKind

router = Router(tags=[gettext_noop("Places of service")])


class VenueLine(Schema):
    """A room or a window of a place, with what is said of it."""

    title: str
    text: str


class VenueRow(Schema):
    """A place of service, as its public page shows it."""

    id: UUID
    organisation: Place
    kind: VenueKind
    name: str
    where: str
    contact: str
    text: str
    weekly: list[str] = Field(
        description=gettext_noop("The hours of Monday to Sunday; empty where it is closed.")
    )
    rooms: list[VenueLine]
    windows: list[VenueLine]


class VenuePage(Page[VenueRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtVenues(Schema):
    """Places that those of which organisation may use."""

    organisation: Code


def _row(venue: Venue) -> VenueRow:
    lines = {"rooms": venue.lent, "windows": venue.serving}  # type: ignore[attr-defined]
    facts: dict[str, object] = {"where": venue.address, "contact": venue.phone}
    same = VenueRow.model_fields.keys() - lines.keys() - facts.keys()
    facts |= {name: getattr(venue, name) for name in same}
    for name, rows in lines.items():
        facts[name] = [{"title": row.title, "text": row.text} for row in rows]
    return VenueRow.model_validate(facts)


@router.get("/venues/", response=answers(VenuePage), summary=gettext_noop("Places of service"))
@reading(Permission.OFFER_READ)
def venues(
    request: ApiRequest,  # noqa: ARG001 - what is public is the same for all who may ask
    sought: Query[SoughtVenues],
    cursor: Query[Cursor],
) -> dict[str, object]:
    """Those of an organisation and below, and above it."""
    return page_of(venues_near(by_code(sought.organisation)), cursor, "id", _row)


@router.get(
    "/venues/{uuid:venue_id}/",
    response=answers(VenueRow),
    summary=gettext_noop("A place of service"),
)
@reading(Permission.OFFER_READ)
def venue(request: ApiRequest, venue_id: UUID) -> VenueRow:  # noqa: ARG001 - public, as above
    """One of them."""
    row = with_parts(venue_rows()).filter(pk=venue_id).first()
    if row is None:
        raise Absent("venue")
    return _row(row)
