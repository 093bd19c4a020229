"""The list of an offer as it is taken along: on paper with a code a row, or on a phone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from baodao.attendance.queries.check_ins import check_ins_at, day_of, hours_of
from baodao.attendance.queries.rolls import roll_of
from baodao.attendance.rules import packs
from baodao.attendance.rules.check_ins import CheckSide, CheckWay, check_shown
from baodao.attendance.rules.lines import FORMS, MOST_LINES, RULES, SpotLine, check_line
from baodao.attendance.rules.packs import PackKey
from baodao.attendance.rules.policies import AROUND_MINUTES, LIST_DAYS
from baodao.attendance.rules.row_codes import (
    TypedRow,
    check_code,
    check_first,
    printed,
    row_code,
    shared_codes,
    sheet_part,
    times_of,
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
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registered_on


def _sign_row(content: bytes) -> bytes:
    return ring().blind(content.hex(), "row-code")


def _sign_pack(content: bytes) -> bytes:
    return ring().blind(content.hex(), "pack-key")


def code_of(offer: Offer, seat: Seat) -> str:
    """The code of a seat on the list of its offer."""
    return row_code(offer.pk, day_of(offer), seat.pk, _sign_row)


def printed_rows(offer: Offer) -> list[tuple[str, str]]:
    """The name and the code of each row of an offer's list, as they stand on paper."""
    return [(seat.person.name, printed(code_of(offer, seat))) for seat in roll_of(offer).comers]


def sheet_of(offer: Offer) -> str:
    """What the codes of an offer's list begin with."""
    return sheet_part(offer.pk, day_of(offer), _sign_row)


def persons_by_code(offer: Offer) -> dict[str, set[Person]]:
    """Whom the codes of an offer's list stand for, also of who gave their place up since."""
    persons: defaultdict[str, set[Person]] = defaultdict(set)
    for seat in seats_ever_in(offer):
        persons[code_of(offer, seat)].add(seat.person)
    return dict(persons)


def is_over(offer: Offer) -> bool:
    """Whether a phone keeps no list of an offer any more, as nobody comes or goes now."""
    around = timedelta(minutes=values_at(offer.community.path).of(AROUND_MINUTES))
    return clock.now() > hours_of(offer)[1] + around


def bounds_of(actor: Actor, offer: Offer, people: Mapping[str, set[Person]]) -> dict[str, Any]:
    """What the rules of lines compare with: the codes of `people`, hours and days in seconds."""
    values, hours = values_at(offer.community.path), hours_of(offer)
    around = timedelta(minutes=values.of(AROUND_MINUTES))
    return {
        "codes": list(people),
        "shared": list(shared_codes(people)),
        "opens_at": _seconds(hours[0] - around),
        "closes_at": _seconds(hours[1] + around),
        "expires_at": _seconds(hours[1] + timedelta(days=values.of(LIST_DAYS))),
        "adds": actor.may(Permission.RECORD_CREATE, offer.community.path),
        **FORMS,
    }


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def namesakes(actor: Actor, offer: Offer, line: SpotLine) -> list[Registration]:
    """Registrations in the community on the day of who has the name of a line."""
    community = standing_of(offer.community, day_of(offer))
    rows = registered_on(actor, community, day_of(offer)).filter(person__name=line.name)
    return list(rows.select_related("person"))


def by_number(rows: Iterable[Registration], tail: str) -> set[UUID]:
    """Those of these whose volunteer number ends so."""
    return {row.person_id for row in rows if row.person.number.endswith(tail)}


def by_telephone(rows: Iterable[Registration], tail: str) -> set[UUID]:
    """Those of these whose telephone ends so. That of who is registered here no longer is not
    compared: nobody here may know it any more."""
    return {
        row.person_id
        for row in rows
        if row.ended_on is None and Person.phone.has_tail(row.person, tail)
    }


@dataclass(frozen=True)
class TypedSheet:
    """What a typed sheet says: its lines, and what is wrong with which of its rows."""

    lines: tuple[SpotLine, ...]
    faults: tuple[tuple[TypedRow, Refused], ...]


def typed_sheet(actor: Actor, offer: Offer, text: str) -> TypedSheet:
    """The lines of a paper sheet as it was typed or pasted: an arrival of each row, at the
    beginning where no time is written, and a departure where there is one. Refused where no list
    is kept any more."""
    check_shown(offer.kind, offer.state)
    people, sheet, now = persons_by_code(offer), sheet_of(offer), _seconds(clock.now())
    bounds = bounds_of(actor, offer, people)
    around = timedelta(minutes=values_at(offer.community.path).of(AROUND_MINUTES))
    rows = check_ins_at(offer).filter(way=CheckWay.SHEET)
    owners = set(rows.values_list("owner", flat=True))
    entered = {code for code, own in people.items() if owners & {person.pk for person in own}}
    places: dict[str, int] = {}

    def lines(row: TypedRow) -> list[SpotLine]:
        check_code(row.code, sheet, people)
        check_first(row.code, places, entered)
        own = _lines_of(row, *times_of(row, hours_of(offer), around))
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


def _lines_of(row: TypedRow, came: datetime, went: datetime | None) -> list[SpotLine]:
    """Coming and going as a row has them."""
    lines = [SpotLine(new_id(), CheckSide.ARRIVAL, _seconds(came), code=row.code)]
    if went is not None:
        lines.append(SpotLine(new_id(), CheckSide.DEPARTURE, _seconds(went), code=row.code))
    return lines


def pack_of(actor: Actor, offer: Offer) -> Mapping[str, Any]:
    """What a phone takes along of an offer whose list the actor keeps: names, the end of the
    volunteer number, codes, the rules with their words, until when it is kept, and how many lines
    are delivered at once."""
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
        "key": packs.written(PackKey(offer.pk, actor.account_id), _sign_pack),
        "offer": str(offer.pk),
        "title": offer.title,
        "when": when(offer),
        "place": offer.place,
        "now": _seconds(now),
        "rows": rows,
        "most": MOST_LINES,
        "bounds": bounds_of(actor, offer, persons_by_code(offer)),
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
