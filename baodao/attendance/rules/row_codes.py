"""行码: the short code beside each name on the list of an activity, on paper and on a phone.

Eight signs that a tired clerk cannot mistake for one another: three stand for the activity and its
day, four for the row, the last one is a check. A code says nothing of whom it stands for.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from baodao.attendance.rules.keys import Sign
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.acts import OfferAct, Offered
from baodao.offers.rules.kinds import Recording
from baodao.offers.rules.lives import OfferState

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look alike (0 and O, 1, I and L). There are 31 of them, a prime number: every
sign mistyped and every two exchanged change the check."""

SHEET_SIGNS = 3
ROW_SIGNS = 4
LENGTH = SHEET_SIGNS + ROW_SIGNS + 1
MOST_ROWS = 300
"""Codes that are typed at once."""


def _signs(digest: bytes, count: int) -> str:
    """The first signs of a digest, 64 bits of which are taken."""
    number, signs = int.from_bytes(digest[:8]), ""
    for _ in range(count):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return signs


def check_sign(signs: str) -> str:
    """The sign that stands behind these: their places, weighted from 2 on, modulo 31."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=2))
    return SIGNS[total % len(SIGNS)]


def sheet_part(offer_id: UUID, day: date, sign: Sign) -> str:
    """What all codes of an activity on a day begin with."""
    return _signs(sign(offer_id.bytes + day.isoformat().encode()), SHEET_SIGNS)


def row_code(offer_id: UUID, day: date, row_id: UUID, sign: Sign) -> str:
    """The code of one row of an activity's list on a day."""
    content = offer_id.bytes + day.isoformat().encode()
    signs = sheet_part(offer_id, day, sign) + _signs(sign(content + row_id.bytes), ROW_SIGNS)
    return signs + check_sign(signs)


def printed(code: str) -> str:
    """The code in two groups, as eyes read it."""
    return f"{code[:4]}-{code[4:]}"


@dataclass(frozen=True)
class TypedRow:
    """A row of a paper sheet as it was typed: its place, its code, when somebody came and went."""

    place: int
    code: str
    came: time | None = None
    went: time | None = None


CODE = re.compile(rf"[{SIGNS}]{{4}}[- ]?[{SIGNS}]{{4}}")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_PIECE = re.compile(r"[^\s,;、]+")
_LIKE_OURS = str.maketrans("：．。，；－—–", ":..,;---")


def _pieces(text: str) -> Iterator[str]:
    """Codes, times and what is neither, in their order; a code may be typed in two groups."""
    plain = text.translate(_LIKE_OURS).upper()
    at = 0
    while at < len(plain):
        if (code := CODE.match(plain, at)) and not plain[code.end() : code.end() + 1].isalnum():
            yield code.group().replace("-", "").replace(" ", "")
            at = code.end()
        elif piece := _PIECE.match(plain, at):
            yield piece.group()
            at = piece.end()
        else:
            at += 1


def typed_rows(text: str) -> list[TypedRow]:
    """The rows of a typed or pasted text: each a code and, behind it, up to two times of the day,
    parted by anything. What is no time begins a row of its own, be it a code or not."""
    rows: list[TypedRow] = []
    for piece in _pieces(text):
        hour = CLOCK.fullmatch(piece)
        if hour is None or not rows or rows[-1].went is not None:
            rows.append(TypedRow(len(rows) + 1, piece))
            continue
        row, at = rows[-1], time(int(hour[1]), int(hour[2]))
        came, went = (row.came, at) if row.came is not None else (at, None)
        rows[-1] = TypedRow(row.place, row.code, came, went)
    return rows


def check_code(code: str, sheet: str, codes: Collection[str]) -> None:
    """Refuse a code that was mistyped, that is of another activity or day, or stands for no row."""
    plain = len(code) == LENGTH and set(code) <= set(SIGNS)
    if not plain or check_sign(code[:-1]) != code[-1]:
        raise Refused(
            "row-code.mistyped", gettext_noop("This is no code of a sheet; look at it once more.")
        )
    if not code.startswith(sheet):
        raise Refused(
            "row-code.elsewhere",
            gettext_noop("This code is of another activity or another day."),
        )
    if code not in codes:
        raise Refused(
            "row-code.unknown", gettext_noop("Nobody on the list of this activity has this code.")
        )


def check_first(code: str, before: Mapping[str, int], entered: Collection[str]) -> None:
    """Refuse a code that stands further up in what is typed, or was entered already."""
    if code in before:
        raise Refused(
            "row-code.twice",
            gettext_noop("This code stands at place %(place)s already."),
            place=before[code],
        )
    if code in entered:
        raise Refused("row-code.entered", gettext_noop("This code was entered already."))


def label_of(offer: Offered, _now: datetime) -> str:
    """What taking the list along is called; empty where nobody's coming is listed."""
    if offer.kind.recording is not Recording.LIST or offer.state != OfferState.PUBLISHED:
        return ""
    return gettext_noop("Take the list along")


TAKING = OfferAct(
    address="attendance:sheet",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda _kind: False,
)
"""On the page of an offer: its list on paper or on a phone."""
