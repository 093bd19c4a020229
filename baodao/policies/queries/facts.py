"""Facts of members for policies, as they were known at an instant, a chunk of persons at a time.

Each chunk is four questions, whatever it holds; nothing is kept between chunks. Services, posts,
reports and cards count wherever they were done; a person is who they are through every membership.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.appraisal.queries.cards import card_rows
from baodao.claims.queries.seats import every_seat
from baodao.claims.rules.lives import ClaimState
from baodao.exemptions.queries import approved_until
from baodao.exemptions.rules.reasons import Effect
from baodao.kernel import clock
from baodao.ledger.queries.records import record_rows
from baodao.offers.kinds.post.kind import POST
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.members import belonged, ever
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.deeds import Deed, ExemptTime, Spell, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.registration.queries.registrations import registration_rows

CHUNK = 2_000
"""Persons of whom the facts are read and told at once."""

_IN = (ClaimState.ACTIVE, ClaimState.EXIT_REQUESTED, ClaimState.DONE, ClaimState.LEFT)
OWN, ELSEWHERE = "own", "elsewhere"


@dataclass
class _Known:
    """What was read of one person."""

    deeds: list[Deed] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    exempt: list[ExemptTime] = field(default_factory=list)
    reports: list[tuple[int, date, date | None]] = field(default_factory=list)


def persons_below(organisation: Organisation, as_of: datetime) -> QuerySet[Membership, UUID]:
    """Who belongs below an organisation that the caller may see, or did, as known at an instant."""
    rows = belonged(organisation).filter(recorded_at__lt=as_of)
    return rows.order_by("person").distinct().values_list("person", flat=True)


def facts_below(organisation: Organisation, as_of: datetime) -> Iterator[SubjectFacts]:
    """The facts of all of them, the key is the id of the person."""
    persons = persons_below(organisation, as_of).iterator(chunk_size=CHUNK)
    while chunk := list(islice(persons, CHUNK)):
        yield from facts_of_members(chunk, as_of)


def facts_of_members(persons: Collection[UUID], as_of: datetime) -> Iterator[SubjectFacts]:
    """The facts of these persons, whom the caller may see, in their order."""
    known: defaultdict[UUID, _Known] = defaultdict(_Known)
    _read_memberships(persons, as_of, known)
    _read_exemptions(persons, as_of, known)
    _read_reports(persons, as_of, known)
    _read_services(persons, as_of, known)
    _read_posts(persons, as_of, known)
    _read_cards(persons, as_of, known)
    for person in persons:
        one = known[person]
        yield SubjectFacts(str(person), tuple(one.deeds), tuple(one.spells), tuple(one.exempt))


def _day(instant: datetime) -> date:
    return clock.local(instant).date()


def _read_memberships(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    """A period that was closed after the instant was open at it."""
    rows = ever().filter(person__in=persons, recorded_at__lt=as_of)
    columns = ("person", "from_on", "to_on", "closed_at", "standing", "grade")
    for person, first, last, closed_at, standing, grade in rows.values_list(*columns):
        until = last if closed_at and closed_at < as_of else None
        known[person].spells.append(Spell(first, until, Standing(standing), Grade(grade)))


def _read_exemptions(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    rows = approved_until(as_of).filter(person__in=persons).exclude(effect=Effect.OTHER_PLACE)
    for person, first, last in rows.values_list("person", "from_on", "to_on"):
        known[person].exempt.append(ExemptTime(first, last))


def _read_reports(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    """Who was accepted where, and until when."""
    rows = registration_rows().filter(person__in=persons, accepted_at__lt=as_of)
    columns = ("id", "person", "community", "accepted_at", "ended_on", "ended_at")
    plain = rows.select_related(None).order_by()
    for key, person, place, accepted_at, ended_on, ended_at in plain.values_list(*columns):
        on = _day(accepted_at)
        until = ended_on if ended_at and ended_at < as_of else None
        known[person].reports.append((place, on, until))
        known[person].deeds.append(Deed(str(key), DeedKind.REPORT, on))


def _read_services(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    rows = record_rows().filter(person__in=persons, recorded_at__lt=as_of)
    columns = (
        *("id", "person", "community", "served_on", "minutes", "category", "way", "origin"),
        *("offer_id", "recipient_confirmed", "reverses"),
    )
    plain = rows.select_related(None).order_by().values_list(*columns)
    for row in plain.iterator(chunk_size=CHUNK):
        key, person, place, on, minutes, kind, way, origin, offer, confirmed, reverses = row
        one = known[person]
        traits = {DeedTrait.WAY: str(way), DeedTrait.KIND: kind, DeedTrait.ORIGIN: str(origin)}
        traits[DeedTrait.PLACE] = OWN if _is_own(one, place, on) else ELSEWHERE
        if offer:
            traits[DeedTrait.OFFER] = str(offer)
        back = str(reverses) if reverses else ""
        one.deeds.append(
            Deed(str(key), DeedKind.SERVICE, on, None, minutes, 1, traits, confirmed, back)
        )


def _is_own(one: _Known, place: int, on: date) -> bool:
    """Whether somebody was registered in a community on a day."""
    return any(
        community == place and first <= on and (last is None or on <= last)
        for community, first, last in one.reports
    )


def _read_posts(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    """Posts that somebody holds or held, from the day they took them until they gave them up; of
    claims that nobody let in, or took back before, none. What a claim came to is known of today."""
    rows = every_seat().filter(person__in=persons, since__lt=as_of)
    rows = rows.filter(claim__offer__kind=POST.code, claim__state__in=_IN)
    columns = ("id", "person", "since", "until", "claim__offer", "claim__offer__title")
    for key, person, since, until, offer, title in rows.order_by().values_list(*columns):
        last = _day(until) if until and until < as_of else None
        traits = {DeedTrait.OFFER: str(offer), DeedTrait.KIND: title}
        known[person].deeds.append(
            Deed(str(key), DeedKind.CLAIM, _day(since), last or date.max, traits=traits)
        )


def _read_cards(
    persons: Collection[UUID], as_of: datetime, known: defaultdict[UUID, _Known]
) -> None:
    """Cards that were signed: of the last day they tell of, or the day before when signed early."""
    rows = card_rows().filter(person__in=persons, signed_at__lt=as_of)
    rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=as_of))
    columns = ("id", "person", "until", "signed_at")
    plain = rows.select_related(None).order_by()
    for key, person, until, signed_at in plain.values_list(*columns):
        on = min(until, _day(signed_at))
        known[person].deeds.append(Deed(str(key), DeedKind.FEEDBACK, on))
