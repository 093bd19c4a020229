"""Short texts that this installation signs and nobody else can write: what they say, and the mark
behind it, in letters and digits."""

import base64
import binascii
import hmac
from collections.abc import Callable

MARK = 10
"""Bytes of the mark: one of 2^80."""

Sign = Callable[[bytes], bytes]
"""The keyed digest of some bytes."""


def key_of(content: bytes, sign: Sign) -> str:
    """The content with its mark (RFC 4648, base 32, in small letters and without padding)."""
    return base64.b32encode(content + sign(content)[:MARK]).decode().lower().rstrip("=")


def content_of(text: str, length: int, sign: Sign) -> bytes | None:
    """The `length` bytes that a text says; None for one that was not signed here."""
    try:
        content = base64.b32decode(text.upper() + "=" * (-len(text) % 8))[:-MARK]
    except (binascii.Error, ValueError):
        return None
    ours = key_of(content, sign).encode()
    genuine = len(content) == length and hmac.compare_digest(ours, text.encode())
    return content if genuine else None
