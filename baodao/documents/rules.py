"""What is decided about papers without a database: numbers as written, digests."""

import hashlib
import json
from collections.abc import Mapping


def number_text(year: int, number: int, prefix: str = "") -> str:
    """The number as it stands on a paper: 〔2026〕001号, with the issuer's sign before it."""
    return f"{prefix}〔{year}〕{number:03d}号"


def digest_of(facts: Mapping[str, object]) -> bytes:
    """SHA-256 of the facts a paper shows, in canonical JSON (sorted keys, UTF-8)."""
    canonical = json.dumps(
        dict(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).digest()
