"""行码: the short code beside each name on the list of an activity, on paper and on a phone.

Ten signs that a tired clerk cannot mistake for one another: three stand for the activity and its
day, six for the row, the last one is a check. A code says nothing of whom it stands for.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from baodao.attendance.rules.check_ins import Hours
from baodao.attendance.rules.keys import Sign
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.spans import hours_of

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look alike (0 and O, 1, I and L). There are 31 of them, a prime number: every
sign mistyped and every two exchanged change the check."""

SHEET_SIGNS = 3
ROW_SIGNS = 6
"""Of two thousand rows any two have the same once in four hundred lists."""

LENGTH = SHEET_SIGNS + ROW_SIGNS + 1
HALF = LENGTH // 2


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
    return f"{code[:HALF]}-{code[HALF:]}"


def shared_codes(owners: Mapping[str, Collection[Any]]) -> set[str]:
    """The codes that stand for several persons of a list, and so for nobody."""
    return {code for code, persons in owners.items() if len(persons) > 1}


@dataclass(frozen=True)
class TypedRow:
    """A row of a paper sheet as typed: on which line, its code, when somebody came and went."""

    place: int
    code: str
    came: time | None = None
    went: time | None = None


CODE = re.compile(rf"[{SIGNS}]{{{HALF}}}[- ]?[{SIGNS}]{{{HALF}}}")
_POINT = re.compile(r"(\d{1,2})\.(\d{2})")
_PIECE = re.compile(r"[^\s,;、:][^\s,;、]*")
_LIKE_OURS = str.maketrans("：．。，；－—–", ":..,;---")


def _pieces(line: str) -> Iterator[str]:
    """Codes, times and what is neither, in their order; a code may be typed in two groups."""
    at = 0
    while at < len(line):
        if (code := CODE.match(line, at)) and not line[code.end() : code.end() + 1].isalnum():
            yield code.group().replace("-", "").replace(" ", "")
            at = code.end()
        elif piece := _PIECE.match(line, at):
            yield piece.group()
            at = piece.end()
        else:
            at += 1


def typed_rows(text: str) -> list[TypedRow]:
    """The rows of a typed or pasted text: each a code and, behind it, up to two times of the day as
    people write them, parted by anything. What is no time begins a row of its own, be it a code or
    not."""
    rows: list[TypedRow] = []
    lines = enumerate(text.translate(_LIKE_OURS).upper().splitlines(), start=1)
    for place, piece in ((place, piece) for place, line in lines for piece in _pieces(line)):
        times = _times(piece)
        known = [at for at in (rows[-1].came, rows[-1].went) if at] if rows else []
        if not rows or not times or len(known) + len(times) > 2:
            rows.append(TypedRow(place, piece))
        else:
            rows[-1] = TypedRow(rows[-1].place, rows[-1].code, *known, *times)
    return rows


def _times(piece: str) -> list[time]:
    """When somebody came, or went, or both: 9:00, 9.00, 上午9点半, 9:00-11:30; none in what is no
    time."""
    hours = hours_of(_POINT.sub(r"\1:\2", piece).lower())
    if hours is None:
        return []
    end = datetime.combine(date.min, hours.began) + timedelta(minutes=hours.minutes or 0)
    return [hours.began, end.time()] if hours.minutes else [hours.began]


def times_of(row: TypedRow, hours: Hours, around: timedelta) -> tuple[datetime, datetime | None]:
    """When somebody came, at the beginning where no time is written, and went. A time without a day
    is the first within the `hours` and some time `around` them, on going the first after coming;
    one outside of them all is the nearest, for the rules to refuse."""
    opens_at, closes_at = hours[0] - around, hours[1] + around
    came = _nearest(row.came, opens_at, closes_at) if row.came else hours[0]
    if row.went is None:
        return came, None
    went = _nearest(row.went, came, closes_at)
    if went < came:
        raise Refused(
            "row-code.backwards", gettext_noop("The time of leaving is before that of coming.")
        )
    return came, went


def _nearest(at: time, first: datetime, last: datetime) -> datetime:
    """The first instant from `first` to `last` at which clocks show this, else the one nearest."""
    begin, end = (clock.local(one).date().toordinal() for one in (first, last))
    days = map(date.fromordinal, range(begin, max(begin, end) + 1))
    since_midnight = timedelta(hours=at.hour, minutes=at.minute)
    instants = [clock.midnight(day) + since_midnight for day in days]
    return min(instants, key=lambda one: max(first - one, one - last, timedelta(0)))


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
