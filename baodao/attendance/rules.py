"""How service is recorded, as the kind has it: by the list of who came, or by the day."""

from datetime import datetime

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.acts import OfferAct, Offered
from baodao.offers.rules.kinds import OfferKind, Recording
from baodao.offers.rules.lives import SERVING, ClaimState, OfferState

EXPECTED = (*SERVING, ClaimState.INVITED)
"""Who is on the list: whoever has a place, taken or kept for them."""


def check_by_list(kind: OfferKind) -> None:
    """Refuse a list where service is recorded by the day."""
    if kind.recording is not Recording.LIST:
        raise Refused(
            "roll.by-day",
            gettext_noop("The service in this %(kind)s is recorded by the day it was done."),
            kind=kind.words.noun,
        )


def check_by_day(kind: OfferKind) -> None:
    """Refuse a day where who came is recorded by a list."""
    if kind.recording is not Recording.DAY:
        raise Refused(
            "roll.by-list",
            gettext_noop("Who came to this %(kind)s is recorded by its list."),
            kind=kind.words.noun,
        )


def check_begun(kind: OfferKind, starts_at: datetime, now: datetime) -> None:
    """Refuse a list before the hours have begun."""
    if starts_at > now:
        raise Refused(
            "roll.early",
            gettext_noop("The %(kind)s has not begun; record it afterwards."),
            kind=kind.words.noun,
        )


def label_of(offer: Offered, now: datetime) -> str:
    """What recording an offer's service is called; empty as long as there is nothing to record."""
    if offer.state != OfferState.PUBLISHED:
        return ""
    if offer.kind.recording is Recording.DAY:
        return gettext_noop("Record service")
    begun = offer.starts_at is not None and offer.starts_at <= now
    return gettext_noop("Record who came") if begun else ""


RECORDING = OfferAct(
    address="attendance:roll",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda kind: kind.recording is Recording.LIST,
)
"""On the page of an offer; a list that waits stands in the list of offers too."""
