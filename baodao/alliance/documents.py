"""预约单 of an appointment, always in Chinese."""

from django.utils import translation

from baodao.alliance.models import Appointment
from baodao.alliance.rules.papers import APPOINTMENT_SLIP
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_name, masked_phone
from baodao.orgs.queries.tree import standing_of
from baodao.ui.wording import span_words


def slip_item(row: Appointment, handler: str) -> Item:
    """What stands on the slip; who booked and their telephone are masked: it lies about."""
    service, community = row.service, standing_of(row.community)
    with translation.override("zh-hans"):
        return {
            "booking_code": row.code,
            "booked_service": service.title,
            "booked_with": service.member.name,
            "booked_for": span_words(row.starts_at, row.ends_at),
            "booked_cost": service.cost_words or service.get_cost_display(),
            "visitor": masked_name(row.visitor),
            "visitor_phone": masked_phone(row.phone),
            "visit_place": row.place or service.member.spot,
            "booking_notes": row.notes,
            "booking_state": str(row.get_state_display()),
            "booked_on": clock.local(row.booked_at).date(),
            "community": community.name,
            "community_phone": community.contact_phone,
            "handler": handler,
            "issued_on": clock.today(),
        }


def slip_file(item: Item, ending: str) -> Rendered:
    """The slip in one medium."""
    return render(APPOINTMENT_SLIP.code, [item], ending)
