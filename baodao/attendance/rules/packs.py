"""离线名单: the list of an activity that a phone takes along, and the key that delivers it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from baodao.attendance.rules.keys import Sign, content_of, key_of
from baodao.kernel.errors import Refused, gettext_noop

LENGTH = 36


@dataclass(frozen=True)
class PackKey:
    """Which list was taken along, by whose account, and when (UTC, full seconds)."""

    offer_id: UUID
    account_id: UUID
    taken_at: datetime


def written(key: PackKey, sign: Sign) -> str:
    """The key as letters and digits."""
    content = key.offer_id.bytes + key.account_id.bytes + int(key.taken_at.timestamp()).to_bytes(4)
    return key_of(content, sign)


def read(text: str, sign: Sign) -> PackKey:
    """What a key says; raises `Refused` for one that is not ours."""
    content = content_of(text, LENGTH, sign)
    if content is None:
        raise Refused(
            "pack.forged",
            gettext_noop("This list was not taken along from here. Tick who came on its page."),
        )
    taken_at = datetime.fromtimestamp(int.from_bytes(content[32:]), UTC)
    return PackKey(UUID(bytes=content[:16]), UUID(bytes=content[16:32]), taken_at)


def check_pack(key: PackKey, offer_id: UUID, account_id: UUID | None) -> None:
    """Refuse a list that was taken along of another activity, or by another account."""
    if (key.offer_id, key.account_id) != (offer_id, account_id):
        raise Refused(
            "pack.elsewhere",
            gettext_noop("Somebody else took this list along. Whoever did delivers it."),
        )
