"""Who is kept under an identity number, and who seems to be under another one."""

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships_of
from baodao.people.queries.relations import going_on_as
from baodao.people.rules.identity_documents import IdentityDocument


def entries_of(
    number: str, document: IdentityDocument = IdentityDocument.CARD, issuer: str = ""
) -> QuerySet[Person]:
    """Everybody kept under this number of this document, members or not: first who holds it, then
    those of whom it is contested. No page tells that there is anybody."""
    rows = Person.objects.filter(id_document=document, id_issuer=issuer)
    uncontested_first = F("contested_at").asc(nulls_first=True)
    return rows.filter(Person.id_number.equals_by_tail(number)).order_by(uncontested_first, "pk")


def entries_like(person: Person) -> QuerySet[Person]:
    """Everybody kept under the same number as this person, the person included."""
    document = IdentityDocument(person.id_document)
    return entries_of(person.id_number, document, person.id_issuer)


def contested_members() -> QuerySet[Person]:
    """Everybody who is a member and whose number somebody else holds: `own_path` is that of their
    branch, `holder` the id of the other, or of whom those go on as who were entered twice, and
    `holder_path` their present or last branch, of who never had one `own_path`."""
    same = ("id_tail_blind", "id_blind", "id_document", "id_issuer")
    like = {name: OuterRef(name) for name in same}
    holders = Person.objects.filter(**like, contested_at=None)
    holder = holders.annotate(as_whom=Coalesce("merged_into", "pk")).values("as_whom")[:1]
    periods = Membership.objects.order_by("-recorded_at").values("branch__path")
    own = periods.filter(person=OuterRef("pk"), closed_at=None)[:1]
    last = periods.filter(person=OuterRef("holder"))[:1]
    rows = Person.objects.filter(contested_at__isnull=False, merged_into=None)
    rows = rows.annotate(holder=Subquery(holder), own_path=Subquery(own))
    rows = rows.filter(own_path__isnull=False, holder__isnull=False).exclude(holder=F("pk"))
    return rows.annotate(holder_path=Coalesce(Subquery(last), "own_path"))


def is_called(person: Person, name: str) -> bool:
    """Whether this is the name of a person, or of whom they go on as who were entered twice."""
    return name in (person.name, going_on_as(person).name)


def namesakes(unit: Organisation, name: str, born_on: date, phone: str) -> QuerySet[Membership]:
    """Present members of a unit with this name, birthday and telephone: most likely one person
    whose identity number was typed wrong. Without a telephone nobody is taken for another."""
    rows = memberships_of(unit).filter(person__name=name, person__born_on=born_on)
    return rows.filter(Person.phone.equals_by_tail(phone, "person__")) if phone else rows.none()
