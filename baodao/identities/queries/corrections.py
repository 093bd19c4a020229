"""Corrections of identity numbers: what waits to be confirmed, and what one makes of a person."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.identities.models import IdentityCorrection
from baodao.identities.queries.contests import decidable
from baodao.identities.rules.corrections import CorrectionState
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.masks import masked_id
from baodao.people.facts import BY_NAME
from baodao.people.models import Person
from baodao.people.rules.identity import Identity
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.people.rules.standing import Sex


def waiting_corrections(actor: Actor) -> QuerySet[IdentityCorrection]:
    """What waits to be confirmed about present members of the actor's unit, and about the parties
    of contests that the actor settles, the oldest first."""
    theirs = decidable(actor, Permission.PERSON_EDIT).filter(person=OuterRef("person"))
    rows = IdentityCorrection.objects.filter(Exists(theirs), state=CorrectionState.PROPOSED)
    return rows.select_related("person").order_by("proposed_at")


def changed_lines(
    person: Person, identity: Identity, document: IdentityDocument
) -> list[tuple[str, str, str, bool]]:
    """What another number of this document makes of a person: each fact's label, what it is and
    will be, whether they differ."""
    assert identity.born_on is not None
    words = tuple(gettext(IdentityDocument.words_of(one)) for one in (person.id_document, document))
    pairs = {
        "id_number": (masked_id(person.id_number), masked_id(identity.number)),
        "sex": tuple(gettext(Sex.words_of(sex)) for sex in (person.sex, identity.sex)),
        "born_on": (date_format(person.born_on), date_format(identity.born_on)),
    }
    lines = [(gettext("Document"), *words)] if len(set(words)) > 1 else []
    lines += [(gettext(BY_NAME[name].label), *pair) for name, pair in pairs.items()]
    return [(label, before, after, before != after) for label, before, after in lines]
