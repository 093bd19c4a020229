"""预约单 of an appointment, always in Chinese."""

from django.utils import translation

from baodao.alliance.models import Appointment
from baodao.bookings.documents import booking_item
from baodao.documents.sheets import Item
from baodao.orgs.queries.tree import standing_of


def slip_item(row: Appointment, handler: str) -> Item:
    """What stands on the slip."""
    service, community = row.service, standing_of(row.community)
    with translation.override("zh-hans"):
        return {
            **booking_item(row, handler),
            "booked_service": service.title,
            "booked_with": service.member.name,
            "booked_cost": service.cost_words or service.get_cost_display(),
            "visit_place": row.place or service.member.spot,
            "community": community.name,
            "community_phone": community.contact_phone,
        }
