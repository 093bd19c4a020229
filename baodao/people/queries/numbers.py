"""Who holds an identity number, who seems to under another one, and what waits to be put right."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.masks import masked_id
from baodao.orgs.models import Organisation
from baodao.people.facts import BY_NAME
from baodao.people.models import IdentityCorrection, Membership, Person
from baodao.people.queries.members import memberships, memberships_of
from baodao.people.rules.corrections import CorrectionState
from baodao.people.rules.identity import Identity
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.people.rules.standing import Sex


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


def waiting_corrections(actor: Actor) -> QuerySet[IdentityCorrection]:
    """What waits to be confirmed about present members of the actor's unit, the oldest first."""
    theirs = memberships(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    rows = IdentityCorrection.objects.filter(Exists(theirs), state=CorrectionState.PROPOSED)
    return rows.select_related("person").order_by("proposed_at")


def changed_lines(person: Person, identity: Identity) -> list[tuple[str, str, str, bool]]:
    """What another identity number makes of a person: each fact's label, what it is and will be,
    whether they differ."""
    assert identity.born_on is not None
    pairs = {
        "id_number": (masked_id(person.id_number), masked_id(identity.number)),
        "sex": tuple(gettext(Sex.words_of(sex)) for sex in (person.sex, identity.sex)),
        "born_on": (date_format(person.born_on), date_format(identity.born_on)),
    }
    return [
        (gettext(BY_NAME[name].label), before, after, before != after)
        for name, (before, after) in pairs.items()
    ]
