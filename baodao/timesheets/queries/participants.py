"""Who is meant by the rows of a table: members registered here, or known by volunteer number.

A number of a row decides among those who may be seen here, and among nobody else: whether one
that fits nobody here is somebody's is never looked up.
"""

from collections import defaultdict
from collections.abc import Sequence

from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current
from baodao.registration.queries.desks import hosted
from baodao.spreadsheets.cells import quoted
from baodao.timesheets.rules.headings import ServiceField
from baodao.timesheets.rules.name_lists import NamedPeople, people_in
from baodao.timesheets.rules.services import PROBLEMS, Evidence, RowProblem, ServiceRow


class Participants:
    """The people whom these rows can mean; `strangers` counts numbers that fitted nobody here."""

    def __init__(self, actor: Actor, community: Organisation, rows: Sequence[ServiceRow]) -> None:
        here = hosted(actor, community)
        self._known = frozenset(here.order_by().values_list("person__name", flat=True))
        self._people = {row.names: self._named(row.names) for row in rows}
        names = {name for people in self._people.values() for name in people.names}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for registration in here.filter(person__name__in=names & self._known):
            self._by_name[registration.person.name].append(registration.person)
        numbers = {row.evidence.number for row in rows if row.evidence.number}
        members = current().filter(person__number__in=numbers)
        self._by_number = {row.person.number: row.person for row in members}
        self.strangers = 0

    def _named(self, names: str) -> NamedPeople:
        """Whom a cell names, in the spelling of those here: dots inside a name may be left out."""
        spelled = {name.replace("·", ""): name for name in self._known if "·" in name}
        people = people_in(names, self._known | spelled.keys())
        return NamedPeople(tuple(spelled.get(n, n) for n in people.names), people.certain)

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
        unknown = [name for name in people.names if name not in self._known]
        if len(people.names) > 1 and unknown and not row.evidence:
            names = "、".join(unknown)
            return _problem(row, ServiceField.NAME, "several-unknown", text=text, names=names)
        if not people.certain or row.evidence:
            return _problem(row, ServiceField.NAME, "several", text=text)
        if any(len(self._by_name[name]) > 1 for name in people.names):
            return _problem(row, ServiceField.NAME, "namesakes")
        return [self._by_name[name][0] for name in people.names]

    def _one(self, row: ServiceRow, name: str) -> Person | RowProblem:
        evidence, able = row.evidence, self._by_name[name]
        if evidence.number:
            person = self._by_number.get(evidence.number)
            if person is None or person.name != name:
                return _problem(row, ServiceField.NUMBER, "number")
            if person in able and not _fits(person, evidence):
                return self._strange(row)
            return person
        if not able:
            return _problem(row, ServiceField.NAME, "unknown")
        fitting = [person for person in able if _fits(person, evidence)]
        if len(fitting) == 1:
            return fitting[0]
        return _problem(row, ServiceField.NAME, "namesakes") if fitting else self._strange(row)

    def _strange(self, row: ServiceRow) -> RowProblem:
        self.strangers += 1
        return _problem(row, ServiceField.NAME, "other-number")


def _fits(person: Person, evidence: Evidence) -> bool:
    """Whether the strongest number of a row is this person's; a row without any fits everybody."""
    if evidence.id_number:
        return Person.id_number.is_kept(person, evidence.id_number)
    if evidence.phones:
        return any(Person.phone.is_kept(person, phone) for phone in evidence.phones)
    return all(
        Person.id_number.has_tail(person, tail) or Person.phone.has_tail(person, tail)
        for tail in evidence.tails
    )


def _problem(row: ServiceRow, place: ServiceField, kind: str, **facts: object) -> RowProblem:
    return row.problem(place, kind, PROBLEMS[kind], facts)
