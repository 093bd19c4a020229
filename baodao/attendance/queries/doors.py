"""Who may check in where: the offers to which scanned codes lead, for several people at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from functools import cached_property, partial
from uuid import UUID

from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import check_ins_in, code_by_text, day_of, hours_of
from baodao.attendance.rules.check_ins import (
    CheckWay,
    PlaceCode,
    check_belongs,
    check_fresh,
    check_hours,
    check_shown,
)
from baodao.attendance.rules.keys import content_of, key_of
from baodao.attendance.rules.policies import AROUND_MINUTES, CODE_MINUTES
from baodao.attendance.rules.rolls import EXPECTED
from baodao.claims.queries.seats import seats_ever_in
from baodao.claims.rules.lives import ClaimState
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.crypto import ring
from baodao.kernel.errors import Absent
from baodao.kernel.prepared import Prepared, Several, among
from baodao.kernel.questions import Question, together
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.queries.policies import PolicyValues, values_question
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import entries_question
from baodao.registration.queries.registrations import accepted_rows, in_force_on

ACCOUNT = 16
"""Bytes of a key: the account's id."""

PLACES = (*EXPECTED, ClaimState.WAITING, ClaimState.DONE)
"""A place in it, also a recorded one, and waiting for one."""


class Door:
    """An offer, and of those who scanned its code there, with all their `entries`, who are its
    `comers`: who has to do with it, or is registered in the community of its day."""

    def __init__(
        self, offer: Offer, values: PolicyValues, comers: set[UUID], entries: Collection[UUID]
    ) -> None:
        self.offer = offer
        self._values, self._comers, self._entries = values, comers, entries
        self._good: set[PlaceCode] = set()

    def check(self, actor: Actor, code: PlaceCode) -> None:
        """Refuse, with the reason, a code that is no longer shown, a list that is closed, hours
        that are not those of the offer, and who belongs elsewhere. What is the same for all who
        scanned one code is asked once."""
        if code not in self._good:
            self._check_code(code)
            self._good.add(code)
        here = actor.person_id in self._comers and actor.reaches_own
        check_belongs(self.offer.community.name, belongs=here)

    def _check_code(self, code: PlaceCode) -> None:
        now = clock.now()
        check_fresh(code, now, self._values.of(CODE_MINUTES))
        check_shown(self.offer.kind, self.offer.state)
        around = timedelta(minutes=self._values.of(AROUND_MINUTES))
        check_hours(hours_of(self.offer), now, around)

    @cached_property
    def before(self) -> dict[tuple[UUID, str], CheckIn]:
        """What was scanned here before, by whom and whether on coming or going."""
        rows = _SCANS.rows(self.offer.community, self.offer.pk, Several(self._entries))
        return {(row.owner, row.side): row for row in rows}


def offers_of_codes(codes: Iterable[PlaceCode]) -> Question[dict[UUID, Offer]]:
    """The offers to which these codes lead, by id."""
    rows = _OFFERS.question(Several({code.offer_id for code in codes}))
    return rows.then(lambda offers: {offer.pk: offer for offer in offers})


def doors(
    offers: Mapping[UUID, Offer], comers: Iterable[tuple[UUID, UUID]]
) -> Question[dict[UUID, Door]]:
    """The doors at which these persons stand, by the offer; each pair is a person and an offer."""
    persons: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person_id, offer_id in comers:
        if offer_id in offers:
            persons[offer_id].add(person_id)
    questions = {str(key): _door(offers[key], Several(ids)) for key, ids in persons.items()}
    return together(lambda **rows: {row.offer.pk: row for row in rows.values()}, **questions)


def _door(offer: Offer, person_ids: Several) -> Question[Door]:
    day = day_of(offer) if offer.starts_at else clock.today()  # one without hours is refused later
    community = standing_of(offer.community, day)
    return together(
        lambda values, seated, registered, entries: Door(
            offer, values, {*seated, *registered}, entries
        ),
        values=values_question(offer.community.path),
        seated=_SEATED.question(offer, person_ids),
        registered=_REGISTERED.question(community, day, clock.end_of(day), person_ids),
        entries=entries_question(person_ids),
    )


def door_by_code(actor: Actor, text: str) -> Door:
    """Where the actor may check in or out now, by a code that they scanned there.

    Raises `Refused` with what stands in the way, `Absent` where there is no such offer.
    """
    code = code_by_text(text)
    offers = offers_of_codes([code]).answer() if actor.person_id else {}
    comers = [(actor.person_id, code.offer_id)] if actor.person_id else []
    door = doors(offers, comers).answer().get(code.offer_id)
    if door is None:
        raise Absent("offer")
    door.check(actor, code)
    return door


def own_key(actor: Actor, place_code: str) -> str:
    """What a member's page carries instead of a session: whose it is, good with this code alone,
    and so no longer than the code."""
    if actor.account_id is None:
        raise Absent("account")
    return key_of(actor.account_id.bytes, partial(_sign, place_code))


def bearer_of(key: str, place_code: str) -> Actor:
    """Whose page it was; what they are called and may now, their account says. Raises `Absent` for
    a key that is not ours, or of another code."""
    content = content_of(key, ACCOUNT, partial(_sign, place_code))
    if content is None:
        raise Absent("key")
    return Actor(UUID(bytes=content), None, "")


def _sign(place_code: str, content: bytes) -> bytes:
    return ring().blind(f"{place_code} {content.hex()}", "own-key")


_OFFERS = Prepared(lambda offer_ids: offer_rows().filter(among("pk", offer_ids)))
_SCANS = Prepared(
    lambda community, offer_id, person_ids: check_ins_in(community, offer_id).filter(
        among("person", person_ids), way=CheckWay.SCAN
    )
)
_SEATED = Prepared(
    lambda offer, person_ids: (
        seats_ever_in(offer)
        .filter(among("person", person_ids), until=None, claim__state__in=PLACES)
        .order_by()
        .values_list("person", flat=True)
    )
)
_REGISTERED = Prepared(
    lambda community, day, end, person_ids: (
        in_force_on(accepted_rows(community), day, end)
        .filter(among("person", person_ids))
        .order_by()
        .values_list("person", flat=True)
    )
)
