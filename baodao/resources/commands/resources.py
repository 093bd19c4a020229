"""资源清单: a unit writes down what it can lend or give, puts it on its list, takes it off."""

from dataclasses import asdict
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.partnership.queries import partner_community, require_unit
from baodao.resources.commands.claims import end_claims
from baodao.resources.models import ListClaim, Resource
from baodao.resources.queries.lists import WRITE, kinds_at, own_resources
from baodao.resources.rules.lists import ResourceFacts, check_resource
from baodao.resources.rules.lives import LIST_CLAIM, RESOURCE, ResourceState
from baodao.spreadsheets.phones import kept_phone, legible


def _columns(facts: ResourceFacts, unit: Organisation) -> dict[str, str]:
    """What is kept of the facts, without outer spaces."""
    check_resource(facts, kinds_at(unit).words)
    texts = {name: str(value).strip() for name, value in asdict(facts).items()}
    return texts | {"contact_phone": legible(kept_phone(facts.contact_phone))}


@command
def draft_resource(actor: Actor, *, unit_id: int, facts: ResourceFacts) -> Resource:
    """Write a resource down; nobody else sees it until it is published."""
    unit = require_unit(actor, WRITE, unit_id)
    row = Resource.objects.create(unit=unit, **_columns(facts, unit))
    journal.write(actor, "resource.drafted", row.pk, unit.pk, title=row.title)
    return row


@command
def edit_resource(actor: Actor, *, resource_id: UUID, facts: ResourceFacts) -> Resource:
    """Write anew what is said of a resource; what was agreed of it stays."""
    row = lock(own_resources(actor, WRITE), resource_id)
    RESOURCE.check(row.state, *RESOURCE.live)
    columns = _columns(facts, row.unit)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    journal.write(actor, "resource.edited", row.pk, row.unit_id, title=row.title)
    return row


@command
def publish_resource(actor: Actor, *, resource_id: UUID) -> Resource:
    """Put a resource on the list; the partner community is told. Refused without one."""
    row = lock(own_resources(actor, WRITE), resource_id)
    community = partner_community(row.unit)
    if community is None:
        raise Refused(
            "resource.no-partner",
            gettext_noop("Report the unit to a community first; it is whom the list is for."),
        )
    now = clock.now()
    move([row], ResourceState.PUBLISHED, now, published_at=row.published_at or now, reason="")
    journal.write(actor, "resource.published", row.pk, row.unit_id, title=row.title)
    facts = {"unit": row.unit.name, "title": row.title}
    announce(
        [Message("resource-published", organisation_id=community.pk, about=row.pk, facts=facts)]
    )
    return row


@command
def withdraw_resource(actor: Actor, *, resource_id: UUID, reason: str) -> Resource:
    """Take a resource off the list for now; what was agreed of it stays."""
    why = check_reason(reason)
    row = lock(own_resources(actor, WRITE), resource_id)
    move([row], ResourceState.WITHDRAWN, clock.now(), reason=why)
    journal.write(actor, "resource.withdrawn", row.pk, row.unit_id, title=row.title, reason=why)
    return row


@command
def end_resource(actor: Actor, *, resource_id: UUID, reason: str) -> Resource:
    """The unit does not have it any more: what is claimed of it for later ends, and who claimed is
    told; what is over stays."""
    why = check_reason(reason)
    row = lock(own_resources(actor, WRITE), resource_id)
    now = clock.now()
    move([row], ResourceState.ENDED, now, ended_at=now, reason=why)
    end_claims(ListClaim.objects.filter(resource=row, state__in=LIST_CLAIM.live), why)
    journal.write(actor, "resource.ended", row.pk, row.unit_id, title=row.title, reason=why)
    return row
