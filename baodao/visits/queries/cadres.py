"""Who can be a contact, named in words; what units see of the contacts among their members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.rules.policies import AUTHORITIES
from baodao.people.models import Membership
from baodao.people.queries.members import current, memberships, unit_of
from baodao.people.rules.standing import Standing
from baodao.registration.queries.registrations import accepted_in
from baodao.visits.models import ContactPoint, ContactVisit
from baodao.visits.queries.contacts import contact_rows, in_force


def cadres_for(actor: Actor, place: Organisation) -> QuerySet[Membership]:
    """Members who have not retired and can be made a contact by who acts for a place: of an
    authority those of its units; of a community those who are registered there or are a contact
    there already."""
    if place.kind in AUTHORITIES:
        rows = memberships(actor, Permission.PERSON_READ)
    else:
        registered = accepted_in(actor, place).filter(ended_at=None)
        contacts = contact_rows().filter(
            in_force(clock.today()), place__path__startswith=place.path
        )
        here = Q(person__in=registered.order_by().values("person")) | Q(
            person__in=contacts.order_by().values("person")
        )
        rows = current().filter(here)
    return rows.exclude(standing=Standing.RETIRED)


@dataclass(frozen=True)
class CadreChoice:
    """A member who can be chosen: `words` name them and nobody else."""

    words: str
    name: str
    above: str


@dataclass(frozen=True)
class NoTree:
    """There is no tree of people; one types the name."""

    above: Sequence[Any] = ()
    lines: Sequence[Any] = ()


@dataclass(frozen=True)
class CadreChoices:
    """The members among whom the field of a form chooses, by name or the initials of it."""

    rows: QuerySet[Membership]
    note: str = ""

    def __call__(self, words: str) -> Membership:
        """The one who is meant by name, or by name with the volunteer number in brackets. Raises
        `Refused` when nobody is, or several are."""
        name, _, number = words.strip().removesuffix("）").partition("（")
        rows = self.rows.filter(person__name=name)
        if number:
            rows = rows.filter(person__number=number)
        fitting = list(rows[:2])
        if len(fitting) == 1:
            return fitting[0]
        if fitting or self.candidates(name, 1):
            raise Refused(
                "contact.ambiguous",
                gettext_noop("Choose who you mean by “%(words)s”."),
                words=words,
            )
        raise Refused(
            "contact.unknown",
            gettext_noop("No member “%(words)s” can be chosen here. Check the name."),
            words=words,
        )

    def candidates(self, words: str, most: int) -> list[CadreChoice]:
        """Those that the words can mean; nobody without words."""
        text = words.strip().partition("（")[0]
        if not text:
            return []
        fits = Q(person__name__contains=text) | Q(person__initials__startswith=text.lower())
        rows = self.rows.filter(fits).order_by("person__pinyin", "pk")[:most]
        return [
            CadreChoice(
                f"{row.person.name}（{row.person.number}）",
                row.person.name,
                unit_of(row.branch).name,
            )
            for row in rows
        ]

    def tree(self, _code: str) -> NoTree:
        """Nothing: people hang in no tree here."""
        return NoTree()


def cadres_of_unit(actor: Actor, unit: Organisation) -> QuerySet[Any]:
    """The present members of a unit who are a contact now: of how many `points`, and how many
    visits they told this month. To whom or what they are it is not said."""
    rows = within(current(), actor, Permission.CONTACT_READ, "branch__path")
    rows = rows.filter(branch__path__startswith=unit.path)
    points = ContactPoint.objects.filter(in_force(clock.today()), person=OuterRef("person"))
    rows = rows.filter(Exists(points))
    visits = ContactVisit.objects.filter(
        person=OuterRef("person"),
        withdrawn_at=None,
        on__gte=clock.today().replace(day=1),
        branch__path__startswith=unit.path,
    )
    return rows.annotate(points=_number(points), visits=_number(visits)).order_by(
        "person__pinyin", "pk"
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("person").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def contact_count(actor: Actor, unit: Organisation) -> Question[int]:
    """How many present members of a unit are a contact now."""
    return _OF_UNIT.number(actor, unit)


def _of_unit(actor: Actor, unit: Organisation) -> QuerySet[Any, Any]:
    points = ContactPoint.objects.filter(in_force(clock.today()), person=OuterRef("person"))
    rows = within(current(), actor, Permission.CONTACT_READ, "branch__path")
    rows = rows.filter(Exists(points), branch__path__startswith=unit.path)
    return rows.order_by().values_list("pk")


_OF_UNIT = Prepared(_of_unit)
