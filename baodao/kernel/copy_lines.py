"""A row as one line of PostgreSQL's COPY text format, in UTC and ISO dates.

Covered is what `Value` names. Numbers with a fraction, times of day, lengths of time and arrays are
not: `str` of them is not always what COPY reads.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from types import NoneType
from typing import Any
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


def _instant(value: datetime) -> str:
    at = value.astimezone(UTC)
    micro = f".{at.microsecond:06d}".rstrip("0") if at.microsecond else ""
    return f"{at:%Y-%m-%d %H:%M:%S}{micro}+00"


def _escaped(value: str) -> str:
    return value.translate(ESCAPES)


def _truth(value: bool) -> str:
    return "t" if value else "f"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    UUID: str,
    int: str,
    bool: _truth,
    datetime: _instant,
    date: str,
    bytes: bytea,
    memoryview: bytea,
    NoneType: bytea,
}


def _text(value: Value) -> str:
    """By the type of the value; a code is written as the text that it is."""
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    return _escaped(value) if isinstance(value, str) else str(value)
