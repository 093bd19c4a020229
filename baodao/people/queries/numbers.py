"""Who holds an identity number, and who seems to under another one."""

from datetime import date

from django.db.models import QuerySet

from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from baodao.people.queries.members import memberships_of
from baodao.people.rules.identity_documents import IdentityDocument


def holder_of(
    number: str, document: IdentityDocument = IdentityDocument.CARD, issuer: str = ""
) -> Person | None:
    """Whose number of this document this is, member or not; no page tells it."""
    rows = Person.objects.filter(id_document=document, id_issuer=issuer)
    return rows.filter(Person.id_number.equals(number)).first()


def names_of_number(number: str) -> set[str]:
    """The names of all who hold a number, of whatever document."""
    return set(
        Person.objects.filter(Person.id_number.equals(number)).values_list("name", flat=True)
    )


def namesakes(unit: Organisation, name: str, born_on: date, phone: str) -> QuerySet[Membership]:
    """Present members of a unit with this name, birthday and telephone: most likely one person
    whose identity number was typed wrong. Without a telephone nobody is taken for another."""
    rows = memberships_of(unit).filter(person__name=name, person__born_on=born_on)
    return rows.filter(Person.phone.equals(phone, "person__")) if phone else rows.none()
