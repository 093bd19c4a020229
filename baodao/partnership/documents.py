"""A unit's own registration as the items of its official paper. Nothing is written here."""

from baodao.documents.files import Rendered, render
from baodao.documents.queries import verify_urls
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import unit_counts
from baodao.partnership.rules.papers import UNIT_CONTACT

AGREED = "同意接收报到。"


def unit_contact(registration: UnitRegistration, format: str) -> Rendered:  # noqa: A002
    """驻区单位党组织报到联系单."""
    return render(UNIT_CONTACT.code, [unit_contact_item(registration)], format)


def unit_contact_item(registration: UnitRegistration) -> Item:
    """A unit's own registration with the figures of its roster today."""
    unit, community = registration.unit, registration.community
    counts = unit_counts(unit)
    urls = verify_urls([registration.pk], UNIT_CONTACT.code)
    return {
        "number": registration.number_text,
        "community": community.name,
        "community_contact": community.contact_name,
        "community_phone": community.contact_phone,
        "unit": unit.name,
        "parent": unit.parent.name if unit.parent else "",
        "unit_address": unit.address,
        "branches": counts.branches,
        "members": counts.members,
        "in_service": counts.in_service,
        "secretary": registration.secretary,
        "secretary_phone": registration.secretary_phone,
        "unit_contact": registration.contact_name,
        "unit_phone": registration.contact_phone,
        "resources": registration.resources,
        "needs": registration.needs,
        "presented_on": clock.day_of(registration.submitted_at),
        "accepted_on": clock.day_of(registration.accepted_at),
        "community_opinion": AGREED if registration.accepted_at else "",
        "verify_url": urls.get(registration.pk, ""),
    }
