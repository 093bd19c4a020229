"""Who is meant by the rows of a table: members registered here, now or on the day of the row, or
known by volunteer number.

A number of a row decides among those who may be seen here, and among nobody else: whether one
that fits nobody here is somebody's is never looked up.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import known_persons
from baodao.people.rules.names import is_whole
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registered_since
from baodao.spreadsheets.cells import quoted
from baodao.spreadsheets.strangers import HANDFUL, Guess, Strangers
from baodao.timesheets.rules.headings import ServiceField
from baodao.timesheets.rules.name_lists import NamedPeople, people_in
from baodao.timesheets.rules.services import PROBLEMS, Evidence, RowProblem, ServiceRow


class Participants:
    """The people whom these rows can mean; `strangers` are the numbers that fitted nobody here."""

    def __init__(
        self,
        actor: Actor,
        community: Organisation,
        rows: Sequence[ServiceRow],
        strangers: Strangers,
    ) -> None:
        first = min((row.served_on for row in rows), default=clock.today())
        here = registered_since(actor, community, first)
        self._known = frozenset(here.order_by().values_list("person__name", flat=True))
        self._spelled = {name.replace("·", ""): name for name in self._known if "·" in name}
        self._everybody = self._known | self._spelled.keys()
        self._people = {names: self._named(names) for names in {row.names for row in rows}}
        names = {name for people in self._people.values() for name in people.names}
        self._by_name: defaultdict[str, list[Registration]] = defaultdict(list)
        for registration in here.filter(person__name__in=names & self._known):
            self._by_name[registration.person.name].append(registration)
        numbers = {row.evidence.number for row in rows if row.evidence.number}
        self._by_number = known_persons(numbers)
        self._strangers = strangers

    def _there(self, name: str, day: date) -> dict[Person, bool]:
        """Those of a name who are registered here, or were on a day, and whether they still are."""
        rows = [row for row in self._by_name[name] if _covers(row, day)]
        return {row.person: row.ended_on is None for row in sorted(rows, key=_is_present)}

    def is_seen(self, person: Person, day: date) -> bool:
        """Whether the community may know more of somebody than the number that was written."""
        return person in self._there(person.name, day)

    def _named(self, names: str) -> NamedPeople:
        """Whom a cell names, in the spelling of those here: dots inside a name may be left out."""
        people = people_in(names, self._everybody)
        return NamedPeople(tuple(self._spelled.get(n, n) for n in people.names), people.certain)

    def of(self, row: ServiceRow) -> list[Person] | RowProblem:
        """Everybody whom the row names, or why it cannot be said who they are."""
        people = self._people[row.names]
        if len(people.names) > 1 or not people.certain:
            return self._several(row, people)
        if not people.names:
            return _problem(row, ServiceField.NAME, "name")
        [name] = people.names
        person = self._one(row, name)
        return person if isinstance(person, RowProblem) else [person]

    def _several(self, row: ServiceRow, people: NamedPeople) -> list[Person] | RowProblem:
        """Everybody of a row with several names; their numbers would not say whose they are."""
        text = quoted(" ".join(row.names.split()))
        able = {name: list(self._there(name, row.served_on)) for name in people.names}
        unknown = [name for name in people.names if not able[name]]
        if len(people.names) > 1 and unknown and not row.evidence:
            names = "、".join(unknown)
            return _problem(row, ServiceField.NAME, "several-unknown", text=text, names=names)
        if not people.certain or row.evidence:
            return _problem(row, ServiceField.NAME, "several", text=text)
        if any(len(persons) > 1 for persons in able.values()):
            return _problem(row, ServiceField.NAME, "namesakes")
        return [able[name][0] for name in people.names]

    def _one(self, row: ServiceRow, name: str) -> Person | RowProblem:
        evidence, able = row.evidence, self._there(name, row.served_on)
        fault = "" if is_whole(name) else "name-not-whole"
        if evidence.number:
            person = self._by_number.get(evidence.number)
            if person is None or person.name != name:
                return _problem(row, ServiceField.NUMBER, fault or "number")
            if person not in able:
                return person
            able = {person: able[person]}
        if not able:
            return _problem(row, ServiceField.NAME, fault or "unknown")
        if evidence.tells and not self._strangers.may_compare(*_guesses(row)):
            return _uncompared(row)
        fitting = [one for one, present in able.items() if _fits(one, evidence, present=present)]
        if len(fitting) == 1:
            if evidence.tells:
                self._strangers.recognise(*_guesses(row))
            return fitting[0]
        return _problem(row, ServiceField.NAME, "namesakes") if fitting else self._strange(row)

    def _strange(self, row: ServiceRow) -> RowProblem:
        if not self._strangers.tell(*_guesses(row)):
            return _uncompared(row)
        return _problem(row, ServiceField.NAME, "other-number")


def _guesses(row: ServiceRow) -> list[Guess]:
    """What is compared of a row, each number that may be right by itself."""
    evidence = row.evidence
    if evidence.id_number:
        return [(row.names, evidence.id_number)]
    if evidence.phones:
        return [(row.names, phone) for phone in _phones(evidence)]
    return [(row.names, *evidence.tails)]


def _phones(evidence: Evidence) -> tuple[str, ...]:
    """The telephones of a row that are compared: no more than may be told to be wrong."""
    return evidence.phones[:HANDFUL]


def _uncompared(row: ServiceRow) -> RowProblem:
    return _problem(row, ServiceField.NAME, "uncompared", count=HANDFUL)


def _is_present(row: Registration) -> bool:
    return row.ended_on is None


def _covers(row: Registration, day: date) -> bool:
    """Whether an accepted registration stands now or held on a day."""
    if row.ended_on is None:
        return True
    assert row.accepted_at is not None
    return row.accepted_at < clock.end_of(day) and row.ended_on >= day


def _fits(person: Person, evidence: Evidence, *, present: bool) -> bool:
    """Whether the strongest number of a row is this person's; a row without any fits everybody.

    The present telephone of who is registered here no more is not compared: it is not told here.
    """
    if evidence.id_number:
        return Person.id_number.is_kept(person, evidence.id_number)
    if evidence.phones:
        return present and any(Person.phone.is_kept(person, one) for one in _phones(evidence))
    return all(
        Person.id_number.has_tail(person, tail) or (present and Person.phone.has_tail(person, tail))
        for tail in evidence.tails
    )


def _problem(row: ServiceRow, place: ServiceField, kind: str, **facts: object) -> RowProblem:
    return row.problem(place, kind, PROBLEMS[kind], facts)
