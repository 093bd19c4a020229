"""With which document and number somebody proves who they are: what was typed of it, checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.rules.identity import Identity, identity_of
from baodao.people.rules.identity_documents import (
    IdentityDocument,
    document_number,
    issuer_of,
)
from baodao.people.rules.periods import able_from


@dataclass(frozen=True)
class StatedIdentity:
    """What the number of another document than an identity card does not tell; `country` is whose
    passport it is."""

    document: IdentityDocument
    sex: str
    born_on: date
    country: str = ""

    def issuer(self, id_number: str) -> str:
        """Who counts the number; raises `Refused` where that is not said."""
        return issuer_of(self.document, id_number, self.country)


def stated_in(values: dict[str, Any]) -> StatedIdentity | None:
    """What a form says of another document, taken out of its values; None of a form for cards."""
    if not (document := values.pop("document", None)):
        return None
    rest = (values.pop(name) for name in ("sex", "born_on", "country"))
    return StatedIdentity(IdentityDocument(document), *rest)


def proven(typed: str, stated: StatedIdentity | None) -> Identity:
    """Number, sex and birthday of somebody, by card or by the document that is stated; refused
    where the number cannot be one, or is of somebody who is not of age."""
    if stated is None:
        return _of_card(typed)
    if not identity_of(typed).fault:
        raise Refused(
            "identity.is-card",
            gettext_noop(
                "This is the number of an ID card or a residence permit. Use the form for it."
            ),
        )
    number = document_number(typed)
    if not number:
        raise Refused(
            "identity.document",
            gettext_noop(
                "This is not the number of a document: it has 6 to 18 letters and digits."
            ),
        )
    stated.issuer(typed)
    if able_from(stated.born_on, None) > clock.today():
        raise Refused("identity.born", gettext_noop("Born on this day, the person is not of age."))
    return Identity(number, stated.sex, stated.born_on)


def issued(typed: str, stated: StatedIdentity | None) -> tuple[IdentityDocument, str]:
    """Which document a number is of, and who counts it; refused where that is not said."""
    if stated is None:
        return IdentityDocument.CARD, ""
    return stated.document, stated.issuer(typed)


def _of_card(typed: str) -> Identity:
    """The identity number that was typed; refused when it cannot be one."""
    identity = identity_of(typed)
    if identity.fault:
        raise Refused(
            "identity.invalid",
            gettext_noop(
                "The ID number is not valid: its length, its check digit or its date of birth is "
                "wrong. Compare it with the card."
            ),
        )
    assert identity.born_on is not None
    if able_from(identity.born_on, None) > clock.today():
        raise Refused(
            "identity.under-age",
            gettext_noop(
                "The ID number says that the person is not of age. Compare it with the card."
            ),
        )
    return identity
