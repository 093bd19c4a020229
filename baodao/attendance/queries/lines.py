"""The list of an offer as it is taken along: on paper with a code a row, or on a phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from baodao.attendance.queries.check_ins import check_ins_at, hours_of
from baodao.attendance.queries.rolls import roll_of
from baodao.attendance.rules import packs
from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.attendance.rules.lines import FORMS, RULES, SpotLine, check_line
from baodao.attendance.rules.packs import PackKey
from baodao.attendance.rules.policies import AROUND_MINUTES, LIST_DAYS
from baodao.attendance.rules.row_codes import (
    TypedRow,
    check_code,
    check_first,
    row_code,
    sheet_part,
    typed_rows,
)
from baodao.claims.models import Seat
from baodao.claims.queries.seats import seats_ever_in
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.crypto import ring
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.ids import new_id
from baodao.kernel.sealed import TAIL
from baodao.offers.models import Offer
from baodao.offers.queries.words import when
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of
from baodao.people.models import Person
from baodao.registration.queries.registrations import registered_on


def _sign_row(content: bytes) -> bytes:
    return ring().blind(content.hex(), "row-code")


def _sign_pack(content: bytes) -> bytes:
    return ring().blind(content.hex(), "pack-key")


def day_of(offer: Offer) -> date:
    """The day of an offer with a list."""
    return clock.local(hours_of(offer)[0]).date()


def code_of(offer: Offer, seat: Seat) -> str:
    """The code of a seat on the list of its offer."""
    return row_code(offer.pk, day_of(offer), seat.pk, _sign_row)


def sheet_of(offer: Offer) -> str:
    """What the codes of an offer's list begin with."""
    return sheet_part(offer.pk, day_of(offer), _sign_row)


def persons_by_code(offer: Offer) -> dict[str, Person]:
    """Whom the codes of an offer's list stand for, also of who gave their place up since."""
    return {code_of(offer, seat): seat.person for seat in seats_ever_in(offer)}


def bounds_of(actor: Actor, offer: Offer) -> dict[str, Any]:
    """What the rules of lines compare with, but the codes: hours and days in seconds."""
    values, hours = values_at(offer.community.path), hours_of(offer)
    around = timedelta(minutes=values.of(AROUND_MINUTES))
    return {
        "opens_at": _seconds(hours[0] - around),
        "closes_at": _seconds(hours[1] + around),
        "expires_at": _seconds(hours[1] + timedelta(days=values.of(LIST_DAYS))),
        "adds": actor.may(Permission.RECORD_CREATE, offer.community.path),
        **FORMS,
    }


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def walk_ins(actor: Actor, offer: Offer, line: SpotLine) -> set[UUID]:
    """Who registered in the community on the day has the name of a line, and a telephone or
    volunteer number that ends as it says."""
    community = standing_of(offer.community, day_of(offer))
    rows = registered_on(actor, community, day_of(offer)).filter(person__name=line.name)
    tail = line.tail or ""
    people = (row.person for row in rows.select_related("person"))
    return {
        person.pk
        for person in people
        if person.number.endswith(tail) or Person.phone.has_tail(person, tail)
    }


@dataclass(frozen=True)
class TypedSheet:
    """What a typed sheet says: its lines, and what is wrong with which of its rows."""

    lines: tuple[SpotLine, ...]
    faults: tuple[tuple[TypedRow, Refused], ...]


def typed_sheet(actor: Actor, offer: Offer, text: str) -> TypedSheet:
    """The lines of a paper sheet as it was typed or pasted: an arrival of each row, at the
    beginning where no time is written, and a departure where there is one."""
    people, sheet, now = persons_by_code(offer), sheet_of(offer), _seconds(clock.now())
    bounds = bounds_of(actor, offer) | {"codes": people}
    rows = check_ins_at(offer).filter(way=CheckWay.SHEET)
    owners = set(rows.values_list("owner", flat=True))
    entered = {code for code, person in people.items() if person.pk in owners}
    places: dict[str, int] = {}

    def lines(row: TypedRow) -> list[SpotLine]:
        check_code(row.code, sheet, people)
        check_first(row.code, places, entered)
        own = _lines_of(offer, row)
        for line in own:
            check_line(line, bounds, now)
        places[row.code] = row.place
        return own

    typed = typed_rows(text)
    good: list[SpotLine] = []
    faults: list[tuple[TypedRow, Refused]] = []
    for row in typed:
        try:
            good += lines(row)
        except Refused as refused:
            faults.append((row, refused))
    return TypedSheet(tuple(good), tuple(faults))


def _lines_of(offer: Offer, row: TypedRow) -> list[SpotLine]:
    """Coming and going as a row has them; a time of an activity that goes on after midnight may be
    of the next day."""
    starts_at, ends_at = hours_of(offer)

    def line(side: CheckSide, at: datetime) -> SpotLine:
        label = f"{row.place}（{row.code}）"
        return SpotLine(new_id(), side, _seconds(at), code=row.code, label=label)

    def instant(at: time) -> datetime:
        on = clock.midnight(day_of(offer)) + timedelta(hours=at.hour, minutes=at.minute)
        after = on + timedelta(days=1)
        return after if after <= ends_at else on

    came = line(CheckSide.ARRIVAL, instant(row.came) if row.came else starts_at)
    return [came, line(CheckSide.DEPARTURE, instant(row.went))] if row.went else [came]


def pack_of(actor: Actor, offer: Offer) -> Mapping[str, Any]:
    """What a phone takes along of an offer whose list the actor keeps: names, the end of the
    volunteer number, codes, the rules with their words, and until when it is kept."""
    if actor.account_id is None:
        raise Absent("account")
    now = clock.now()
    rows = [
        {
            "code": code_of(offer, seat),
            "name": seat.person.name,
            "tail": seat.person.number[-TAIL:],
            "waiting": seat.claim.state == ClaimState.WAITING,
        }
        for seat in roll_of(offer).comers
    ]
    return {
        "key": packs.written(PackKey(offer.pk, actor.account_id, now), _sign_pack),
        "offer": str(offer.pk),
        "title": offer.title,
        "when": when(offer),
        "place": offer.place,
        "now": _seconds(now),
        "rows": rows,
        "bounds": bounds_of(actor, offer) | {"codes": [row["code"] for row in rows]},
        "rules": [
            {
                "field": rule.field,
                "relation": rule.relation,
                "bound": rule.bound,
                "code": rule.code,
                "words": gettext(rule.message),
            }
            for rule in RULES
        ],
    }


def pack_key(text: str) -> PackKey:
    """What the key of a delivered list says; raises `Refused`."""
    return packs.read(text, _sign_pack)
