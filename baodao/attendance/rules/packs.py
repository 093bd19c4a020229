"""离线名单: the list of an activity that is taken along, and the key that delivers it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baodao.attendance.rules.keys import Sign, content_of, key_of
from baodao.attendance.rules.rolls import keeps_list
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.acts import OfferAct, Offered

LENGTH = 32


@dataclass(frozen=True)
class PackKey:
    """Which list was taken along, and by whose account."""

    offer_id: UUID
    account_id: UUID


def written(key: PackKey, sign: Sign) -> str:
    """The key as letters and digits."""
    return key_of(key.offer_id.bytes + key.account_id.bytes, sign)


def read(text: str, sign: Sign) -> PackKey:
    """What a key says; raises `Refused` for one that is not ours."""
    content = content_of(text, LENGTH, sign)
    if content is None:
        raise Refused(
            "pack.forged",
            gettext_noop("This list was not taken along from here. Tick who came on its page."),
        )
    return PackKey(UUID(bytes=content[:16]), UUID(bytes=content[16:]))


def check_pack(key: PackKey, offer_id: UUID, account_id: UUID | None) -> None:
    """Refuse a list that was taken along of another activity, or by another account."""
    if (key.offer_id, key.account_id) != (offer_id, account_id):
        raise Refused(
            "pack.elsewhere",
            gettext_noop("Somebody else took this list along. Whoever did delivers it."),
        )


def label_of(offer: Offered, _now: datetime) -> str:
    """What taking the list along is called; empty where nobody's coming is listed."""
    return gettext_noop("Take the list along") if keeps_list(offer.kind, offer.state) else ""


TAKING = OfferAct(
    address="attendance:sheet",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda _kind: False,
)
"""On the page of an offer: its list on paper or on a phone."""
