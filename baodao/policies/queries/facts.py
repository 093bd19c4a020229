"""Facts of members for policies, as they were known at an instant, a chunk of persons at a time.

Each chunk is four questions, whatever it holds; nothing is kept between chunks. Services, posts,
reports and cards count wherever they were done; a person is who they are through every membership.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate

from baodao.appraisal.queries.cards import card_rows
from baodao.claims.queries.seats import every_seat
from baodao.claims.rules.lives import ClaimState
from baodao.exemptions.queries import approved_until
from baodao.exemptions.rules.reasons import Effect
from baodao.kernel import clock
from baodao.kernel.collector import collector_paused
from baodao.ledger.queries.records import record_rows
from baodao.offers.kinds.post.kind import POST
from baodao.orgs.models import Organisation
from baodao.people.models import Membership
from baodao.people.queries.members import belonged, ever
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.deeds import Deed, ExemptTime, Spell, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.registration.queries.registrations import registration_rows

T = TypeVar("T")
CHUNK = 2_000
"""Persons of whom the facts are read and told at once."""

_IN = (ClaimState.ACTIVE, ClaimState.EXIT_REQUESTED, ClaimState.DONE, ClaimState.LEFT)
OWN, ELSEWHERE = "own", "elsewhere"


@dataclass(slots=True)
class _Known:
    """What was read of one person."""

    deeds: list[Deed] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    exempt: list[ExemptTime] = field(default_factory=list)
    reports: list[tuple[int, date, date]] = field(default_factory=list)


_KnownOf = defaultdict[str, _Known]
"""By the id of the person as a text."""


def persons_below(organisation: Organisation, as_of: datetime) -> QuerySet[Membership, UUID]:
    """Who belongs below an organisation that the caller may see, or did, as known at an instant."""
    rows = belonged(organisation).filter(recorded_at__lt=as_of)
    return rows.order_by("person").distinct().values_list("person", flat=True)


def facts_below(organisation: Organisation, as_of: datetime) -> Iterator[SubjectFacts]:
    """The facts of all of them, the key is the id of the person."""
    for chunk in chunks(persons_below(organisation, as_of).iterator(chunk_size=CHUNK), CHUNK):
        yield from facts_of_members(chunk, as_of)


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of a size, the last one shorter."""
    left = iter(rows)
    while chunk := list(islice(left, size)):
        yield chunk


def day_of(instant: datetime) -> date:
    """The civil day of an instant."""
    return clock.local(instant).date()


def facts_of_members(persons: Collection[UUID], as_of: datetime) -> Iterator[SubjectFacts]:
    """The facts of these persons, whom the caller may see, in their order. Until the last of them
    is taken nobody looks for garbage: all of it stays, and looking took a quarter of the time."""
    knowledge: _KnownOf = defaultdict(_Known)
    keys = [*map(str, persons)]
    theirs = _of(keys)
    with collector_paused():
        for read in _READERS:
            read(theirs, as_of, knowledge)
        for key in keys:
            one = knowledge[key]
            yield SubjectFacts(key, tuple(one.deeds), tuple(one.spells), tuple(one.exempt))


class _AnyOf(Func):
    """Whether a column is one of the ids of a text such as `{…,…}`."""

    template = "(%(expressions)s::uuid[]))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _of(keys: Collection[str]) -> _AnyOf:
    """The condition that a row is of one of these persons: one text, made once for all questions,
    however many they are."""
    return _AnyOf(F("person"), Value(f"{{{','.join(keys)}}}", output_field=TextField()))


def _text(column: str) -> Cast:
    """A column as a text, of which no object is made first."""
    return Cast(column, TextField())


def _day(column: str) -> TruncDate:
    """The civil day of an instant, told by the database: for many rows it is quicker."""
    return TruncDate(column, tzinfo=clock.ZONE)


def _read_memberships(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    """A period that was closed after the instant was open at it."""
    rows = ever().filter(theirs, recorded_at__lt=as_of)
    columns = (_text("person"), "from_on", "to_on", "closed_at", "standing", "grade")
    for person, first, last, closed_at, standing, grade in rows.values_list(*columns):
        until = last if closed_at and closed_at < as_of else None
        knowledge[person].spells.append(Spell(first, until, Standing(standing), Grade(grade)))


def _read_exemptions(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    rows = approved_until(as_of).filter(theirs).exclude(effect=Effect.OTHER_PLACE)
    for person, first, last in rows.values_list(_text("person"), "from_on", "to_on"):
        knowledge[person].exempt.append(ExemptTime(first, last))


def _read_reports(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    """Who was accepted where, and until when."""
    rows = registration_rows().filter(theirs, accepted_at__lt=as_of)
    columns = (_text("id"), _text("person"), "community", _day("accepted_at"))
    plain = rows.select_related(None).order_by().values_list(*columns, "ended_on", "ended_at")
    for key, person, place, on, ended_on, ended_at in plain:
        until = ended_on if ended_at and ended_at < as_of else None
        knowledge[person].reports.append((place, on, until or date.max))
        knowledge[person].deeds.append(Deed(key, DeedKind.REPORT, on))


_SERVICE = (
    *(_text("id"), _text("person"), "community", "served_on", "minutes", "category"),
    *(_text("way"), _text("origin"), _text("offer_id"), "recipient_confirmed", _text("reverses")),
)


_TRAITS = (DeedTrait.WAY, DeedTrait.KIND, DeedTrait.ORIGIN, DeedTrait.PLACE, DeedTrait.OFFER)


def _read_services(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    rows = record_rows().filter(theirs, recorded_at__lt=as_of)
    alike: dict[tuple[str, ...], Mapping[DeedTrait, str]] = {}
    for row in rows.select_related(None).order_by().values_list(*_SERVICE):
        key, person, place, on, minutes, kind, way, origin, offer, confirmed, reverses = row
        one = knowledge[person]
        where = ELSEWHERE
        for community, first, last in one.reports:
            if community == place and first <= on <= last:
                where = OWN
        values = (way, kind, origin, where, offer or "")
        traits = alike.get(values)
        if traits is None:
            traits = alike[values] = {
                name: value for name, value in zip(_TRAITS, values, strict=True) if value
            }
        one.deeds.append(
            Deed(key, DeedKind.SERVICE, on, None, minutes, 1, traits, confirmed, reverses or "")
        )


def _read_posts(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    """Posts that somebody holds or held, from the day they took them until they gave them up; of
    claims that nobody let in, or took back before, none. What a claim came to is known of today."""
    rows = every_seat().filter(theirs, since__lt=as_of)
    rows = rows.filter(claim__offer__kind=POST.code, claim__state__in=_IN)
    columns = (_text("id"), _text("person"), _day("since"), _day("until"), _text("claim__offer"))
    plain = rows.order_by().values_list(*columns, "claim__offer__title", "until")
    for key, person, since, given_up, offer, title, until in plain:
        last = given_up if until and until < as_of else None
        traits = {DeedTrait.OFFER: offer, DeedTrait.KIND: title}
        knowledge[person].deeds.append(
            Deed(key, DeedKind.CLAIM, since, last or date.max, traits=traits)
        )


def _read_cards(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    """Cards that were signed: of the last day they tell of, or the day before when signed early."""
    rows = card_rows().filter(theirs, signed_at__lt=as_of)
    rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=as_of))
    columns = (_text("id"), _text("person"), "until", _day("signed_at"))
    plain = rows.select_related(None).order_by()
    for key, person, until, signed_on in plain.values_list(*columns):
        knowledge[person].deeds.append(Deed(key, DeedKind.FEEDBACK, min(until, signed_on)))


_READERS = (
    *(_read_memberships, _read_exemptions, _read_reports),
    *(_read_services, _read_posts, _read_cards),
)
"""Services look at where one reported, so they are read after it."""
