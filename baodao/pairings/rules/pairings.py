"""结对帮扶: how a pairing stands, when its next visit is due, what a visit says, why one ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.offers.rules.acts import OfferAct, Offered


class PairingStage(Code):
    """待结对, 待本人确认, 结对中, 逾期未走访, 申请解除, 已解除."""

    OPEN = "open", gettext_noop("Nobody stands by them")
    KEPT = "kept", gettext_noop("Waits for the word of who is to help")
    GOING = "going", gettext_noop("Paired")
    OVERDUE = "overdue", gettext_noop("A visit is overdue")
    LEAVING = "leaving", gettext_noop("Who helps asks to leave")
    OVER = "over", gettext_noop("Pairing ended")


class PairingEnd(Code):
    """解除原因: 迁出, 去世, 困难已解除, 本人意愿, 无人能继续结对."""

    MOVED = "moved", gettext_noop("The household has moved away")
    DIED = "died", gettext_noop("The person has died")
    HELPED = "helped", gettext_noop("Help is no longer needed")
    WISH = "wish", gettext_noop("The household wishes it")
    NOBODY = "nobody", gettext_noop("Nobody can go on with it")


MET = frozenset({PairingEnd.HELPED})
"""With these what the household needed is met."""


@dataclass(frozen=True)
class VisitFacts:
    """A visit: the day, how long it took without travel, and what was done."""

    on: date
    minutes: int
    result: str


def check_visit(
    visit: VisitFacts, since: Sequence[date], today: date, left_on: date | None = None
) -> None:
    """Refuse a visit of a day on which whoever tells of it did not stand by the household: before
    the latest of the days `since` when they do, or after the day on which they moved away."""
    if not visit.result.strip():
        raise Refused("pairing.result", gettext_noop("Say in a few words what was done."))
    if left_on is not None and visit.on > left_on:
        raise Refused(
            "pairing.left",
            gettext_noop(
                "You serve there no longer since %(until)s. A visit until that day can still be "
                "told."
            ),
            until=left_on,
        )
    if not max(since) <= visit.on <= today:
        raise Refused(
            "pairing.not-then",
            gettext_noop("You stand by them since %(since)s; choose a day from then until today."),
            since=max(since),
        )


def entry_label(offer: Offered, _now: datetime) -> str:
    """What writing down who is helped is called, on the page of a pairing."""
    return gettext_noop("The pairing and who is helped") if offer.kind.pairs else ""


PAIRING_PAGE = OfferAct(
    address="pairings:pairing",
    permission=Permission.OFFER_EDIT,
    label=entry_label,
    pressing=lambda _kind: False,
)
"""On the page of an offer that is a pairing."""
