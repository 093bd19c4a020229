"""A unit's own registration on its official paper, as it was presented and answered."""

from baodao.documents.files import Rendered, render
from baodao.documents.queries import issued_items
from baodao.partnership.models import UnitRegistration
from baodao.partnership.rules.papers import UNIT_CONTACT


def unit_contact(registration: UnitRegistration, format: str) -> Rendered:  # noqa: A002
    """驻区单位党组织报到联系单."""
    return render(UNIT_CONTACT.code, issued_items([registration.pk], UNIT_CONTACT.code), format)
