"""Organisations over the API: those in the token's scope, found by name, pinyin or code."""

from ninja import Query, Router, Schema
from pydantic import Field

from baodao.kernel.errors import Absent, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import organisations_found
from baodao.orgs.queries.tree import reached
from baodao.orgs.rules.tree import Kind
from baodao.ui.api import NO_CONTROLS, ApiRequest, Code, Cursor, Page, Place, answers, page_of

router = Router(tags=[gettext_noop("Organisations")])


class Node(Place):
    """An organisation of the tree and what it hangs under."""

    kind: Kind = Field(description=gettext_noop("Kind of organisation."))
    above: str | None = Field(description=gettext_noop("Code of the organisation above."))
    closed: bool


class NodePage(Page[Node]):
    """Some rows of a list, in an order that does not change."""


class SoughtOrganisations(Schema):
    """Which organisations."""

    q: str | None = Field(
        default=None,
        max_length=60,
        pattern=NO_CONTROLS,
        description=gettext_noop("Part of the name, or beginning of the pinyin or the code."),
    )
    kind: Kind | None = Field(default=None, description=gettext_noop("Kind of organisation."))


def _node(row: Organisation) -> Node:
    return Node(
        code=row.code,
        name=row.name,
        kind=Kind(row.kind),
        above=row.parent.code if row.parent else None,
        closed=row.closed_at is not None,
    )


@router.get(
    "/organisations/",
    response=answers(NodePage),
    summary=gettext_noop("Organisations in scope"),
)
def organisations(
    request: ApiRequest, sought: Query[SoughtOrganisations], cursor: Query[Cursor]
) -> dict[str, object]:
    """Those for which the token may do anything at all, in the order of their codes."""
    rows = reached(request.actor).select_related("parent")
    if sought.kind is not None:
        rows = rows.filter(kind=sought.kind)
    if sought.q:
        rows = organisations_found(rows, sought.q)
    return page_of(rows, cursor, "code", _node)


@router.get(
    "/organisations/{code}/", response=answers(Node), summary=gettext_noop("One organisation")
)
def organisation(request: ApiRequest, code: Code) -> Node:
    """By its code; absent outside the scope."""
    node = reached(request.actor).select_related("parent").filter(code=code).first()
    if node is None:
        raise Absent("organisation")
    return _node(node)
