"""The list of an activity on paper."""

from django.utils import translation

from baodao.attendance.queries.lines import code_of
from baodao.attendance.queries.rolls import roll_of
from baodao.attendance.rules.papers import ATTENDANCE_SHEET
from baodao.attendance.rules.row_codes import printed
from baodao.claims.rules.lives import ClaimState
from baodao.documents.fields import ISSUER, Issuer
from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.offers.models import Offer
from baodao.offers.queries.words import when
from baodao.people.queries.members import unit_of

LEAST_BLANK = 8
"""Lines for who comes without having claimed; as many as half of the list where it is long."""


def attendance_sheet(offer: Offer, ending: str) -> Rendered:
    """签到表 of an offer that the caller fetched through its scope."""
    return render(ATTENDANCE_SHEET.code, [attendance_item(offer)], ending)


def attendance_item(offer: Offer) -> Item:
    """Everybody who may come with their code, and empty lines; Chinese whatever the reader's
    language."""
    with translation.override("zh-hans"):
        rows: list[dict[str, object]] = [
            {
                "name": seat.person.name,
                "unit": unit_of(seat.branch).name,
                "code": printed(code_of(offer, seat)),
                "remark": "候补" if seat.claim.state == ClaimState.WAITING else "",
            }
            for seat in roll_of(offer).comers
        ]
        rows += [{}] * max(LEAST_BLANK, len(rows) // 2)
        return {
            "offer_title": offer.title,
            "offer_when": when(offer),
            "offer_place": offer.place,
            "organisation": offer.community.name,
            "rows": rows,
            ISSUER: Issuer(offer.community_id, clock.now()),
        }
