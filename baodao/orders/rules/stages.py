"""三单制: the stages of an order, as they are read from its need and who has claimed it."""

from datetime import datetime

from baodao.kernel.authz import Permission
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.offers.rules.acts import OfferAct, Offered
from baodao.offers.rules.offers import is_open


class OrderStage(Code):
    """待下单, 待接单, 待本人确认, 已接单, 待评单, 已评单, 未办成."""

    ASKED = "asked", gettext_noop("To be dispatched")
    DISPATCHED = "dispatched", gettext_noop("Waits for somebody to take it on")
    KEPT = "kept", gettext_noop("Waits for the word of who was asked")
    TAKEN = "taken", gettext_noop("Taken on")
    DONE = "done", gettext_noop("Done, to be rated")
    RATED = "rated", gettext_noop("Rated")
    ENDED = "ended", gettext_noop("Came to nothing")


GOING = (OrderStage.ASKED, OrderStage.DISPATCHED, OrderStage.KEPT, OrderStage.TAKEN)
"""Orders that somebody has to do something about."""


class Road(Code):
    """To whom an order is dispatched: 党员抢单, 邀请会的人, 指派, 吹哨."""

    MEMBERS = "members", gettext_noop("Open to all members")
    ASKED = "asked", gettext_noop("Ask the ticked")
    NAMED = "named", gettext_noop("Assign to the ticked member")
    UNITS = "units", gettext_noop("Whistle for the ticked units")


def sending_label(offer: Offered, now: datetime) -> str:
    """What sending on is called, as long as it may be taken on."""
    open_now = is_open(offer.state, offer.starts_at, now) and offer.taken < offer.places
    return gettext_noop("Send it to members or units") if open_now and offer.kind.personal else ""


SENDING = OfferAct(
    address="orders:send",
    permission=Permission.OFFER_EDIT,
    label=sending_label,
    pressing=lambda _kind: False,
)
"""On the page of an offer for one person."""
