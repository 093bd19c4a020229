"""The catalogue of official forms."""

from baodao.documents.form import Form
from baodao.documents.lists import REGISTRATION_TABLE, ROSTER, SERVICE_TABLE
from baodao.documents.sheets import (
    INTRODUCTION_LETTER,
    RECEIPT,
    REGISTRATION_CARD,
    REPORT_SLIP,
    UNIT_CONTACT,
)
from baodao.kernel.errors import Refused, gettext_noop

__all__ = [
    "FORMS",
    "INTRODUCTION_LETTER",
    "RECEIPT",
    "REGISTRATION_CARD",
    "REGISTRATION_TABLE",
    "REPORT_SLIP",
    "ROSTER",
    "SERVICE_TABLE",
    "UNIT_CONTACT",
    "form_of",
]

_SHEETS = (INTRODUCTION_LETTER, RECEIPT, REPORT_SLIP, UNIT_CONTACT, REGISTRATION_CARD)
_LISTS = (ROSTER, REGISTRATION_TABLE, SERVICE_TABLE)
FORMS: dict[str, Form] = {form.code: form for form in (*_SHEETS, *_LISTS)}


def form_of(code: str) -> Form:
    """The form with `code`; refused when there is none."""
    if code not in FORMS:
        raise Refused(
            "form.unknown",
            gettext_noop("There is no form “%(form)s”. Choose one of: %(forms)s."),
            form=code,
            forms=", ".join(FORMS),
        )
    return FORMS[code]
