"""Facts of members for policies, as they were known at an instant, a chunk of persons at a time.

Each chunk is a few questions, whatever it holds; nothing is kept between chunks. Services, posts,
reports and cards count wherever they were done; a person is who they are through every membership.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
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
from baodao.partnership.queries import contacts_ever
from baodao.people.models import Membership
from baodao.people.queries.homes import homes_until
from baodao.people.queries.members import belonged, ever, unit_column
from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.deeds import Deed, ExemptTime, Spell, SubjectFacts
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.windows import EVER
from baodao.registration.queries.registrations import registration_rows

T = TypeVar("T")
CHUNK = 2_000
"""Persons of whom the facts are read and told at once."""

_IN = (ClaimState.ACTIVE, ClaimState.EXIT_REQUESTED, ClaimState.DONE, ClaimState.LEFT)
OWN, HOME, PARTNER, ELSEWHERE = "own", "home", "partner", "elsewhere"


@dataclass(slots=True)
class _Known:
    """What was read of one person; `places` are where they reported, live, have their partner
    community, and when, in this order."""

    deeds: list[Deed] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    exempt: list[ExemptTime] = field(default_factory=list)
    joined_on: date | None = None
    entered_on: date | None = None
    units: list[tuple[int, date, date]] = field(default_factory=list)
    places: list[tuple[str, int, date, date]] = field(default_factory=list)

    def place_of(self, community: int, on: date) -> str:
        """What a community was to the person on a day: where they had reported, else lived, else
        had their partner community, else somewhere else."""
        for word, place, first, last in self.places:
            if place == community and first <= on <= last:
                return word
        return ELSEWHERE


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
    with collector_paused():
        _read(keys, as_of, knowledge)
        for key in keys:
            yield _facts_from(key, knowledge[key])


class MemberThen(NamedTuple):
    """What was known of one member at an instant, and what a community was to them on a day."""

    facts: SubjectFacts
    place_of: Callable[[int, date], str]


def member_then(person_id: UUID, as_of: datetime) -> MemberThen:
    """One person whom the caller may see; for what they have not done yet as well."""
    knowledge: _KnownOf = defaultdict(_Known)
    key = str(person_id)
    _read([key], as_of, knowledge)
    return MemberThen(_facts_from(key, knowledge[key]), knowledge[key].place_of)


def _read(keys: Collection[str], as_of: datetime, knowledge: _KnownOf) -> None:
    theirs = _of(keys)
    for read in _READERS:
        read(theirs, as_of, knowledge)


def _facts_from(key: str, one: _Known) -> SubjectFacts:
    spells, exempt = tuple(one.spells), tuple(one.exempt)
    return SubjectFacts(key, tuple(one.deeds), spells, exempt, one.joined_on, one.entered_on)


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


_START_OF_DAY = Func(
    *(Value("day"), OuterRef("recorded_at"), Value(str(clock.ZONE))),
    function="date_trunc",
    output_field=DateTimeField(),
)


def _read_memberships(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    """A period that was closed after the instant was open at it. Only who says when makes somebody
    join: of a roster, which tells no day, and on the day on which a branch is first written down,
    who is entered with nothing before was there since they joined the Party, where that is known,
    else always."""
    before = ever().filter(branch=OuterRef("branch"), recorded_at__lt=_START_OF_DAY)
    rows = ever().filter(theirs, recorded_at__lt=as_of).order_by("recorded_at")
    columns = (_text("person"), "from_on", "to_on", "closed_at", "standing", "grade")
    more = ("is_dated", unit_column("branch", "pk"), "person__joined_on", _day("recorded_at"))
    for person, first, last, closed_at, standing, grade, *entry in rows.values_list(
        *columns, *more, Exists(before)
    ):
        until, one = last if closed_at and closed_at < as_of else None, knowledge[person]
        is_dated, unit, joined_on, entered_on, is_later = entry
        if not (is_dated and is_later) and not one.spells and first == entered_on:
            one.entered_on = first if is_later else None
            one.joined_on, first = first, min(joined_on or EVER, first)
        one.spells.append(Spell(first, until, Standing(standing), Grade(grade)))
        one.units.append((unit, first, until or date.max))


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
        knowledge[person].places.append((OWN, place, on, until or date.max))
        knowledge[person].deeds.append(Deed(key, DeedKind.REPORT, on))


def _read_homes(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:
    for person, place, first, last in homes_until(theirs, as_of):
        knowledge[person].places.append((HOME, place, first, last))


def _read_partners(theirs: _AnyOf, as_of: datetime, knowledge: _KnownOf) -> None:  # noqa: ARG001
    """The partner communities of their units, while they belonged there."""
    units = {unit for one in knowledge.values() for unit, *_ in one.units}
    rows = contacts_ever().filter(unit__in=units, accepted_at__lt=as_of)
    contacts: defaultdict[int, list[tuple[int, date, date]]] = defaultdict(list)
    columns = ("unit", "community", _day("accepted_at"), _day("ended_at"), "ended_at")
    for unit, place, on, ended_on, ended_at in rows.values_list(*columns):
        until = ended_on if ended_at and ended_at < as_of else date.max
        contacts[unit].append((place, on, until))
    for one in knowledge.values():
        for unit, first, last in one.units:
            for place, on, until in contacts[unit]:
                one.places.append((PARTNER, place, max(on, first), min(until, last)))


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
        values = (way, kind, origin, one.place_of(place, on), offer or "")
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
    *(_read_homes, _read_partners, _read_services, _read_posts, _read_cards),
)
"""Services look at where one reported, lives and has a partner, so they are read after it."""
