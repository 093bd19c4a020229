"""Checking in and out by the code that is shown on the spot."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from baodao.accounts.queries import members_in_force
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_by_text
from baodao.attendance.queries.doors import Door, doors, offers_of_codes
from baodao.attendance.rules.check_ins import CheckSide, PlaceCode
from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.groups import ActGroup
from baodao.kernel.inserts import append
from baodao.kernel.journal import Act
from baodao.kernel.questions import together
from baodao.offers.models import Offer
from baodao.people.queries.members import lock_question

T = TypeVar("T")
R = TypeVar("R")
Answer = CheckIn | Refused | Absent


@dataclass(frozen=True)
class CodeScan:
    """That somebody scanned a code, on coming or on going."""

    actor: Actor
    code: str
    side: CheckSide


@dataclass(frozen=True)
class PlaceScan:
    """A scan whose code is ours, of a member."""

    actor: Actor
    person_id: UUID
    code: PlaceCode
    side: CheckSide


def check_in(actor: Actor, *, code: str, side: CheckSide) -> CheckIn:
    """Write down that the actor came to an offer, or that they go, by a code scanned there.

    Whoever did not claim may check in all the same when they are registered there; the list shows
    them. Scanned again it changes nothing: the row of the first time is returned. Raises `Absent`
    for who is no member or whose account was stopped, `Refused` for a code that is forged, no
    longer shown or not of these hours, and for who belongs elsewhere.

    Who scans at the same moment is written in one transaction; each is answered after its commit.
    Cannot be taken back: it proves that somebody was there, and who records the list decides.
    """
    answer = _SCANS.answer(CodeScan(actor, code, side))
    if isinstance(answer, CheckIn):
        return answer
    raise answer


def answers_to(scans: Sequence[CodeScan]) -> list[Answer]:
    """What each of several is answered; the rows of who had not said it before are written."""
    accounts = {scan.actor.account_id for scan in scans if scan.actor.account_id}
    codes = {text: _outcome(code_by_text, text) for text in {scan.code for scan in scans}}
    places = [code for code in codes.values() if isinstance(code, PlaceCode)]
    present, offers = together(
        lambda present, offers: (present, offers),
        present=members_in_force(accounts),
        offers=offers_of_codes(places),
    ).answer()
    read = [_outcome(partial(_read, present, codes), scan) for scan in scans]
    there = _doors_of(offers, [one for one in read if isinstance(one, PlaceScan)])
    answers = [
        _outcome(partial(_row, there), one) if isinstance(one, PlaceScan) else one for one in read
    ]
    new = {
        answer.id: (one.actor, answer)
        for one, answer in zip(read, answers, strict=True)
        if isinstance(one, PlaceScan) and isinstance(answer, CheckIn) and answer._state.adding
    }
    append(CheckIn, [row for _, row in new.values()])
    journal.write_each((actor, _act(there, row)) for actor, row in new.values())
    return answers


def _doors_of(offers: Mapping[UUID, Offer], scans: Collection[PlaceScan]) -> dict[UUID, Door]:
    """The doors at which these scans were made, read once whoever stands there is held."""
    pairs = [(scan.person_id, scan.code.offer_id) for scan in scans]
    lock = lock_question({person_id for person_id, _ in pairs})
    return doors(offers, pairs).after(lock).answer()


def _outcome(act: Callable[[T], R], one: T) -> R | Refused | Absent:
    """What `act` returns, or raises because a rule says so."""
    try:
        return act(one)
    except (Refused, Absent) as refused:
        return refused


def _read(
    present: Mapping[UUID, Actor], codes: Mapping[str, PlaceCode | Refused | Absent], scan: CodeScan
) -> PlaceScan:
    """What a scan says, and whose it is as their account is now."""
    actor = present.get(scan.actor.account_id) if scan.actor.account_id else scan.actor
    if actor is None or actor.person_id is None:
        raise Absent("member")
    code = codes[scan.code]
    if not isinstance(code, PlaceCode):
        raise code
    return PlaceScan(actor, actor.person_id, code, scan.side)


def _row(there: Mapping[UUID, Door], scan: PlaceScan) -> CheckIn:
    """The row of the first time, which may be this one."""
    door = there.get(scan.code.offer_id)
    if door is None:
        raise Absent("offer")
    door.check(scan.actor, scan.code)
    key = (scan.person_id, scan.side)
    if key not in door.before:
        door.before[key] = CheckIn(
            community=door.offer.community,
            offer_id=door.offer.pk,
            person_id=scan.person_id,
            side=scan.side,
        )
    return door.before[key]


def _act(there: Mapping[UUID, Door], row: CheckIn) -> Act:
    """What the journal tells of a new row."""
    title = there[row.offer_id].offer.title
    return Act("offer.attended", row.offer_id, row.community_id, {"title": title})


_SCANS = ActGroup(answers_to)
