"""Contact points over the API: who is the contact of what, and how many visits are due and done;
what was seen and heard, and who lives in a household, stay on the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.orgs.queries.tree import by_code
from baodao.ui.api import ApiRequest, Code, Cursor, Page, Place, answers, page_of, reading
from baodao.visits.queries.contacts import contacts_in
from baodao.visits.rules.contacts import ContactEnding, ContactKind

router = Router(tags=[gettext_noop("Contact points")])


class ContactRow(Schema):
    """A contact point with its visits, without who lives in a household."""

    id: UUID
    place: Place
    kind: ContactKind
    words: str
    cadre: str
    since: date
    until: date | None
    ending: ContactEnding | None
    visits_done: int
    wish: int
    visited_on: date | None


class ContactPage(Page[ContactRow]):
    """Some rows of a list, in an order that does not change."""


class SoughtContacts(Schema):
    """Which contact points."""

    community: Code
    kind: ContactKind | None = None


def _contact(row: Any) -> ContactRow:
    facts = {"cadre": row.person.name, "ending": row.ending or None}
    same = ContactRow.model_fields.keys() - facts
    return ContactRow.model_validate(facts | {name: getattr(row, name) for name in same})


@router.get(
    "/contact-points/", response=answers(ContactPage), summary=gettext_noop("Contact points")
)
@reading(Permission.CONTACT_READ)
def contact_points(
    request: ApiRequest, sought: Query[SoughtContacts], cursor: Query[Cursor]
) -> dict[str, object]:
    """Of one community with its grids and households, the oldest first, with the visits done and
    wanted in this week or, of a household, in this month."""
    rows = contacts_in(request.actor, by_code(sought.community))
    if sought.kind is not None:
        rows = rows.filter(kind=sought.kind)
    return page_of(rows, cursor, "id", _contact)
