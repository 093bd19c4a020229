"""What stands on the slip of every booking."""

from baodao.bookings.models import HourBooking
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_name, masked_phone


def booking_item(row: HourBooking, handler: str) -> Item:
    """Who booked and their telephone are masked: a slip lies about. To be asked for in Chinese."""
    return {
        "booking_code": row.code,
        "booked_for": row.when,
        "booking_state": str(row.get_state_display()),
        "visitor": masked_name(row.visitor),
        "visitor_phone": masked_phone(row.phone),
        "booking_notes": row.notes,
        "booked_on": clock.local(row.booked_at).date(),
        "handler": handler,
        "issued_on": clock.today(),
    }
