"""Whether a key file is the one with which a backup was sealed, without the keys in the backup."""

import base64
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag

from baodao.kernel import crypto
from baodao.kernel.crypto import KeyRing

KNOWN, PURPOSE = "baodao", "backup"


def marks() -> dict[str, object]:
    """Something known, sealed with each key of this installation, and its blind index."""
    ring = crypto.ring()
    alone = [KeyRing({number: key}, ring.index_key) for number, key in ring.keys.items()]
    sealed = [base64.b64encode(one.seal(KNOWN, PURPOSE)).decode() for one in alone]
    return {"sealed": sealed, "blind": ring.blind(KNOWN, PURPOSE).hex()}


def fit(marked: Mapping[str, object]) -> bool:
    """Whether the keys held here open everything that was sealed with those of the backup."""
    ring = crypto.ring()
    sealed = marked["sealed"]
    if ring.blind(KNOWN, PURPOSE).hex() != marked["blind"] or not isinstance(sealed, list):
        return False
    try:
        return all(ring.unseal(base64.b64decode(one), PURPOSE) == KNOWN for one in sealed)
    except (InvalidTag, KeyError):
        return False
