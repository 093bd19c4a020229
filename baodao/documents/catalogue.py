"""The catalogue of official forms."""

from baodao.documents.form import Form
from baodao.documents.lists import (
    CLAIM_LIST,
    RECORD_SHEET,
    REGISTRATION_TABLE,
    ROSTER,
    SERVICE_TABLE,
    YEAR_SHEET,
)
from baodao.documents.reports import COMPLIANCE_REPORT, FILING_DRAFT
from baodao.documents.sheets import (
    FEEDBACK_CARD,
    INTRODUCTION_LETTER,
    RECEIPT,
    REGISTRATION_CARD,
    REPORT_SLIP,
    UNIT_CONTACT,
)
from baodao.kernel.errors import Refused, gettext_noop

__all__ = [
    "CLAIM_LIST",
    "COMPLIANCE_REPORT",
    "FEEDBACK_CARD",
    "FILING_DRAFT",
    "FORMS",
    "INTRODUCTION_LETTER",
    "PAPERS",
    "RECEIPT",
    "RECORD_SHEET",
    "REGISTRATION_CARD",
    "REGISTRATION_TABLE",
    "REPORT_SLIP",
    "ROSTER",
    "SERVICE_TABLE",
    "UNIT_CONTACT",
    "YEAR_SHEET",
    "form_of",
]

_SHEETS = (
    INTRODUCTION_LETTER,
    RECEIPT,
    REPORT_SLIP,
    UNIT_CONTACT,
    REGISTRATION_CARD,
    FEEDBACK_CARD,
)
_LISTS = (ROSTER, REGISTRATION_TABLE, SERVICE_TABLE, CLAIM_LIST, RECORD_SHEET, YEAR_SHEET)
_REPORTS = (COMPLIANCE_REPORT, FILING_DRAFT)
PAPERS = (*_SHEETS, *_LISTS)
"""The forms of units and communities; reports about the site are not among them."""
FORMS: dict[str, Form] = {form.code: form for form in (*PAPERS, *_REPORTS)}


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
