"""The hash chain of one community: what a row says in bytes, and how rows hang together.

The bytes of a row are its line in PostgreSQL's COPY text format with the columns in `COLUMNS`, so
that verification streams rows out of the database and hashes what it gets. A row's hash is `HASH`
over the hash before and the line; the first row hangs on `ROOT`.
"""

from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

COLUMNS = (
    "community_id",
    "seq",
    "id",
    "recorded_at",
    "person_id",
    "branch_id",
    "served_on",
    "began_at",
    "ended_at",
    "minutes",
    "category",
    "way",
    "place",
    "result",
    "offer_id",
    "offer_title",
    "origin",
    "recipient_confirmed",
    "confirmed_by",
    "recorded_by",
    "account_id",
    "reverses",
    "supersedes",
    "reason",
)
HASH = sha256
ROOT = bytes(HASH().digest_size)
_ESCAPES = str.maketrans(
    {
        "\\": r"\\",
        "\b": r"\b",
        "\f": r"\f",
        "\n": r"\n",
        "\r": r"\r",
        "\t": r"\t",
        "\v": r"\v",
    }
)
Value = str | int | bool | date | datetime | UUID | None


def line_of(values: list[Value]) -> bytes:
    """The row as COPY writes it, in UTC and ISO dates, without the newline."""
    return "\t".join(map(_text, values)).encode()


def _text(value: Value) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        at = value.astimezone(UTC)
        micro = f".{at.microsecond:06d}".rstrip("0") if at.microsecond else ""
        return f"{at:%Y-%m-%d %H:%M:%S}{micro}+00"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return str(value)


def link(before: bytes, line: bytes) -> bytes:
    """The hash of a row that says `line` and follows the row with the hash `before`."""
    return HASH(before + line).digest()
