"""A row as one line of PostgreSQL's COPY text format, in UTC and ISO dates.

Covered is what `Value` names. Numbers with a fraction, times of day, lengths of time and arrays are
not: `str` of them is not always what COPY reads.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

NULL = r"\N"
ESCAPES = str.maketrans(
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
Value = str | int | bool | date | datetime | UUID | bytes | memoryview | None


def line_of(values: Iterable[Value]) -> bytes:
    """The row as COPY writes and reads it, without the newline."""
    return "\t".join(map(_text, values)).encode()


def bytea(value: bytes | memoryview | None) -> str:
    """Bytes as COPY reads them."""
    return NULL if value is None else "\\\\x" + value.hex()


def _text(value: Value) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        at = value.astimezone(UTC)
        micro = f".{at.microsecond:06d}".rstrip("0") if at.microsecond else ""
        return f"{at:%Y-%m-%d %H:%M:%S}{micro}+00"
    return bytea(value) if isinstance(value, (bytes, memoryview)) else str(value)
